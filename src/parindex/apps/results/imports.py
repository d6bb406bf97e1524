"""Past years' published results of one's own units, from a table: so that the first year has a history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from parindex.apps.audit.record import record
from parindex.apps.organisations.imports.plans import digest_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.results.models import PublishedFigure
from parindex.core.formats.registers import CellRefused, Column, Outcome, Planned, RegisterRow, refused_row
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date


FIGURE_COLUMNS = (
    Column("code", Text("Mã đơn vị", "Unit code"), required=True),
    Column("year", Text("Năm", "Year"), required=True),
    Column(
        "index",
        Text("Tên chỉ số", "Index"),
        required=True,
        hint=Text("ví dụ: Chỉ số CCHC", "such as: PAR index of the province"),
    ),
    Column(
        "value",
        Text("Giá trị", "Value"),
        hint=Text("ghi như đã công bố, ví dụ 87,98", "as published, such as 87.98"),
    ),
    Column("value_unit", Text("Đơn vị tính", "Unit of the value"), hint=Text("%, điểm", "%, points")),
    Column("grade", Text("Xếp loại", "Grade")),
    Column("rank", Text("Thứ hạng", "Rank")),
    Column("authority", Text("Cơ quan công bố", "Published by"), required=True),
    Column(
        "source",
        Text("Văn bản nguồn", "Source"),
        required=True,
        hint=Text("số, ngày quyết định công bố", "number and date of the decision"),
    ),
)
LIMITS = {"index": 200, "value_unit": 60, "grade": 60, "authority": 200, "source": 2000}
SAID = ("value", "value_unit", "grade", "rank", "authority", "source")
FIRST_POSITION = 1_000_000
EARLIEST = 2000
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,10})?")
_RANK = re.compile(r"[1-9]\d{0,4}")
Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """What the rows would do, and the figures that sound ones say."""

    rows: Sequence[Planned]
    sound: Mapping[int, PublishedFigure]
    known: Mapping[Key, PublishedFigure]


def plan_figures(tree: Tree, rows: Sequence[RegisterRow], *, at: datetime) -> FigurePlan:
    """What each row would do; a figure is known by its unit, year and index. Nothing is written."""
    units: dict[str, list[Unit]] = {}
    for unit in tree.walk():
        units.setdefault(unit.code, []).append(unit)
    inside = [u.pk for same in units.values() for u in same]
    known = {(f.about_id or 0, f.year or 0, f.index): f for f in PublishedFigure.objects.exclude(about=None)}
    known = {key: f for key, f in known.items() if key[0] in set(inside)}
    seen: dict[Key, int] = {}
    planned: list[Planned] = []
    sound: dict[int, PublishedFigure] = {}
    for row in rows:
        try:
            found = _read(row, units, legal_date(at).year)
            key = (found.about_id or 0, found.year or 0, found.index)
            if key in seen:
                raise CellRefused("index", Refused("row_repeated", line=seen[key]))
            seen[key] = row.line
        except CellRefused as refusal:
            planned.append(refused_row(row, row.get("code"), refusal))
        else:
            planned.append(_planned(row, found, known.get(key)))
            sound[row.line] = found
    return FigurePlan(planned, sound, known)


def _read(row: RegisterRow, units: Mapping[str, list[Unit]], this_year: int) -> PublishedFigure:
    """One row by itself. Raises CellRefused."""
    same = units.get(row.get("code"), [])
    if not same:
        raise CellRefused("code", Refused("unit_not_found", unit=row.get("code")))
    if len(same) > 1:
        raise CellRefused("code", Refused("unit_code_double", code=row.get("code")))
    year = row.get("year")
    if not (year.isascii() and year.isdigit() and EARLIEST <= int(year[:6]) <= this_year):
        raise CellRefused("year", Refused("year_out_of_range", first=str(EARLIEST), last=str(this_year)))
    for key in ("index", "authority", "source"):
        if not row.get(key):
            raise CellRefused(key, Refused("cell_empty"))
    _check_said(row)
    return _figure(row, same[0], int(year))


def _check_said(row: RegisterRow) -> None:
    """A value, a grade or a rank, each as it may be published. Raises CellRefused."""
    for key, limit in LIMITS.items():
        if len(row.get(key)) > limit:
            raise CellRefused(key, Refused("text_too_long", limit=limit))
    value, rank = row.get("value"), row.get("rank")
    if value and not _NUMBER.fullmatch(value):
        raise CellRefused("value", Refused("figure_unreadable", text=value[:40]))
    if rank and not _RANK.fullmatch(rank):
        raise CellRefused("rank", Refused("rank_unreadable", text=rank[:40]))
    if not (value or row.get("grade") or rank):
        raise CellRefused("value", Refused("figure_missing"))


def _figure(row: RegisterRow, unit: Unit, year: int) -> PublishedFigure:
    value = row.get("value").replace(",", ".")
    return PublishedFigure(
        about=unit,
        authority=row.get("authority"),
        index=row.get("index"),
        year=year,
        scope=unit.type,
        unit=unit.name_vi,
        figure="index",
        value=value,
        value_unit=(row.get("value_unit") or "%") if value else "",
        rank=row.get("rank"),
        grade=row.get("grade"),
        source=row.get("source"),
    )


def _planned(row: RegisterRow, found: PublishedFigure, known: PublishedFigure | None) -> Planned:
    name = f"{found.unit}, {found.index} {found.year}"
    if known is None:
        return Planned(row.line, row.get("code"), name, Outcome.ADDED)
    changes = tuple(
        (key, getattr(known, key), getattr(found, key))
        for key in SAID
        if getattr(known, key) != getattr(found, key)
    )
    outcome = Outcome.CHANGED if changes else Outcome.SAME
    return Planned(row.line, row.get("code"), name, outcome, changes)


@transaction.atomic
def import_figures(
    *, territory: Unit, rows: Sequence[RegisterRow], shown: str, by: str, at: datetime
) -> Sequence[Planned]:
    """Keep past years' results as they were shown; one ledger entry with its rows.

    Raises:
        Refused: ``upload_changed`` or ``rows_refused``.
    """
    locked = Unit.objects.select_for_update().get(pk=territory.pk)
    tree = tree_of(locked)
    plan = plan_figures(tree, rows, at=at)
    if digest_of(plan.rows) != shown:
        raise Refused("upload_changed")
    if any(p.outcome is Outcome.REFUSED for p in plan.rows):
        raise Refused("rows_refused")
    doing = [(p, plan.sound[p.line]) for p in plan.rows if p.outcome in (Outcome.ADDED, Outcome.CHANGED)]
    if not doing:
        return plan.rows
    last = PublishedFigure.objects.aggregate(last=Max("position"))["last"] or 0
    position = max(last + 1, FIRST_POSITION)
    fresh = [found for planned, found in doing if planned.outcome is Outcome.ADDED]
    for k, figure in enumerate(fresh):
        figure.position = position + k
    PublishedFigure.objects.bulk_create(fresh, batch_size=500)
    changed = []
    for planned, found in doing:
        if planned.outcome is Outcome.CHANGED:
            kept = plan.known[(found.about_id or 0, found.year or 0, found.index)]
            for key in SAID:
                setattr(kept, key, getattr(found, key))
            changed.append(kept)
    PublishedFigure.objects.bulk_update(changed, SAID, batch_size=200)
    told = [
        [
            p.key,
            p.outcome.value,
            f.year,
            f.index,
            f.value,
            f.value_unit,
            f.grade,
            f.rank,
            f.authority,
            f.source,
        ]
        for p, f in doing
    ]
    payload = {"v": 1, "rows": told}
    record(
        chain="published-figures", kind="figures.imported", subject=tree.prefix, payload=payload, by=by, at=at
    )
    return plan.rows
