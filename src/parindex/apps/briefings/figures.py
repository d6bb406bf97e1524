"""Indicators as of the end of a month, beside the month before and the year's target; exact, then in words.

What stands for a month: of each indicator and unit the value whose data reach furthest without passing the
month's end, of two that reach equally far the one of the longer period. The month before is compared where
its value is of the same kind: both since the same day, or both of one month. Where nothing new was told
within the month, nothing is compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, F, OuterRef

from parindex.apps.briefings.months import before, last_day
from parindex.apps.indicators.goals import Goals
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree
from parindex.core.wording.briefings import change_words, goal_words, measured


HUNDRED = 100
Readings = Mapping[tuple[str, int], Value]


def readings(units: Collection[int], month: date) -> dict[tuple[str, int], Value]:
    """What stands for a month, by the indicator's code and the unit. One query."""
    last = last_day(month)
    same = {k: OuterRef(k) for k in ("indicator", "unit", "start", "end", "source")}
    later = Value.objects.filter(**same, version__gt=OuterRef("version"), as_of__lte=last)
    known = Value.objects.filter(
        unit__in=units,
        source=F("indicator__source"),
        start__gte=date(month.year, 1, 1),
        start__lte=last,
        as_of__lte=last,
    ).filter(~Exists(later))
    found: dict[tuple[str, int], Value] = {}
    for value in known.select_related("indicator").order_by("pk"):
        key = value.indicator.code, value.unit_id
        if key not in found or _reach(value) > _reach(found[key]):
            found[key] = value
    return found


def _reach(value: Value) -> tuple[date, int]:
    return min(value.end, value.as_of), (value.end - value.start).days


@dataclass(frozen=True, slots=True)
class Sum:
    """An indicator over some units: `number` in percent of a share; None where there is nothing to say."""

    indicator: Indicator
    number: Fraction | None
    part: int | None = None
    whole: int | None = None
    units: int = 0
    as_of: date | None = None


def sum_of(indicator: Indicator, values: Sequence[Value]) -> Sum:
    """Shares and counts are added up; another number stands for one unit only."""
    as_of = max((min(v.end, v.as_of) for v in values), default=None)
    if indicator.kind == Indicator.Kind.SHARE:
        part, whole = (sum(getattr(v, k) or 0 for v in values) for k in ("numerator", "denominator"))
        share = Fraction(HUNDRED * part, whole) if whole else None
        return Sum(indicator, share, part, whole, len(values), as_of)
    numbers = [v.exact for v in values if v.exact is not None]
    adds_up = indicator.kind == Indicator.Kind.COUNT or len(numbers) == 1
    return Sum(
        indicator, sum(numbers, Fraction(0)) if numbers and adds_up else None, None, None, len(values), as_of
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table as it is frozen: all in words, as papers write them.

    Attributes:
        change: against the month before; better, worse or same: `moved`; "" where they cannot be compared.
        met: whether the year's target is reached: ``yes``, ``no``, "" where there is none.
    """

    code: str
    name: str
    now: str
    as_of: str
    before: str
    change: str
    moved: str
    goal: str
    met: str

    def stored(self) -> dict[str, str]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Figures:
    """A month's indicators: the table, and the readings behind it for what else is told of them."""

    rows: Sequence[Row]
    now: Readings
    then: Readings


def figures_of(tree: Tree, month: date, *, without: Collection[str] = ()) -> Figures:
    """The table of a unit with all below it. Three queries, and the way up.

    Args:
        without: sources that other sections tell of.
    """
    units = [u.pk for u in tree.walk()]
    own = [tree.root.pk]
    now, then = readings(units, month), readings(units, before(month))
    goals = Goals.of_unit(tree.root, year=month.year)
    indicators = {v.indicator.code: v.indicator for v in now.values() if v.indicator.source not in without}
    rows = []
    for code in sorted(indicators):
        mine = _of(now, code, own) or _of(now, code, units)
        rows.append(_row(indicators[code], mine, then, goals=goals, unit=tree.root, year=month.year))
    return Figures(rows, now, then)


def _of(found: Readings, code: str, units: Collection[int]) -> list[Value]:
    return [found[code, unit] for unit in units if (code, unit) in found]


def _row(
    indicator: Indicator, values: Sequence[Value], then: Readings, *, goals: Goals, unit: Unit, year: int
) -> Row:
    now = sum_of(indicator, values)
    paired = [(v, then.get((indicator.code, v.unit_id))) for v in values]
    alike = [(v, w) for v, w in paired if w is not None and _alike(v, w)]
    same, was = sum_of(indicator, [v for v, _ in alike]), sum_of(indicator, [w for _, w in alike])
    target = goals.of(indicator, unit, year)
    goal = target.exact_goal if target else None
    if goal is not None and indicator.kind == Indicator.Kind.SHARE:
        goal *= HUNDRED
    moved = None if same.number is None or was.number is None else same.number - was.number
    return Row(
        code=indicator.code,
        name=indicator.name_vi,
        now=_said(indicator, now.number),
        as_of=now.as_of.isoformat() if now.as_of else "",
        before=_said(indicator, was.number),
        change="" if moved is None else change_words(moved, share=_is_share(indicator)),
        moved=_moved(indicator, moved),
        goal=goal_words(_said(indicator, goal), up=_is_up(indicator)) if goal is not None else "",
        met=_met(indicator, now.number, goal),
    )


def _alike(now: Value, then: Value) -> bool:
    """Both since the same day, or both of a month of their own; and the later one is news."""
    if now.pk == then.pk:
        return False
    month = 31
    short = (now.end - now.start).days < month and (then.end - then.start).days < month
    return now.start == then.start or short


def _is_share(indicator: Indicator) -> bool:
    return indicator.kind == Indicator.Kind.SHARE


def _is_up(indicator: Indicator) -> bool:
    return indicator.direction == Indicator.Direction.UP


def _said(indicator: Indicator, value: Fraction | None) -> str:
    return "" if value is None else measured(value, share=_is_share(indicator), measure=indicator.measure)


def _moved(indicator: Indicator, moved: Fraction | None) -> str:
    if not moved:
        return "" if moved is None else "same"
    return "better" if (moved > 0) == _is_up(indicator) else "worse"


def _met(indicator: Indicator, value: Fraction | None, goal: Fraction | None) -> str:
    if goal is None or value is None:
        return ""
    return "yes" if (value >= goal if _is_up(indicator) else value <= goal) else "no"
