"""What every scoring rule is: a small frozen value that reads an answer and scores it.

To add a kind: write one frozen dataclass that satisfies `Rule`, in a module of this package, list it in
`parindex.core.kernel.rules.KINDS`, give its reason codes sentences in `wording`, and a section in
`docs/framework-format.md`. The file reader, the JSON Schema and the checks follow from the fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.problems import Problem
from parindex.core.kernel.reasons import Scored


if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Ratio:
    """A counted share: `part` of `whole` (12/15), exact; `whole` > 0."""

    part: Fraction
    whole: Fraction

    @property
    def percent(self) -> Fraction:
        """The share in percent."""
        return self.part * 100 / self.whole


@dataclass(frozen=True, slots=True)
class Dated:
    """A document's date, and the date it counts from where the answer gives one; `on` None: not issued."""

    on: date | None
    base: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids that were chosen or met; `points` where a level leaves a range to the appraiser."""

    ids: tuple[str, ...]
    points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Several named numbers: inputs of a formula, or counts per survey option; sorted by name."""

    items: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Branched:
    """A branch's id with the answer for the rule inside it."""

    branch: str
    value: Value


Value = Fraction | Ratio | Dated | Chosen | Named | Branched


@dataclass(frozen=True, slots=True)
class Award:
    """What a step gives: `points`, or `percent` of the leaf's maximum; exactly one of the two."""

    points: Fraction | None = None
    percent: Fraction | None = None

    def of(self, maximum: Fraction) -> Fraction:
        """The award in points."""
        return self.points if self.points is not None else maximum * (self.percent or 0) / 100

    def problems(self, *path: str | int) -> list[Problem]:
        """Both or neither given, or a percentage outside 0..100."""
        if (self.points is None) == (self.percent is None):
            return [Problem("award_one_of", {}, path)]
        if self.percent is not None and not 0 <= self.percent <= 100:
            return [Problem("award_percent_range", {"percent": self.percent}, (*path, "percent"))]
        return []


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule may look at besides the answer.

    Attributes:
        maximum: the leaf's maximum for this unit's type, in points, > 0.
        calendar: the framework's holidays, for working days.
    """

    maximum: Fraction
    calendar: Calendar


@runtime_checkable
class Rule(Protocol):
    """A scoring rule. Implementations are frozen dataclasses whose fields are the file's keys."""

    kind: ClassVar[str]

    def read(self, text: str) -> Value:
        """Read a bare answer (``12/15``, an option's id, a date…). Raises AnswerRefused."""
        ...

    def score(self, value: Value, terms: Terms) -> Scored:
        """Exact points in 0..maximum (a penalty's are counted off by the framework), and the reason.

        Raises AnswerRefused when the value cannot be scored under these terms (points above the maximum).
        """
        ...

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and most points this rule can give; the framework check compares them with 0..maximum."""
        ...

    def problems(self) -> list[Problem]:
        """Contradictions inside the rule itself (overlapping steps, unknown names), paths relative to it."""
        ...


@runtime_checkable
class SurveyRule(Rule, Protocol):
    """A rule that a survey may feed: it also works on arrays, for the robustness draws."""

    def number(self, value: Value) -> Fraction:
        """The one number a survey error is added to (percent for a ratio)."""
        ...

    def rate(self, numbers: np.ndarray, terms: Terms) -> np.ndarray:
        """Points / maximum for an array of such numbers, as floats: equal to `score` up to rounding error."""
        ...
