"""Rules that a survey feeds: weighted answer options, and the share of the satisfied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Named, Ratio, Terms, Value
from parindex.core.kernel.rules.ratios import rounded, rounded_rate, rounding_problems
from parindex.core.kernel.rules.values import HUNDRED, id_problems, read_named, read_ratio
from parindex.core.kernel.text import Text


if TYPE_CHECKING:
    import numpy as np

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class WeightedOption:
    """An answer option and what it counts, in percent (A 100, B 60, C 20, D 0 in one province's survey)."""

    id: str
    name: Text
    weight: Fraction


def _award(percent: Fraction, terms: Terms, decimals: int | None) -> Fraction:
    """A percentage of the maximum, rounded where the rule says so."""
    return rounded(percent * terms.maximum / HUNDRED, terms.maximum, decimals)


def _rate(numbers: np.ndarray, terms: Terms, decimals: int | None) -> np.ndarray:
    """The same share on floats, kept inside 0..1."""
    import numpy as np

    maximum = float(terms.maximum)
    return rounded_rate(np.clip(numbers / 100.0, 0.0, 1.0) * maximum, maximum, decimals) / maximum


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """Mean weight of the options chosen, in percent, of the maximum.

    Reasons: ``survey_options.counts`` {percent, respondents, award}; ``survey_options.percent`` {percent,
    award}.
    """

    kind: ClassVar[str] = "survey_options"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "survey_options.counts": ("percent", "respondents", "award"),
        "survey_options.percent": ("percent", "award"),
    }
    options: tuple[WeightedOption, ...]
    round: int | None = None

    def read(self, text: str) -> Value:
        """``A=120;B=60;C=10;D=2`` (whole numbers), or the weighted percentage."""
        if "=" not in text:
            value = read_ratio(text, over_100=False)
            return value.percent if isinstance(value, Ratio) else value
        items = read_named(text, [o.id for o in self.options])
        if any(n < 0 or n.denominator != 1 for _, n in items):
            raise AnswerRefused("count_unreadable", text=text)
        if not any(n for _, n in items):
            raise AnswerRefused("survey_empty", text=text)
        return Named(items)

    def number(self, value: Value) -> Fraction:
        """The weighted percentage."""
        if isinstance(value, Fraction):
            return value
        assert isinstance(value, Named)
        weights = {o.id: o.weight for o in self.options}
        return sum((weights[k] * n for k, n in value.items), ZERO) / sum((n for _, n in value.items), ZERO)

    def score(self, value: Value, terms: Terms) -> Scored:
        """Weighted percentage × maximum."""
        percent = self.number(value)
        data: dict[str, object] = {"percent": percent, "award": _award(percent, terms, self.round)}
        code = "survey_options.percent"
        if isinstance(value, Named):
            code = "survey_options.counts"
            data["respondents"] = sum((n for _, n in value.items), ZERO)
        return Scored(_award(percent, terms, self.round), Reason(code, data))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and greatest weight of the maximum."""
        weights = [o.weight for o in self.options] or [ZERO]
        return min(weights) * maximum / HUNDRED, max(weights) * maximum / HUNDRED

    def problems(self) -> list[Problem]:
        """Ids, weights outside 0..100."""
        found = id_problems([o.id for o in self.options], "options")
        found += [
            Problem("award_percent_range", {"percent": o.weight}, ("options", k, "weight"))
            for k, o in enumerate(self.options)
            if not 0 <= o.weight <= HUNDRED
        ]
        return found + rounding_problems(self.round)

    def rate(self, numbers: np.ndarray, terms: Terms) -> np.ndarray:
        """Weighted percentage as a share."""
        return _rate(numbers, terms, self.round)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Share of satisfied respondents × maximum.

    Reasons: ``satisfaction.share`` {percent, part?, whole?, award}.
    """

    kind: ClassVar[str] = "satisfaction"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {"satisfaction.share": ("percent", "award")}
    round: int | None = None

    def read(self, text: str) -> Value:
        """``340/400``, or a percentage."""
        return read_ratio(text, over_100=False)

    def number(self, value: Value) -> Fraction:
        """The percentage."""
        if isinstance(value, Ratio):
            return value.percent
        assert isinstance(value, Fraction)
        return value

    def score(self, value: Value, terms: Terms) -> Scored:
        """Percentage × maximum."""
        percent = self.number(value)
        award = _award(percent, terms, self.round)
        data: dict[str, object] = {"percent": percent, "award": award}
        if isinstance(value, Ratio):
            data |= {"part": value.part, "whole": value.whole}
        return Scored(award, Reason("satisfaction.share", data))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the maximum."""
        return ZERO, maximum

    def problems(self) -> list[Problem]:
        """Decimals."""
        return rounding_problems(self.round)

    def rate(self, numbers: np.ndarray, terms: Terms) -> np.ndarray:
        """The percentage as a share."""
        return _rate(numbers, terms, self.round)
