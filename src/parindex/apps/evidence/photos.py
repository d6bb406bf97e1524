"""Pictures from a camera: taken in, made small in a process of their own, kept by the hash of each size."""

from __future__ import annotations

import base64
import hashlib
import io
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, BinaryIO, cast

from parindex.apps.evidence import store
from parindex.apps.evidence.apart import ask_apart
from parindex.apps.evidence.photos_apart import jpeg_of
from parindex.core.kernel.problems import Refused


LARGEST_FILE = 15_000_000
HEAD = 16
APART = "parindex.apps.evidence.photos_apart"


def made_small(file: BinaryIO, size: int) -> list[dict[str, Any]]:
    """A stranger's picture in each size as WebP, its bytes beside its measures; nothing is kept yet.

    Raises:
        Refused: ``picture_heavy``, ``picture_kind``, ``picture_dimensions``, ``picture_small``,
            ``picture_broken``.
    """
    if size > LARGEST_FILE:
        raise Refused("picture_heavy", limit=LARGEST_FILE // 1_000_000)
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused("picture_heavy", limit=LARGEST_FILE // 1_000_000)
    if not _kind(content[:HEAD]):
        raise Refused("picture_kind")
    with tempfile.NamedTemporaryFile(prefix="parindex-picture-") as copy:
        copy.write(content)
        copy.flush()
        said = ask_apart(APART, copy.name)
    if "sizes" not in said:
        code = str(said.get("code", "picture_broken"))
        raise Refused(code, **cast(Mapping[str, object], said.get("data", {})))
    return cast(list[dict[str, Any]], said["sizes"])


def _kind(head: bytes) -> str:
    """What the first bytes say; the name of the file says nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def kept(sizes: list[dict[str, Any]], folder: str) -> list[list[Any]]:
    """Keep each size in a folder of the store; width, height, bytes and SHA-256 of each."""
    found = []
    for one in sizes:
        content = base64.b64decode(one["webp"])
        sha256 = hashlib.sha256(content).hexdigest()
        store.put(io.BytesIO(content), sha256, folder=folder)
        found.append([one["width"], one["height"], len(content), sha256])
    return found


@lru_cache(maxsize=48)
def _jpeg(sha256: str, folder: str) -> bytes:
    file = store.open_derived(sha256, folder)
    if file is None:
        raise FileNotFoundError(sha256)
    with file:
        if store.hash_of(file) != sha256:
            raise ValueError(sha256)
        file.seek(0)
        return jpeg_of(file.read())


def as_jpeg(sha256: str, folder: str) -> bytes | None:
    """A size of a picture that was kept, as word processors and typesetters read it; None where it is gone
    from the store, or is no longer what was kept. The last ones stay at hand."""
    try:
        return _jpeg(sha256, folder)
    except (FileNotFoundError, ValueError):
        return None
