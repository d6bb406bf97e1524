"""What may be claimed, whose turn it is, until when, and when a case may go before the council."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from parindex.apps.assessments.models import Explanation, Participant, Phase, Round
from parindex.apps.assessments.rules.time import NotNow, check_open, windows
from parindex.apps.assessments.states import EXPLANATION_STEPS, ExplanationStep, after
from parindex.core.kernel.framework import Node
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Refused


def check_claim(leaf: Node, participant: Participant, claimed: str) -> None:
    """That claimed points, where there are any, are a number between 0 and the leaf's maximum for the unit.

    Raises:
        Refused: ``claim_unreadable``, ``claim_above_maximum``.
    """
    if not claimed:
        return
    try:
        points = read_number(claimed)
    except AnswerRefused:
        raise Refused("claim_unreadable", text=claimed) from None
    maximum = leaf.max_for(participant.type)
    if not 0 <= points <= maximum:
        raise Refused("claim_above_maximum", points=points, maximum=maximum)


def check_explain(participant: Participant, case: Explanation | None, at: datetime) -> Explanation.State:
    """That the unit may speak now. Returns the state that leads to.

    Raises:
        NotNow: no explanation phase is open for the unit. WrongState: it is not the unit's turn.
    """
    check_open(participant, Phase.Kind.EXPLANATION, at)
    if case is None:
        return Explanation.State.ANSWERED
    return after(EXPLANATION_STEPS, ExplanationStep.ANSWER, case.state)


def check_accept(case: Explanation) -> Explanation.State:
    """That there is a reply to accept. Returns the state that leads to. Raises WrongState."""
    after(EXPLANATION_STEPS, ExplanationStep.ACCEPT, case.state)
    return Explanation.State.CLOSED


def check_to_council(participant: Participant, case: Explanation, at: datetime) -> Explanation.State:
    """That a case may still be put before the council. Returns the state that leads to.

    Raises:
        WrongState. NotNow: the round has no council phase, or its last minute has passed.
    """
    then = after(EXPLANATION_STEPS, ExplanationStep.TO_COUNCIL, case.state)
    ends = last_close(participant, Phase.Kind.COUNCIL)
    if ends is None or participant.round.state != Round.State.RUNNING:
        raise NotNow("phase_absent", kind=Phase.Kind.COUNCIL.value)
    if all(w.is_over(at) for w in windows(participant) if w.phase.kind == Phase.Kind.COUNCIL):
        raise NotNow("phase_over", kind=Phase.Kind.COUNCIL.value, closed=ends)
    return then


def check_called(places: Collection[tuple[str, str]], called: tuple[str, str]) -> None:
    """That a (unit, leaf) is among those before the council. Raises Refused ``case_not_open``."""
    if called not in places:
        raise Refused("case_not_open", leaf=called[1])


def last_close(participant: Participant, kind: Phase.Kind) -> datetime | None:
    """When the last phase of a kind closes for a participant; None where the round has none."""
    return max((w.closes_at for w in windows(participant) if w.phase.kind == kind), default=None)


def told_from(participant: Participant, at: datetime) -> datetime | None:
    """Until when the unit waits to read how it was appraised; None once the first appraisal is over."""
    if participant.round.state != Round.State.RUNNING:
        return None
    first = next((w for w in windows(participant) if w.phase.kind == Phase.Kind.APPRAISAL), None)
    return None if first is None or first.is_over(at) else first.closes_at
