"""Rules on when a document was issued: against a deadline, within days of another, off per day late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import ClassVar, Literal

from parindex.core.kernel.problems import Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Award, Dated, Terms, Value
from parindex.core.kernel.rules.values import read_dated
from parindex.core.kernel.text import Text


ZERO = Fraction(0)
NOTHING = Award(points=ZERO)
Count = Literal["calendar", "working"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Issued in time, late, or not at all.

    Reasons: ``deadline.in_time`` and ``deadline.late`` {on, due, award}; ``deadline.none`` {due, award}.
    """

    kind: ClassVar[str] = "deadline"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "deadline.in_time": ("on", "due", "award"),
        "deadline.late": ("on", "due", "award"),
        "deadline.none": ("due", "award"),
    }
    due: date
    in_time: Award
    late: Award = NOTHING
    none: Award = NOTHING

    def read(self, text: str) -> Value:
        """A date, or ``none``."""
        return read_dated(text, needs_base=False)

    def score(self, value: Value, terms: Terms) -> Scored:
        """In time up to and including the due date."""
        assert isinstance(value, Dated)
        if value.on is None:
            award = self.none.of(terms.maximum)
            return Scored(award, Reason("deadline.none", {"due": self.due, "award": award}))
        in_time = value.on <= self.due
        award = (self.in_time if in_time else self.late).of(terms.maximum)
        code = "deadline.in_time" if in_time else "deadline.late"
        return Scored(award, Reason(code, {"on": value.on, "due": self.due, "award": award}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and greatest of the three awards."""
        awards = [a.of(maximum) for a in (self.in_time, self.late, self.none)]
        return min(awards), max(awards)

    def problems(self) -> list[Problem]:
        """Awards."""
        return [*self.in_time.problems("in_time"), *self.late.problems("late"), *self.none.problems("none")]


@dataclass(frozen=True, slots=True)
class WithinStep(Award):
    """An award for being issued at most `within` days after the base date."""

    within: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """Steps by the days that passed since a base date (the day after it is day 1), calendar or working days.

    The base is the rule's, or comes with the answer: the date of the document this one answers.

    Reasons: ``days_after.step`` {on, base, days, within, award, count}; ``days_after.beyond``
    {on, base, days, last, award, count}; ``days_after.none`` {award}.
    """

    kind: ClassVar[str] = "days_after"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "days_after.step": ("on", "base", "days", "within", "award", "count"),
        "days_after.beyond": ("on", "base", "days", "last", "award", "count"),
        "days_after.none": ("award",),
    }
    steps: tuple[WithinStep, ...]
    base: date | None = None
    base_name: Text | None = None
    count: Count = "calendar"
    otherwise: Award = NOTHING

    def read(self, text: str) -> Value:
        """A date, ``DATE;base=DATE`` where the rule has no base, or ``none``."""
        return read_dated(text, needs_base=self.base is None)

    def score(self, value: Value, terms: Terms) -> Scored:
        """The first step whose limit is not passed."""
        assert isinstance(value, Dated)
        if value.on is None:
            award = self.otherwise.of(terms.maximum)
            return Scored(award, Reason("days_after.none", {"award": award}))
        base = value.base or self.base
        assert base is not None
        days = terms.calendar.days(base, value.on, working=self.count == "working")
        data: dict[str, object] = {"on": value.on, "base": base, "days": days, "count": self.count}
        for step in self.steps:
            if days <= step.within:
                award = step.of(terms.maximum)
                return Scored(
                    award, Reason("days_after.step", {**data, "within": step.within, "award": award})
                )
        award = self.otherwise.of(terms.maximum)
        return Scored(
            award, Reason("days_after.beyond", {**data, "last": self.steps[-1].within, "award": award})
        )

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and greatest award."""
        awards = [a.of(maximum) for a in (*self.steps, self.otherwise)]
        return min(awards), max(awards)

    def problems(self) -> list[Problem]:
        """No steps, limits that do not rise, awards."""
        found = [] if self.steps else [Problem("list_empty", {"key": "steps"}, ("steps",))]
        for k, step in enumerate(self.steps):
            if k and step.within <= self.steps[k - 1].within:
                found.append(Problem("steps_not_rising", {"value": step.within}, ("steps", k)))
            found += step.problems("steps", k)
        return found + self.otherwise.problems("otherwise")


@dataclass(frozen=True, slots=True)
class PerDayLate:
    """The maximum in time; `each` points off for every day late beyond `free_days`, never below 0.

    Reasons: ``per_day_late.in_time`` {on, due}; ``per_day_late.late`` {on, due, days, charged, each, off,
    count}; ``per_day_late.none`` {due, award}.
    """

    kind: ClassVar[str] = "per_day_late"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "per_day_late.in_time": ("on", "due"),
        "per_day_late.late": ("on", "due", "days", "charged", "each", "off", "count"),
        "per_day_late.none": ("due", "award"),
    }
    due: date
    each: Fraction
    count: Count = "calendar"
    free_days: int = 0
    none: Award = NOTHING

    def read(self, text: str) -> Value:
        """A date, or ``none``."""
        return read_dated(text, needs_base=False)

    def score(self, value: Value, terms: Terms) -> Scored:
        """Maximum minus the days late."""
        assert isinstance(value, Dated)
        if value.on is None:
            award = self.none.of(terms.maximum)
            return Scored(award, Reason("per_day_late.none", {"due": self.due, "award": award}))
        days = max(0, terms.calendar.days(self.due, value.on, working=self.count == "working"))
        charged = max(0, days - self.free_days)
        if value.on <= self.due or not charged:
            return Scored(terms.maximum, Reason("per_day_late.in_time", {"on": value.on, "due": self.due}))
        off = min(charged * self.each, terms.maximum)
        data = {
            "on": value.on,
            "due": self.due,
            "days": days,
            "charged": charged,
            "each": self.each,
            "off": off,
            "count": self.count,
        }
        return Scored(terms.maximum - off, Reason("per_day_late.late", data))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the maximum, or the award for none."""
        none = self.none.of(maximum)
        return min(ZERO, none), max(maximum, none)

    def problems(self) -> list[Problem]:
        """A rate that is not positive, negative free days, the award."""
        found = [] if self.each > 0 else [Problem("not_positive", {"key": "each"}, ("each",))]
        if self.free_days < 0:
            found.append(Problem("negative", {"key": "free_days"}, ("free_days",)))
        return found + self.none.problems("none")
