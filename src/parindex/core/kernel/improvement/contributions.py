"""What each criterion puts into a unit's index, and how two indexes come to differ: sums that are exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.indexing import capped, late_points, survey_full, survey_leaves


ZERO = Fraction(0)
HUNDRED = Fraction(100)
BONUS, PENALTY, LATE, LIMITS = "+bonus", "-penalty", "-late", "=limits"
"""What no criterion of the tree puts into an index; `LIMITS` is what a floor of 0 or a ceiling changes."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One part of the difference between two units.

    Attributes:
        code: of a leaf, or one of `BONUS`, `PENALTY`, `LATE`, `LIMITS`.
        ours, theirs: what it puts into each index, in percentage points.
    """

    code: str
    ours: Fraction
    theirs: Fraction

    @property
    def difference(self) -> Fraction:
        """Ours less theirs."""
        return self.ours - self.theirs


def index_per_point(assessment: Assessment, unit: int) -> dict[str, Fraction]:
    """By how many percentage points one point more on each leaf of the tree raises the unit's index, as long
    as no floor and no ceiling is met; empty where the unit has no index."""
    framework, whole = assessment.framework, assessment.units[unit]
    if whole.index is None:
        return {}
    leaves = [code for code, node in framework.nodes.items() if node.is_leaf]
    if framework.index.policy == "total":
        return dict.fromkeys(leaves, Fraction(1))
    each = HUNDRED / whole.applicable_max
    if framework.index.policy == "applicable_maximum":
        return dict.fromkeys(leaves, each)
    survey, kind = set(survey_leaves(framework)), whole.participant.type
    appraised = sum((assessment.node(unit, c).max for c in leaves if c not in survey), ZERO)
    stretched = each * (framework.max_for(kind) - survey_full(framework, kind)) / appraised
    return {code: each if code in survey else stretched for code in leaves}


def contributions(assessment: Assessment, unit: int) -> dict[str, Fraction]:
    """What makes up the unit's index, in percentage points; the sum is the index, exactly. Parts that put
    nothing in are there for leaves only; empty where the unit has no index."""
    index = assessment.units[unit].index
    if index is None:
        return {}
    per_point = index_per_point(assessment, unit)
    found = {code: assessment.node(unit, code).points * each for code, each in per_point.items()}
    found |= {code: value for code, value in _besides(assessment, unit).items() if value}
    limits = index - sum(found.values(), ZERO)
    return found | {LIMITS: limits} if limits else found


def _besides(assessment: Assessment, unit: int) -> dict[str, Fraction]:
    """Bonus, penalty and lateness as they enter the index."""
    framework, whole = assessment.framework, assessment.units[unit]
    each = Fraction(1)
    if framework.index.extras == "points" and framework.index.policy != "total":
        each = HUNDRED / whole.applicable_max
    bonus, _ = capped(framework.bonus, assessment.totals, unit)
    penalty, _ = capped(framework.penalty, assessment.totals, unit)
    late = late_points(framework.late_submission, whole.participant.late_days)
    return {BONUS: bonus * each, PENALTY: -penalty * each, LATE: -late * each}


def gaps(assessment: Assessment, unit: int, other: int) -> Sequence[Gap]:
    """How two units' indexes come to differ, what holds the first back most first. The differences add up to
    the difference of the indexes, exactly; empty where either has none."""
    ours, theirs = contributions(assessment, unit), contributions(assessment, other)
    if not ours or not theirs:
        return []
    found = [Gap(c, ours.get(c, ZERO), theirs.get(c, ZERO)) for c in dict.fromkeys((*ours, *theirs))]
    return sorted(found, key=lambda gap: gap.difference)


def by_area(assessment: Assessment, parts: Sequence[Gap]) -> Mapping[str, Fraction]:
    """The same differences summed up by the area each leaf belongs to (`Framework.areas`), in printed order;
    other parts stay as they are."""
    areas = assessment.framework.areas
    homes = {leaf.code: area.code for area in areas for leaf in area.walk()}
    found = {area.code: ZERO for area in areas}
    for gap in parts:
        home = homes.get(gap.code, gap.code)
        found[home] = found.get(home, ZERO) + gap.difference
    return found
