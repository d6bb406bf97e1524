"""Signing off: what is left to rule on, then the letter's number and date; after it the part is closed."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import sign_off
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.appraising import Part, Standing, part_of
from parindex.apps.assessments.rules.appraising import check_turn
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.web.appraise.frame import Turn, counts, frame, turn_of
from parindex.web.appraise.rows import row
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import appraised_round


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """What is left before signing, by department; sign."""
    round_ = appraised_round(request, round)
    if request.method == "POST":
        return _sign(request, round_)
    part, turn = part_of(round_, request.rights, request.at), turn_of(request, round_)
    signed = list(round_.sign_offs.filter(lead__in=part.leads).select_related("lead"))
    names = names_of({s.by for s in signed})
    context = {
        **frame(request, part, turn),
        "parts": [_lead(request, part, turn, lead=lead) for lead in _leads(part)],
        "signed": [{"sign_off": s, "name": names[s.by]} for s in signed],
    }
    return render(request, "appraise/sign.html", context)


def _leads(part: Part) -> list[Unit]:
    return list(Unit.objects.filter(pk__in={c.lead for c in part.cases}).order_by("id"))


def _lead(request: Desk, part: Part, turn: Turn, *, lead: Unit) -> dict[str, object]:
    """One department: how far it is, what is left, and whether the person may sign now."""
    cases = [c for c in part.cases if c.lead == lead.pk]
    left = [c for c in cases if c.standing is Standing.WAITING]
    return {
        "lead": lead,
        "counts": counts(cases),
        "left": [row(c, turn, reasons={}) for c in left],
        "why_not": turn.why_not(lead.pk, rights_ok=request.rights.may(Act.APPRAISAL_SIGN, lead.pk)),
    }


def _sign(request: Desk, round_: Round) -> HttpResponse:
    """Sign one department's part of the open turn."""
    lead = Unit.objects.filter(code=request.POST.get("lead", ""), assignments__round=round_).first()
    lead = (
        lead
        or Unit.objects.filter(code=request.POST.get("lead", ""), stand_in_assignments__round=round_).first()
    )
    if lead is None:
        raise Refused("not_assigned")
    request.rights.check(Act.APPRAISAL_SIGN, lead.pk)
    phase = check_turn(round_, request.at)
    try:
        on = date.fromisoformat(request.POST.get("date", ""))
    except ValueError:
        raise Refused("date_needed") from None
    number = request.POST.get("number", "").strip()[:100]
    made = attempt(request, sign_off, round_=round_, lead=lead, turn=phase.turn, number=number, on=on)
    if made is not None:
        messages.success(request, gettext("Đã ký gửi kết quả thẩm định."))
    return redirect("appraise:sign", round_)
