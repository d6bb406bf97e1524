"""CSV and XLSX files as rows of text with line numbers: untrusted, so size, encoding, layout are checked."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import ParseError, iterparse

from parindex.core.formats.problems import FileProblem, FileRefused, refuse


MAX_BYTES = 200_000_000
MAX_CELL = 100_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
ROOMY = 50_000_000
DELIMITERS = (",", ";", "\t")
Rows = list[tuple[int, list[str]]]


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
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise refuse(file, "file_unreadable", detail=error.strerror or "") from error
    if size > MAX_BYTES:
        raise refuse(file, "file_too_large", size=size, limit=MAX_BYTES)
    if content[:4] == b"PK\x03\x04":
        rows = _xlsx_rows(content, file)
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


def _xlsx_rows(content: bytes, file: str) -> Rows:
    """Rows of the first sheet of a workbook."""
    import python_calamine

    names = _check_package(content, file)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheets = book.sheets_metadata
        hidden = [s.name for s in sheets if s.visible != python_calamine.SheetVisibleEnum.Visible]
        if hidden:
            raise refuse(file, "hidden_sheets", names=tuple(hidden))
        sheet = book.get_sheet_by_index(0)
        merged = sheet.merged_cell_ranges or []
        values = sheet.to_python(skip_empty_area=False)
    except FileRefused:
        raise
    except Exception as error:
        raise refuse(file, "workbook_broken", detail=str(error)[:200]) from error
    if merged:
        raise FileRefused([FileProblem(file, start[0] + 1, "merged_cells") for start, _ in merged[:20]])
    _check_formulas(content, names, file)
    known: dict[object, str] = {}
    rows = [(k + 1, [_known_text(v, known) for v in row]) for k, row in enumerate(values)]
    _check_cells(rows, file)
    return rows


def _check_cells(rows: Iterable[tuple[int, Sequence[str]]], file: str) -> None:
    """No cell beyond the limit."""
    for line, cells in rows:
        if len(max(cells, key=len, default="")) > MAX_CELL:
            raise refuse(file, "cell_too_large", line=line, limit=MAX_CELL)


def _check_package(content: bytes, file: str) -> list[str]:
    """The zip's directory: a workbook, not a bomb. Returns the names inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise refuse(file, "workbook_broken", detail=str(error)) from error
    unpacked = sum(e.file_size for e in entries)
    if unpacked > MAX_UNPACKED or (unpacked > ROOMY and unpacked > MAX_RATIO * len(content)):
        raise refuse(file, "zip_bomb", size=unpacked, limit=MAX_UNPACKED)
    names = [e.filename for e in entries]
    if "xl/workbook.xml" not in names:
        raise refuse(file, "not_a_workbook")
    return names


def _check_formulas(content: bytes, names: Sequence[str], file: str) -> None:
    """A formula whose value was never stored reads as empty: refuse it instead of taking it for no answer."""
    first = "xl/worksheets/sheet1.xml"
    if first not in names:
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        raw = package.read(first)
    if b"<f" not in raw:
        return
    problems = []
    try:
        for _, element in iterparse(io.BytesIO(raw)):  # noqa: S314  expat without external entities; size is bounded
            if element.tag.endswith("}c"):
                parts = {child.tag.rpartition("}")[2]: child.text for child in element}
                if "f" in parts and not parts.get("v"):
                    place = element.get("r", "")
                    problems.append(
                        FileProblem(
                            file,
                            int("".join(filter(str.isdigit, place)) or 0),
                            "formula_without_value",
                            {"cell": place},
                        )
                    )
                element.clear()
    except ParseError as error:
        raise refuse(file, "workbook_broken", detail=str(error)) from error
    if problems:
        raise FileRefused(problems[:100])


def _known_text(value: object, known: dict[object, str]) -> str:
    """`cell_text`, remembered for floats: a table repeats few of them."""
    if type(value) is not float:
        return cell_text(value)
    text = known.get(value)
    if text is None:
        text = known[value] = cell_text(value)
    return text


def cell_text(value: object) -> str:
    """A cell as an official would have typed it: shortest digits of a number, ISO dates, yes and no."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _plain_decimal(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _plain_decimal(value: float) -> str:
    """A float's shortest digits without an exponent."""
    text = repr(value)
    if "e" in text:
        from decimal import Decimal

        return format(Decimal(text), "f")
    return text
