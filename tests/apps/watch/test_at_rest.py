"""Whether disks are encrypted, from what Linux shows of them in sysfs."""

import os

import pytest

from parindex.apps.watch import at_rest
from parindex.apps.watch.at_rest import check_encryption, is_encrypted
from parindex.apps.watch.findings import Look


@pytest.fixture
def devices(tmp_path):
    """A sysfs with a disk and a partition of it, what is mapped on them, and two disks as one."""
    disk = tmp_path / "devices" / "vdb"
    for folder in (disk / "vdb1", disk / "slaves", disk / "vdb1" / "slaves"):
        folder.mkdir(parents=True)
    (disk / "vdb1" / "partition").write_text("1\n")
    block = tmp_path / "block"
    block.mkdir()
    (block / "254:16").symlink_to(disk)
    (block / "254:17").symlink_to(disk / "vdb1")

    def mapped(name, uuid, *below):
        folder = tmp_path / "devices" / name
        (folder / "dm").mkdir(parents=True)
        (folder / "dm" / "uuid").write_text(f"{uuid}\n")
        (folder / "slaves").mkdir()
        for one in below:
            (folder / "slaves" / one.name).symlink_to(one.resolve())
        (block / name).symlink_to(folder)
        return block / name

    crypt = mapped("253:0", "CRYPT-LUKS2-3f2a-parindex-data", block / "254:17")
    plain = mapped("253:1", "LVM-abc", block / "254:17")
    mapped("253:2", "LVM-abd", crypt)
    mapped("253:3", "LVM-abe", crypt, plain)
    return block


@pytest.mark.parametrize(
    ("device", "encrypted"),
    [
        ("254:16", False),  # a disk as it is
        ("254:17", False),  # a partition of it
        ("253:0", True),  # LUKS on the partition
        ("253:1", False),  # a volume on the partition
        ("253:2", True),  # a volume on LUKS
        ("253:3", False),  # a volume of which a part lies open
        ("0:53", None),  # a file system that has no device
    ],
)
def test_a_disk_is_encrypted_where_all_that_it_is_made_of_is(devices, device, encrypted):
    """Through partitions and volumes down to dm-crypt."""
    assert is_encrypted(devices / device) is encrypted


@pytest.fixture
def found(devices, settings, tmp_path, monkeypatch):
    """What the doctor says where the home lies on one of those devices, or on none that shows."""
    settings.PARINDEX_HOME = tmp_path
    settings.PARINDEX_DEMO = settings.PARINDEX_DISK_ENCRYPTED = False
    monkeypatch.setattr(at_rest, "DEVICES", devices)
    monkeypatch.setattr(at_rest, "evidence_folder", lambda: [tmp_path])
    own = tmp_path.stat().st_dev
    here = devices / f"{os.major(own)}:{os.minor(own)}"

    def look(device=None):
        here.unlink(missing_ok=True)
        if device is not None:
            here.symlink_to((devices / device).resolve())
        return [(f.code, f.level) for f in check_encryption(Look(at=None))]

    return look


def test_a_disk_that_is_not_encrypted_is_told_of(found, settings):
    """Once a disk; not in a demonstration, which holds nobody's data, nor where somebody answers for it."""
    assert found("254:17") == [("disk_plain", "warning")]
    assert found("253:2") == []
    assert found() == [("disk_unseen", "warning")]
    settings.PARINDEX_DISK_ENCRYPTED = True
    assert found("254:17") == found() == []
    settings.PARINDEX_DISK_ENCRYPTED, settings.PARINDEX_DEMO = False, True
    assert found("254:17") == found() == []
