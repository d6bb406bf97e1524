"""CSV and XLSX files as rows of text with line numbers: untrusted, so size, encoding, layout are checked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from parindex.core.formats.problems import read_limited, refuse
from parindex.core.formats.workbooks import MAX_CELL, NumberText, Rows, xlsx_rows


MAX_BYTES = 100_000_000
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Grid:
    """A file's header and rows; each row with its line (CSV) or row number (XLSX)."""

    file: str
    header: list[str]
    header_line: int
    rows: Rows


def read_grid(path: Path, marked: Container[str] = ()) -> Grid:
    """Read a .csv or .xlsx file.

    Args:
        marked: texts that are `NumberText` where a workbook's cell holds a number.

    Raises:
        FileRefused: unreadable, too large, wrong encoding, wrong kind, hidden sheets, merged cells, formulas
            without a stored value, zip bombs; each names its place.
    """
    return grid_of(read_limited(path, MAX_BYTES), str(path), marked)


def grid_of(content: bytes, file: str, marked: Container[str] = ()) -> Grid:
    """The same from the bytes of a file that was sent, with its name. Raises FileRefused."""
    if content[:4] == b"PK\x03\x04":
        rows = [
            row for row in xlsx_rows(content, file, marked) if not row[1][:1] or not row[1][0].startswith("#")
        ]
    elif content[:4] == b"\xd0\xcf\x11\xe0":
        raise refuse(file, "old_or_locked_workbook")
    elif Path(file).suffix.lower() in {".xlsx", ".xlsm"}:
        raise refuse(file, "not_a_workbook")
    else:
        rows = csv_rows(_decode(content, file), file)
    filled = [row for row in rows if any(row[1])]
    if not filled:
        raise refuse(file, "file_empty")
    line, header = filled[0]
    return Grid(file, [h if isinstance(h, NumberText) else h.strip() for h in header], line, filled[1:])


def _decode(content: bytes, file: str) -> str:
    """UTF-8 (BOM or not) or UTF-16 with a BOM; Windows-1258 is named, not guessed at."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        code = "nul_character" if b"\0" in content[: error.end] else "not_utf8"
        raise refuse(file, code, line=content.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:
        raise refuse(file, "nul_character", line=text.count("\n", 0, text.index("\0")) + 1)
    return text.lstrip("\ufeff")


class _Lines:
    """Lines of a text for the CSV reader, counted; comments between records are passed over.

    A line that starts with # inside quotation marks belongs to its record: `between` says that one may begin.
    """

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.number = 0
        self.begun = 0
        self.between = True

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            if self.between:
                if line.startswith("#"):
                    continue
                self.begun, self.between = self.number, False
            yield line


def csv_rows(text: str, file: str) -> Rows:
    """Rows of a CSV file with the line each begins at; the delimiter is the one the header uses most.

    Raises:
        FileRefused: ``csv_broken``, ``cell_too_large``, at the line where the record begins.
    """
    lines = io.StringIO(text, newline="")
    header = next((row for row in lines if row.strip() and not row.startswith("#")), "")
    unquoted = re.sub(r'"[^"]*"', "", header)
    delimiter = max(DELIMITERS, key=unquoted.count)
    csv.field_size_limit(MAX_CELL)
    source = _Lines(text)
    rows: Rows = []
    try:
        for cells in csv.reader(source, delimiter=delimiter, strict=True):
            source.between = True
            if cells:
                rows.append((source.begun, cells))
    except csv.Error as error:
        # a cell over several lines that never ends is a quotation mark that was not closed
        is_large = "field larger" in str(error) and source.number == source.begun
        code = "cell_too_large" if is_large else "csv_broken"
        raise refuse(file, code, line=source.begun, limit=MAX_CELL) from error
    return rows
