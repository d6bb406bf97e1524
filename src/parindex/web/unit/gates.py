"""What may be done to a sheet now: the same rules that the actions check feed the button and its hint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.permissions import check_sheet
from parindex.apps.assessments.rules.sheets import check_fillable, self_window
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.assessments.states import SHEET_STEPS, SheetStep, after
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether something may be done; if not, why not. `late_days`: what it would cost now."""

    is_open: bool
    why_not: str = ""
    late_days: int = 0


def _gate(check: Callable[[], int | None]) -> Gate:
    try:
        return Gate(True, late_days=check() or 0)
    except Refused as refusal:
        return Gate(False, refusal_sentence(refusal.code, refusal.data, language()))


def fill(request: Desk, participant: Participant) -> Gate:
    """Typing answers and attaching evidence."""
    return _gate(lambda: _fillable(request, participant, Act.SHEET_FILL))


def submit(request: Desk, participant: Participant) -> Gate:
    """Submitting the whole sheet."""
    return _gate(lambda: _fillable(request, participant, Act.SHEET_SUBMIT))


def hand_out(request: Desk, participant: Participant) -> Gate:
    """Giving leaves to officers."""
    return _gate(lambda: _fillable(request, participant, Act.SHEET_HAND_OUT))


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

    return _gate(check)


def sign(request: Desk, participant: Participant) -> Gate:
    """Attaching the signed report."""

    def check() -> None:
        check_sheet(request.rights, Act.SHEET_SIGN, participant)
        after(SHEET_STEPS, SheetStep.SIGN, participant.sheet.state)

    return _gate(check)
