"""What must hold before answers are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as it is handed in: the unit's code, the leaf, and what was written."""

    unit: str
    leaf: str
    text: str
    se: str = ""
    n: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row (1 is the first)."""

    row: int
    code: str
    data: Mapping[str, object]


class RowsRefused(Exception):  # noqa: N818  says what happened, as the kernel's refusals do
    """Rows that cannot be kept, each named; nothing was kept."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__(f"{len(problems)} rows refused, the first: {problems[0]}")
        self.problems = problems


def check_answer_rows(framework: Framework, units: Iterable[str], rows: Iterable[AnswerRow]) -> None:
    """Every row names a participant and a leaf, once, and its answer can be read.

    Raises:
        RowsRefused: every row that does not.
    """
    known, seen, problems = set(units), set(), []
    for number, row in enumerate(rows, start=1):
        leaf = framework.leaves.get(row.leaf)
        if row.unit not in known:
            problems.append(RowProblem(number, "unit_not_found", {"unit": row.unit, "near": ""}))
        elif leaf is None:
            problems.append(RowProblem(number, "criterion_unknown", {"criterion": row.leaf, "near": ""}))
        elif (row.unit, row.leaf) in seen:
            problems.append(
                RowProblem(number, "answer_twice", {"unit": row.unit, "criterion": row.leaf, "line": number})
            )
        else:
            try:
                read_answer(leaf, row.text, se=row.se, n=row.n)
            except AnswerRefused as refusal:
                problems.append(RowProblem(number, refusal.code, refusal.data))
        seen.add((row.unit, row.leaf))
    if problems:
        raise RowsRefused(problems)
