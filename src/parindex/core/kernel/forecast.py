"""From what was measured so far to the end of the year, with its error; and the light beside a goal.

Everything is exact but the square root of the standard error, which is cut after twelve decimals, so that two
machines give the same digits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import isqrt


NEEDED, TREND_FROM = 2, 4
"""Steps that an error needs, and steps from which on a trend is drawn."""
A_YEAR = 330
"""A period of at least so many days is a year of its own, which may begin and end on other days than the
calendar's."""
_DECIMALS = 10**12
_STUDENT = tuple(
    Fraction(thousandths, 1000)
    for thousandths in (
        *(6314, 2920, 2353, 2132, 2015, 1943, 1895, 1860, 1833, 1812),
        *(1796, 1782, 1771, 1761, 1753, 1746, 1740, 1734, 1729, 1725),
        *(1721, 1717, 1714, 1711, 1708, 1706, 1703, 1701, 1699, 1697),
    )
)
"""Student's t, one-sided 95 %, by degrees of freedom from 1; beyond, the normal one."""
_NORMAL = Fraction("1.645")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says of a period until the last day that its data describe.

    `part`: of a share its numerator, else the count. `whole`: the denominator; None where it is no share.
    """

    start: date
    reach: date
    part: Fraction
    whole: Fraction | None


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of days with what arose in it. `weight`: cases of a share, days of a count."""

    start: date
    end: date
    part: Fraction
    weight: Fraction

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> Fraction:
        """Its middle as a day number."""
        return Fraction(self.start.toordinal() + self.end.toordinal(), 2)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The value at the year's end. A share is between 0 and 1.

    Attributes:
        now: the value so far. `end`: at the year's end; equal to `now` once the year is measured whole.
        error: its standard error; None where there is too little to tell, and then there is no interval.
        low, high: the 90 % interval. `steps`: how many it rests on. `trend`: whether a trend was drawn.
    """

    now: Fraction
    end: Fraction
    error: Fraction | None
    low: Fraction | None
    high: Fraction | None
    steps: int
    trend: bool = False


class Light(StrEnum):
    """How a goal stands."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


def light(forecast: Forecast | None, goal: Fraction | None, *, higher_is_better: bool) -> Light:
    """Green: the interval is wholly at the goal or beyond it. Red: wholly short of it. Amber: the goal lies
    inside. Grey: no goal, or too little was measured."""
    if forecast is None or goal is None or forecast.low is None or forecast.high is None:
        return Light.GREY
    worst, best = (forecast.low, forecast.high) if higher_is_better else (-forecast.high, -forecast.low)
    aim = goal if higher_is_better else -goal
    if worst >= aim:
        return Light.GREEN
    return Light.RED if best < aim else Light.AMBER


def year_of(periods: Iterable[tuple[date, date]], year: int) -> tuple[date, date]:
    """First and last day of a year: of the longest period that ends in it and lasts at least `A_YEAR` days,
    else of the calendar's."""
    long = [(s, e) for s, e in periods if e.year == year and (e - s).days + 1 >= A_YEAR]
    calendar = date(year, 1, 1), date(year, 12, 31)
    return max(long, key=lambda p: (p[1] - p[0], p[1]), default=calendar)


def forecast(readings: Sequence[Reading], *, start: date, end: date) -> Forecast | None:
    """The value at the end of a year.

    What is still to come arises at the pace so far. Its rate is the pooled one; from `TREND_FROM` steps on
    the one that a weighted least-squares line gives for the middle of the days still to come. See
    ``docs/indicators.md`` for the formulas.

    Returns:
        None where nothing arose, or nothing was measured.
    """
    inside = [r for r in readings if start <= r.start <= r.reach <= end]
    steps = steps_of(inside)
    is_share = any(r.whole is not None for r in inside)
    part, weight = sum((s.part for s in steps), Fraction(0)), sum((s.weight for s in steps), Fraction(0))
    if not weight:
        return None
    covered = sum(s.days for s in steps)
    days = (end - start).days + 1
    now = part / weight if is_share else part
    if covered >= days:
        return Forecast(now, now, Fraction(0), now, now, len(steps))
    coming = weight * (days - covered) / covered
    used = [s for s in steps if s.weight]
    rest = _middle_of_rest(steps, start, end)
    chance = _chance(part, weight, is_share=is_share)
    rate, spread, freedom = _rate(used, part / weight, coming=coming, rest=rest, chance=chance)
    rate = max(Fraction(0), min(Fraction(1), rate) if is_share else rate)
    total = weight + coming if is_share else Fraction(1)
    value = (part + coming * rate) / total
    if spread is None:
        return Forecast(now, value, None, None, None, len(steps))
    error = coming / total * root(spread)
    margin = error * student(freedom)
    sure = part / total  # what is measured already is not undone
    most = (part + coming) / total if is_share else value + margin
    low, high = max(sure, value - margin), min(most, value + margin)
    return Forecast(now, value, error, low, high, len(steps), freedom < len(used) - 1)


def _rate(
    steps: Sequence[Step], pooled: Fraction, *, coming: Fraction, rest: Fraction, chance: Fraction
) -> tuple[Fraction, Fraction | None, int]:
    """The rate of what is to come, the square of its standard error (None: unknown), degrees of freedom."""
    weight = sum((s.weight for s in steps), Fraction(0))
    if len(steps) < NEEDED:
        return pooled, None, 0
    middle = sum((s.weight * s.middle for s in steps), Fraction(0)) / weight
    spread = sum((s.weight * (s.middle - middle) ** 2 for s in steps), Fraction(0))
    slope, far, freedom = Fraction(0), Fraction(0), len(steps) - 1
    if len(steps) >= TREND_FROM and spread:
        slope = sum((s.part * (s.middle - middle) for s in steps), Fraction(0)) / spread
        far, freedom = (rest - middle) ** 2 / spread, freedom - 1
    misses = (s.weight * (s.part / s.weight - pooled - slope * (s.middle - middle)) ** 2 for s in steps)
    left = sum(misses, Fraction(0))
    return (
        pooled + slope * (rest - middle),
        max(left / freedom, chance) * (1 / coming + 1 / weight + far),
        freedom,
    )


def _chance(part: Fraction, weight: Fraction, *, is_share: bool) -> Fraction:
    """The spread of one case, or of one day, that chance alone gives: of a share p(1 − p) with one case more
    on either side, of a count its rate with one more counted; so that few equal steps do not look certain."""
    if not is_share:
        return (part + 1) / weight
    likely = (part + 1) / (weight + 2)
    return likely * (1 - likely)


def _middle_of_rest(steps: Sequence[Step], start: date, end: date) -> Fraction:
    """The mean day number of the days of the year that no step covers."""
    days = (end - start).days + 1
    every = Fraction(days * (start.toordinal() + end.toordinal()), 2)
    covered = sum(s.days for s in steps)
    return (every - sum((s.days * s.middle for s in steps), Fraction(0))) / (days - covered)


def student(freedom: int) -> Fraction:
    """Student's t, one-sided 95 %: so many standard errors are half of a 90 % interval."""
    return _STUDENT[freedom - 1] if freedom <= len(_STUDENT) else _NORMAL


def root(square: Fraction) -> Fraction:
    """The square root, cut after twelve decimals."""
    return Fraction(isqrt(square.numerator * _DECIMALS**2 // square.denominator), _DECIMALS)


def course(readings: Sequence[Reading], *, start: date, end: date) -> list[tuple[date, Fraction]]:
    """What the year's value had come to at the end of each step that `forecast` rests on."""
    inside = [r for r in readings if start <= r.start <= r.reach <= end]
    is_share = any(r.whole is not None for r in inside)
    part, weight, found = Fraction(0), Fraction(0), []
    for step in steps_of(inside):
        part, weight = part + step.part, weight + step.weight
        if weight:
            found.append((step.end, part / weight if is_share else part))
    return found


def steps_of(readings: Sequence[Reading]) -> list[Step]:
    """Stretches that do not overlap, by day: those that cover most days, and of such the most stretches.

    Readings that begin on one day are taken from each other (March from January to March), as far as
    the later one holds at least what the earlier holds.
    """
    found: list[Step] = []
    by_start: dict[date, list[Reading]] = {}
    for reading in readings:
        by_start.setdefault(reading.start, []).append(reading)
    for begun in by_start.values():
        found += [_step(None, r) for r in begun]
        kept = _growing(begun)
        found += [_step(a, b) for a, b in pairwise(kept)]
    return _best(found)


def _growing(readings: Sequence[Reading]) -> list[Reading]:
    """Of readings that begin on one day those that the later ones hold, by reach."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda r: r.reach, reverse=True):
        if not kept or _holds(kept[-1], reading):
            kept.append(reading)
    return kept[::-1]


def _holds(later: Reading, earlier: Reading) -> bool:
    """Whether the difference of both is something that can have arisen."""
    if later.reach <= earlier.reach or later.part < earlier.part:
        return False
    if later.whole is None or earlier.whole is None:
        return later.whole is earlier.whole
    return later.whole - earlier.whole >= later.part - earlier.part


def _step(before: Reading | None, reading: Reading) -> Step:
    """What arose between the reach of one reading and that of another."""
    start = before.reach + timedelta(days=1) if before else reading.start
    part = reading.part - before.part if before else reading.part
    if reading.whole is None:
        return Step(start, reading.reach, part, Fraction((reading.reach - start).days + 1))
    earlier = before.whole if before and before.whole is not None else Fraction(0)
    return Step(start, reading.reach, part, reading.whole - earlier)


def _best(steps: Sequence[Step]) -> list[Step]:
    """Weighted interval scheduling by days covered, then by the number of steps."""
    ordered = sorted(steps, key=lambda s: (s.end, s.start))
    ends = [s.end for s in ordered]
    best: list[tuple[int, int, tuple[Step, ...]]] = [(0, 0, ())]
    for index, step in enumerate(ordered):
        before = best[bisect_right(ends, step.start - timedelta(days=1), hi=index)]
        taken = (before[0] + step.days, before[1] + 1, (*before[2], step))
        best.append(max(best[-1], taken, key=lambda b: b[:2]))
    return list(best[-1][2])
