"""The first sheet of an .xlsx workbook as rows of text; what would read as something it is not is refused."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import fromstring, iterparse

from parindex.core.formats.problems import FileProblem, FileRefused, refuse
from parindex.core.formats.table_grids import MOST_COLUMNS, MOST_ROWS, MOST_TEXT, GridRow, TableGrid


MAX_CELL = 100_000
MAX_CELLS = 30_000_000
MAX_UNPACKED = 400_000_000
MAX_RATIO = 200
ROOMY = 50_000_000
SHOWN = 100
ENCRYPTED = 1
WORKBOOK = "xl/workbook.xml"
PERCENT_FORMATS = frozenset({"9", "10"})  # the two that every program has built in
STYLES = "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)["']""")
_UNPLACED = re.compile(rb"""<(?:\w+:)?c(?:>|\s(?![^>]*\br=)[^>]*>)""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]{1,9})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
_SUSPECTS = (re.compile(rb"<f"), re.compile(rb":f[\s/>]"), re.compile(rb"""t=["']e["']"""))
Rows = list[tuple[int, list[str]]]


class NumberText(str):
    """The text of a cell that holds a number: what was typed as 1.10 stands in it as 1.1."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The XML of every sheet, in the workbook's order, and of the styles."""

    sheets: Sequence[bytes]
    styles: bytes


def xlsx_rows(content: bytes, file: str, marked: Container[str] = (), *, sheet: int = 0) -> Rows:
    """Rows of one sheet of a workbook, by default the first.

    Args:
        marked: texts that are `NumberText` where the cell holds a number.
        sheet: its position, from 0; no rows where the workbook has fewer.

    Raises:
        FileRefused: not a workbook, broken, a zip bomb, too many cells, hidden sheets, another sheet with
            the same heading, merged cells, errors, formulas without a stored value; each names its place.
    """
    try:
        parts = _parts(content, file)
        for xml in parts.sheets:
            _check_extent(xml, file)
        chosen = parts.sheets[sheet] if sheet < len(parts.sheets) else b""
        _check_suspects(chosen, file)
        values, others = _read(content, file, sheet) if chosen else ([], [])
        percent = set(_percent_cells(chosen, parts.styles))
    except FileRefused:
        raise
    except Exception as error:  # the readers' errors share no useful base
        raise refuse(file, "workbook_broken", detail=str(error)[:200]) from error
    known = _Texts(marked)
    rows: Rows = [
        (line, [known[v] if type(v) is float else cell_text(v) for v in row])
        for line, row in enumerate(values, start=1)
    ]
    for row, column in percent:
        value = values[row][column] if row < len(values) and column < len(values[row]) else None
        if isinstance(value, float):
            rows[row][1][column] = _percent_text(value)
    _check_cells(rows, file)
    heading = _heading(values)
    for name, head in others:
        if heading and head == heading:
            raise refuse(file, "second_sheet", name=name)
    return rows


def xlsx_grids(content: bytes, file: str) -> list[TableGrid]:
    """Every sheet of a workbook as a table: merged cells are known as one, headings may stand anywhere.

    Raises:
        FileRefused: as `xlsx_rows`, but not for merged cells or sheets that are headed alike;
            ``tables_too_large``.
    """
    try:
        for xml in _parts(content, file).sheets:
            _check_extent(xml, file)
            _check_suspects(xml, file)
        return _grids(content, file)
    except FileRefused:
        raise
    except Exception as error:  # the readers' errors share no useful base
        raise refuse(file, "workbook_broken", detail=str(error)[:200]) from error


def _grids(content: bytes, file: str) -> list[TableGrid]:
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    _check_hidden(book, file)
    found: list[TableGrid] = []
    for number, meta in enumerate(book.sheets_metadata, start=1):
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            values = sheet.to_python(skip_empty_area=False)
            rows = _grid_rows(values, sheet.merged_cell_ranges or [], file)
            found.append(TableGrid(number, meta.name, (), tuple(rows)))
    if sum(len(grid.rows) for grid in found) > MOST_ROWS:
        raise refuse(file, "tables_too_large", limit=MOST_ROWS)
    return found


def _grid_rows(values: Sequence[Sequence[object]], merged: Sequence[Any], file: str) -> list[GridRow]:
    """A merged cell's text in each place that it covers; rows that hold nothing are left out."""
    texts = [[cell_text(value) for value in row] for row in values]
    width = max((k + 1 for row in texts for k, text in enumerate(row) if text), default=0)
    if width > MOST_COLUMNS:
        raise refuse(file, "tables_too_large", limit=MOST_COLUMNS)
    cells = [row[:width] for row in texts]
    owners = [[r * width + c for c in range(len(row))] for r, row in enumerate(cells)]
    for (top, left), (bottom, right) in merged:
        for r in range(top, min(bottom + 1, len(cells))):
            for c in range(left, min(right + 1, len(cells[r]))):
                cells[r][c], owners[r][c] = cells[top][left], top * width + left
    for r, row in enumerate(cells, start=1):
        if any(len(text) > MOST_TEXT for text in row):
            raise refuse(file, "cell_too_large", line=r, limit=MOST_TEXT)
    return [
        GridRow(r, tuple(row), tuple(own))
        for r, (row, own) in enumerate(zip(cells, owners, strict=True), start=1)
        if any(row)
    ]


def _check_hidden(book: Any, file: str) -> None:
    """Nothing that the sender does not see."""
    import python_calamine

    hidden = [s.name for s in book.sheets_metadata if s.visible != python_calamine.SheetVisibleEnum.Visible]
    if hidden:
        raise refuse(file, "hidden_sheets", names=tuple(hidden))


def _read(content: bytes, file: str, position: int) -> tuple[list[list[Any]], list[tuple[str, str]]]:
    """The cells of one sheet, and the name and heading of every other."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    sheets = book.sheets_metadata
    _check_hidden(book, file)
    sheet = book.get_sheet_by_index(position)
    merged = sheet.merged_cell_ranges or []
    if merged:
        raise FileRefused(
            [
                FileProblem(file, start[0] + 1, "merged_cells", {"cells": f"{_place(start)}:{_place(end)}"})
                for start, end in merged[:SHOWN]
            ]
        )
    others = [
        (s.name, _heading(book.get_sheet_by_index(k).to_python()))
        for k, s in enumerate(sheets)
        if k != position and s.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    return sheet.to_python(skip_empty_area=False), others


def _heading(values: Sequence[Sequence[object]]) -> str:
    """The first cell that holds something and is no comment, whatever its capitals."""
    texts = (next(filter(None, map(cell_text, row)), "") for row in values)
    return next((t.casefold() for t in texts if t and not t.startswith("#")), "")


def _check_cells(rows: Iterable[tuple[int, Sequence[str]]], file: str) -> None:
    """No cell beyond the limit."""
    for line, cells in rows:
        for text in cells:
            if len(text) > MAX_CELL:
                raise refuse(file, "cell_too_large", line=line, limit=MAX_CELL)


def _parts(content: bytes, file: str) -> _Parts:
    """The XML that is looked at, after a look at the zip's directory: no bomb, nothing twice, no password."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        unpacked = sum(e.file_size for e in entries)
        if unpacked > MAX_UNPACKED or (unpacked > ROOMY and unpacked > MAX_RATIO * len(content)):
            raise refuse(file, "zip_bomb", size=unpacked, limit=MAX_UNPACKED)
        names = {e.filename for e in entries}
        if WORKBOOK not in names:
            raise refuse(file, "not_a_workbook")
        if any(e.flag_bits & ENCRYPTED for e in entries):
            raise refuse(file, "old_or_locked_workbook")
        if len(names) < len(entries):
            raise refuse(file, "workbook_broken", detail="duplicate parts")
        sheets = [package.read(part) for part in _sheet_parts(package)]
        if not sheets:
            raise refuse(file, "file_empty")
        return _Parts(sheets, package.read(STYLES) if STYLES in names else b"")


def _sheet_parts(package: zipfile.ZipFile) -> list[str]:
    """The name of the part that holds each sheet."""
    book = fromstring(package.read(WORKBOOK))  # noqa: S314  expat without external entities; size is bounded
    targets = {r.get("Id"): r.get("Target", "") for r in fromstring(package.read(RELATIONS))}  # noqa: S314  as above
    wanted = [targets[e.get(RELATION)] for e in book.iter() if e.tag.endswith("}sheet")]
    return [posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for target in wanted]


def _check_extent(xml: bytes, file: str) -> None:
    """Refuse a sheet whose cells span more than memory should hold, however few they are.

    The longest reference bounds the span; only where that bound is too large is every cell looked at.
    """
    letters, digits = 1, 4
    while letters < 3 and re.search(rb"r=.[A-Z]{%d}" % (letters + 1), xml):
        letters += 1
    while digits < 7 and re.search(rb"r=.[A-Z]{0,3}[0-9]{%d}" % (digits + 1), xml):
        digits += 1
    unplaced = not _all_placed(xml)
    if not unplaced and 26**letters * 10**digits <= MAX_CELLS:
        return
    rows = columns = 1
    for match in _PLACE.finditer(xml):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column(match[1]))
        if rows * columns > MAX_CELLS:
            raise refuse(file, "sheet_too_large", cell=(match[1] + match[2]).decode(), limit=MAX_CELLS)
    if unplaced:
        _check_unplaced(xml, file, rows=rows, columns=columns)


def _all_placed(xml: bytes) -> bool:
    """Whether every cell says where it stands; the usual form is told by counting alone."""
    if b"<c>" not in xml and b":c" not in xml and xml.count(b"<c ") == xml.count(b'<c r="'):
        return True
    return _UNPLACED.search(xml) is None


def _check_unplaced(xml: bytes, file: str, *, rows: int, columns: int) -> None:
    """The same where cells do not say where they stand: they follow one another."""
    pieces = _ROW.split(xml)
    columns = max(columns, *(len(_CELL.findall(piece)) for piece in pieces))
    rows = max(rows, len(pieces), *(int(m[1]) for m in _ROW_NUMBER.finditer(xml)))
    if rows * columns > MAX_CELLS:
        raise refuse(file, "sheet_too_large", cell=_place((rows - 1, columns - 1)), limit=MAX_CELLS)


def _percent_cells(xml: bytes, styles: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of cells shown as a percentage: 80% is stored as 0.8 and would be read so."""
    if b"numFmtId" not in styles:
        return
    root = fromstring(styles)  # noqa: S314  expat without external entities; size is bounded
    formats = [e for e in root.iter() if e.tag.endswith("}numFmt")]
    own = {e.get("numFmtId") for e in formats if "%" in e.get("formatCode", "")}
    cells = next((e for e in root.iter() if e.tag.endswith("}cellXfs")), ())
    percent = {str(k).encode() for k, e in enumerate(cells) if e.get("numFmtId") in PERCENT_FORMATS | own}
    if not percent:
        return
    for tag in re.finditer(rb"<(?:\w+:)?c\s[^>]*>", xml):
        style, place = _STYLE.search(tag[0]), _PLACE.search(tag[0])
        if style and place and style[1] in percent:
            yield int(place[2]) - 1, _column(place[1]) - 1


def _percent_text(value: float) -> str:
    """0.8 as ``80%``."""
    return format(Decimal(_digits(value)).scaleb(2).normalize(), "f") + "%"


def _place(cell: tuple[int, int]) -> str:
    """A cell's name, ``B3``, from its row and column, counted from 0."""
    row, column = cell
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _column(letters: bytes) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_suspects(xml: bytes, file: str) -> None:
    """An error, or a formula whose value was never stored, reads as empty: refuse it."""
    if not any(s.search(xml) for s in _SUSPECTS):
        return
    problems = list(_suspects(xml, file))
    if problems:
        raise FileRefused(problems[:SHOWN])


def _suspects(xml: bytes, file: str) -> Iterator[FileProblem]:
    """Each cell that has an error or an empty formula."""
    for _, element in iterparse(io.BytesIO(xml)):  # noqa: S314  expat without external entities; size is bounded
        if not element.tag.endswith("}c"):
            continue
        parts = {child.tag.rpartition("}")[2]: child.text for child in element}
        place = element.get("r", "")
        line = int("".join(filter(str.isdigit, place)) or 0)
        if element.get("t") == "e":
            yield FileProblem(file, line, "cell_error", {"cell": place, "text": parts.get("v") or ""})
        elif "f" in parts and not parts.get("v"):
            yield FileProblem(file, line, "formula_without_value", {"cell": place})
        element.clear()


class _Texts(dict[float, str]):
    """`cell_text` of floats, remembered: a table repeats few of them."""

    def __init__(self, marked: Container[str]) -> None:
        super().__init__()
        self._marked = marked

    def __missing__(self, value: float) -> str:
        text = cell_text(value)
        self[value] = text = NumberText(text) if text in self._marked else text
        return text


def cell_text(value: object) -> str:
    """A cell as an official would have typed it: a number's digits, ISO dates, yes and no."""
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


def _digits(value: float) -> str:
    """The fifteen digits that spreadsheets show: a sum of 0.1 and 0.2 is 0.3, not 0.30000000000000004."""
    return f"{value:.15g}"


def _plain_decimal(value: float) -> str:
    """A float without an exponent."""
    text = _digits(value)
    return format(Decimal(text), "f") if "e" in text else text
