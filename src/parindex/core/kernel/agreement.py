"""How far two markings of the same things agree: the share of equal marks, and Cohen's kappa.

Kappa is the agreement beyond chance of two markers on nominal categories: (p_o - p_e) / (1 - p_e), where p_o
is the share of things that both put into the same category, and p_e the share to be expected if each marked
by their own frequencies independently of the other. J. Cohen, A Coefficient of Agreement for Nominal Scales,
Educational and Psychological Measurement 20 (1960) 37-46. The categories here are no points, part of the
points, all points: criteria with different maxima are comparable in no finer way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


Level = Literal["none", "part", "full"]


@dataclass(frozen=True, slots=True)
class Marks:
    """Points that two markers gave the same leaf of the same unit, and its maximum there."""

    first: Fraction
    second: Fraction
    maximum: Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over some things marked twice.

    Attributes:
        size: how many; `same`: how many with exactly equal points.
        level: how many fell into the same category of kappa.
        kappa: None where nothing was marked, or chance alone would make both agree on everything.
        points: second minus first, added up; negative where the first was more generous.
    """

    size: int
    same: int
    level: int
    kappa: Fraction | None
    points: Fraction

    @property
    def share(self) -> Fraction | None:
        """Equal points in percent of all; None where nothing was marked."""
        return Fraction(self.same * 100, self.size) if self.size else None


def agreement(marks: Iterable[Marks]) -> Agreement:
    """How far two markings agree."""
    pairs = list(marks)
    levels = [(level_of(m.first, m.maximum), level_of(m.second, m.maximum)) for m in pairs]
    return Agreement(
        size=len(pairs),
        same=sum(m.first == m.second for m in pairs),
        level=sum(a == b for a, b in levels),
        kappa=kappa(levels),
        points=sum((m.second - m.first for m in pairs), Fraction(0)),
    )


def level_of(points: Fraction, maximum: Fraction) -> Level:
    """The category of points out of a maximum; of a penalty both are compared by their size."""
    if points == 0:
        return "none"
    return "full" if abs(points) >= abs(maximum) else "part"


def kappa(levels: Sequence[tuple[str, str]]) -> Fraction | None:
    """Cohen's kappa of pairs of categories, exactly; None where it is not defined."""
    size = len(levels)
    if not size:
        return None
    first, second = (Counter(pair[k] for pair in levels) for k in (0, 1))
    observed = Fraction(sum(a == b for a, b in levels), size)
    expected = Fraction(sum(n * second[c] for c, n in first.items()), size * size)
    return None if expected == 1 else (observed - expected) / (1 - expected)
