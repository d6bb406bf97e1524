"""Handing leaves to officers and divisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import Handed, hand_out, remind_handed, return_leaf
from parindex.apps.assessments.queries.sheets import Entry, sheet_view
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import people_of, units_below
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet
from parindex.web.unit.sheet import frame, row, totals


END_OF_DAY = time(17, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out_leaves(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Who has what; tick leaves and name somebody."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_HAND_OUT)
    people = people_of(participant.unit, request.at)
    units = units_below(participant.unit, legal_date(request.at))
    if request.method == "POST":
        chosen = next((p for p in people if str(p.pk) == request.POST.get("person")), None)
        to = Handed(
            chosen,
            request.POST.get("division", "")[:200],
            next((u for u in units if str(u.pk) == request.POST.get("unit")), None),
            _due(request.POST.get("due", "")),
        )
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
        "units": units,
        "by_unit": by_unit(own, request.at),
        "nobody": sum(1 for e in own if e.handout is None),
    }
    return render(request, "unit/hand_out.html", context)


def by_unit(own: Sequence[Entry], at: datetime) -> list[dict[str, Any]]:
    """Each unit that has leaves: how many, how many are typed and ready, whose internal deadline is over."""
    found: dict[Unit, list[Entry]] = {}
    for entry in own:
        if entry.handout is not None and entry.handout.unit is not None:
            found.setdefault(entry.handout.unit, []).append(entry)
    return [
        {
            "unit": unit,
            "all": len(entries),
            "typed": sum(bool(e.answer) for e in entries),
            "ready": sum(bool(e.handout and e.handout.done_at) for e in entries),
            "missing": [e.leaf for e in entries if not e.answer],
            "late": any(_is_late(e, at) for e in entries),
        }
        for unit, entries in found.items()
    ]


def _is_late(entry: Entry, at: datetime) -> bool:
    due = entry.handout.due_at if entry.handout else None
    return not entry.answer and due is not None and due < at


@require_POST
def remind(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Remind every unit that lacks something."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_HAND_OUT)
    told = attempt(request, remind_handed, participant=participant)
    if told is not None:
        messages.success(request, gettext("Đã nhắc %(n)s người.") % {"n": told})
    return redirect("unit:hand_out", participant.round, unit)


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
