"""Text of Office files: paragraphs, slides, cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse

from parindex.apps.evidence.reading.told import LONGEST, Told


MOST_BYTES = 200_000_000
PARTS = {
    "docx": re.compile(r"word/(?:header\d*|document|footnotes)\.xml"),
    "pptx": re.compile(r"ppt/slides/slide\d+\.xml"),
    "odt": re.compile(r"content\.xml"),
    "odp": re.compile(r"content\.xml"),
}
WORKBOOKS = {"xlsx", "xls", "ods"}
_PARAGRAPHS = {"p", "h"}
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "s": " ", "line-break": "\n"}


def read(path: Path, kind: str) -> Told:
    """The text of a document, presentation or workbook."""
    try:
        pieces = (
            _cells(path) if kind in WORKBOOKS else _paragraphs(path, PARTS[kind]) if kind in PARTS else ()
        )
        text, whole = _up_to_limit(iter(pieces))
    except (zipfile.BadZipFile, ParseError, KeyError):
        return Told()
    return Told(text, "file", whole=whole) if text.strip() else Told()


def _up_to_limit(pieces: Iterator[str]) -> tuple[str, bool]:
    """Pieces joined until the text is long enough, and whether that was all."""
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece) + 1
        if length > LONGEST:
            return "\n".join(kept), False
    return "\n".join(kept), True


def _paragraphs(path: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    """Every paragraph of the parts that hold text, headers first."""
    with zipfile.ZipFile(path) as package:
        names = sorted(filter(wanted.fullmatch, package.namelist()), key=_order)
        for name in names:
            if package.getinfo(name).file_size < MOST_BYTES:
                with package.open(name) as part:
                    yield from _lines(part)


def _order(name: str) -> tuple[bool, int, str]:
    """Headers first, slides by number."""
    digits = re.sub(r"\D", "", name)
    return ("header" not in name, int(digits or 0), name)


def _lines(part: IO[bytes]) -> Iterator[str]:
    """Paragraphs of one part; a paragraph within another's text box comes first."""
    said: list[str] = []
    # expat knows no external entities; size and memory are bounded
    for _, element in iterparse(part):  # noqa: S314
        tag = element.tag.rpartition("}")[2]
        if tag == "t" or (element.text and tag in {"span", "a"}):
            said.append(element.text or "")
        elif tag in _GAPS:
            said.append(_GAPS[tag])
        elif tag in _PARAGRAPHS:
            own = element.text or ""
            yield f"{own}{''.join(said)}"
            said.clear()
            element.clear()


def _cells(path: Path) -> Iterator[str]:
    """Rows of every sheet, cells parted by tabs."""
    import python_calamine

    from parindex.core.formats.workbooks import cell_text

    try:
        book = python_calamine.load_workbook(str(path))
        for name in book.sheet_names:
            yield name
            for row in book.get_sheet_by_name(name).iter_rows():
                line = "\t".join(cell_text(value) for value in row).strip()
                if line:
                    yield line
    except python_calamine.CalamineError:
        return
