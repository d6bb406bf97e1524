"""Coming to one sheet by a guest link: who somebody is, and then the sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parindex.apps.access.actions.guessing import Side, count_try
from parindex.apps.access.rules import GuessedTooOften
from parindex.apps.assessments.actions import come_as_guest
from parindex.apps.assessments.models import GuestLink
from parindex.apps.assessments.queries.guests import link_by
from parindex.core.kernel.problems import Refused
from parindex.web.parts.callers import counted_address
from parindex.web.parts.doors import GUEST, Desk
from parindex.web.unit.sheet import sentence


GONE, TOO_MANY, MISSING = 410, 429, 404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: Desk, *, token: str) -> HttpResponse:
    """What the link opens; once a name is given, the sheet. A link that is none, or over, opens nothing."""
    link = link_by(token)
    if link is None:
        return _no_link(request)
    if not link.holds(request.at):
        return _answer(request, None, wrong=sentence(Refused("link_over")), status=GONE)
    if request.method != "POST":
        return _answer(request, link)
    try:
        found = come_as_guest(link=link, name=request.POST.get("name", ""), at=request.at)
    except Refused as refusal:
        return _answer(request, link, wrong=sentence(refusal), status=422)
    request.session.cycle_key()
    request.session[GUEST] = {"link": link.pk, "guest": found.pk}
    return redirect("unit:sheet", link.participant.round, link.participant.unit.code)


def _no_link(request: Desk) -> HttpResponse:
    """Nothing is said of what exists; who asks on and on has to wait."""
    address = counted_address(request)
    try:
        if address:
            count_try(sides=[Side("guest", address)], at=request.at)
    except GuessedTooOften as refusal:
        return _answer(request, None, wrong=sentence(refusal), status=TOO_MANY)
    return _answer(request, None, wrong=sentence(Refused("link_unknown")), status=MISSING)


def _answer(request: Desk, link: GuestLink | None, *, wrong: str = "", status: int = 200) -> HttpResponse:
    context = {"link": link, "wrong": wrong, "signed_in": request.user.is_authenticated, "section": "start"}
    return render(request, "unit/guest.html", context, status=status)
