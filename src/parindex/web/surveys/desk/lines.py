"""Tables of the desk as lines of text: pasted, typed, or laid out of an .xlsx or .csv file that was sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext

from parindex.core.formats.folded import folded
from parindex.core.formats.grids import Grid, grid_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.web.parts.doors import Desk
from parindex.web.parts.sent_tables import sent_file
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, workbook


Columns = Sequence[Text]


def cells(line: str, count: int) -> list[str]:
    """The cells of a line: tabs as a spreadsheet copies them, else semicolons."""
    parts = line.split("\t" if "\t" in line else ";")
    return [*(p.strip() for p in parts), *[""] * count][:count]


def place(number: int) -> str:
    """Where in a list of lines."""
    return gettext("dòng %(n)s") % {"n": number}


def line_of(row: Sequence[object]) -> str:
    """Cells as a line that `cells` reads back."""
    return "\t".join(" ".join(str(cell).split()) for cell in row)


def sent_lines(request: Desk, columns: Columns) -> str:
    """The lines of a file that was sent: its columns are known by their headings, in whatever order. Nothing
    is kept of it; the page shows the lines to be looked at.

    Raises:
        FileRefused: as `grid_of`. Refused: ``file_missing``, ``file_too_big``; ``survey_column_missing``;
            ``survey_column_unknown``: a column that would be lost.
    """
    file, name = sent_file(request)
    grid = grid_of(file.read(), name)
    at = _columns_of(grid, columns)
    rows = ([row[k] if k is not None and k < len(row) else "" for k in at] for _, row in grid.rows)
    return "\n".join(line_of(row) for row in rows)


def _columns_of(grid: Grid, columns: Columns) -> list[int | None]:
    """Where each column stands; only the first must be there."""
    named = {folded(head): k for k, head in enumerate(grid.header) if head}
    found: list[int | None] = []
    for column in columns:
        keys = [folded(t) for t in (column.vi, column.en) if folded(t) in named]
        found.append(named.pop(keys[0]) if keys else None)
    if found[0] is None:
        raise Refused("survey_column_missing", column=said(columns[0]))
    lost = [grid.header[k] for k in named.values() if any(k < len(row) and row[k] for _, row in grid.rows)]
    if lost:
        known = ", ".join(said(c) for c in columns)
        raise Refused("survey_column_unknown", column=lost[0][:80], known=known)
    return found


def as_workbook(name: str, columns: Columns, rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    """The same table as an .xlsx file, to be filled in and sent back."""
    return workbook(name, [Sheet(name[:31], [said(c) for c in columns], rows)])
