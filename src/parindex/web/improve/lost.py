"""Every lost point with its cause, beside the group and the year before, and what answers it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.losses import LostPoint, lost_points
from parindex.apps.improvement.permissions import can_remedy, sees_others
from parindex.apps.improvement.queries import Standing, standing_of
from parindex.apps.improvement.remedies import OPEN, Answer, answers_of, counted, plan_shown
from parindex.apps.improvement.years import last_year_of
from parindex.apps.plans.permissions import can_see
from parindex.core.kernel.improvement import Cause
from parindex.core.kernel.improvement.contributions import LATE
from parindex.core.kernel.time import legal_date
from parindex.core.wording.reasons import reason_sentence, remark_sentence
from parindex.web.improve.gates import asked_unit, frame
from parindex.web.parts.back import Back
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


def lost(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """What a unit lost, the most first."""
    return lost_page(request, asked_unit(request, round, unit))


def lost_page(request: Desk, participant: Participant, back: Back | None = None) -> HttpResponse:
    """The page of lost points. `back`: an acceptance that was refused, as it was typed."""
    standing = standing_of(participant)
    last = last_year_of(standing)
    points = lost_points(standing, last)
    others = sees_others(request.rights, participant.round)
    answers = answers_of(participant, legal_date(request.at))
    plan = plan_shown(participant)
    sees = plan is not None and can_see(request.rights, plan)
    context = frame(
        participant,
        "lost",
        percent=standing.assessment.framework.index.policy != "total",
        index=standing.outcome.index,
        last_year=last.participant.round.year if last else None,
        rows=[
            row(standing, point, others=others) | answered(answers.get(point.code, OPEN), linked=sees)
            for point in points
        ],
        counts=counted([point.code for point in points], answers),
        plan=plan if sees else None,
        plan_url=reverse("plans:plan", args=[plan.pk]) if plan and sees else "",
        answers_them=participant.round.is_out and can_remedy(request.rights, participant),
        total=sum((point.loss.points for point in points), Fraction(0)),
        refused=back,
    )
    return render(request, "improve/lost.html", context, status=422 if back else 200)


def row(standing: Standing, point: LostPoint, *, others: bool) -> dict[str, Any]:
    """One lost point in words."""
    framework, code = standing.assessment.framework, point.code
    leaf = framework.leaves.get(code)
    participant = standing.participant
    return {
        "point": point,
        "loss": point.loss,
        "code": code if leaf else "",
        "name": leaf.name if leaf else gettext("Nộp muộn"),
        "why": why(standing, point),
        "cause": said_cause(point.loss.cause),
        "worth": None if point.loss.worth == point.loss.points else point.loss.worth,
        "best": point.best if others else None,
        "form": f"accept-{code}",
        "url": reverse("unit:leaf", args=[participant.round, participant.unit.code, code]) if leaf else "",
    }


def answered(answer: Answer, *, linked: bool) -> dict[str, Any]:
    """What answers it, and where the task is read."""
    task = answer.task if linked else None
    return {"answer": answer, "task_url": reverse("plans:task", args=[task.pk]) if task else ""}


def why(standing: Standing, point: LostPoint) -> str:
    """The reason of what was given, as a sentence."""
    framework, outcome = standing.assessment.framework, point.loss.outcome
    if point.code == LATE:
        remark = next((r for r in standing.outcome.remarks if r.code == "late"), None)
        return remark_sentence(remark, framework, language()) if remark else ""
    if outcome is None or outcome.reason is None:
        return ""
    leaf = framework.leaves[point.code]
    return reason_sentence(outcome.reason, leaf, language(), decimals=framework.decimals)


def said_cause(cause: Cause) -> str:
    """A cause in words."""
    return {
        Cause.UNANSWERED: gettext("chưa trả lời"),
        Cause.NO_DOCUMENT: gettext("chưa ban hành văn bản"),
        Cause.LATE_DOCUMENT: gettext("văn bản quá hạn"),
        Cause.MEASURE: gettext("kết quả đo được còn thấp"),
        Cause.SURVEY: gettext("điều tra xã hội học"),
        Cause.RULED: gettext("điểm do người có thẩm quyền kết luận"),
        Cause.STEP: gettext("mức đạt theo quy định chấm"),
        Cause.PENALTY: gettext("điểm trừ"),
        Cause.LATE: gettext("nộp muộn"),
    }[cause]
