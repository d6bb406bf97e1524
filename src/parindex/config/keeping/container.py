"""The file of a backup: a ZIP whose last member names every other with its size and SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from parindex.core.formats.problems import FileRefused, refuse


MANIFEST = "manifest.json"
FORMAT, VERSION = "parindex-backup", 1
KEYS_FORMAT = "parindex-keys"
BLOCK = 1 << 20
LARGEST_MANIFEST = 1 << 30
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, KeyError, OSError, EOFError, ValueError),
    *(NotImplementedError, RuntimeError),
)
"""Whatever reading a ZIP may say of bytes that are not what they were."""


class Writer:
    """Takes members one after the other; each is there once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, dict[str, Any]] = {}

    def lines(self, name: str, lines: Iterable[str]) -> int:
        """Text by lines, compressed. How many lines."""
        done = 0
        with self._member(name, zipfile.ZIP_DEFLATED) as member:
            for line in lines:
                member.write(f"{line}\n".encode())
                done += 1
        return done

    def copy(self, name: str, file: IO[bytes]) -> str:
        """A file as it is, from where it stands. Its SHA-256."""
        with self._member(name, zipfile.ZIP_STORED) as member:
            while block := file.read(BLOCK):
                member.write(block)
        return str(self.files[name]["sha256"])

    def forget(self, name: str) -> None:
        """Leave a member out of the manifest: it is no part of the backup."""
        self.files[name]["left_out"] = True

    def end(self, manifest: dict[str, Any]) -> None:
        """The manifest, last: a file without it is not whole."""
        whole = {"format": FORMAT, "version": VERSION, **manifest, "files": self.files}
        self._archive.writestr(MANIFEST, json.dumps(whole, ensure_ascii=False), zipfile.ZIP_DEFLATED)

    @contextmanager
    def _member(self, name: str, how: int) -> Iterator[_Hashed]:
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.compress_type = how
        with self._archive.open(info, "w", force_zip64=True) as stream:
            member = _Hashed(stream)
            yield member
        self.files[name] = {"size": member.size, "sha256": member.digest.hexdigest()}


class _Hashed:
    """Counts and hashes what goes into a stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def write(self, block: bytes) -> None:
        """On to the stream."""
        self._stream.write(block)
        self.digest.update(block)
        self.size += len(block)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there whole or not at all, readable by its owner alone, and never instead of another.

    Raises:
        FileRefused: ``output_exists``, ``output_unwritable``.
    """
    if path.exists() or path.is_symlink():
        raise refuse(str(path), "output_exists")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".parindex-")
    except OSError as error:
        raise refuse(str(path), "output_unwritable", detail=error.strerror or "") from error
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.link(name, path)
    except FileExistsError as error:
        raise refuse(str(path), "output_exists") from error
    except OSError as error:
        raise refuse(str(path), "output_unwritable", detail=error.strerror or "") from error
    finally:
        Path(name).unlink(missing_ok=True)


class Backup:
    """A backup that was opened and whose manifest was read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self.path, self._archive, self.manifest = path, archive, manifest

    @property
    def names(self) -> list[str]:
        """Every member that counts."""
        return [name for name, said in self.manifest["files"].items() if not said.get("left_out")]

    def under(self, folder: str) -> list[str]:
        """Members of a folder."""
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def open(self, name: str) -> IO[bytes]:
        """A member from its start."""
        return self._archive.open(name)

    def lines(self, name: str) -> Iterator[str]:
        """A member line by line."""
        with self.open(name) as stream:
            yield from io.TextIOWrapper(stream, "utf-8", newline="\n")

    def check(self, name: str) -> None:
        """Raises FileRefused with ``backup_member_broken`` unless a member is what the manifest says."""
        said = self.manifest["files"][name]
        digest, size = hashlib.sha256(), 0
        try:
            with self.open(name) as stream:
                while block := stream.read(BLOCK):
                    size += len(block)
                    if size > said["size"]:
                        break
                    digest.update(block)
        except BROKEN as error:
            raise refuse(str(self.path), "backup_member_broken", member=name) from error
        if (size, digest.hexdigest()) != (said["size"], said["sha256"]):
            raise refuse(str(self.path), "backup_member_broken", member=name)


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup, after a look at its outside. What its members hold, `Backup.check` looks at.

    Raises:
        FileRefused: ``file_unreadable``, ``not_a_backup``, ``backup_manifest_broken``,
            ``backup_format_unknown``, ``backup_path_unsafe``, ``backup_member_missing``.
    """
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error
    except BROKEN as error:
        raise refuse(str(path), "not_a_backup") from error
    with archive:
        manifest = _manifest(path, archive)
        there = set(archive.namelist())
        for name in manifest["files"]:
            if _unsafe(name):
                raise refuse(str(path), "backup_path_unsafe", member=name)
            if name not in there:
                raise refuse(str(path), "backup_member_missing", member=name)
        yield Backup(path, archive, manifest)


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > LARGEST_MANIFEST:
            raise refuse(str(path), "backup_manifest_broken")
        found = json.loads(archive.read(info))
        given = str(found["format"]), found["version"]
    except KeyError as error:
        raise refuse(str(path), "not_a_backup") from error
    except FileRefused:
        raise
    except (TypeError, *BROKEN) as error:
        raise refuse(str(path), "backup_manifest_broken") from error
    if given[0] != FORMAT:
        raise refuse(str(path), "not_a_backup")
    if given[1] != VERSION:
        raise refuse(str(path), "backup_format_unknown", format=str(given[1]))
    if not _well_formed(found):
        raise refuse(str(path), "backup_manifest_broken")
    return dict(found)


def _well_formed(found: dict[str, Any]) -> bool:
    """Whether the manifest has all that restoring asks it for."""
    kinds = {"files": dict, "tables": list, "migrations": list, "ledger": dict, "made_at": str}
    if not all(isinstance(found.get(key), kind) for key, kind in kinds.items()):
        return False
    files = all(
        isinstance(f, dict) and isinstance(f.get("size"), int) and isinstance(f.get("sha256"), str)
        for f in found["files"].values()
    )
    tables = all(
        isinstance(t, dict) and isinstance(t.get("rows"), int) and t.get("file") in found["files"]
        for t in found["tables"]
    )
    return files and tables and all(isinstance(m, list) and len(m) == 2 for m in found["migrations"])


def _unsafe(name: str) -> bool:
    """Whether a name could lead out of the folder it is unpacked into."""
    parts = PurePosixPath(name).parts
    return not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or ":" in name
