"""Values added up for a page: of a unit, a type of units, a territory; this year and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from parindex.apps.indicators.models import Indicator, Value
from parindex.data.indicators import YEARS_WORK
from parindex.web.parts import charts
from parindex.web.parts.templatetags.parts import points, said


HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator over some units in one year.

    `part`, `whole`: of a share, added up; `number`: percent of a share, else the count or the number itself;
    None where there is nothing to say. `units`: how many it was measured of.
    """

    indicator: Indicator
    number: Fraction | None
    part: int | None = None
    whole: int | None = None
    units: int = 0

    @property
    def is_share(self) -> bool:
        """Whether `number` is in percent."""
        return self.indicator.kind == Indicator.Kind.SHARE

    @property
    def bar(self) -> SafeString | str:
        """A share as a bar, said for whoever does not see it."""
        if self.number is None or self.part is None or self.whole is None:
            return ""
        words = f"{said(self.indicator.name)}: {points(self.number)}%"
        return charts.score_bar(self.part, self.whole, words)


def figure_of(indicator: Indicator, values: Iterable[Value]) -> Figure:
    """Shares and counts are added up; other numbers only stand for one unit."""
    found = list(values)
    if indicator.kind == Indicator.Kind.SHARE:
        part, whole = (sum(getattr(v, k) or 0 for v in found) for k in ("numerator", "denominator"))
        share = Fraction(HUNDRED * part, whole) if whole else None
        return Figure(indicator, share, part, whole, len(found))
    numbers = [v.exact for v in found if v.exact is not None]
    adds_up = indicator.kind == Indicator.Kind.COUNT or len(numbers) == 1
    return Figure(indicator, sum(numbers, Fraction(0)) if numbers and adds_up else None, units=len(found))


def change(now: Figure, before: Figure) -> Fraction | None:
    """What was won or lost on the year before: percentage points of a share."""
    if now.number is None or before.number is None:
        return None
    return now.number - before.number


def of_year(values: Iterable[Value], year: int) -> dict[tuple[str, int], Value]:
    """The value that stands for a year, by indicator's code and unit: of the periods that end in it the
    longest, and of several such the last."""
    found: dict[tuple[str, int], Value] = {}
    for value in values:
        if value.end.year != year:
            continue
        key = value.indicator.code, value.unit_id
        kept = found.get(key)
        if kept is None or _reach(value) > _reach(kept):
            found[key] = value
    return found


def years_of(values: Iterable[Value]) -> list[int]:
    """The years that values end in, the newest first."""
    return sorted({v.end.year for v in values}, reverse=True)


def newest_year(values: Iterable[Value]) -> int:
    """The newest year that other systems measured; of the year's work alone, its own; 0: there is nothing.

    Early in a year the work of units is counted before anything else is: pages stay with what was measured.
    """
    every = list(values)
    measured = [v for v in every if v.indicator.source not in YEARS_WORK]
    return next(iter(years_of(measured or every)), 0)


def in_order(values: Mapping[tuple[str, int], Value]) -> list[Indicator]:
    """The indicators among some values, in the order of their codes."""
    return sorted({v.indicator for v in values.values()}, key=lambda i: i.code)


def _reach(value: Value) -> tuple[int, int]:
    return (value.end - value.start).days, value.end.toordinal()
