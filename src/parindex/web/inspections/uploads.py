"""Files that are sent with a form: photos of a camera, and documents for a vault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit
from parindex.web.parts.doors import Desk
from parindex.web.parts.uploads import keep


def sent(request: Desk, name: str) -> list[UploadedFile[bytes]]:
    """The files of a field; empty ones, which some browsers send for no file, left out."""
    return [f for f in request.FILES.getlist(name) if f.size]


def as_photos(files: Iterable[UploadedFile[bytes]]) -> list[tuple[BinaryIO, int]]:
    """Files as `parindex.apps.inspections.actions.add_photos` takes them."""
    return [(cast(BinaryIO, f), f.size or 0) for f in files]


def keep_all(request: Desk, keeper: Unit, files: Iterable[UploadedFile[bytes]]) -> list[Document] | None:
    """Keep files in a unit's vault; the same file again is recognised. What is refused becomes a message.

    Returns:
        None where any was refused: then nothing more is to be done with the form.
    """
    kept = [keep(request, keeper, file) for file in files]
    return None if None in kept else [d for d in kept if d is not None]
