"""Where bundles lie: one file each, named by its SHA-256, written whole or not at all and never changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from parindex.core.formats.results_file import write_whole


def folder() -> Path:
    """The store of this installation."""
    return Path(settings.PARINDEX_HOME) / "publications"


def path_of(sha256: str) -> Path:
    """Where a bundle lies."""
    return folder() / f"{sha256}.zip"


def keep(content: bytes) -> str:
    """Keep a bundle. Returns its SHA-256. Raises FileRefused where the disk refuses it."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return sha256
