"""The working days of a year: proposed by a library, decided by a person with the decision's number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.apps.schedule.holidays import (
    EARLIEST,
    LATEST,
    MOST_DAYS,
    SetDay,
    decided,
    decided_years,
    proposed_days,
    set_year,
)
from parindex.core.formats.days import read_day
from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.manage.forms import text
from parindex.web.manage.frame import frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


SPARE = 6


def this_year(request: Desk) -> HttpResponse:
    """Go to the year it is."""
    return redirect("manage:calendar", legal_date(request.at).year)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Desk, *, year: int) -> HttpResponse:
    """A year's days off and days worked in exchange; who may decide them changes them on the same page."""
    if not EARLIEST <= year <= LATEST:
        raise Http404(str(year))
    may = _may_decide(request)
    wrong = ""
    if request.method == "POST":
        if not may:
            raise NotAllowed("not_allowed", act=Act.ROUND_RUN.value)
        try:
            days, document = _typed(request), text(request, "document", limit=250)
            set_year(year=year, days=days, document=document, by=request.user.ref, at=request.at)
            return redirect(reverse("manage:calendar", args=[year]))
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
    kept, days = decided(year)
    shown = days if kept else proposed_days(year)
    context = {
        **frame(request, "calendar"),
        "year": year,
        "years": sorted(
            {*decided_years(), *range(legal_date(request.at).year - 1, legal_date(request.at).year + 3), year}
        ),
        "kept": kept,
        "days": shown,
        "working": _working(year, shown),
        "may": may,
        "rows": _form_rows(request, shown) if may else [],
        "document": request.POST.get("document", kept.document if kept else ""),
        "wrong": wrong,
    }
    return render(request, "manage/calendar.html", context, status=422 if wrong else 200)


def _may_decide(request: Desk) -> bool:
    """Whoever runs rounds or keeps units of a whole territory: the calendar is the country's."""
    found = [*managed_units(request.rights, Act.ROUND_RUN), *managed_units(request.rights, Act.UNITS_MANAGE)]
    return any(unit.parent_id is None for unit in found)


def _working(year: int, days: list[SetDay]) -> int:
    """How many working days the year has."""
    found = Calendar(
        frozenset(d.day for d in days if not d.worked), frozenset(d.day for d in days if d.worked)
    )
    return found.working_days(date(year - 1, 12, 31), date(year, 12, 31))


def _form_rows(request: Desk, days: list[SetDay]) -> list[dict[str, Any]]:
    """The days as fields, as they were typed if anything was, and some empty ones."""
    if request.method == "POST":
        return [
            {
                "k": k,
                "date": None,
                "day": request.POST.get(f"day-{k}", ""),
                "worked": request.POST.get(f"kind-{k}", "") == "worked",
                "name": request.POST.get(f"name-{k}", ""),
            }
            for k in range(MOST_DAYS)
            if f"day-{k}" in request.POST
        ]
    rows: list[dict[str, Any]] = [
        {"date": d.day, "day": d.day.isoformat(), "worked": d.worked, "name": d.name} for d in days
    ]
    rows += [{"date": None, "day": "", "worked": False, "name": ""} for _ in range(SPARE)]
    return [{"k": k, **row} for k, row in enumerate(rows)]


def _typed(request: Desk) -> list[SetDay]:
    """The days that were sent; an empty date is a row that is not used. Raises Refused ``day_unreadable``."""
    found = []
    for k in range(MOST_DAYS):
        typed = text(request, f"day-{k}", limit=40)
        if typed:
            worked = request.POST.get(f"kind-{k}") == "worked"
            found.append(SetDay(read_day(typed), worked, text(request, f"name-{k}", limit=200)))
    return found
