"""The first sheet of an .xlsx workbook as rows of text; what would read as something it is not is refused."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from xml.etree.ElementTree import ParseError, fromstring, iterparse

from parindex.core.formats.problems import FileProblem, FileRefused, refuse


MAX_CELL = 100_000
MAX_CELLS = 30_000_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
ROOMY = 50_000_000
SHOWN = 100
WORKBOOK = "xl/workbook.xml"
PERCENT_FORMATS = frozenset({"9", "10"})  # the two that every program has built in
STYLES = "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)["']""")
_STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
_SUSPECTS = (re.compile(rb"<f"), re.compile(rb":f[\s/>]"), re.compile(rb"""t=["']e["']"""))
Rows = list[tuple[int, list[str]]]


def xlsx_rows(content: bytes, file: str) -> Rows:
    """Rows of the first sheet of a workbook.

    Raises:
        FileRefused: not a workbook, broken, a zip bomb, too many cells, hidden sheets, merged cells,
            errors, and formulas without a stored value; each names its place.
    """
    import python_calamine

    sheet_xml, styles_xml = _parts(content, file)
    _check_extent(sheet_xml, file)
    _check_suspects(sheet_xml, file)
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
    except Exception as error:  # the reader's errors share no useful base
        raise refuse(file, "workbook_broken", detail=str(error)[:200]) from error
    if merged:
        raise FileRefused([FileProblem(file, start[0] + 1, "merged_cells") for start, _ in merged[:SHOWN]])
    known = _Texts()
    rows = [
        (line, [known[v] if type(v) is float else cell_text(v) for v in row])
        for line, row in enumerate(values, start=1)
    ]
    for row, column in _percent_cells(sheet_xml, styles_xml):
        value = values[row][column] if row < len(values) and column < len(values[row]) else None
        if isinstance(value, float):
            rows[row][1][column] = _percent_text(value)
    _check_cells(rows, file)
    return rows


def _check_cells(rows: Iterable[tuple[int, Sequence[str]]], file: str) -> None:
    """No cell beyond the limit."""
    for line, cells in rows:
        if len(max(cells, key=len, default="")) > MAX_CELL:
            raise refuse(file, "cell_too_large", line=line, limit=MAX_CELL)


def _parts(content: bytes, file: str) -> tuple[bytes, bytes]:
    """The XML of the first sheet and of the styles, after a look at the zip's directory: no bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            unpacked = sum(e.file_size for e in entries)
            if unpacked > MAX_UNPACKED or (unpacked > ROOMY and unpacked > MAX_RATIO * len(content)):
                raise refuse(file, "zip_bomb", size=unpacked, limit=MAX_UNPACKED)
            names = {e.filename for e in entries}
            if WORKBOOK not in names:
                raise refuse(file, "not_a_workbook")
            part = _first_part(package) if RELATIONS in names else ""
            sheet = package.read(part) if part in names else b""
            return sheet, package.read(STYLES) if STYLES in names else b""
    except (zipfile.BadZipFile, ParseError, zlib.error) as error:
        raise refuse(file, "workbook_broken", detail=str(error)) from error


def _first_part(package: zipfile.ZipFile) -> str:
    """The name of the part that holds the first sheet; "" where the workbook names none."""
    book = fromstring(package.read(WORKBOOK))  # noqa: S314  expat without external entities; size is bounded
    sheet = next((e for e in book.iter() if e.tag.endswith("}sheet")), None)
    wanted = sheet.get(RELATION) if sheet is not None else None
    for relation in fromstring(package.read(RELATIONS)):  # noqa: S314  as above
        if wanted and relation.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
    return ""


def _check_extent(xml: bytes, file: str) -> None:
    """Refuse a sheet whose cells span more than memory should hold, however few they are.

    The longest reference bounds the span; only where that bound is too large is every cell looked at.
    """
    letters, digits = 1, 4
    while letters < 3 and re.search(rb"r=.[A-Z]{%d}" % (letters + 1), xml):
        letters += 1
    while digits < 7 and re.search(rb"r=.[A-Z]{1,3}[0-9]{%d}" % (digits + 1), xml):
        digits += 1
    if 26**letters * 10**digits <= MAX_CELLS:
        return
    rows = columns = 1
    for match in _PLACE.finditer(xml):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column(match[1]))
        if rows * columns > MAX_CELLS:
            raise refuse(file, "sheet_too_large", cell=(match[1] + match[2]).decode(), limit=MAX_CELLS)


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
    """0.8 as ``80%``, by its shortest digits."""
    return format(Decimal(repr(value)).scaleb(2).normalize(), "f") + "%"


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
    try:
        problems = list(_suspects(xml, file))
    except ParseError as error:
        raise refuse(file, "workbook_broken", detail=str(error)) from error
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

    def __missing__(self, value: float) -> str:
        text = self[value] = cell_text(value)
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
