"""Which states follow which, as data. `parindex.apps.assessments.rules` checks them; the docs draw them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from parindex.apps.assessments.models import Explanation, Round, Sheet
from parindex.core.kernel.problems import Refused


Step = TypeVar("Step", bound=StrEnum)
State = TypeVar("State", bound=str)


class RoundStep(StrEnum):
    """What is done to a round."""

    OPEN = "open"
    CONCLUDE = "conclude"
    REOPEN = "reopen"
    PUBLISH = "publish"
    CORRECT = "correct"


class SheetStep(StrEnum):
    """What is done to a sheet."""

    SUBMIT = "submit"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    RETURN = "return"


class ExplanationStep(StrEnum):
    """What is done to an explanation."""

    ANSWER = "answer"
    REPLY = "reply"
    ASK_AGAIN = "ask_again"
    TO_COUNCIL = "to_council"
    ACCEPT = "accept"
    RULE = "rule"
    BRING_UP = "bring_up"


ROUND_STEPS: Mapping[RoundStep, tuple[frozenset[Round.State], Round.State]] = {
    RoundStep.OPEN: (frozenset({Round.State.PREPARING}), Round.State.RUNNING),
    RoundStep.CONCLUDE: (frozenset({Round.State.RUNNING}), Round.State.CONCLUDED),
    RoundStep.REOPEN: (frozenset({Round.State.CONCLUDED}), Round.State.RUNNING),
    RoundStep.PUBLISH: (frozenset({Round.State.CONCLUDED}), Round.State.PUBLISHED),
    RoundStep.CORRECT: (frozenset({Round.State.PUBLISHED}), Round.State.RUNNING),
}

SHEET_STEPS: Mapping[SheetStep, tuple[frozenset[Sheet.State], Sheet.State]] = {
    SheetStep.SUBMIT: (frozenset({Sheet.State.DRAFT, Sheet.State.RETURNED}), Sheet.State.SUBMITTED),
    SheetStep.SIGN: (frozenset({Sheet.State.SUBMITTED, Sheet.State.COMPLETE}), Sheet.State.COMPLETE),
    SheetStep.WITHDRAW: (frozenset({Sheet.State.SUBMITTED, Sheet.State.COMPLETE}), Sheet.State.DRAFT),
    SheetStep.RETURN: (frozenset({Sheet.State.SUBMITTED, Sheet.State.COMPLETE}), Sheet.State.RETURNED),
}

EXPLANATION_STEPS: Mapping[ExplanationStep, tuple[frozenset[Explanation.State], Explanation.State]] = {
    ExplanationStep.ANSWER: (
        frozenset({Explanation.State.ASKED, Explanation.State.REPLIED}),
        Explanation.State.ANSWERED,
    ),
    ExplanationStep.REPLY: (frozenset({Explanation.State.ANSWERED}), Explanation.State.REPLIED),
    ExplanationStep.ASK_AGAIN: (
        frozenset({Explanation.State.ANSWERED, Explanation.State.REPLIED}),
        Explanation.State.ASKED,
    ),
    ExplanationStep.TO_COUNCIL: (
        frozenset({Explanation.State.ASKED, Explanation.State.ANSWERED, Explanation.State.REPLIED}),
        Explanation.State.COUNCIL,
    ),
    ExplanationStep.ACCEPT: (frozenset({Explanation.State.REPLIED}), Explanation.State.CLOSED),
    ExplanationStep.RULE: (
        frozenset(set(Explanation.State) - {Explanation.State.CLOSED}),
        Explanation.State.CLOSED,
    ),
    ExplanationStep.BRING_UP: (frozenset({Explanation.State.CLOSED}), Explanation.State.COUNCIL),
}


class WrongState(Refused):
    """The step does not follow from where the subject stands."""


def after(steps: Mapping[Step, tuple[frozenset[State], State]], step: Step, state: str) -> State:
    """The state a step leads to.

    Raises:
        WrongState: ``wrong_state``; `step` and `state` name what was tried from where.
    """
    allowed, then = steps[step]
    if state not in allowed:
        raise WrongState("wrong_state", step=step.value, state=str(state))
    return then
