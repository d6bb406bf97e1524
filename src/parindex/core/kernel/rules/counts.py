"""Rules on how many: points for each, points off for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from parindex.core.kernel.problems import Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Award, Terms, Value
from parindex.core.kernel.rules.values import read_whole
from parindex.core.kernel.text import Text


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Count:
    """`each` for every one, up to `cap` (the maximum where there is none).

    Reasons: ``count.each`` {count, each, award}; ``count.capped`` {count, each, cap}.
    """

    kind: ClassVar[str] = "count"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "count.each": ("count", "each", "award"),
        "count.capped": ("count", "each", "cap"),
    }
    each: Award
    unit: Text | None = None
    cap: Fraction | None = None

    def read(self, text: str) -> Value:
        """A whole number."""
        return read_whole(text)

    def score(self, value: Value, terms: Terms) -> Scored:
        """Count × each, capped."""
        assert isinstance(value, Fraction)
        each = self.each.of(terms.maximum)
        cap = terms.maximum if self.cap is None else self.cap
        award = value * each
        if award > cap:
            return Scored(cap, Reason("count.capped", {"count": value, "each": each, "cap": cap}))
        return Scored(award, Reason("count.each", {"count": value, "each": each, "award": award}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the cap."""
        cap = maximum if self.cap is None else self.cap
        return min(ZERO, cap), max(ZERO, cap)

    def problems(self) -> list[Problem]:
        """An award that is not positive."""
        found = self.each.problems("each")
        if not found and self.each.of(Fraction(1)) <= 0:
            found.append(Problem("not_positive", {"key": "each"}, ("each",)))
        if self.cap is not None and self.cap <= 0:
            found.append(Problem("not_positive", {"key": "cap"}, ("cap",)))
        return found


@dataclass(frozen=True, slots=True)
class Deduct:
    """`start` (the maximum where there is none) less `each` per case, never below `floor`.

    Reasons: ``deduct.none`` {start}; ``deduct.cases`` {count, each, start, off, award}; ``deduct.floor``
    {count, each, start, floor}.
    """

    kind: ClassVar[str] = "deduct"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "deduct.none": ("start",),
        "deduct.cases": ("count", "each", "start", "off", "award"),
        "deduct.floor": ("count", "each", "start", "floor"),
    }
    each: Award
    start: Award = Award(percent=Fraction(100))  # noqa: RUF009  frozen
    floor: Fraction = ZERO
    unit: Text | None = None

    def read(self, text: str) -> Value:
        """A whole number of cases."""
        return read_whole(text)

    def score(self, value: Value, terms: Terms) -> Scored:
        """Start minus count × each."""
        assert isinstance(value, Fraction)
        start, each = self.start.of(terms.maximum), self.each.of(terms.maximum)
        if not value:
            return Scored(start, Reason("deduct.none", {"start": start}))
        off = value * each
        data = {"count": value, "each": each, "start": start}
        if start - off < self.floor:
            return Scored(self.floor, Reason("deduct.floor", {**data, "floor": self.floor}))
        return Scored(start - off, Reason("deduct.cases", {**data, "off": off, "award": start - off}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Floor to start."""
        ends = (self.floor, self.start.of(maximum))
        return min(ends), max(ends)

    def problems(self) -> list[Problem]:
        """Awards; a floor that is not below the start."""
        found = [*self.each.problems("each"), *self.start.problems("start")]
        if self.start.points is not None and self.floor >= self.start.points:
            found.append(
                Problem("range_backwards", {"low": self.floor, "high": self.start.points}, ("floor",))
            )
        if not self.each.problems() and self.each.of(Fraction(1)) <= 0:
            found.append(Problem("not_positive", {"key": "each"}, ("each",)))
        return found
