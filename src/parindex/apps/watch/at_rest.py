"""Whether the disks that hold personal data are encrypted, as far as Linux tells (`docs/deploying.md`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from parindex.apps.watch.files import evidence_folder
from parindex.apps.watch.findings import Finding, Look, warning


DEVICES = Path("/sys/dev/block")


def check_encryption(look: Look) -> Iterator[Finding]:
    """The home and the folder of evidence, each disk once. A demonstration holds nobody's data; whoever says
    that the disks are encrypted elsewhere (`PARINDEX_DISK_ENCRYPTED`) is believed."""
    if settings.PARINDEX_DEMO or settings.PARINDEX_DISK_ENCRYPTED:
        return
    seen = set()
    for place in (Path(settings.PARINDEX_HOME), *evidence_folder()):
        if not place.exists() or (device := place.stat().st_dev) in seen:
            continue
        seen.add(device)
        known = is_encrypted(DEVICES / f"{os.major(device)}:{os.minor(device)}")
        if known is None:
            yield warning("disk_unseen", path=place)
        elif not known:
            yield warning("disk_plain", path=place)


def is_encrypted(device: Path) -> bool | None:
    """Whether a block device, or all that it is made of, is a mapping of dm-crypt.

    Args:
        device: its folder in sysfs.

    Returns:
        None where the kernel shows no such device: a file system over a network, of a container, or one that
        spreads over several disks by itself (btrfs, ZFS).
    """
    if not device.exists():
        return None
    mapping = device / "dm" / "uuid"
    if mapping.exists() and mapping.read_text().startswith("CRYPT-"):
        return True
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    if (device / "partition").exists():
        below.append(device.resolve().parent)
    return bool(below) and all(is_encrypted(one) for one in below)
