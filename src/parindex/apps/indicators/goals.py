"""Which target holds for a unit, and how it stands: the year's readings, their forecast, the light."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import ExtractMonth, ExtractYear

from parindex.apps.indicators.models import Indicator, Target, Value
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import Tree
from parindex.core.kernel.forecast import Forecast, Light, Reading, course, forecast, light, year_of
from parindex.core.kernel.levels import forecast_level


EACH = "*"


def harder(indicator: Indicator, one: Fraction, other: Fraction) -> Fraction:
    """The goal that asks for more."""
    return max(one, other) if indicator.direction == Indicator.Direction.UP else min(one, other)


class Goals:
    """Targets that hold, for some units and what is above them. One query.

    Args:
        ways: each unit with what is above it, nearest first. `year`: None: every year.
    """

    def __init__(self, ways: Iterable[Sequence[Unit]], *, year: int | None = None) -> None:
        self.ways: Mapping[int, Sequence[Unit]] = {way[0].pk: way for way in ways}
        places = {u.pk for way in self.ways.values() for u in way}
        found = Target.objects.filter(unit__in=places).standing()
        if year is not None:
            found = found.filter(year=year)
        self.found = {
            (t.indicator_id, t.unit_id, t.each, t.assigned, t.year): t
            for t in found.select_related("indicator", "unit")
            if t.goal
        }

    @classmethod
    def of_unit(cls, unit: Unit, *, year: int | None = None) -> Goals:
        """Of one unit."""
        return cls([way_up(unit)], year=year)

    @classmethod
    def of_tree(cls, tree: Tree, *, year: int | None = None) -> Goals:
        """Of a territory and every unit below it."""
        above = way_up(tree.root)
        ways: list[list[Unit]] = []
        for unit in tree.walk():
            way, here = [], unit
            while here.pk != tree.root.pk:
                way.append(here)
                here = tree.parents[here.pk]
            ways.append([*way, *above])
        return cls(ways, year=year)

    def assigned(self, indicator: Indicator, unit: Unit, year: int) -> Target | None:
        """What the unit was given: by name, else with its type, else with every unit; nearest first."""
        way = self.ways.get(unit.pk, [unit])
        named = self.found.get((indicator.pk, unit.pk, "", True, year))
        if named is not None:
            return named
        for above in way[1:]:
            for each in (unit.type, EACH):
                found = self.found.get((indicator.pk, above.pk, each, True, year))
                if found is not None:
                    return found
        return None

    def of(self, indicator: Indicator, unit: Unit, year: int) -> Target | None:
        """What holds for the unit: of what it was given and what it set itself the harder one."""
        given = self.assigned(indicator, unit, year)
        own = self.found.get((indicator.pk, unit.pk, "", False, year))
        if given is None or own is None:
            return given or own
        goals = given.exact_goal or Fraction(0), own.exact_goal or Fraction(0)
        return own if harder(indicator, *goals) == goals[1] != goals[0] else given


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit's indicator stands in a year: its target, its forecast, the light."""

    indicator: Indicator
    target: Target | None
    forecast: Forecast | None

    @property
    def light(self) -> Light:
        """By the rule of `parindex.core.kernel.forecast.light`."""
        return light(
            self.forecast,
            self.target.exact_goal if self.target else None,
            higher_is_better=self.indicator.direction == Indicator.Direction.UP,
        )


@dataclass(frozen=True, slots=True)
class Course:
    """How an indicator of a unit came along in a year, from its first day to its last.

    `points`: the year's value as it stood at the end of a day, ascending; a share is between 0 and 1.
    """

    start: date
    end: date
    points: Sequence[tuple[date, Fraction]]
    forecast: Forecast | None

    def due(self, target: Target, day: date) -> Fraction | None:
        """Where a day lies on the straight way from the baseline to the goal; the goal without a baseline."""
        goal, base = target.exact_goal, target.exact_baseline
        if goal is None or base is None:
            return goal
        return base + (goal - base) * Fraction((day - self.start).days + 1, (self.end - self.start).days + 1)


def forecasts(units: Collection[int], year: int) -> dict[tuple[str, int], Forecast]:
    """Each indicator's forecast of a year, by its code and the unit. One query."""
    found = {key: _course(values, year).forecast for key, values in _told(units, year).items()}
    return {key: one for key, one in found.items() if one is not None}


def course_of(unit: Unit, indicator: Indicator, year: int) -> Course | None:
    """The way of one indicator through a year; None where nothing was measured. One query."""
    values = _told([unit.pk], year, indicator=indicator)
    return next((_course(found, year) for found in values.values()), None)


def _told(
    units: Collection[int], year: int, *, indicator: Indicator | None = None
) -> dict[tuple[str, int], list[Value]]:
    """By indicator's code and unit the values of periods that end in the year, of the authoritative source;
    of each datum what stood at the end of every month, so that what grows since January gives its months."""
    same = {k: OuterRef(k) for k in ("indicator", "unit", "start", "end", "source")}
    later = Value.objects.filter(
        **same,
        version__gt=OuterRef("version"),
        as_of__year=OuterRef("in_year"),
        as_of__month=OuterRef("in_month"),
    )
    values = (
        Value.objects.filter(unit__in=units, end__year=year, source=F("indicator__source"))
        .annotate(in_year=ExtractYear("as_of"), in_month=ExtractMonth("as_of"))
        .filter(~Exists(later))
        .select_related("indicator")
        .order_by("version")
    )
    if indicator is not None:
        values = values.filter(indicator=indicator)
    by_datum: dict[tuple[str, int], list[Value]] = {}
    for value in values:
        by_datum.setdefault((value.indicator.code, value.unit_id), []).append(value)
    return by_datum


def _course(values: Sequence[Value], year: int) -> Course:
    """Of one unit and indicator."""
    start, end = year_of([(v.start, v.end) for v in values], year)
    indicator = values[0].indicator
    if indicator.kind != Indicator.Kind.SHARE and indicator.over_year == Indicator.OverYear.LAST:
        levels = {min(v.end, v.as_of): v.exact for v in values if v.exact is not None}
        inside = {day: level for day, level in levels.items() if start <= day <= end}
        found = forecast_level(inside, end=end, counted=indicator.kind == Indicator.Kind.COUNT)
        return Course(start, end, sorted(inside.items()), found)
    readings = {}
    for value in values:
        reach = min(value.end, value.as_of)
        number = value.numerator if value.denominator is not None else value.exact
        if number is None:
            continue
        whole = None if value.denominator is None else Fraction(value.denominator)
        readings[value.start, reach] = Reading(value.start, reach, Fraction(number), whole)
    told = list(readings.values())
    begun = min((r.start for r in told if r.start >= start), default=start)
    # what was before the first value is not still to come: a unit may have begun in July
    points = course(told, start=begun, end=end)
    return Course(begun, end, points, forecast(told, start=begun, end=end))
