"""What could be better: the levels that each leaf's rule leaves above what a unit holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from math import ceil
from typing import Any

from parindex.core.kernel.answers import Answer, AnswerTable, Column, Input, NoAnswer
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.improvement.contributions import index_per_point
from parindex.core.kernel.rules.base import Award, Branched, Chosen, Rule
from parindex.core.kernel.rules.branching import Branch
from parindex.core.kernel.rules.choices import AllOrNothing, Choice, Conditions, LevelRange, Points
from parindex.core.kernel.rules.counts import Count
from parindex.core.kernel.rules.dates import DaysAfter, Deadline
from parindex.core.kernel.rules.ratios import Steps


ZERO = Fraction(0)
PARTS = 4  # where a rule knows no levels, what is missing is taken in quarters
MOST = 20


@dataclass(frozen=True, slots=True)
class Move:
    """One leaf brought to a higher level.

    Attributes:
        leaf: its code.
        points: what it then holds.
        gain: by how much the index rises, in percentage points.
        effort: what it costs, in whatever unit efforts are given; each level up costs the leaf's effort once.
    """

    leaf: str
    points: Fraction
    gain: Fraction
    effort: Fraction


def moves_of(
    assessment: Assessment,
    unit: int,
    *,
    without: Collection[str] = (),
    efforts: Mapping[str, Fraction] | None = None,
) -> dict[str, Sequence[Move]]:
    """Every level above what the unit holds, by leaf, lowest first.

    Args:
        without: leaves that are left as they are.
        efforts: what one level up costs on a leaf, > 0; 1 where nothing is said.
    """
    found: dict[str, Sequence[Move]] = {}
    for code, each in index_per_point(assessment, unit).items():
        outcome = assessment.node(unit, code)
        if code in without or outcome.points >= outcome.max:
            continue
        cost = (efforts or {}).get(code, Fraction(1))
        above = levels(assessment.framework.nodes[code].rule, outcome)
        found[code] = [
            Move(code, points, (points - outcome.points) * each, cost * (k + 1))
            for k, points in enumerate(above)
        ]
    return {code: moves for code, moves in found.items() if moves}


def levels(rule: Rule | None, outcome: NodeOutcome) -> list[Fraction]:
    """Points a leaf could hold above what it holds, lowest first, at most `MOST` of them.

    A rule with named levels or steps gives those; conditions are added one at a time, the weightiest first;
    any other rule is taken in quarters of what is missing.
    """
    held, maximum = outcome.points, outcome.max
    named = NAMED.get(type(rule))
    known = named(rule, outcome) if named is not None else None
    if known is None:
        top = min(maximum, rule.extent(maximum)[1]) if rule is not None else maximum
        known = [held + (top - held) * k / PARTS for k in range(1, PARTS + 1)]
    above = sorted({points for points in known if held < points <= maximum})
    return above if len(above) <= MOST else [*above[: MOST - 1], above[-1]]


def _awards(awards: Iterable[Award], outcome: NodeOutcome) -> list[Fraction]:
    return [award.of(outcome.max) for award in awards]


def _conditions(rule: Conditions, outcome: NodeOutcome) -> list[Fraction]:
    """One more condition at a time, the weightiest first."""
    value = outcome.answer.value if isinstance(outcome.answer, Input) else None
    met = value.ids if isinstance(value, Chosen) else ()
    awards = [c.of(outcome.max) for c in rule.conditions if c.id not in met]
    weighty = sorted((award for award in awards if award > 0), reverse=True)
    return [min(points, outcome.max) for points in accumulate(weighty, initial=outcome.points)]


def _branch(rule: Branch, outcome: NodeOutcome) -> list[Fraction] | None:
    """The levels inside the branch that the answer is in; what a unit is does not change by improving."""
    value = outcome.answer.value if isinstance(outcome.answer, Input) else None
    if not isinstance(value, Branched):
        return None
    inner: Rule = next(case.rule for case in rule.branches if case.id == value.branch)
    answer = Input(value.value, "")
    return levels(inner, replace(outcome, answer=answer))


def _counted(rule: Count | Points, outcome: NodeOutcome) -> list[Fraction] | None:
    """One more of what is counted, or one more step of points, at a time."""
    each = rule.each.of(outcome.max) if isinstance(rule, Count) else rule.step
    if each is None or each <= 0:
        return None
    top = min(outcome.max, rule.extent(outcome.max)[1])
    more = ceil((top - outcome.points) / each)
    return [min(outcome.points + each * k, top) for k in range(1, more + 1)]


NAMED: Mapping[type, Callable[[Any, NodeOutcome], list[Fraction] | None]] = {
    Choice: lambda rule, outcome: _awards(rule.options, outcome),
    LevelRange: lambda rule, _: [end for option in rule.options for end in (option.from_, option.to)],
    AllOrNothing: lambda _, outcome: [outcome.max],
    Conditions: _conditions,
    Steps: lambda rule, outcome: _awards(rule.steps, outcome),
    Deadline: lambda rule, outcome: _awards((rule.in_time, rule.late), outcome),
    DaysAfter: lambda rule, outcome: _awards(rule.steps, outcome),
    Branch: _branch,
    Count: _counted,
    Points: _counted,
}
"""The points that a rule's own levels give, by kind; None where it names none after all."""


def what_if(assessment: Assessment, unit: int, answers: Mapping[str, Answer]) -> Assessment:
    """The whole round computed anew with other answers of one unit; all else stays.

    Raises:
        TableRefused: an answer cannot be scored.
    """
    table = assessment.table
    size = len(table.participants)
    columns = dict(table.columns)
    for code, answer in answers.items():
        kept = columns.get(code) or Column((), [-1] * size)
        index = [*kept.index]
        distinct = [*kept.distinct, answer]
        index[unit] = -1 if isinstance(answer, NoAnswer) else len(kept.distinct)
        columns[code] = Column(distinct, index)
    return assess(assessment.framework, AnswerTable(table.participants, columns, table.notes))
