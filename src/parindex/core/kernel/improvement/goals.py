"""What is aimed at: an index, a grade, or a place in the ranking group; and the index it takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.numbers import half_up


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Goal:
    """One aim.

    Attributes:
        kind: an `index` of at least `value`; a `grade` by its id, or better; a `rank` of at most `value`.
        value: the index or the rank.
        grade: the grade's id.
        margin: percentage points by which every other unit is taken to rise as well; a rank alone minds them.
    """

    kind: Literal["index", "grade", "rank"]
    value: Fraction = ZERO
    grade: str = ""
    margin: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class Need:
    """The index a goal takes: at least `index`, or more than that where `above`."""

    index: Fraction
    above: bool = False

    def gain(self, index: Fraction) -> Fraction:
        """What is missing from an index; 0 or less where nothing is."""
        return self.index - index


def needed(assessment: Assessment, unit: int, goal: Goal) -> Need | None:
    """The index that a goal takes if the other units keep theirs (or all rise by the goal's margin).

    Tie-breakers are not relied on: a place is taken by passing whoever holds it.

    Returns:
        None where the group has nobody to pass for that place, or the set has no such grade.
    """
    if goal.kind == "index":
        return Need(goal.value)
    if goal.kind == "grade":
        bands = [band for band in assessment.framework.grades.bands if band.id == goal.grade]
        return Need(bands[0].min) if bands else None
    others = _others(assessment, unit)
    place = int(goal.value)
    if not 1 <= place <= len(others):
        return None
    precision = assessment.framework.ranking.precision
    holder = others[place - 1] + goal.margin
    if precision is None:
        return Need(holder, above=True)
    ulp = Fraction(1, 10**precision)
    return Need(half_up(holder, precision) + ulp / 2)


def _others(assessment: Assessment, unit: int) -> list[Fraction]:
    """Indexes of the ranked units of the same group, best first, without this one."""
    group = assessment.units[unit].participant.group
    found = [
        other.index
        for k, other in enumerate(assessment.units)
        if k != unit
        and other.participant.group == group
        and other.rank is not None
        and other.index is not None
    ]
    return sorted(found, reverse=True)


def is_reached(assessment: Assessment, unit: int, goal: Goal) -> bool:
    """Whether a computed result holds the goal, with everything that decides a grade: needs, caps, quotas.

    A rank with a margin is judged by the index it takes, since the others' rise is only supposed.
    """
    outcome = assessment.units[unit]
    if goal.kind == "grade":
        ids = [band.id for band in assessment.framework.grades.bands]
        if goal.grade not in ids or outcome.grade is None:
            return False
        return ids.index(outcome.grade.id) <= ids.index(goal.grade)
    if goal.kind == "rank" and not goal.margin:
        return outcome.rank is not None and outcome.rank <= goal.value
    need = needed(assessment, unit, goal)
    if need is None or outcome.index is None:
        return False
    return outcome.index > need.index if need.above else outcome.index >= need.index
