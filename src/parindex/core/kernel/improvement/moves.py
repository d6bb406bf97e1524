"""What could be better and what could be lost: the levels that each leaf's rule leaves above and below."""

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
    """One leaf brought to another level.

    Attributes:
        leaf: its code.
        points: what it then holds.
        gain: by how much the index rises, in percentage points; negative where it falls.
        effort: what it costs, in whatever unit efforts are given; each level up costs the leaf's effort once,
            going down costs none.
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


def falls_of(assessment: Assessment, unit: int) -> dict[str, Sequence[Move]]:
    """Every level below what the unit holds, by leaf, the nearest first: what losing it would cost."""
    found: dict[str, Sequence[Move]] = {}
    for code, each in index_per_point(assessment, unit).items():
        outcome = assessment.node(unit, code)
        below = levels_below(assessment.framework.nodes[code].rule, outcome)
        found[code] = [Move(code, points, (points - outcome.points) * each, ZERO) for points in below]
    return {code: moves for code, moves in found.items() if moves}


def levels(rule: Rule | None, outcome: NodeOutcome) -> list[Fraction]:
    """Points a leaf could hold above what it holds, lowest first, at most `MOST` of them.

    A rule with named levels or steps gives those; conditions are added one at a time, the weightiest first;
    any other rule is taken in quarters of what is missing.
    """
    known = _known(rule, outcome)
    above = sorted({points for points in known if outcome.points < points <= outcome.max})
    return above if len(above) <= MOST else [*above[: MOST - 1], above[-1]]


def levels_below(rule: Rule | None, outcome: NodeOutcome) -> list[Fraction]:
    """Points a leaf could hold below what it holds, the nearest first, at most `MOST` of them; the last is 0.

    As `levels`; conditions are lost one at a time, the lightest first; any other rule is taken in quarters of
    what is held.
    """
    below = sorted({ZERO, *_known(rule, outcome)}, reverse=True)
    below = [points for points in below if 0 <= points < outcome.points]
    return below if len(below) <= MOST else [*below[: MOST - 1], below[-1]]


def _known(rule: Rule | None, outcome: NodeOutcome) -> Sequence[Fraction]:
    """The levels that there are, on both sides of what is held."""
    named = NAMED.get(type(rule))
    known = named(rule, outcome) if named is not None else None
    if known is not None:
        return known
    held, maximum = outcome.points, outcome.max
    top = min(maximum, rule.extent(maximum)[1]) if rule is not None else maximum
    above = [held + (top - held) * k / PARTS for k in range(1, PARTS + 1)]
    return [*above, *(held * k / PARTS for k in range(PARTS))]


def _awards(awards: Iterable[Award], outcome: NodeOutcome) -> list[Fraction]:
    return [award.of(outcome.max) for award in awards]


def _conditions(rule: Conditions, outcome: NodeOutcome) -> list[Fraction]:
    """One more condition at a time, the weightiest first; one less, the lightest first."""
    value = outcome.answer.value if isinstance(outcome.answer, Input) else None
    met = value.ids if isinstance(value, Chosen) else ()
    missing = [award for c in rule.conditions if c.id not in met and (award := c.of(outcome.max)) > 0]
    held = [award for c in rule.conditions if c.id in met and (award := c.of(outcome.max)) > 0]
    above = accumulate(sorted(missing, reverse=True), initial=outcome.points)
    below = accumulate(sorted(held, reverse=True))
    return [min(points, outcome.max) for points in (*above, *below)]


def _branch(rule: Branch, outcome: NodeOutcome) -> Sequence[Fraction] | None:
    """The levels inside the branch that the answer is in; what a unit is does not change by improving."""
    value = outcome.answer.value if isinstance(outcome.answer, Input) else None
    if not isinstance(value, Branched):
        return None
    inner: Rule = next(case.rule for case in rule.branches if case.id == value.branch)
    return _known(inner, replace(outcome, answer=Input(value.value, "")))


def _counted(rule: Count | Points, outcome: NodeOutcome) -> list[Fraction] | None:
    """One more or one less of what is counted, or one step of points, at a time."""
    each = rule.each.of(outcome.max) if isinstance(rule, Count) else rule.step
    if each is None or each <= 0:
        return None
    top = min(outcome.max, rule.extent(outcome.max)[1])
    more, less = ceil((top - outcome.points) / each), ceil(outcome.points / each)
    above = [min(outcome.points + each * k, top) for k in range(1, more + 1)]
    return [*above, *(outcome.points - each * k for k in range(1, less))]


NAMED: Mapping[type, Callable[[Any, NodeOutcome], Sequence[Fraction] | None]] = {
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
