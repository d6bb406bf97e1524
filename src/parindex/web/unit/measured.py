"""What was measured for a leaf, beside what the unit says; accepting it is one act."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.assessments.actions import Typing, save_draft
from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.rules.measured import Proposal
from parindex.apps.indicators.periods import said_period
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.reading import read_answer
from parindex.core.wording.notation import answer_text
from parindex.core.wording.refusals import refusal_sentence
from parindex.core.wording.survey_points import survey_points
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet
from parindex.web.parts.languages import language


def proposal_for(participant: Participant, code: str) -> Proposal | None:
    """What was measured for one leaf. At most one query."""
    return proposals_for(participant.round, [participant], leaves=[code]).get((participant.pk, code))


def _sure(proposal: Proposal, maximum: Fraction) -> str:
    """How sure a survey's value is, and what it gives; empty for any other."""
    if not proposal.answer or proposal.points is None or not proposal.value.se:
        return ""
    answer = read_answer(proposal.leaf, proposal.answer, se=proposal.value.written_se)
    return survey_points(proposal.leaf, answer, points=proposal.points, maximum=maximum, language=language())


def shown(proposal: Proposal | None, answer: str, note: str, *, maximum: Fraction) -> dict[str, Any] | None:
    """The proposal beside an answer, for the leaf's page; None where nothing was measured."""
    if proposal is None:
        return None
    value, why_not = proposal.value, proposal.why_not
    return {
        "name": value.indicator.name,
        "code": value.indicator.code,
        "definition": value.indicator.definition,
        "text": answer_text(value.written),
        "sure": _sure(proposal, maximum),
        "n": value.n,
        "points": proposal.points,
        "source": value.source,
        "as_of": value.as_of,
        "period": said_period(value.start, value.end),
        "version": value.version,
        "why_not": refusal_sentence(why_not.code, why_not.data, language()) if why_not else "",
        "differs": proposal.differs(answer),
        "accepted": bool(proposal.answer and answer) and not proposal.differs(answer),
        "needs_reason": proposal.differs(answer) and not note.strip(),
    }


@require_POST
def accept(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """Take the measured value as the answer; the note stays."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_FILL)
    proposal = proposal_for(participant, code)
    if proposal is None or not proposal.answer:
        raise Http404(code)
    stands = participant.drafts.filter(leaf=code).first()
    typed = Typing(
        code, proposal.answer, stands.note if stands else "", version=stands.version if stands else 0
    )
    if attempt(request, save_draft, participant=participant, typed=typed):
        messages.success(request, gettext("Đã nhận số liệu đo được cho tiêu chí %(code)s.") % {"code": code})
    return redirect("unit:leaf", participant.round, unit, code)
