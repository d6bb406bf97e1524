"""The one-stop system's own report of a period (*theo dõi tiến độ giải quyết hồ sơ*): a row for each unit.

The quickest way in, and often the authoritative one: its figures are taken as they are, with file and row.
Our own count may stand beside them and never takes their place; `differences` says where they part.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from parindex.core.dossiers.activity import Activity
from parindex.core.dossiers.mapping import word_key
from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.units import Unit, names_of
from parindex.core.dossiers.workbook import ERROR, FORMULA, load_workbook


# the columns in their order: key of the system, heading, what it is of ours
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("tongTiepNhan", "Tổng tiếp nhận",
     ("carried", "came_online", "came_in_person", "came_by_post", "came_otherwise")),
    ("tiepNhanKyTruoc", "Kỳ trước chuyển sang", ("carried",)),
    ("tiepNhanQuaMang", "Trực tuyến", ("came_online",)),
    ("tiepNhanTrucTiep", "Trực tiếp", ("came_in_person",)),
    ("tiepNhanBCCI", "Bưu chính công ích", ("came_by_post",)),
    ("tongDaXuLy", "Tổng đã xử lý", ("early", "on_time", "late")),
    ("daXuLyTruocHan", "Trước hạn", ("early",)),
    ("daXuLyDungHan", "Đúng hạn", ("on_time",)),
    ("daXuLyQuaHan", "Quá hạn", ("late",)),
    ("tongDangXuLy", "Tổng", ("open_in_time", "open_overdue")),
    ("dangXuLyTrongHan", "Trong hạn", ("open_in_time",)),
    ("dangXuLyQuaHan", "Quá hạn", ("open_overdue",)),
    ("tongTamDungXuLy", "Tạm dừng", ("paused_in_time", "paused_overdue")),
    ("tamDungTrongHan", "Trong hạn", ("paused_in_time",)),
    ("tamDungQuaHan", "Quá hạn", ("paused_overdue",)),
)  # fmt: skip
OURS = {key: names for key, _, names in COLUMNS}
UNIT_HEADINGS = ("đơn vị", "cơ quan", "tên đơn vị", "tên cơ quan", "unit")
WHOLE = ("tổng", "tổng cộng", "tổng số", "cộng", "toàn tỉnh")
SUMS = {
    "tongTiepNhan": ("tiepNhanKyTruoc", "tiepNhanQuaMang", "tiepNhanTrucTiep", "tiepNhanBCCI"),
    "tongDaXuLy": ("daXuLyTruocHan", "daXuLyDungHan", "daXuLyQuaHan"),
    "tongDangXuLy": ("dangXuLyTrongHan", "dangXuLyQuaHan"),
    "tongTamDungXuLy": ("tamDungTrongHan", "tamDungQuaHan"),
}
# how the report is printed: its title, the first headings, the groups above the columns of figures
TITLE, FIRST_HEADINGS = "TÌNH HÌNH GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH", ("STT", "Đơn vị")
GROUPS = {2: "Tiếp nhận", 7: "Đã xử lý", 11: "Đang xử lý", 14: "Tạm dừng"}
HEAD_ROWS = 30
HEADINGS = {key: heading for key, heading, _ in COLUMNS}
_COUNT = re.compile(r"\d{1,15}|\d{1,3}(?:\.\d{3}){1,4}|\d{1,3}(?:,\d{3}){1,4}", re.A)
_BROKEN = {ERROR: "figure_is_error", FORMULA: "figure_uncalculated"}


@dataclass(frozen=True, slots=True)
class Reported:
    """A unit's row: the figures by the system's keys, as they stand there. Keys that it lacks are absent."""

    unit: str
    row: int
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is not the sum of its `parts`; `of_rows`: those are the units' rows."""

    unit: str
    row: int
    key: str
    says: int
    sum: int
    of_rows: bool = False
    parts: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be used: its row, its column from 0, the code of what is wrong with its data."""

    row: int
    column: int
    code: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its source.

    Attributes:
        whole: its line of totals, where it has one.
        columns: where each figure stands, from 0.
        faults: cells that cannot be used; a report with such a cell is looked at, never taken.
        period: first and last day of the period that its title names; None: it names none.
    """

    file: str
    digest: str
    rows: tuple[Reported, ...]
    whole: Reported | None
    doubts: tuple[Doubt, ...]
    columns: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[CellFault, ...] = ()
    period: tuple[date, date] | None = None


def read_report(path: Path, units: Sequence[Unit] = ()) -> Report:
    """A report's workbook, every cell of which can be used; see `look_at_report`.

    Raises:
        DossiersRefused: not a workbook, no row of headings, a figure that is none, a unit unknown or twice.
    """
    found = look_at_report(path, units)
    for fault in found.faults:
        raise refuse(str(path), fault.code, line=fault.row, **fault.data)
    return found


def look_at_report(path: Path, units: Sequence[Unit] = ()) -> Report:
    """A report's workbook, with every cell that cannot be used.

    Args:
        units: by which rows are recognised, by code or name; without them a unit is what its row says.

    Raises:
        DossiersRefused: not a workbook, no row of headings, no row of a unit below it.
    """
    headings, rest = load_workbook(path)
    lines = [(0, headings), *((number, [c or "" for c in cells]) for number, cells in rest)]
    at, columns, unit_column = _find_head(lines, str(path))
    known = names_of(units)
    found: dict[str, Reported] = {}
    faults: list[CellFault] = []
    whole = None
    for number, cells in lines[at + 1 :]:
        name = cells[unit_column].strip() if unit_column < len(cells) else ""
        if not name or word_key(name).isdigit():
            continue
        figures = _figures(cells, columns, number=number, faults=faults)
        if word_key(name) in WHOLE:
            whole = Reported(name, number, figures)
            continue
        unit = known.get(word_key(name), "") if units else name
        if not unit or unit in found:
            wrong = "unit_of_report_twice" if unit else "unit_of_report_unknown"
            faults.append(CellFault(number, unit_column, wrong, {"name": _shown(unit or name)}))
            continue
        found[unit] = Reported(unit, number, figures)
    if not found and not faults:
        raise refuse(str(path), "report_without_rows", line=lines[at][0])
    doubts = [doubt for row in (*found.values(), *([whole] if whole else [])) for doubt in _doubts(row)]
    doubts += _doubts_of_whole(whole, found, units) if whole and not faults else []
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    title = " ".join(cell for _, cells in lines[:at] for cell in cells if cell)
    return Report(
        str(path),
        digest,
        tuple(found.values()),
        whole,
        tuple(doubts),
        columns=columns,
        faults=tuple(faults),
        period=period_named(title),
    )


_SIGNED = re.compile(r"ngày \d{1,2} tháng \d{1,2} năm \d{4}")
_DAYS = re.compile(
    r"từ (?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4}) (?:-|đến)(?: hết)? ?(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})"
)
_MONTHS = re.compile(r"(?:tháng (\d{1,2}) đến tháng )(\d{1,2})(?: năm |/)(\d{4})")
_MONTH = re.compile(r"tháng (\d{1,2})(?: năm |/)(\d{4})")
_QUARTER = re.compile(r"quý (iv|i{1,3}|[1-4])(?: năm |/)(\d{4})")
_YEAR = re.compile(r"năm (\d{4})\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def period_named(title: str) -> tuple[date, date] | None:
    """The period that a report's title names; the day on which it was signed is none."""
    text = _SIGNED.sub(" ", word_key(title))
    try:
        if found := _DAYS.search(text):
            a, b, c, d, e, f = map(int, found.groups())
            return date(c, b, a), date(f, e, d)
        if found := _MONTHS.search(text):
            return _months(int(found[3]), int(found[1]), int(found[2]))
        if found := _MONTH.search(text):
            return _months(int(found[2]), int(found[1]), int(found[1]))
        if found := _QUARTER.search(text):
            quarter = _ROMAN.get(found[1]) or int(found[1])
            return _months(int(found[2]), 3 * quarter - 2, 3 * quarter)
        if found := _YEAR.search(text):
            return _months(int(found[1]), 1, 12)
    except ValueError:
        pass
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last of another. Raises ValueError where there is none."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _find_head(lines: Sequence[tuple[int, list[str]]], file: str) -> tuple[int, dict[str, int], int]:
    """Where the headings end: their line, the column of each figure, the column of units.

    Headings may stand on two lines, groups above; the lower one counts, the upper where the lower is empty.
    """
    for at in range(min(HEAD_ROWS, len(lines))):
        above = [word_key(c) for c in lines[at - 1][1]] if at else []
        low = [word_key(c) for c in lines[at][1]]
        width = max(len(above), len(low))
        heads = [
            low[k] if k < len(low) and low[k] else above[k] if k < len(above) else "" for k in range(width)
        ]
        columns = _columns(heads)
        unit = next((k for k, h in enumerate(heads) if h in UNIT_HEADINGS), None)
        if unit is not None and "tongDaXuLy" in columns and len(columns) >= 6:
            return at, columns, unit
    raise refuse(file, "report_without_head", line=1)


def _columns(heads: Sequence[str]) -> dict[str, int]:
    """The column of each figure. Some headings stand for several, so their order decides."""
    found: dict[str, int] = {}
    start = 0
    for key, heading, _ in COLUMNS:
        for k in range(start, len(heads)):
            if heads[k] == key.lower() or heads[k] == word_key(heading) or _group(key, heads[k]):
                found[key], start = k, k + 1
                break
    return found


def _group(key: str, head: str) -> bool:
    """A group's own column, whose heading systems word in several ways."""
    return (key == "tongTamDungXuLy" and head.startswith("tạm dừng")) or (
        key == "tongDangXuLy" and head.startswith(("tổng đang", "đang xử lý", "đang giải quyết"))
    )


def _figures(
    cells: Sequence[str], columns: Mapping[str, int], *, number: int, faults: list[CellFault]
) -> dict[str, int]:
    """The counts of a row, with or without marks of thousands; cells that hold none are told of."""
    found = {}
    for key, k in columns.items():
        text = cells[k].strip() if k < len(cells) else ""
        if _COUNT.fullmatch(text):
            found[key] = int(text.replace(".", "").replace(",", ""))
        elif text in _BROKEN:
            faults.append(CellFault(number, k, _BROKEN[text], {}))
        elif text:
            faults.append(CellFault(number, k, "figure_unreadable", {"text": _shown(text)}))
    return found


def _shown(text: str) -> str:
    """What a sentence may repeat of a cell."""
    return text[:60]


def _doubts_of_whole(whole: Reported, found: Mapping[str, Reported], units: Sequence[Unit]) -> list[Doubt]:
    """Figures of the line of totals that are not the sum of the rows; a unit below another adds nothing."""
    above = {u.code: u.parent for u in units}
    tops = [row for code, row in found.items() if not _is_below(code, found, above)]
    doubts = []
    for key, says in whole.figures.items():
        added = tuple(row.figures.get(key, 0) for row in tops)
        if sum(added) != says:
            doubts.append(Doubt(whole.unit, whole.row, key, says, sum(added), of_rows=True, parts=added))
    return doubts


def _is_below(code: str, found: Mapping[str, Reported], above: Mapping[str, str]) -> bool:
    """Whether a unit stands under another one of the report."""
    at = above.get(code, "")
    while at:
        if at in found:
            return True
        at = above.get(at, "")
    return False


def _doubts(row: Reported) -> list[Doubt]:
    """Totals of a row that are not the sum of its parts; only where all parts are there."""
    found = []
    for key, parts in SUMS.items():
        if key in row.figures and all(p in row.figures for p in parts):
            added = tuple(row.figures[p] for p in parts)
            if sum(added) != row.figures[key]:
                found.append(Doubt(row.unit, row.row, key, row.figures[key], sum(added), parts=added))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the report beside our own count, and the counts that ours adds up."""

    unit: str
    key: str
    reported: int
    counted: int
    parts: tuple[tuple[str, int], ...] = field(default=(), compare=False)


def differences(report: Report, counted: Mapping[tuple[str | int, ...], Activity]) -> list[Difference]:
    """Where the report and our count of the same period (`activity` by unit) part; nothing is replaced."""
    found = []
    for row in report.rows:
        own = counted.get((row.unit,), Activity())
        for key, figure in row.figures.items():
            parts = tuple((name, getattr(own, name)) for name in OURS[key])
            ours = sum(count for _, count in parts)
            if ours != figure:
                found.append(Difference(row.unit, key, figure, ours, parts))
    return found
