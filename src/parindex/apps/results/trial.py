"""A set tried out with the answers of an earlier round: what each unit would have had by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries import answer_table
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.assessment import UnitOutcome
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reading import read_answer, score_answer, written


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer of then that the set cannot score now: whose, on which leaf, and why."""

    unit: str
    leaf: str
    answer: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Tried:
    """One unit, before and after."""

    name: str
    group: str
    before: UnitOutcome
    after: UnitOutcome

    @property
    def change(self) -> Fraction | None:
        """Percentage points won or lost."""
        if self.before.index is None or self.after.index is None:
            return None
        return self.after.index - self.before.index

    @property
    def ranks(self) -> int | None:
        """Ranks won (positive) or lost."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank


@dataclass(frozen=True)
class Trial:
    """A whole round by the new set.

    Attributes:
        units: by group and rank after. `taken`: leaves whose answers were taken over, by today's code.
        missing: leaves of the new set for which nothing could be taken. `unreadable`: answers left out.
    """

    round: Round
    units: Sequence[Tried]
    taken: Mapping[str, str]
    missing: Sequence[Node]
    unreadable: Sequence[Unreadable]


def try_out(framework: Framework, round_: Round) -> Trial:
    """Score an earlier round's standing answers by another set, taken over where the two compare.

    An answer that the new rule cannot read or score counts as none, and is listed. A unit of a type that the
    new set does not know keeps its type, and earns nothing where points differ by type.
    """
    before = by_hash(round_.framework.content_hash)
    table, participants = answer_table(round_)
    taken = {
        code: was
        for code, was in comparable_codes(framework, before).items()
        if code in framework.leaves and was in before.leaves
    }
    unreadable: list[Unreadable] = []
    columns = {}
    for code, was in taken.items():
        column = table.columns.get(was)
        if column is not None:
            columns[code] = _taken(
                framework, framework.leaves[code], column, table=table, unreadable=unreadable
            )
    old, new = assess(before, table), assess(framework, AnswerTable(table.participants, columns))
    units = [Tried(p.name_vi, p.group.code, old.units[k], new.units[k]) for k, p in enumerate(participants)]
    missing = [leaf for code, leaf in framework.leaves.items() if code not in taken]
    return Trial(round_, _ordered(new, units), taken, missing, unreadable)


def _taken(
    framework: Framework, leaf: Node, column: Column, *, table: AnswerTable, unreadable: list[Unreadable]
) -> Column:
    """A column of answers as the leaf's new rule reads them; one that it cannot score for a unit is none."""
    distinct: list[Answer] = [NO_ANSWER]
    index: list[int] = []
    places: dict[tuple[int, Fraction], int] = {}
    for unit, who in enumerate(table.participants):
        at = column.index[unit] if unit < len(column.index) else -1
        if at < 0:
            index.append(0)
            continue
        answer, maximum = column.distinct[at], leaf.max_for(who.type)
        if (at, maximum) not in places:
            found, problem = _read(framework, leaf, answer, maximum=maximum)
            places[at, maximum] = 0 if problem else len(distinct)
            if problem is None:
                distinct.append(found)
        if not places[at, maximum]:
            _, problem = _read(framework, leaf, answer, maximum=maximum)
            if problem is not None:
                unreadable.append(Unreadable(who.name, leaf.code, written(answer), problem))
        index.append(places[at, maximum])
    return Column(distinct, index)


def _read(
    framework: Framework, leaf: Node, answer: Answer, *, maximum: Fraction
) -> tuple[Answer, Problem | None]:
    """An answer of then read and scored by the rule of now."""
    try:
        found = read_answer(leaf, written(answer))
        if maximum:
            score_answer(leaf, found, maximum, calendar=framework.calendar)
    except AnswerRefused as refusal:
        return NO_ANSWER, Problem(refusal.code, refusal.data)
    return found, None


def _ordered(assessment: Assessment, units: Sequence[Tried]) -> list[Tried]:
    return [units[k] for members in assessment.groups().values() for k in members]
