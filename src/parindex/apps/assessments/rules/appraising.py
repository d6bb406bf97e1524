"""What may be ruled where and when: the phase says the stage, a lower score needs a reason."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Phase, Round, Ruling, Sheet
from parindex.apps.assessments.rules.sheets import self_window
from parindex.apps.assessments.rules.time import NotNow, check_open
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.time import is_within


def stage_now(participant: Participant, at: datetime) -> Ruling.Stage:
    """The stage an appraiser rules at: the first appraisal, or the one that answers explanations.

    Raises:
        NotNow: no appraisal phase is open; ``sheet_still_open``: the unit may still change its sheet.
    """
    window = check_open(participant, Phase.Kind.APPRAISAL, at)
    sheet = participant.sheet
    handed_in = sheet.state in (Sheet.State.SUBMITTED, Sheet.State.COMPLETE)
    returned = sheet.state == Sheet.State.RETURNED
    if not handed_in and (returned or not self_window(participant).is_over(at)):
        raise NotNow("sheet_still_open", unit=participant.name_vi)
    return Ruling.Stage.APPRAISED if window.phase.turn == 1 else Ruling.Stage.EXPLAINED


def open_turn(round_: Round, at: datetime) -> Phase | None:
    """The appraisal phase that is open by the round's own calendar; extensions are each unit's own."""
    if round_.state != Round.State.RUNNING:
        return None
    phases = (p for p in round_.phases.all() if p.kind == Phase.Kind.APPRAISAL)
    return next((p for p in phases if is_within(at, p.opens_at, p.closes_at)), None)


def check_turn(round_: Round, at: datetime) -> Phase:
    """The same, where there is one.

    Raises:
        NotNow: ``phase_not_yet``, ``phase_over`` or ``phase_absent``.
    """
    phase = open_turn(round_, at)
    if phase is not None:
        return phase
    kind = Phase.Kind.APPRAISAL
    phases = [p for p in round_.phases.all() if p.kind == kind]
    coming = [p.opens_at for p in phases if at < p.opens_at]
    if round_.state == Round.State.RUNNING and coming:
        raise NotNow("phase_not_yet", kind=kind.value, opens=min(coming))
    if round_.state == Round.State.RUNNING and phases:
        raise NotNow("phase_over", kind=kind.value, closed=max(p.closes_at for p in phases))
    raise NotNow("phase_absent", kind=kind.value)


def points_of(framework: Framework, participant: Participant, leaf: Node, *, answer: str) -> Fraction:
    """What an answer gives this unit. Raises AnswerRefused."""
    read = read_answer(leaf, answer)
    points, _, _ = score_answer(leaf, read, leaf.max_for(participant.type), calendar=framework.calendar)
    return points


def check_ruling(
    framework: Framework, participant: Participant, leaf: Node, *, answer: str, before: str, reason: str
) -> None:
    """That the answer can be scored for this unit, and that giving fewer points than stood has a reason.

    So does taking the leaf out of the assessment.

    Raises:
        AnswerRefused: the rule refuses it (points above the maximum among others).
        Refused: ``reason_needed``.
    """
    given = points_of(framework, participant, leaf, answer=answer)
    stood = points_of(framework, participant, leaf, answer=before)
    loses = given < stood if leaf.code not in framework.extras else answer != before
    if (loses or answer.casefold() == "n/a") and not reason.strip():
        raise Refused("reason_needed")
