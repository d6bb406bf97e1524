"""The tables of a decision's annex (.docx, .xlsx) as rows of text, each with its place; merged cells once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parindex.core.formats.problems import FileRefused, refuse
from parindex.core.formats.workbooks import cell_text


MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 5000
MAX_COLUMNS = 60
DOCUMENT = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table.

    Attributes:
        table, row: counted from 1. `cells`: as many as the table has columns; what is merged stands in its
            first cell only.
    """

    table: int
    row: int
    cells: Sequence[str]


def annex_lines(content: bytes, file: str) -> list[Line]:
    """The rows of every table of a document, or of every sheet of a workbook.

    Raises:
        FileRefused: neither of the two, broken, with a password, a zip bomb, too large, or without any table.
    """
    if len(content) > MAX_BYTES:
        raise refuse(file, "file_too_large", limit=MAX_BYTES)
    if not content.startswith(b"PK\x03\x04"):
        raise refuse(file, "annex_kind_unknown" if content else "file_empty")
    try:
        names = _names(content, file)
        lines = list(_document(content) if DOCUMENT in names else _workbook(content))
    except FileRefused:
        raise
    except Exception as error:  # the readers' errors share no useful base
        raise refuse(file, "annex_broken", detail=str(error)[:200]) from error
    lines = [line for line in lines if any(line.cells)]
    if not lines:
        raise refuse(file, "annex_without_tables")
    if len(lines) > MAX_ROWS:
        raise refuse(file, "annex_too_long", limit=MAX_ROWS)
    return lines


def _names(content: bytes, file: str) -> set[str]:
    """The parts of the package, after a look at its directory."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        unpacked = sum(e.file_size for e in entries)
        if unpacked > MAX_UNPACKED:
            raise refuse(file, "zip_bomb", size=unpacked, limit=MAX_UNPACKED)
        if any(e.flag_bits & 1 for e in entries):
            raise refuse(file, "annex_locked")
        names = {e.filename for e in entries}
        if len(names) < len(entries):
            raise refuse(file, "annex_broken", detail="duplicate parts")
        if DOCUMENT not in names and "xl/workbook.xml" not in names:
            raise refuse(file, "annex_kind_unknown")
        return names


def _document(content: bytes) -> Iterator[Line]:
    """Tables of a document in their order; a cell that goes on from the row above is empty."""
    import docx

    for number, table in enumerate(docx.Document(io.BytesIO(content)).tables, start=1):
        for position, row in enumerate(table._tbl.tr_lst, start=1):
            if position > MAX_ROWS:
                break
            cells: list[str] = [""] * row.grid_before
            for cell in row.tc_lst:
                cells.append("" if cell.vMerge == "continue" else _paragraphs(cell))
                cells += [""] * (min(cell.grid_span, MAX_COLUMNS) - 1)
            yield Line(number, position, cells[:MAX_COLUMNS])


def _paragraphs(cell: Any) -> str:
    """A cell's text, a line a paragraph; tables within it are left to the person."""
    from docx.text.paragraph import Paragraph

    texts = (" ".join(Paragraph(p, None).text.split()) for p in cell.p_lst)  # type: ignore[arg-type]
    return "\n".join(t for t in texts if t)


def _workbook(content: bytes) -> Iterator[Line]:
    """Visible sheets in their order; a merged block's text stands in its first cell, as the format has it."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    visible = python_calamine.SheetVisibleEnum.Visible
    for number, sheet in enumerate(book.sheets_metadata, start=1):
        if sheet.visible != visible or sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        values = book.get_sheet_by_index(number - 1).to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
        for position, row in enumerate(values, start=1):
            yield Line(number, position, [cell_text(v) for v in row[:MAX_COLUMNS]])
