"""What the council may do now, by the rules of the actions."""

from __future__ import annotations

from parindex.apps.assessments.models import Participant, Phase, Round
from parindex.apps.assessments.permissions import check_council, check_round
from parindex.apps.assessments.rules.rounds import check_conclude
from parindex.apps.assessments.rules.time import check_open
from parindex.apps.assessments.states import ROUND_STEPS, RoundStep, after
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import Gate, gate


def rule(request: Desk, participant: Participant) -> Gate:
    """Ruling on a leaf of a unit."""

    def check() -> None:
        check_council(request.rights, participant)
        check_open(participant, Phase.Kind.COUNCIL, request.at)

    return gate(check)


def conclude(request: Desk, round_: Round, cases: int) -> Gate:
    """Ending the round."""

    def check() -> None:
        check_round(request.rights, Act.COUNCIL_CHAIR, round_)
        check_conclude(round_, cases, request.at)

    return gate(check)


def publish(request: Desk, round_: Round) -> Gate:
    """Opening the result to the public."""
    return _step(request, round_, RoundStep.PUBLISH)


def reopen(request: Desk, round_: Round) -> Gate:
    """Letting a concluded round run again."""
    return _step(request, round_, RoundStep.REOPEN)


def correct(request: Desk, round_: Round) -> Gate:
    """Bringing something of a published result before the council."""
    if round_.corrected_since is not None and round_.state == Round.State.RUNNING:
        return gate(lambda: check_round(request.rights, Act.ROUND_RUN, round_))
    return _step(request, round_, RoundStep.CORRECT)


def _step(request: Desk, round_: Round, step: RoundStep) -> Gate:
    def check() -> None:
        check_round(request.rights, Act.ROUND_RUN, round_)
        after(ROUND_STEPS, step, round_.state)

    return gate(check)
