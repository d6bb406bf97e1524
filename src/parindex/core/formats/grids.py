"""CSV and XLSX files as rows of text with line numbers: untrusted, so size, encoding, layout are checked."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from parindex.core.formats.problems import read_limited, refuse
from parindex.core.formats.workbooks import MAX_CELL, Rows, xlsx_rows


MAX_BYTES = 200_000_000
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Grid:
    """A file's header and rows; each row with its line (CSV) or row number (XLSX)."""

    file: str
    header: list[str]
    header_line: int
    rows: Rows


def read_grid(path: Path) -> Grid:
    """Read a .csv or .xlsx file.

    Raises:
        FileRefused: unreadable, too large, wrong encoding, wrong kind, hidden sheets, merged cells, formulas
            without a stored value, zip bombs; each names its place.
    """
    file = str(path)
    content = read_limited(path, MAX_BYTES)
    if content[:4] == b"PK\x03\x04":
        rows = xlsx_rows(content, file)
    elif content[:4] == b"\xd0\xcf\x11\xe0":
        raise refuse(file, "old_or_locked_workbook")
    elif path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise refuse(file, "not_a_workbook")
    else:
        rows = _csv_rows(_decode(content, file), file)
    filled = [(line, cells) for line, cells in rows if any(cells) and not cells[0].startswith("#")]
    if not filled:
        raise refuse(file, "file_empty")
    line, header = filled[0]
    return Grid(file, [h.strip() for h in header], line, filled[1:])


def _decode(content: bytes, file: str) -> str:
    """UTF-8 (BOM or not) or UTF-16 with a BOM; Windows-1258 is named, not guessed at."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(file, "not_utf8", line=line) from error
    if "\0" in text:
        raise refuse(file, "nul_character", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _csv_rows(text: str, file: str) -> Rows:
    """Rows of a CSV file; the delimiter is the one the header uses most."""
    header = next((row for row in text.splitlines() if row.strip() and not row.startswith("#")), "")
    delimiter = max(DELIMITERS, key=header.count)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    line = 1
    try:
        for cells in reader:
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        code = "cell_too_large" if "field larger" in str(error) else "csv_broken"
        raise refuse(file, code, line=reader.line_num, limit=MAX_CELL) from error
    return rows
