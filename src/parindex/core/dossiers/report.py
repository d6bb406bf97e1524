"""The one-stop system's own report of a period (*theo dõi tiến độ giải quyết hồ sơ*): a row for each unit.

The quickest way in, and often the authoritative one: its figures are taken as they are, with file and row.
Our own count may stand beside them and never takes their place; `differences` says where they part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parindex.core.dossiers.mapping import word_key
from parindex.core.dossiers.periods import Activity
from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.units import Unit, names_of
from parindex.core.dossiers.workbook import load_workbook


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
HEAD_ROWS = 30


@dataclass(frozen=True, slots=True)
class Reported:
    """A unit's row: the figures by the system's keys, as they stand there. Keys that it lacks are absent."""

    unit: str
    row: int
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is not the sum of its parts."""

    unit: str
    row: int
    key: str
    says: int
    sum: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its source; `whole` is its line of totals, where it has one."""

    file: str
    digest: str
    rows: tuple[Reported, ...]
    whole: Reported | None
    doubts: tuple[Doubt, ...]


def read_report(path: Path, units: Sequence[Unit] = ()) -> Report:
    """A report's workbook.

    Args:
        units: by which rows are recognised, by code or name; without them a unit is what its row says.

    Raises:
        DossiersRefused: not a workbook, no row of headings, a figure that is none, a unit unknown or twice.
    """
    headings, rest = load_workbook(path)
    lines = [(0, headings), *((number, [c or "" for c in cells]) for number, cells in rest)]
    at, columns, unit_column = _find_head(lines, str(path))
    known = names_of(units)
    found: list[Reported] = []
    whole = None
    for number, cells in lines[at + 1 :]:
        name = cells[unit_column].strip() if unit_column < len(cells) else ""
        if not name or word_key(name).isdigit():
            continue
        figures = {
            key: _figure(cells[k], str(path), number)
            for key, k in columns.items()
            if k < len(cells) and cells[k]
        }
        if word_key(name) in WHOLE:
            whole = Reported(name, number, figures)
            continue
        if units and word_key(name) not in known:
            raise refuse(str(path), "unit_of_report_unknown", line=number, name=name)
        found.append(Reported(known.get(word_key(name), name), number, figures))
    _check_twice(found, str(path))
    doubts = tuple(doubt for row in (*found, *([whole] if whole else [])) for doubt in _doubts(row))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Report(str(path), digest, tuple(found), whole, doubts)


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


def _figure(text: str, file: str, line: int) -> int:
    """A count, with or without marks of thousands."""
    digits = text.replace(".", "").replace(",", "").strip()
    if not (digits.isascii() and digits.isdigit()):
        raise refuse(file, "figure_unreadable", line=line, text=text)
    return int(digits)


def _check_twice(rows: Sequence[Reported], file: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.unit in seen:
            raise refuse(file, "unit_of_report_twice", line=row.row, name=row.unit)
        seen.add(row.unit)


def _doubts(row: Reported) -> list[Doubt]:
    """Totals of a row that are not the sum of its parts; only where all parts are there."""
    found = []
    for key, parts in SUMS.items():
        if key in row.figures and all(p in row.figures for p in parts):
            total = sum(row.figures[p] for p in parts)
            if total != row.figures[key]:
                found.append(Doubt(row.unit, row.row, key, row.figures[key], total))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the report beside our own count."""

    unit: str
    key: str
    reported: int
    counted: int


def differences(report: Report, counted: Mapping[tuple[str | int, ...], Activity]) -> list[Difference]:
    """Where the report and our count of the same period (`activity` by unit) part; nothing is replaced."""
    found = []
    for row in report.rows:
        own = counted.get((row.unit,), Activity())
        for key, figure in row.figures.items():
            ours = sum(getattr(own, name) for name in OURS[key])
            if ours != figure:
                found.append(Difference(row.unit, key, figure, ours))
    return found
