"""Rules on a ratio or a number: steps, proportional, linear between two anchors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, ClassVar, Literal

from parindex.core.kernel.numbers import half_up, read_number
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Award, Ratio, Terms, Value
from parindex.core.kernel.rules.values import read_ratio
from parindex.core.kernel.text import Text


if TYPE_CHECKING:
    import numpy as np

ZERO = Fraction(0)
HUNDRED = Fraction(100)
InputKind = Literal["ratio", "number"]
Over = Literal["refuse", "allow"]


def _read(text: str, kind: InputKind, over_100: Over) -> Value:
    """A ratio, a percentage or a plain number, as the rule's `input` says."""
    if kind == "ratio":
        return read_ratio(text, over_100=over_100 == "allow")
    value = read_number(text)
    if value < 0 and over_100 == "refuse":
        raise AnswerRefused("number_negative", text=text)
    return value


def _number(value: Value) -> Fraction:
    """The one number behind a ratio, a percentage or a number."""
    if isinstance(value, Ratio):
        return value.percent
    assert isinstance(value, Fraction)
    return value


def _given(value: Value) -> dict[str, object]:
    """The answer as it enters a reason: the number, and the counts behind a ratio."""
    if isinstance(value, Ratio):
        return {"value": value.percent, "part": value.part, "whole": value.whole}
    return {"value": value}


def rounded(points: Fraction, maximum: Fraction, decimals: int | None) -> Fraction:
    """Rounded where the rule's own text says so, never up beyond the maximum."""
    return points if decimals is None else min(half_up(points, decimals), maximum)


def rounded_rate(points: np.ndarray, maximum: float, decimals: int | None) -> np.ndarray:
    """The same on floats; the nudge puts exact halves, which floats miss by a hair, on the upper side."""
    if decimals is None:
        return points
    import numpy as np

    scale = 10.0**decimals
    return np.minimum(np.floor(points * scale + 0.5 + 1e-9) / scale, maximum)


@dataclass(frozen=True, slots=True)
class Step(Award):
    """An award for a range of values: `from` ≤ x, `above` < x, x < `below`, x ≤ `to`, or x = `equals`."""

    from_: Fraction | None = None
    above: Fraction | None = None
    to: Fraction | None = None
    below: Fraction | None = None
    equals: Fraction | None = None

    def low(self) -> tuple[Fraction | None, bool]:
        """Lower bound (None: open) and whether it belongs to the step."""
        if self.equals is not None:
            return self.equals, True
        return (self.above, False) if self.above is not None else (self.from_, True)

    def high(self) -> tuple[Fraction | None, bool]:
        """Upper bound (None: open) and whether it belongs to the step."""
        if self.equals is not None:
            return self.equals, True
        return (self.below, False) if self.below is not None else (self.to, True)

    def is_overdetermined(self) -> bool:
        """Whether an end is said in two ways, or `equals` stands beside another bound."""
        low = (self.from_ is not None) + (self.above is not None)
        high = (self.to is not None) + (self.below is not None)
        return low > 1 or high > 1 or (self.equals is not None and low + high > 0)

    def is_empty(self) -> bool:
        """Whether no number can lie in it."""
        (low, low_in), (high, high_in) = self.low(), self.high()
        return (
            low is not None
            and high is not None
            and (low > high or (low == high and not (low_in and high_in)))
        )

    def overlaps(self, other: Step) -> bool:
        """Whether some number lies in both."""
        return not (_before(self, other) or _before(other, self))


def _begin(step: Step) -> tuple[bool, Fraction, bool]:
    """Orders steps by where they begin; an open end is furthest out."""
    low, low_in = step.low()
    return low is not None, low or ZERO, not low_in


def _end(step: Step) -> tuple[bool, Fraction, bool]:
    """Orders steps by where they end."""
    high, high_in = step.high()
    return high is None, high or ZERO, high_in


def _before(one: Step, two: Step) -> bool:
    """Whether all of `one` lies below all of `two`."""
    (high, high_in), (low, low_in) = one.high(), two.low()
    if high is None or low is None:
        return False
    return high < low or (high == low and not (high_in and low_in))


@dataclass(frozen=True)
class Steps:
    """A ratio or number falls into one of several steps; a value in none gives 0.

    Reasons: ``steps.step`` {value, part?, whole?, step, award}; ``steps.outside`` {value, part?, whole?}.
    `step` is the position of the step in the file, from 0.
    """

    kind: ClassVar[str] = "steps"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "steps.step": ("value", "step", "award"),
        "steps.outside": ("value",),
    }
    steps: tuple[Step, ...]
    input: InputKind = "ratio"
    unit: Text | None = None
    over_100: Over = "refuse"

    def read(self, text: str) -> Value:
        """``12/15``, ``80%``, ``80``; or a number."""
        return _read(text, self.input, self.over_100)

    def score(self, value: Value, terms: Terms) -> Scored:
        """The award of the step the value lies in."""
        number = _number(value)
        top, under = number.numerator * self._scale, number.denominator
        for k, (low, low_in, high, high_in) in enumerate(self._bounds):
            if (low is None or top > low * under or (low_in and top == low * under)) and (
                high is None or top < high * under or (high_in and top == high * under)
            ):
                award = self.steps[k].of(terms.maximum)
                return Scored(award, Reason("steps.step", {**_given(value), "step": k, "award": award}))
        return Scored(ZERO, Reason("steps.outside", _given(value)))

    @cached_property
    def _scale(self) -> int:
        """A denominator all bounds share, so that a value is placed by comparing integers."""
        bounds = [b for s in self.steps for b, _ in (s.low(), s.high()) if b is not None]
        return lcm(*(b.denominator for b in bounds), 1)

    @cached_property
    def _bounds(self) -> tuple[tuple[int | None, bool, int | None, bool], ...]:
        """Each step's bounds times `_scale`, with whether they belong to it."""

        def scaled(bound: Fraction | None) -> int | None:
            return None if bound is None else bound.numerator * (self._scale // bound.denominator)

        return tuple((scaled(s.low()[0]), s.low()[1], scaled(s.high()[0]), s.high()[1]) for s in self.steps)

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and greatest award, 0 included."""
        awards = [ZERO, *(s.of(maximum) for s in self.steps)]
        return min(awards), max(awards)

    def problems(self) -> list[Problem]:
        """No steps; steps with two ends on one side, empty or overlapping ones; awards."""
        found = [] if self.steps else [Problem("list_empty", {"key": "steps"}, ("steps",))]
        for k, step in enumerate(self.steps):
            if step.is_overdetermined():
                found.append(Problem("step_bounds", {"step": k + 1}, ("steps", k)))
            elif step.is_empty():
                found.append(Problem("step_empty", {"step": k + 1}, ("steps", k)))
            found += step.problems("steps", k)
        return found + self._overlaps()

    def _overlaps(self) -> list[Problem]:
        """Each step that overlaps one beginning before it, told at the later of the two in the file."""
        found = []
        furthest: int | None = None
        for k in sorted(range(len(self.steps)), key=lambda k: _begin(self.steps[k])):
            if furthest is not None and self.steps[furthest].overlaps(self.steps[k]):
                one, two = sorted((furthest, k))
                found.append(Problem("steps_overlap", {"one": one + 1, "two": two + 1}, ("steps", two)))
            if furthest is None or _end(self.steps[k]) > _end(self.steps[furthest]):
                furthest = k
        return found

    def number(self, value: Value) -> Fraction:
        """The value, in percent for a ratio."""
        return _number(value)

    def rate(self, numbers: np.ndarray, terms: Terms) -> np.ndarray:
        """Award / maximum of the first step each number lies in."""
        import numpy as np

        tests = [_holds(step, numbers) for step in self.steps]
        rates = [float(step.of(terms.maximum) / terms.maximum) for step in self.steps]
        return np.select(tests, rates, 0.0) if tests else np.zeros_like(numbers)


def _holds(step: Step, numbers: np.ndarray) -> np.ndarray:
    """`Step.holds` on an array."""
    import numpy as np

    held = np.ones(numbers.shape, bool)
    if step.from_ is not None:
        held &= numbers >= float(step.from_)
    if step.above is not None:
        held &= numbers > float(step.above)
    if step.below is not None:
        held &= numbers < float(step.below)
    if step.to is not None:
        held &= numbers <= float(step.to)
    if step.equals is not None:
        held &= numbers == float(step.equals)
    return held


@dataclass(frozen=True, slots=True)
class Proportional:
    """The share of the maximum that the value is of `full_at`; full from there on; 0 below `zero_below`.

    Reasons: ``proportional.full``, ``proportional.share``, ``proportional.below`` {value, part?, whole?,
    full_at, award, zero_below?}.
    """

    kind: ClassVar[str] = "proportional"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "proportional.full": ("value", "full_at", "award"),
        "proportional.share": ("value", "full_at", "award"),
        "proportional.below": ("value", "full_at", "award", "zero_below"),
    }
    full_at: Fraction = HUNDRED
    zero_below: Fraction | None = None
    round: int | None = None
    input: InputKind = "ratio"
    unit: Text | None = None
    over_100: Over = "refuse"

    def read(self, text: str) -> Value:
        """``12/15``, ``80%``, ``80``; or a number."""
        return _read(text, self.input, self.over_100)

    def score(self, value: Value, terms: Terms) -> Scored:
        """Proportional between the threshold and full mark."""
        number = _number(value)
        data = {**_given(value), "full_at": self.full_at}
        if number >= self.full_at:
            return Scored(terms.maximum, Reason("proportional.full", {**data, "award": terms.maximum}))
        if self.zero_below is not None and number < self.zero_below:
            return Scored(
                ZERO, Reason("proportional.below", {**data, "award": ZERO, "zero_below": self.zero_below})
            )
        award = rounded(max(number, ZERO) * terms.maximum / self.full_at, terms.maximum, self.round)
        return Scored(award, Reason("proportional.share", {**data, "award": award}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the maximum."""
        return ZERO, maximum

    def problems(self) -> list[Problem]:
        """A full mark that is not positive or lies below the threshold."""
        found = [] if self.full_at > 0 else [Problem("not_positive", {"key": "full_at"}, ("full_at",))]
        if self.zero_below is not None and self.zero_below > self.full_at:
            found.append(
                Problem("range_backwards", {"low": self.zero_below, "high": self.full_at}, ("zero_below",))
            )
        return found + rounding_problems(self.round)

    def number(self, value: Value) -> Fraction:
        """The value, in percent for a ratio."""
        return _number(value)

    def rate(self, numbers: np.ndarray, terms: Terms) -> np.ndarray:
        """The same curve on floats."""
        import numpy as np

        maximum = float(terms.maximum)
        points = np.maximum(numbers, 0.0) / float(self.full_at) * maximum
        share = rounded_rate(points, maximum, self.round) / maximum
        share = np.where(numbers >= float(self.full_at), 1.0, share)
        return share if self.zero_below is None else np.where(numbers < float(self.zero_below), 0.0, share)


def rounding_problems(decimals: int | None) -> list[Problem]:
    """A number of decimals that makes no sense."""
    if decimals is None or 0 <= decimals <= 6:
        return []
    return [Problem("decimals_range", {"value": decimals}, ("round",))]


@dataclass(frozen=True, slots=True)
class Linear:
    """0 at `zero_at`, the maximum at `full_at`, a straight line between, flat outside; in either order.

    Reasons: ``linear.between`` {value, part?, whole?, zero_at, full_at, award}; ``linear.full``,
    ``linear.zero`` likewise.
    """

    kind: ClassVar[str] = "linear"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = dict.fromkeys(
        ("linear.between", "linear.full", "linear.zero"), ("value", "zero_at", "full_at", "award")
    )
    zero_at: Fraction
    full_at: Fraction
    round: int | None = None
    input: InputKind = "ratio"
    unit: Text | None = None
    over_100: Over = "refuse"

    def read(self, text: str) -> Value:
        """``12/15``, ``80%``, ``80``; or a number."""
        return _read(text, self.input, self.over_100)

    def score(self, value: Value, terms: Terms) -> Scored:
        """Along the line."""
        share = (_number(value) - self.zero_at) / (self.full_at - self.zero_at)
        case = "zero" if share <= 0 else "full" if share >= 1 else "between"
        points = min(max(share, ZERO), Fraction(1)) * terms.maximum
        award = rounded(points, terms.maximum, self.round)
        data = {**_given(value), "zero_at": self.zero_at, "full_at": self.full_at, "award": award}
        return Scored(award, Reason(f"linear.{case}", data))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the maximum."""
        return ZERO, maximum

    def problems(self) -> list[Problem]:
        """Equal anchors."""
        found = (
            [Problem("anchors_equal", {"value": self.full_at}, ("full_at",))]
            if self.zero_at == self.full_at
            else []
        )
        return found + rounding_problems(self.round)

    def number(self, value: Value) -> Fraction:
        """The value, in percent for a ratio."""
        return _number(value)

    def rate(self, numbers: np.ndarray, terms: Terms) -> np.ndarray:
        """The same line on floats."""
        import numpy as np

        zero, full, maximum = float(self.zero_at), float(self.full_at), float(terms.maximum)
        share = np.clip((numbers - zero) / (full - zero), 0.0, 1.0)
        return rounded_rate(share * maximum, maximum, self.round) / maximum
