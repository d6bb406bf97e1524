"""What heads answer for: each head's own page, and the list for who follows them. Never public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.improvement.duties import Duties, DutyTask, duties_of
from parindex.apps.improvement.permissions import check_duties
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.queries import find_unit, managed_units, tree_of, units_below
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk
from parindex.web.parts.marks import marks


BADGES = {"overdue": "back", "in_progress": "waiting", "done": "done", "done_late": "done"}
FIRST, LAST = 2000, 2100


def heads(request: Desk) -> HttpResponse:
    """Every unit right below the territories whose heads the person follows."""
    places = managed_units(request.rights, Act.DUTY_VIEW)
    if not places:
        raise NotAllowed("not_allowed", act=Act.DUTY_VIEW.value)
    year = asked_year(request)
    context = {
        "section": "start",
        "year": year,
        "years": [year - 1, year, year + 1],
        "tables": [_table(request, place, year=year) for place in places],
        **marks(places[0]),
    }
    return render(request, "improve/heads.html", context)


def _table(request: Desk, place: Unit, *, year: int) -> dict[str, Any]:
    """Of the units that there were in the year: one that had ended before has no head to answer."""
    tree, units = tree_of(place), units_below(place, date(year, 1, 1), date(year, 12, 31))
    found = duties_of(units, year, request.at)
    found.sort(key=_urgency)
    return {
        "name": place.name,
        "rows": [
            {"duties": one, "url": f"{reverse('improve:duties', args=[tree.address(one.unit)])}?nam={year}"}
            for one in found
        ],
    }


def _urgency(one: Duties) -> tuple[int, Fraction, Fraction, str]:
    """The most overdue first, then the most points that wait, then the most that nothing answers."""
    open_ = one.unanswered.points if one.unanswered else Fraction(0)
    return -len(one.overdue), -one.hanging, -open_, one.unit.name_vi


def duties(request: Desk, *, unit: str) -> HttpResponse:
    """One unit's head."""
    found = find_unit(unit)
    if found is None:
        raise Http404(unit)
    check_duties(request.rights, found)
    year = asked_year(request)
    told = duties_of([found], year, request.at)[0]
    context = {
        "section": "start",
        "unit": found,
        "year": year,
        "years": [year - 1, year, year + 1],
        "duties": told,
        "overdue": _rows(told.overdue),
        "open": _rows(told.open),
        "done": _rows(told.done),
        "lost_url": _lost_url(told),
        "follows": bool(request.rights.units(Act.DUTY_VIEW)),
        **marks(found),
    }
    return render(request, "improve/duties.html", context)


def _lost_url(told: Duties) -> str:
    """The page where what is open is answered; empty where nothing is."""
    if told.unanswered is None or not told.unanswered.places:
        return ""
    line = told.unanswered.line
    return reverse("improve:lost", args=[line.result.round, line.participant.unit.code])


def _rows(tasks: Sequence[DutyTask]) -> list[dict[str, Any]]:
    return [
        {
            "duty": one,
            "task": one.task,
            "badge": BADGES.get(one.status.value, ""),
            "url": reverse("plans:task", args=[one.task.pk]),
        }
        for one in tasks
    ]


def asked_year(request: Desk) -> int:
    """The year of the address, else this one."""
    text = request.GET.get("nam", "")
    if text.isascii() and text.isdigit() and len(text) < 5 and FIRST <= int(text) <= LAST:
        return int(text)
    return legal_date(request.at).year
