"""Typed rows that pages read: exact numbers, two-language names, no models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.framework import Band, Framework, Node
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """A territory with the years it has results for, newest first."""

    code: str
    name: Text
    illustrative: bool
    years: Sequence[int]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's line in its group's ranking.

    Attributes:
        rank_before, index_before: the year before, only where both years may be compared.
    """

    code: str
    name: Text
    type: str
    index: Fraction | None
    points: Fraction
    maximum: Fraction
    grade: Band | None
    grade_position: int | None
    rank: int | None
    areas: Sequence[Fraction | None]
    remarks: Sequence[Reason]
    band: Mapping[str, Any] | None
    rank_before: int | None = None
    index_before: Fraction | None = None

    @property
    def rank_change(self) -> int | None:
        """Ranks won (positive) or lost."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank

    @property
    def index_change(self) -> Fraction | None:
        """Percentage points won or lost."""
        return None if self.index is None or self.index_before is None else self.index - self.index_before


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A ranking group of a year with its lines in ranking order, as far as it is for everybody.

    What `publicity` does not show is not here: no areas, medians and measures to read by mistake.
    """

    result: int
    round: str
    code: str
    name: Text
    year: int
    territory: str
    round_title: Text
    note: Text
    framework: Framework
    framework_hash: str
    answers_hash: str
    robustness: Mapping[str, Any] | None
    size: int
    ranked: int
    counts: Mapping[str, int]
    medians: Mapping[str, Fraction | None]
    measures: Mapping[str, tuple[Fraction, Fraction]]
    compared_year: int | None
    lines: Sequence[UnitLine]
    publicity: Publicity

    @property
    def areas(self) -> Sequence[Node]:
        """The areas whose scores are shown."""
        return self.framework.areas if self.publicity.shows_areas else ()

    @property
    def percent(self) -> bool:
        """Whether the index is a percentage; a total is not."""
        return self.framework.index.policy != "total"


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking by name only, as lists of rankings show it."""

    place: Place
    round: str
    year: int
    code: str
    name: Text
    framework: Framework
    publicity: Publicity

    @property
    def territory(self) -> str:
        """The territory's code."""
        return self.place.code


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """A unit in a published round, by name only, as a search finds it; `place`: the territory's name."""

    territory: str
    place: Text
    year: int
    group: str
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node of one unit as kept: points, applicable maximum, rank of an area, reason of a leaf."""

    code: str
    points: Fraction
    maximum: Fraction
    rank: int | None
    reason: Reason | None

    @property
    def index(self) -> Fraction | None:
        """Points over maximum, percent."""
        return self.points / self.maximum * 100 if self.maximum else None

    @property
    def lost(self) -> Fraction:
        """Points not held."""
        return max(self.maximum - self.points, Fraction(0))
