"""Which penalties may be entered or taken back, and what answer the standing cases of an item give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parindex.apps.assessments.models import Participant, Penalty, Phase, Round, Ruling
from parindex.apps.assessments.rules.sheets import applicable_max, leaf_of
from parindex.core.kernel.answers import NotApplicable, Ruled
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.rules import AllOrNothing, Count
from parindex.core.kernel.time import legal_date


MOST_TIMES = 99
STAGES = list(Ruling.Stage.values)


@dataclass(frozen=True, slots=True)
class NewPenalty:
    """A case as it is entered: for which item, in words, how often, by which document.

    `answer`: what the item's rule reads, where its cases are not counted.
    """

    leaf: str
    matter: str
    number: str
    issued_on: date
    times: int = 1
    answer: str = ""


def penalty_items(framework: Framework) -> Sequence[Node]:
    """The penalty items of a criteria set."""
    return framework.penalty.items if framework.penalty else ()


def is_penalty(framework: Framework, leaf: str) -> bool:
    """Whether a leaf is one of them."""
    return any(item.code == leaf for item in penalty_items(framework))


def is_counted(leaf: Node) -> bool:
    """Whether the number of cases is the item's answer."""
    return isinstance(leaf.rule, Count)


def is_met_by_any(leaf: Node) -> bool:
    """Whether one case is all that the item asks: a single condition, met or not."""
    return isinstance(leaf.rule, AllOrNothing) and len(leaf.rule.conditions) == 1


def answer_of(leaf: Node, cases: Iterable[Penalty]) -> str:
    """What the standing cases of an item answer, as its rule reads it; empty where there are none.

    Counted, where the rule counts; met, where it knows one condition; otherwise what the newest case says.
    """
    standing = [case for case in cases if case.withdrawn_at is None]
    if not standing:
        return ""
    if is_counted(leaf):
        return str(sum(case.times for case in standing))
    return "all" if is_met_by_any(leaf) else standing[-1].answer


def check_penalty(
    framework: Framework, participant: Participant, new: NewPenalty, *, stood: Ruling | None, at: datetime
) -> Node:
    """That a case can be entered as it is. Returns its item.

    Raises:
        Refused: ``round_over``, ``leaf_unknown``, ``leaf_no_penalty``, ``leaf_not_assessed``,
            ``penalty_council_ruled``, ``penalty_matter_needed``, ``number_needed``, ``penalty_date_ahead``,
            ``penalty_times``, ``penalty_answer_needed``, ``points_are_ruled``.
        AnswerRefused: the item's rule cannot read the answer.
    """
    leaf = leaf_of(framework, new.leaf)
    if not is_penalty(framework, new.leaf):
        raise Refused("leaf_no_penalty", leaf=new.leaf)
    if not applicable_max(framework, participant, leaf):
        raise Refused("leaf_not_assessed", leaf=new.leaf)
    check_movable(participant, new.leaf, stood=stood)
    _check_document(new, at=at)
    if not 1 <= new.times <= MOST_TIMES:
        raise Refused("penalty_times", most=MOST_TIMES)
    if not is_counted(leaf) and not is_met_by_any(leaf):
        _check_answer(framework, participant, leaf, text=new.answer)
    return leaf


def _check_document(new: NewPenalty, *, at: datetime) -> None:
    """What was concluded, and the document that says so."""
    if not new.matter.strip():
        raise Refused("penalty_matter_needed")
    if not new.number.strip():
        raise Refused("number_needed")
    if new.issued_on > legal_date(at):
        raise Refused("penalty_date_ahead", day=new.issued_on)


def _check_answer(framework: Framework, participant: Participant, leaf: Node, *, text: str) -> None:
    if not text:
        raise Refused("penalty_answer_needed")
    answer = read_answer(leaf, text)
    if isinstance(answer, Ruled | NotApplicable):
        raise Refused("points_are_ruled")
    score_answer(leaf, answer, leaf.max_for(participant.type), calendar=framework.calendar)


def check_movable(participant: Participant, leaf: str, *, stood: Ruling | None) -> None:
    """That cases of an item may still change: the round runs, and the council has not ruled on the item.

    Raises:
        Refused: ``round_over``, ``penalty_council_ruled``.
    """
    if participant.round.state != Round.State.RUNNING:
        raise Refused("round_over")
    if stood is not None and stood.stage == Ruling.Stage.COUNCIL:
        raise Refused("penalty_council_ruled", leaf=leaf)


def turn_of(round_: Round, at: datetime) -> int:
    """The turn of appraisal that has begun last; 1 before any has."""
    begun = (p.turn for p in round_.phases.all() if p.kind == Phase.Kind.APPRAISAL and p.opens_at <= at)
    return max(begun, default=1)


def stage_of(turn: int, stood: Ruling | None) -> str:
    """The stage at which cases are ruled: that of the turn, or the later one that stands already."""
    now = Ruling.Stage.APPRAISED if turn == 1 else Ruling.Stage.EXPLAINED
    before = stood.stage if stood is not None else now
    return max(now, before, key=STAGES.index)
