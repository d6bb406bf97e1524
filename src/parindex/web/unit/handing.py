"""Handing leaves to officers and divisions."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import Handed, hand_out, return_leaf
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.organisations.queries import people_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet
from parindex.web.unit.sheet import frame, row, totals


END_OF_DAY = time(17, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out_leaves(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Who has what; tick leaves and name somebody."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_HAND_OUT)
    people = people_of(participant.unit, request.at)
    if request.method == "POST":
        chosen = next((p for p in people if str(p.pk) == request.POST.get("person")), None)
        to = Handed(chosen, request.POST.get("division", "")[:200], _due(request.POST.get("due", "")))
        leaves = request.POST.getlist("leaf")
        made = attempt(request, hand_out, participant=participant, leaves=leaves, to=to)
        if made:
            messages.success(request, gettext("Đã giao %(n)s tiêu chí.") % {"n": len(made)})
        return redirect(request.path)
    view = sheet_view(participant)
    own = [e for e in view.entries.values() if e.place in (Place.TODO, Place.CLAIM)]
    context = {
        **frame(request, participant),
        **totals(view),
        "rows": [row(view, e) for e in own],
        "people": people,
    }
    return render(request, "unit/hand_out.html", context)


def _due(text: str) -> datetime | None:
    """17:00 of a day; None where no day is given."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return datetime.combine(day, END_OF_DAY, LEGAL_ZONE) if day else None


@require_POST
def give_back(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """The focal officer returns a leaf to whoever has it, with a reason."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_HAND_OUT)
    handout = participant.handouts.filter(leaf=code).first()
    if handout is None:
        raise Http404(code)
    attempt(request, return_leaf, handout=handout, reason=request.POST.get("reason", ""))
    return redirect("unit:leaf", participant.round, unit, code)
