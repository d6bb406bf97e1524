"""The overview of who plans and follows, an inspector's day, what a unit has to answer; cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.inspections.models import Finding, Plan, Recommendation, Visit
from parindex.apps.inspections.queries import (
    findings_of,
    open_recommendations,
    plans_of,
    to_verify,
    visits_of_person,
    visits_of_plan,
    visits_of_units,
)
from parindex.apps.inspections.rules import Stage, Status, stage_of, status_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.time import legal_date
from parindex.web.inspections.frame import (
    INSPECTING,
    PLAN_BADGES,
    REMEDY_BADGES,
    VISIT_BADGES,
    frame,
)
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk


SOON = (Stage.DUE, Stage.RUNNING, Stage.MISSED)


def cards(request: Desk) -> list[Card]:
    """Inspections on the start page: what is to be done there. At most seven queries."""
    return [*_team_cards(request), *_run_cards(request), *_unit_cards(request)]


def _team_cards(request: Desk) -> list[Card]:
    person = request.rights.person
    visits = visits_of_person(person) if person and request.rights.held else []
    if not visits:
        return []
    day = legal_date(request.at)
    now = [v for v in visits if stage_of(v, day) in SOON]
    title, url = gettext("Cuộc kiểm tra của tôi"), reverse("inspections:today")
    state = gettext("%(n)s cuộc cần làm") % {"n": len(now)} if now else ""
    return [Card(visits[0].plan.territory.name, title, url, gettext("Mở"), state=state)]


def _run_cards(request: Desk) -> list[Card]:
    places = managed_units(request.rights, Act.INSPECTION_RUN)
    view = managed_units(request.rights, Act.INSPECTION_VIEW)
    shown = {u.pk: u for u in (*places, *view)}
    return [
        Card(u.name, gettext("Kiểm tra cải cách hành chính"), reverse("inspections:overview"), gettext("Xem"))
        for u in shown.values()
    ]


def _unit_cards(request: Desk) -> list[Card]:
    places = managed_units(request.rights, Act.INSPECTION_ANSWER)
    if not places:
        return []
    rows = open_recommendations([u.pk for u in places], legal_date(request.at))
    waiting = Counter(r.finding.visit.unit_id for r in rows if r.status in (Status.OPEN, Status.OVERDUE))
    title, url = gettext("Kết luận kiểm tra"), reverse("inspections:unit")
    return [
        Card(
            u.name,
            title,
            url,
            gettext("Báo cáo khắc phục"),
            state=gettext("%(n)s kiến nghị chưa khắc phục") % {"n": waiting[u.pk]},
            late=any(r.status is Status.OVERDUE and r.finding.visit.unit_id == u.pk for r in rows),
        )
        for u in places
        if waiting[u.pk]
    ]


def overview(request: Desk) -> HttpResponse:
    """Plans that the person makes or follows; of the chosen one its visits and what is open."""
    rights, day = request.rights, legal_date(request.at)
    if not rights.units(*INSPECTING) and not _inspects(request):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)
    plans = plans_of(rights)
    asked = request.GET.get("ke-hoach", "")
    chosen = next((p for p in plans if str(p.pk) == asked), plans[0] if plans else None)
    places = managed_units(rights, Act.INSPECTION_RUN)
    shown = chosen.territory if chosen else _first(request)
    context = {
        **frame(shown),
        "plans": [{"plan": p, "badge": PLAN_BADGES[p.state], "here": p == chosen} for p in plans],
        "chosen": chosen,
        "makes": bool(places),
        "inspects": _inspects(request),
        "answers": bool(rights.units(Act.INSPECTION_ANSWER)),
        **(_of_plan(chosen, day) if chosen else {"rows": [], "open": [], "facts": None}),
    }
    return render(request, "inspections/overview.html", context)


def _inspects(request: Desk) -> bool:
    person = request.rights.person
    return bool(person and request.rights.held and person.inspecting.exists())


def _first(request: Desk) -> Unit | None:
    held = managed_units(request.rights, Act.INSPECTION_ANSWER)
    return held[0] if held else None


def _of_plan(plan: Plan, day: date) -> dict[str, Any]:
    """Its visits, what is not remedied, and how much in all."""
    visits = visits_of_plan(plan)
    told = [v for v in visits if v.state in (Visit.State.CONCLUDED, Visit.State.CLOSED)]
    rows = open_recommendations({v.unit_id for v in told}, day)
    own = [r for r in rows if r.finding.visit.plan_id == plan.pk]
    return {
        "rows": visit_rows(visits, day),
        "open": remedy_rows([r.recommendation for r in own], day),
        "facts": {
            "visits": sum(v.state != Visit.State.CANCELLED for v in visits),
            "done": len(told),
            "found": sum(getattr(v, "found", 0) for v in told),
            "open": len(own),
            "overdue": sum(r.status is Status.OVERDUE for r in own),
        },
    }


def visit_rows(visits: Iterable[Visit], day: date) -> list[dict[str, Any]]:
    """Visits for a table: where each stands, and its team."""
    return [
        {
            "visit": visit,
            "stage": (stage := stage_of(visit, day)).value,
            "badge": VISIT_BADGES[stage],
            "leader": next((m.person for m in visit.members.all() if m.leads), None),
        }
        for visit in visits
    ]


def remedy_rows(recommendations: Iterable[Recommendation], day: date) -> list[dict[str, Any]]:
    """Recommendations for a list: where each stands."""
    return [
        {"one": one, "status": (status := status_of(one, day)).value, "badge": REMEDY_BADGES[status]}
        for one in recommendations
    ]


def today(request: Desk) -> HttpResponse:
    """An inspector's day: what is due or runs, what waits to be verified, what comes."""
    rights, day = request.rights, legal_date(request.at)
    if rights.person is None or not (
        rights.held and (rights.units(Act.INSPECTION_RUN) or _inspects(request))
    ):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_RUN.value)
    rows = visit_rows(visits_of_person(rights.person), day)
    territories = [u.pk for u in managed_units(rights, Act.INSPECTION_RUN)]
    now = [r for r in rows if r["stage"] in SOON]
    context = {
        **frame(rows[0]["visit"].plan.territory if rows else None),
        "day": day,
        "now": now,
        "ahead": [r for r in rows if r["stage"] == Stage.PLANNED],
        "concluded": [r for r in rows if r["stage"] == Stage.CONCLUDED],
        "verify": to_verify(rights.person, territories),
    }
    return render(request, "inspections/today.html", context)


def of_unit(request: Desk) -> HttpResponse:
    """What was found at the person's units, and what is to be answered by when."""
    places = managed_units(request.rights, Act.INSPECTION_ANSWER)
    if not places:
        raise NotAllowed("not_allowed", act=Act.INSPECTION_ANSWER.value)
    day, keys = legal_date(request.at), [u.pk for u in places]
    asked, year = request.GET.get("nam", ""), day.year
    found = _found(keys, year)
    if asked == str(year - 1) or (not found and not asked):
        before = _found(keys, year - 1)
        if before or asked:
            found, year = before, year - 1
    open_ = [r.recommendation for r in open_recommendations(keys, day)]
    context = {
        **frame(places[0]),
        "places": places,
        "year": year,
        "years": [day.year, day.year - 1],
        "open": remedy_rows(open_, day),
        "visits": visit_rows(visits_of_units(keys, day), day),
        "found": [{"finding": f, "remedies": remedy_rows(f.recommendations.all(), day)} for f in found],
    }
    return render(request, "inspections/unit.html", context)


def _found(units: Iterable[int], year: int) -> list[Finding]:
    return [one for key in units for one in findings_of(key, year)]
