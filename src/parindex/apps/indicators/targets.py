"""Targets that are handed in as rows, from the page or a table: what each would do, and keeping them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.indicators.actions import ValuesRefused
from parindex.apps.indicators.goals import EACH, Goals, harder
from parindex.apps.indicators.models import Indicator, Target
from parindex.apps.indicators.rules import read_value
from parindex.apps.organisations.imports.plans import by_word, digest_of, within
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.types import UNIT_TYPES
from parindex.core.formats.registers import CellRefused, Column, Outcome, Planned, RegisterRow, refused_row
from parindex.core.kernel.numbers import exact_text, read_number
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.kernel.text import Text


EVERY = Text("mọi đơn vị", "every unit")
COLUMNS = (
    Column("indicator", Text("Mã chỉ tiêu", "Indicator"), required=True),
    Column("unit", Text("Mã đơn vị", "Unit code"), required=True),
    Column(
        "each",
        Text("Giao cho từng đơn vị trực thuộc", "For each unit below"),
        hint=Text(
            "bỏ trống: chính đơn vị; mọi đơn vị; hoặc một loại đơn vị",
            "empty: the unit itself; every unit; or a type of units",
        ),
    ),
    Column("year", Text("Năm", "Year"), required=True),
    Column(
        "baseline",
        Text("Hiện trạng", "Baseline"),
        hint=Text("tỷ lệ ghi bằng phần trăm", "a share in percent"),
    ),
    Column(
        "goal",
        Text("Mục tiêu", "Goal"),
        required=True,
        hint=Text("tỷ lệ ghi bằng phần trăm; “-” để bỏ mục tiêu", "a share in percent; “-” takes it back"),
    ),
    Column(
        "document",
        Text("Văn bản giao", "Document"),
        hint=Text("số, ngày của kế hoạch, quyết định", "number and date of the plan or decision"),
    ),
)
FIELDS = ("goal", "baseline", "document")
TAKEN_BACK = frozenset({"-", "–"})
LONGEST_DOCUMENT = 250
HUNDRED = 100
_YEAR = re.compile(r"(?:20|21)\d\d")
Key = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row that can be read. `goal`: None takes the target back."""

    row: RegisterRow
    indicator: Indicator
    unit: Unit
    each: str
    year: int
    goal: Fraction | None
    baseline: Fraction | None
    document: str

    @property
    def key(self) -> Key:
        """What it is a version of."""
        return self.indicator.pk, self.unit.pk, self.each, self.year

    @property
    def texts(self) -> tuple[str, str, str]:
        """Its `FIELDS`, as they are kept."""
        return _text(self.goal), _text(self.baseline), self.document


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """What the rows would do, in their order; the sound ones by line; what stands by key."""

    rows: Sequence[Planned]
    sound: Mapping[int, TargetRow]
    standing: Mapping[Key, Target]


def plan_targets(tree: Tree, rows: Sequence[RegisterRow], *, own: Unit | None = None) -> TargetPlan:
    """What rows of targets would do in a territory. A fixed number of queries.

    Args:
        own: the unit that sets its own targets; None: those who follow the territory assign them.
    """
    known = _Known(tree, own)
    standing = {
        (t.indicator_id, t.unit_id, t.each, t.year): t
        for t in Target.objects.filter(unit__in=known.keys, assigned=own is None).standing()
    }
    planned: list[Planned] = []
    sound: dict[int, TargetRow] = {}
    seen: dict[Key, int] = {}
    for row in rows:
        try:
            found = known.read(row)
            if found.key in seen:
                raise CellRefused("unit", Refused("row_repeated", line=seen[found.key]))
            stands = standing.get(found.key)
            if found.goal is None and stands is None:
                raise CellRefused("goal", Refused("target_missing"))
        except CellRefused as refusal:
            planned.append(refused_row(row, row.get("indicator"), refusal))
            continue
        seen[found.key] = row.line
        sound[row.line] = found
        planned.append(_planned(found, stands))
    return TargetPlan(planned, sound, standing)


class _Known:
    """Indicators, units and types that a row may name; what is assigned already where a unit sets its own."""

    def __init__(self, tree: Tree, own: Unit | None) -> None:
        self.own = own
        self.indicators = {i.code: i for i in Indicator.objects.all()}
        self.words = by_word({i.code: i.name for i in self.indicators.values()})
        self.units: dict[str, dict[int, Unit]] = {}
        for unit in tree.walk():
            for name in (unit.code, tree.address(unit)):
                self.units.setdefault(name, {})[unit.pk] = unit
        self.keys = {pk for named in self.units.values() for pk in named}
        types = {u.type: Text(u.type) for named in self.units.values() for u in named.values()}
        self.each = by_word({**types, **UNIT_TYPES, EACH: EVERY})
        self.goals = Goals.of_unit(own) if own is not None else None

    def read(self, row: RegisterRow) -> TargetRow:
        """One row. Raises CellRefused."""
        typed = row.get("indicator")
        code = self.words.get(typed.casefold())
        if code is None:
            raise CellRefused("indicator", Refused("indicator_unknown", indicator=typed[:60]))
        indicator = self.indicators[code]
        unit = within("unit", lambda: self._unit(row.get("unit")))
        each = within("each", lambda: self._each(row.get("each")))
        year = row.get("year")
        if not _YEAR.fullmatch(year) or not year.isascii():
            raise CellRefused("year", Refused("target_year", text=year[:40]))
        goal = within("goal", lambda: _read(indicator, row.get("goal"), "goal"))
        baseline = within("baseline", lambda: _read(indicator, row.get("baseline"), "baseline"))
        document = row.get("document")
        if len(document) > LONGEST_DOCUMENT:
            raise CellRefused("document", Refused("text_too_long", limit=LONGEST_DOCUMENT))
        if self.own is None and not document:
            raise CellRefused("document", Refused("target_document_missing"))
        if goal is not None:
            within("goal", lambda: self._check_own(indicator, int(year), goal))
        return TargetRow(row, indicator, unit, each, int(year), goal, baseline, document)

    def _unit(self, code: str) -> Unit:
        found = list(self.units.get(code, {}).values())
        if not found:
            raise Refused("unit_not_found", unit=code[:60])
        if len(found) > 1:
            raise Refused("unit_code_ambiguous", code=code)
        if self.own is not None and found[0].pk != self.own.pk:
            raise Refused("unit_of_others", unit=found[0].name_vi)
        return found[0]

    def _each(self, typed: str) -> str:
        if not typed:
            return ""
        found = self.each.get(typed.casefold())
        if found is None or self.own is not None:
            raise Refused("choice_unknown", text=typed[:40])
        return found

    def _check_own(self, indicator: Indicator, year: int, goal: Fraction) -> None:
        """A unit may aim higher than what it was given, not lower. Raises Refused ``target_weaker``."""
        assigned = self.goals.assigned(indicator, self.own, year) if self.goals and self.own else None
        given = assigned.exact_goal if assigned else None
        if given is not None and harder(indicator, goal, given) != goal:
            raise Refused("target_weaker")


def _read(indicator: Indicator, typed: str, key: str) -> Fraction | None:
    """A goal or a baseline. Raises Refused ``value_missing``, ``target_percent``, or as values are."""
    if (key == "goal" and typed in TAKEN_BACK) or (key == "baseline" and not typed):
        return None
    if not typed:
        raise Refused("value_missing")
    if indicator.kind != Indicator.Kind.SHARE:
        return read_value(indicator, typed)
    try:
        percent = read_number(typed.removesuffix("%").strip())
    except AnswerRefused:
        raise Refused("value_unreadable", text=typed[:40]) from None
    if not 0 <= percent <= HUNDRED:
        raise Refused("target_percent", text=typed[:40])
    return percent / HUNDRED


def _text(number: Fraction | None) -> str:
    return "" if number is None else exact_text(number)


def _planned(found: TargetRow, stands: Target | None) -> Planned:
    before = (stands.goal, stands.baseline, stands.document) if stands else ("",) * len(FIELDS)
    changes = tuple((k, b, a) for k, b, a in zip(FIELDS, before, found.texts, strict=True) if a != b)
    outcome = Outcome.ADDED if stands is None else Outcome.CHANGED if changes else Outcome.SAME
    key = "/".join([found.indicator.code, found.unit.code, found.each, str(found.year)])
    name = f"{found.indicator.name_vi} · {found.unit.name_vi} · {found.year}"
    return Planned(found.row.line, key, name, outcome, changes)


@transaction.atomic
def set_targets(
    *,
    territory: Unit,
    rows: Sequence[RegisterRow],
    by: str,
    at: datetime,
    shown: str | None = None,
    own: Unit | None = None,
) -> Sequence[Planned]:
    """Set targets in a territory, all or none; what says the same as what stands does nothing.

    Args:
        rows: cells by the keys of `COLUMNS`.
        shown: the digest of the plan that was looked at; None: nobody did.
        own: the unit that sets its own, never easier than what it was given; None: they are assigned.

    Returns:
        What each row did.

    Raises:
        ValuesRefused: ``rows_refused``; its `rows` say which and why.
        Refused: ``upload_changed`` where the plan would be another by now.
    """
    locked = Unit.objects.select_for_update().get(pk=territory.pk)
    tree = tree_of(locked)
    plan = plan_targets(tree, rows, own=own)
    if shown is not None and digest_of(plan.rows) != shown:
        raise Refused("upload_changed")
    if any(p.outcome is Outcome.REFUSED for p in plan.rows):
        raise ValuesRefused(plan.rows)
    doing = [plan.sound[p.line] for p in plan.rows if p.outcome in (Outcome.ADDED, Outcome.CHANGED)]
    if not doing:
        return plan.rows
    made = Target.objects.bulk_create(_target(plan, row, own=own, by=by, at=at) for row in doing)
    record(
        chain=f"indicators:{tree.prefix}",
        kind="targets.set",
        subject=tree.prefix,
        payload={
            "v": 1,
            "own": own.code if own else "",
            "rows": [
                [
                    t.indicator.code,
                    tree.address(t.unit),
                    t.each,
                    t.year,
                    t.goal,
                    t.baseline,
                    t.document,
                    t.version,
                ]
                for t in made
            ],
        },
        by=by,
        at=at,
    )
    return plan.rows


def _target(plan: TargetPlan, row: TargetRow, *, own: Unit | None, by: str, at: datetime) -> Target:
    """The next version."""
    stands = plan.standing.get(row.key)
    goal, baseline, document = row.texts
    return Target(
        indicator=row.indicator,
        unit=row.unit,
        each=row.each,
        assigned=own is None,
        year=row.year,
        goal=goal,
        baseline=baseline,
        document=document,
        version=stands.version + 1 if stands else 1,
        by=by,
        at=at,
    )
