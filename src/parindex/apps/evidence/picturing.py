"""Pages of a document as pictures, made in a process of their own, so that a stranger's file harms none."""

from __future__ import annotations

import base64
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass

from parindex.apps.evidence.apart import ask_apart
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.viewing import pdf_view


WIDTH = 1100
SHOWN_AS_IT_IS = frozenset({"jpg", "png"})


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: its picture as PNG, empty where the page is not there, and how many pages there are."""

    png: bytes
    count: int


def page_picture(document: Document, number: int, *, width: int = WIDTH) -> PagePicture | None:
    """A page of a document that is a PDF or can be shown as one; None where it cannot.

    Args:
        number: from 1.
        width: in pixels.

    Raises:
        EvidenceRefused: the stored file is missing or damaged.
    """
    said = _asked(document, str(number), str(width))
    png = base64.b64decode(str(said.get("png", "")))
    count = said.get("count")
    return PagePicture(png, count) if isinstance(count, int) and count else None


def page_count(document: Document) -> int:
    """How many pages can be shown; 0 where none can. Raises EvidenceRefused, as `page_picture`."""
    found = page_picture(document, 0)
    return found.count if found else 0


def _asked(document: Document, *arguments: str) -> Mapping[str, object]:
    file = pdf_view(document)
    if file is None:
        return {}
    with file, tempfile.NamedTemporaryFile(prefix="parindex-page-", suffix=".pdf") as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        return ask_apart("parindex.apps.evidence.picturing_apart", copy.name, *arguments)
