"""What was promised after last year's result, what was done, and what came back of the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.apps.improvement.remedies import Answer, answers_of
from parindex.apps.improvement.years import LastYear
from parindex.core.kernel.improvement import YearChange
from parindex.core.kernel.improvement.contributions import PENALTY
from parindex.core.kernel.numbers import exact


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Promise:
    """One lost point of last year that was answered, and what became of it.

    Attributes:
        code: in last year's set. promised: points that the task was to bring; None for an acceptance or
            where nothing was said.
        change: this year's comparison of the criterion; of a penalty item that of all penalties; None where
            there is none.
    """

    code: str
    answer: Answer
    promised: Fraction | None
    change: YearChange | None

    @property
    def regained(self) -> Fraction | None:
        """By how many percentage points the index rose there; negative where more was lost."""
        return self.change.difference if self.change else None

    @property
    def kept(self) -> bool:
        """The task is finished and the points lost there are fewer than last year."""
        return self.answer.is_done and self.regained is not None and self.regained > 0


def promises_of(last: LastYear, day: date) -> Sequence[Promise]:
    """Everything that answers last year's lost points, what came back least first. Two queries."""
    answers = answers_of(last.participant, day)
    changes = last.comparison.changes if last.comparison else ()
    by_code: dict[str, YearChange | None] = {
        code: change for change in changes for code in change.codes_before
    }
    penalty = last.framework.penalty
    for item in penalty.items if penalty else ():
        by_code.setdefault(item.code, by_code.get(PENALTY))
    found = [
        Promise(
            code,
            answer,
            exact(answer.task.gain) if answer.task and answer.task.gain else None,
            by_code.get(code),
        )
        for code, answer in answers.items()
    ]
    return sorted(found, key=lambda p: (p.regained is not None, p.regained or ZERO, p.code))
