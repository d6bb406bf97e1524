"""Where content lies: under its own hash, in whichever storage the setting `STORAGES["evidence"]` names."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from parindex.apps.evidence.refusals import EvidenceRefused


BLOCK = 1 << 20


class StoreSilentError(Exception):
    """The storage of evidence does not answer, or refuses this site."""


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """What the client of another storage than our folder says in its own words is said in ours.

    Raises:
        StoreSilentError
    """
    try:
        yield
    except (ConnectionError, TimeoutError) as error:
        raise StoreSilentError from error
    except (OSError, EvidenceRefused):
        raise
    except Exception as error:
        if isinstance(_storage(), ContentFolder):
            raise
        raise StoreSilentError from error


class ContentFolder(FileSystemStorage):
    """A folder in which a file is there whole or not at all, on the disk before it is told of."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: it is a hash, so what stands there is the same."""
        return name

    def _save(self, name: str, content: IO[bytes]) -> str:
        """Write beside the place, then move into it."""
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                while block := content.read(BLOCK):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return name


@_answering()
def put(file: BinaryIO, sha256: str, *, folder: str = "content") -> None:
    """Keep content under its hash; a whole copy there is left alone, a damaged one replaced.

    Raises:
        StoreSilentError: nothing was kept.
    """
    name = place_of(sha256, folder)
    storage = _storage()
    if storage.exists(name):
        with contextlib.closing(storage.open(name)) as standing:
            if folder != "content" or hash_of(cast(BinaryIO, standing)) == sha256:
                return
        storage.delete(name)
    file.seek(0)
    kept = storage.save(name, File(file))
    if kept != name:
        # another writer was faster, and the storage gave ours another name
        storage.delete(kept)


@_answering()
def holds(sha256: str) -> bool:
    """Whether something stands at the content's place."""
    return _storage().exists(place_of(sha256, "content"))


@_answering()
def open_content(sha256: str) -> BinaryIO:
    """Content as it was stored, proved by its hash before the first byte is handed out.

    Raises:
        EvidenceRefused: missing from the storage, or changed there.
        StoreSilentError: it may be there.
    """
    try:
        file = cast(BinaryIO, _storage().open(place_of(sha256, "content")))
    except FileNotFoundError as error:
        raise EvidenceRefused("content_missing", sha256=sha256) from error
    if hash_of(file) != sha256:
        file.close()
        raise EvidenceRefused("content_damaged", sha256=sha256)
    file.seek(0)
    return file


@_answering()
def open_derived(sha256: str, folder: str) -> BinaryIO | None:
    """What was made from content and kept beside it; None where nothing was."""
    name = place_of(sha256, folder)
    return cast(BinaryIO, _storage().open(name)) if _storage().exists(name) else None


@_answering()
def remove(sha256: str) -> None:
    """Remove content and all that was made from it."""
    for folder in ("content", "pdf"):
        _storage().delete(place_of(sha256, folder))


def place_of(sha256: str, folder: str) -> str:
    """The address of content within the storage, spread over folders."""
    return f"{folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def hash_of(file: BinaryIO) -> str:
    """SHA-256 from the start to the end of a file."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _storage() -> Storage:
    return storages["evidence"]


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file last; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
