"""Looking into ZIP files (and Office files, which are ZIP files) without being harmed by them."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO, cast

from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.sniffing import sniff


MAX_ENTRIES = 10_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
ROOMY = 50_000_000
MAX_DEPTH = 2
BLOCK = 1 << 20
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
PACKAGES = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"})


def open_archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """An archive whose directory promises nothing harmful. Nothing of it has been unpacked.

    Raises:
        EvidenceRefused: broken, with a password, too many entries, unpacking to too much, or entries that lie
            upon each other.
    """
    size = file.seek(0, 2)
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise EvidenceRefused("archive_broken", name=name, detail=str(error)[:200]) from error
    entries = archive.infolist()
    unpacked = sum(e.file_size for e in entries)
    if len(entries) > MAX_ENTRIES:
        raise EvidenceRefused("archive_too_many", name=name, count=len(entries), limit=MAX_ENTRIES)
    if any(e.flag_bits & ENCRYPTED for e in entries):
        raise EvidenceRefused("file_encrypted", name=name)
    overlapping = sum(e.compress_size for e in entries) > size
    if overlapping or unpacked > MAX_UNPACKED or (unpacked > ROOMY and unpacked > MAX_RATIO * size):
        raise EvidenceRefused("archive_bomb", name=name, size=unpacked, limit=MAX_UNPACKED)
    return archive


@dataclass
class Budget:
    """How much more may be unpacked, archives within archives included."""

    left: int = MAX_UNPACKED

    def spend(self, size: int, name: str) -> None:
        """Take `size` bytes off.

        Raises:
            EvidenceRefused: there are not so many left.
        """
        self.left -= size
        if self.left < 0:
            raise EvidenceRefused("archive_bomb", name=name, size=size, limit=MAX_UNPACKED)


def check_archive(
    file: BinaryIO, name: str, *, kind: str, depth: int = 1, budget: Budget | None = None
) -> None:
    """Unpack every entry once, keeping nothing: it holds what it says and, in a plain ZIP, nothing refused
    elsewhere.

    Raises:
        EvidenceRefused: as `open_archive`; an entry that is broken, larger than it says, or that may not be
            evidence.
    """
    budget = budget or Budget()
    with open_archive(file, name) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            budget.spend(entry.file_size, name)
            if kind != "zip":
                _unpack(archive, entry, None)
                continue
            with cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=BLOCK)) as kept:
                _unpack(archive, entry, kept)
                if kept.tell() == 0 or is_system_file(entry.filename):
                    continue
                inner = sniff(kept, entry.filename)
                if inner in PACKAGES:
                    if depth >= MAX_DEPTH and inner == "zip":
                        raise EvidenceRefused("archive_too_deep", name=name, limit=MAX_DEPTH)
                    check_archive(kept, entry.filename, kind=inner, depth=depth + 1, budget=budget)
    file.seek(0)


def is_system_file(path: str) -> bool:
    """What computers leave in folders by themselves."""
    parts = path.replace("\\", "/").split("/")
    leaf = parts[-1]
    return (
        "__MACOSX" in parts
        or leaf in {".DS_Store", "Thumbs.db", "desktop.ini"}
        or leaf.startswith(("~$", "._"))
    )


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: BinaryIO | None) -> None:
    """Read an entry to its end; the checksum at the end tells whether its stated size is true."""
    try:
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                if target is not None:
                    target.write(block)
    except (*BROKEN, RuntimeError) as error:
        raise EvidenceRefused("archive_broken", name=entry.filename, detail=str(error)[:200]) from error
