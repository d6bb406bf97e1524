"""What a result holds for a unit and for a node; `assess` makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.core.kernel.answers import Answer, Participant
from parindex.core.kernel.framework import Band
from parindex.core.kernel.problems import Problem, Refused
from parindex.core.kernel.reasons import Reason


@dataclass(frozen=True, slots=True)
class NodeOutcome:
    """One node for one unit.

    Attributes:
        points: exact; a penalty item's are negative or 0.
        max: applicable maximum; 0 where the whole node is not applicable.
        index: points / max x 100, None where max is 0.
        reason: for leaves only.
        answer: for leaves only, as given.
    """

    code: str
    points: Fraction
    max: Fraction
    index: Fraction | None
    reason: Reason | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """One unit's line in the result.

    Attributes:
        points: as they enter the index; bonus, penalty and lateness counted in where the policy says so.
        applicable_max: what they are divided by.
        index: percent, exact; None where the unit has none (refused late, incomplete under `unranked`,
            nothing applies).
        grade: None where not graded.
        rank: in its ranking group; None where not ranked.
        remarks: what else decided, as codes with data: `late`, `late_refused`, `incomplete`, `not_ranked`,
            `grade_need`, `grade_cap`, `grade_quota`, `bonus`, `penalty`, `bonus_capped`, `penalty_capped`,
            `index_ceiling`, `index_rescaled`, `no_index`.
    """

    participant: Participant
    points: Fraction
    applicable_max: Fraction
    index: Fraction | None
    grade: Band | None
    rank: int | None
    remarks: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CellProblem:
    """An answer that cannot be scored: which unit, which leaf, what."""

    unit: int
    leaf: str
    problem: Problem


class TableRefused(Refused):
    """Some answers cannot be scored; `cells` names each. Nothing was computed."""

    def __init__(self, cells: Sequence[CellProblem]) -> None:
        super().__init__("table_refused", count=len(cells))
        self.cells = tuple(cells)
