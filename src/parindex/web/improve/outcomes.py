"""What a result says of the unit, for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from parindex.apps.improvement.queries import Standing
from parindex.core.kernel.answers import Answer, Ruled
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.improvement import Move, what_if


def outcome(standing: Standing, assessment: Assessment) -> dict[str, Any]:
    """The unit's index, grade and rank in an assessment."""
    found = assessment.units[standing.unit]
    return {
        "index": found.index,
        "grade": found.grade,
        "grade_position": grade_position(assessment, standing.unit),
        "rank": found.rank,
    }


def grade_position(assessment: Assessment, unit: int) -> int | None:
    """Position of a unit's grade among the set's, 0 for the best; None where it has none."""
    grade = assessment.units[unit].grade
    return assessment.framework.grades.bands.index(grade) if grade else None


def anew(
    standing: Standing, moves: Iterable[Move], answers: Mapping[str, Answer] | None = None
) -> Assessment:
    """The whole round with some leaves of the unit at other points, or answered otherwise, which goes
    first."""
    ruled: dict[str, Answer] = {m.leaf: Ruled(m.points) for m in moves}
    return what_if(standing.assessment, standing.unit, {**ruled, **(answers or {})})
