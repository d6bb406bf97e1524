"""Measured values as proposals for leaves that name their indicator.

A proposal changes no points: whoever answers accepts it, or says something else with a reason. A ruling keeps
which version of the value stood beside it; a later version is told of and rules on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.sheets import check_typed
from parindex.apps.indicators.models import Value
from parindex.core.kernel.answers import Input
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.numbers import fixed_text
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.kernel.reading import read_answer
from parindex.core.kernel.rules import SurveyRule


Key = tuple[int, str]
DECIMALS = 4
"""Of a survey's percentage, as its indicator has it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was measured for a leaf of a participant.

    `answer`: as the leaf's rule reads it, and the `points` it gives; empty, with `why_not`, where the rule
    cannot take the value.
    """

    leaf: Node
    value: Value
    answer: str
    points: Fraction | None = None
    why_not: Refused | None = None

    def differs(self, answer: str) -> bool:
        """Whether an answer says something else than what was measured."""
        return bool(self.answer and answer) and not self._same(answer)

    def _same(self, answer: str) -> bool:
        """Of a survey the percentage counts, however it is written."""
        if same_answer(answer, self.answer):
            return True
        one, other = percent_of(self.leaf, answer), percent_of(self.leaf, self.answer)
        return bool(one) and one == other


def same_answer(one: str, other: str) -> bool:
    """Whether two answers say the same: blanks and capitals apart, `9/10` is not `18/20`."""
    return "".join(one.casefold().split()) == "".join(other.casefold().split())


def percent_of(leaf: Node, answer: str) -> str:
    """What a survey's answer says in percent, with as many decimals as its indicator has; empty for any other
    answer."""
    if not isinstance(leaf.rule, SurveyRule):
        return ""
    try:
        read = read_answer(leaf, answer)
    except AnswerRefused:
        return ""
    return fixed_text(leaf.rule.number(read.value), DECIMALS) if isinstance(read, Input) else ""


def proposal_of(framework: Framework, participant: Participant, leaf: Node, *, value: Value) -> Proposal:
    """One value as an answer to a leaf."""
    if value.denominator == 0:
        text = "no-case" if leaf.no_case else ""
        if not text:
            return Proposal(leaf, value, "", why_not=Refused("measured_no_case"))
    else:
        text = value.written
    try:
        check_typed(framework, participant, leaf, text=text)
        points = points_of(framework, participant, leaf, answer=text)
    except Refused as refusal:
        return Proposal(leaf, value, "", why_not=refusal)
    return Proposal(leaf, value, text, points)


def unreasoned(
    proposals: Mapping[Key, Proposal], participant: Participant, typed: Mapping[str, tuple[str, str]]
) -> list[str]:
    """Leaves whose answer differs from what was measured without saying why. `typed`: answer and note."""
    return [
        leaf
        for leaf, (answer, note) in typed.items()
        if (found := proposals.get((participant.pk, leaf))) is not None
        and found.differs(answer)
        and not note.strip()
    ]
