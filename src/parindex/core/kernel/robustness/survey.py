"""Survey error: where an answer has a standard error, its number moves before the rule is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parindex.core.kernel.answers import Input
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.robustness.draws import Floats
from parindex.core.kernel.rules import SurveyRule, Terms


@dataclass(frozen=True, slots=True)
class SurveyCells:
    """Answers with a standard error to one leaf under one maximum.

    Attributes:
        row: the leaf's row in the model (its column among the multipliers).
        columns: the units' columns.
        numbers, errors: the rule's number and its standard error, per unit.
        points: nominal points, per unit.
        first: the first of these cells among a draw's normal numbers.
    """

    row: int
    columns: npt.NDArray[np.intp] | slice
    numbers: Floats
    errors: Floats
    points: Floats
    rule: SurveyRule
    terms: Terms
    first: int

    def shift(self, normals: Floats, multipliers: Floats) -> Floats:
        """By how much each draw's points differ from the multiplied nominal ones, draws x columns."""
        moved = normals[:, self.first : self.first + len(self.numbers)] * self.errors
        moved += self.numbers
        found: Floats = self.rule.rate(moved, self.terms)
        found = found * float(self.terms.maximum)
        found -= self.points
        found *= multipliers[:, self.row, None]
        return found


def survey_cells(
    assessment: Assessment, codes: Sequence[str], units: Sequence[int], *, kinds: Sequence[int]
) -> list[SurveyCells]:
    """Every tree leaf's answers with a standard error, in the order of leaves and of units' names.

    Args:
        codes: the tree's leaves.
        units: positions in the table, in the order of the model's columns.
        kinds: per column, which set of maxima holds for it.
    """
    found: list[SurveyCells] = []
    first = 0
    for place, code in enumerate(codes):
        scores = assessment.totals.leaves[code]
        errors = [k for k, a in enumerate(scores.answers) if type(a) is Input and a.se]
        moving = {k for k in errors if scores.cells[k][1]}
        if not moving or not isinstance(assessment.framework.nodes[code].rule, SurveyRule):
            continue
        columns = [c for c, u in enumerate(units) if scores.index[u] in moving]
        for kind in sorted({kinds[c] for c in columns}):
            same = [c for c in columns if kinds[c] == kind]
            found.append(_cells(assessment, (kind * len(codes) + place, code, first), (same, units)))
            first += len(same)
    return found


def _cells(
    assessment: Assessment, where: tuple[int, str, int], who: tuple[list[int], Sequence[int]]
) -> SurveyCells:
    """The cells of one leaf and one set of maxima, by the units' names."""
    (row, code, first), (columns, units) = where, who
    leaf, scores = assessment.framework.nodes[code], assessment.totals.leaves[code]
    participants = assessment.table.participants
    columns = sorted(columns, key=lambda c: participants[units[c]].name)
    rule = leaf.rule
    assert isinstance(rule, SurveyRule)
    at = [scores.index[units[c]] for c in columns]
    answers = [a for k in at if isinstance(a := scores.answers[k], Input)]
    known = {k: float(rule.number(a.value)) for k, a in zip(at, answers, strict=True)}
    points = assessment.totals.points[code]
    return SurveyCells(
        row=row,
        columns=_as_slice(columns),
        numbers=np.array([known[k] for k in at]),
        errors=np.array([float(a.se or 0) for a in answers]),
        points=np.array([float(points[units[c]]) for c in columns]),
        rule=rule,
        terms=Terms(leaf.max_for(participants[units[columns[0]]].type), assessment.framework.calendar),
        first=first,
    )


def _as_slice(columns: list[int]) -> npt.NDArray[np.intp] | slice:
    """Neighbouring columns as a slice: adding to it needs no scatter."""
    if columns == list(range(columns[0], columns[0] + len(columns))):
        return slice(columns[0], columns[0] + len(columns))
    return np.array(columns, np.intp)
