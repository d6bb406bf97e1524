"""Long tables as files, made row by row: however many rows there are, few are in memory at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from parindex.core.formats.results_file import rows_as_csv
from parindex.web.parts.files import BOM, TYPES


Row = Sequence[str]
ROWS_AT_ONCE = 500
MOST_ROWS, LONGEST_CELL = 1_048_575, 32_000
"""What a sheet of Excel holds."""


def streamed(kind: str, name: str, *, header: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """The table as ``csv`` or ``xlsx``, to be kept under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}") or "attachment"
    if kind == "csv":
        lines = _lines(header, rows)
        headers = {"Content-Disposition": disposition}
        return StreamingHttpResponse(lines, content_type=TYPES["csv"], headers=headers)
    return FileResponse(
        _book(header, rows), as_attachment=True, filename=f"{name}.xlsx", content_type=TYPES["xlsx"]
    )


def _lines(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """The mark by which spreadsheets know UTF-8, the heading, and then some rows at a time."""
    yield (BOM + rows_as_csv(header, [])).encode()
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        text = rows_as_csv([], some)
        yield text.partition("\n")[2].encode()


def _book(header: Row, rows: Iterable[Row]) -> tempfile._TemporaryFileWrapper[bytes]:
    """A workbook written row by row into a file that is gone once it was sent; more rows than a sheet holds
    go on to the next sheet."""
    file = tempfile.NamedTemporaryFile(prefix="parindex-", suffix=".xlsx")  # noqa: SIM115  sent, then closed
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file.name, {**options, "tmpdir": str(Path(file.name).parent)})
    left = iter(rows)
    some = list(islice(left, ROWS_AT_ONCE))
    first = True
    while some or first:
        sheet, first = book.add_worksheet(), False
        sheet.write_row(0, 0, header)
        written = 0
        while some and written + len(some) <= MOST_ROWS:
            for row in some:
                written += 1
                sheet.write_row(written, 0, [cell[:LONGEST_CELL] for cell in row])
            some = list(islice(left, ROWS_AT_ONCE))
    book.close()
    return file
