"""Lists as Excel workbooks of several sheets: numbers as numbers, nothing as formula or link."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse
from django.utils.http import content_disposition_header


Cell = str | int | Fraction | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TITLE = 31  # Excel's own limit
LONGEST_TEXT = 32_000  # of a cell, a little under Excel's limit
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own; points are rounded as Excel does, all else stands as it is."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """A workbook to be kept as ``NAME.xlsx``."""
    return HttpResponse(
        as_xlsx(sheets),
        content_type=XLSX,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
        },
    )


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook."""
    stream, used = io.BytesIO(), set[str]()
    book = xlsxwriter.Workbook(stream, PLAIN)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for one in sheets:
        sheet = book.add_worksheet(_title(one.title, used))
        sheet.write_row(0, 0, one.header, head)
        for k, row in enumerate(one.rows, start=1):
            sheet.write_row(k, 0, [_cell(value) for value in row])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(one.rows), 1), len(one.header) - 1)
        sheet.autofit(max_width=420)
    book.close()
    return stream.getvalue()


def _cell(value: Cell) -> str | float | None:
    if isinstance(value, Fraction):
        return float(value)
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def _title(title: str, used: set[str]) -> str:
    """A name that Excel takes and that no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\']", "-", title).strip() or "-"
    found, k = plain[:LONGEST_TITLE], 1
    while found.casefold() in used:
        k += 1
        found = f"{plain[: LONGEST_TITLE - 4]} {k}"
    used.add(found.casefold())
    return found
