"""A sheet of an .xlsx workbook as rows of text.

A date cell becomes 2025-03-01 08:30:00; a number keeps its digits. An error, and a formula whose value was
never stored, become signs that no field accepts, so that their row is refused with its place.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from parindex.core.dossiers.problems import refuse


MAX_UNPACKED = 1_500_000_000
MAX_RATIO = 300
ROOMY = 50_000_000
ERROR, FORMULA = "\x00error", "\x00formula"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_PLACE = re.compile(rb"""\br=["']([A-Z]+)([0-9]+)["']""")
Rows = Iterator[tuple[int, list[str | None]]]


def load_workbook(path: Path, sheet: str = "") -> tuple[list[str], Rows]:
    """The headings, and the rows below them with their numbers.

    Raises:
        DossiersRefused: not a workbook, broken, unpacks to too much, no such sheet, empty.
    """
    file = str(path)
    position = _checked(path, sheet)
    try:
        book = python_calamine.load_workbook(path)
        names = book.sheet_names
        if sheet and sheet not in names:
            raise refuse(file, "sheet_missing", sheet=sheet, names=tuple(names))
        page = book.get_sheet_by_index(names.index(sheet) if sheet else 0)
        rows = enumerate(page.to_python(skip_empty_area=False), start=1)
    except python_calamine.CalamineError as error:
        raise refuse(file, "workbook_broken", detail=str(error)[:200]) from error
    for number, cells in rows:
        texts = [text(c) or "" for c in cells]
        if any(texts):
            return texts, _rows(rows, position, number)
    raise refuse(file, "file_empty")


def _rows(rows: Iterator[tuple[int, Sequence[object]]], marks: dict[tuple[int, int], str], head: int) -> Rows:
    """Every row that holds something."""
    marked = {row for row, _ in marks}
    for number, cells in rows:
        found = [text(c) for c in cells]
        if number in marked:
            found += [None] * (max(c for r, c in marks if r == number) + 1 - len(found))
            for column in range(len(found)):
                found[column] = marks.get((number, column), found[column])
        if any(found):
            yield number, found


def text(value: object) -> str | None:
    """A cell as text; None where it is empty."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value).strip() or None


def _checked(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Look at the package before it is unpacked; the cells of every sheet that show no value of their own."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            unpacked = sum(e.file_size for e in entries)
            if unpacked > MAX_UNPACKED or (unpacked > ROOMY and unpacked > MAX_RATIO * path.stat().st_size):
                raise refuse(str(path), "zip_bomb", size=unpacked)
            pages = sorted(
                e.filename for e in entries if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", e.filename)
            )
            if not pages:
                raise refuse(str(path), "not_a_workbook")
            return _marks(package.read(pages[0])) if not sheet else {}
    except zipfile.BadZipFile as error:
        raise refuse(str(path), "not_a_workbook") from error


def _marks(xml: bytes) -> dict[tuple[int, int], str]:
    """(row, column from 0) of errors and of formulas without a stored value."""
    found: dict[tuple[int, int], str] = {}
    if b"<f" not in xml and b't="e"' not in xml:
        return found
    for attributes, inside in _CELL.findall(xml):
        place = _PLACE.search(attributes)
        if not place:
            continue
        if b't="e"' in attributes:
            mark = ERROR
        elif b"<f" in inside and not re.search(rb"<v>[^<]", inside):
            mark = FORMULA
        else:
            continue
        column = 0
        for letter in place[1]:
            column = column * 26 + letter - 64
        found[int(place[2]), column - 1] = mark
    return found
