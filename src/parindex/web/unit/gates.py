"""What may be done to a sheet now: the same rules that the actions check feed the button and its hint."""

from __future__ import annotations

from parindex.apps.assessments.models import Explanation, Participant
from parindex.apps.assessments.permissions import check_leaf, check_sheet
from parindex.apps.assessments.rules.evidence import check_attachable
from parindex.apps.assessments.rules.explanations import check_accept, check_explain, check_to_council
from parindex.apps.assessments.rules.sheets import check_fillable, self_window
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.assessments.states import SHEET_STEPS, SheetStep, after
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import Gate, gate


def fill(request: Desk, participant: Participant) -> Gate:
    """Typing answers and attaching evidence."""
    return gate(lambda: _fillable(request, participant, Act.SHEET_FILL))


def submit(request: Desk, participant: Participant) -> Gate:
    """Submitting the whole sheet."""
    return gate(lambda: _fillable(request, participant, Act.SHEET_SUBMIT))


def fill_leaf(request: Desk, participant: Participant, leaf: str) -> Gate:
    """Typing the answer to one leaf, in the unit or where it was handed to."""

    def check() -> int:
        check_leaf(request.rights, Act.SHEET_FILL, participant=participant, leaf=leaf)
        return check_fillable(by_hash(participant.round.framework.content_hash), participant, request.at)

    return gate(check)


def attach(request: Desk, participant: Participant, leaf: str) -> Gate:
    """Attaching documents to a leaf, while typing or explaining."""

    def check() -> None:
        check_leaf(request.rights, Act.SHEET_FILL, participant=participant, leaf=leaf)
        check_attachable(by_hash(participant.round.framework.content_hash), participant, request.at)

    return gate(check)


def hand_out(request: Desk, participant: Participant) -> Gate:
    """Giving leaves to officers."""
    return gate(lambda: _fillable(request, participant, Act.SHEET_HAND_OUT))


def _fillable(request: Desk, participant: Participant, act: Act) -> int:
    check_sheet(request.rights, act, participant)
    return check_fillable(by_hash(participant.round.framework.content_hash), participant, request.at)


def withdraw(request: Desk, participant: Participant) -> Gate:
    """Taking a submitted sheet back."""

    def check() -> None:
        check_sheet(request.rights, Act.SHEET_SUBMIT, participant)
        after(SHEET_STEPS, SheetStep.WITHDRAW, participant.sheet.state)
        window = self_window(participant)
        if not window.is_open(request.at):
            raise NotNow("phase_over", kind=window.phase.kind, closed=window.closes_at)

    return gate(check)


def sign(request: Desk, participant: Participant) -> Gate:
    """Attaching the signed report."""

    def check() -> None:
        check_sheet(request.rights, Act.SHEET_SIGN, participant)
        after(SHEET_STEPS, SheetStep.SIGN, participant.sheet.state)

    return gate(check)


def explain(request: Desk, participant: Participant, case: Explanation | None) -> Gate:
    """Answering what was asked, or claiming points."""

    def check() -> None:
        check_sheet(request.rights, Act.EXPLANATION_STATE, participant)
        check_explain(participant, case, request.at)

    return gate(check)


def accept(request: Desk, participant: Participant, case: Explanation) -> Gate:
    """Accepting the lead department's reply."""

    def check() -> None:
        check_sheet(request.rights, Act.EXPLANATION_STATE, participant)
        check_accept(case)

    return gate(check)


def to_council(request: Desk, participant: Participant, case: Explanation) -> Gate:
    """Putting a case before the council."""

    def check() -> None:
        check_sheet(request.rights, Act.EXPLANATION_STATE, participant)
        check_to_council(participant, case, request.at)

    return gate(check)
