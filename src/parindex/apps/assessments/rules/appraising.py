"""What may be ruled where and when: the phase says the stage, a lower score needs a reason."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Phase, Ruling, Sheet
from parindex.apps.assessments.rules.sheets import self_window
from parindex.apps.assessments.rules.time import NotNow, check_open
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.reading import read_answer, score_answer


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
