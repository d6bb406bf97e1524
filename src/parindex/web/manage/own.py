"""A unit's own rounds for its divisions: who runs them, what they need, which there are."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.permissions import can_see_result, can_see_round
from parindex.apps.assessments.queries.rounds import rounds_of
from parindex.apps.organisations.actions import appoint_secretariat, revoke_role
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.permissions import check_over
from parindex.apps.organisations.queries import find_unit, units_below
from parindex.apps.organisations.queries.people import holds_on, people_within
from parindex.apps.organisations.roles import Act, Role
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.manage.forms import day, text
from parindex.web.manage.frame import frame
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language


@require_http_methods(["GET", "HEAD", "POST"])
def own_rounds(request: Desk, *, unit: str) -> HttpResponse:
    """What stands, what is next, and naming who runs the rounds."""
    found = _founded(request, unit)
    people = people_within(found, request.at)
    wrong = ""
    if request.method == "POST":
        try:
            _appoint(request, found, people)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã giao người điều hành kỳ đánh giá riêng."))
            return redirect("manage:own_rounds", unit)
    today = legal_date(request.at)
    grants = found.grants.filter(role=Role.SECRETARIAT.value, person__is_active=True)
    divisions = units_below(found, today)
    context = {
        **frame(request, "", found),
        "unit": found,
        "address": unit,
        "running": [g for g in grants.select_related("person") if holds_on(g, today)],
        "people": people,
        "divisions": divisions,
        "appoints": gate(lambda: _check_appoints(request, found)).is_open,
        "mine": request.rights.may(Act.ROUND_RUN, found.pk),
        "rounds": [_round(request, r) for r in rounds_of(found.pk)],
        "typed": {k: request.POST.get(k, "") for k in ("person", "to", "document")},
        "wrong": wrong,
    }
    return render(request, "manage/own_rounds.html", context, status=422 if wrong else 200)


def _founded(request: Desk, address: str) -> Unit:
    """A unit below a territory whose own rounds the person may set up. Raises Http404, NotAllowed."""
    found = find_unit(address)
    if found is None or found.parent is None:
        raise Http404(address)
    if not request.rights.may(Act.ROUND_RUN, found.pk):
        _check_appoints(request, found)
    return found


def _check_appoints(request: Desk, unit: Unit) -> None:
    """The unit's head or focal officer, or who manages people above it. Raises NotAllowed."""
    if not request.rights.may(Act.ROUND_FOUND, unit.pk):
        check_over(request.rights, Act.PEOPLE_MANAGE, unit)


def _appoint(request: Desk, unit: Unit, people: list[Person]) -> None:
    """Raises Refused, NotAllowed."""
    _check_appoints(request, unit)
    chosen = text(request, "person", limit=150)
    person = next((p for p in people if p.username == chosen), None)
    if person is None:
        raise Refused("person_not_found", person=chosen)
    appoint_secretariat(
        unit=unit,
        person=person,
        valid_to=day(request, "to"),
        document=text(request, "document", limit=250),
        by=request.user.ref,
        at=request.at,
    )


def _round(request: Desk, round_: Round) -> dict[str, object]:
    return {
        "round": round_,
        "follows": can_see_round(request.rights, round_),
        "sees": can_see_result(request.rights, round_),
    }


@require_POST
def end(request: Desk, *, unit: str, grant: int) -> HttpResponse:
    """Somebody runs the unit's rounds no more, from now on."""
    found = _founded(request, unit)
    _check_appoints(request, found)
    held = get_object_or_404(Grant, pk=grant, unit=found, role=Role.SECRETARIAT.value)
    reason = text(request, "reason", limit=500)
    last = legal_date(request.at) - timedelta(days=1)
    attempt(request, revoke_role, grant=held, last=last, reason=reason)
    return redirect("manage:own_rounds", unit)
