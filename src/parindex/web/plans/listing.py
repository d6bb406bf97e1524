"""The plans that somebody sees, a year at a time; what waits for them on the start page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.apps.plans.models import Plan
from parindex.apps.plans.queries import offered_to, plans_seen, work_of
from parindex.apps.plans.rules import progress_of
from parindex.core.kernel.time import legal_date
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.plans.frame import PLAN_BADGES, frame, percent_text, planning_units


def listing(request: Desk) -> HttpResponse:
    """Every plan of a year that the person sees, their own units first. A fixed number of queries."""
    held = request.rights.units(Act.PLAN_VIEW, Act.PLAN_EDIT)
    if not held and not request.rights.units(Act.PLAN_CONSULT):
        raise NotAllowed("not_allowed", act=Act.PLAN_VIEW.value)
    every = plans_seen(request.rights)
    years = sorted({p.year for p in every}, reverse=True)
    year = _year(request, years)
    units = planning_units(request)
    shown = [p for p in every if p.year == year]
    day = legal_date(request.at)
    context = {
        **frame(next((p.territory for p in every), units[0] if units else None)),
        "years": years,
        "year": year,
        "own": [_row(p, day) for p in shown if p.unit_id in held],
        "others": [_row(p, day) for p in shown if p.unit_id not in held],
        "makes": bool(units),
        "does": bool(request.rights.units(Act.PLAN_DO)),
        "offered": len(offered_to([u.pk for u in units])) if units else 0,
    }
    return render(request, "plans/list.html", context)


def _year(request: Desk, years: list[int]) -> int:
    """The year asked for; else this year, which a draft of the next does not hide; else the newest."""
    asked, current = request.GET.get("nam", ""), legal_date(request.at).year
    if not asked:
        return current if current in years or not years else years[0]
    if asked not in map(str, years):
        raise Http404(asked)
    return int(asked)


def _row(plan: Plan, day: Any) -> dict[str, Any]:
    progress = progress_of(plan.tasks.all(), day)
    return {
        "plan": plan,
        "badge": PLAN_BADGES[plan.state],
        "progress": progress,
        "percent": percent_text(progress),
    }


def cards(request: Desk) -> list[Card]:
    """Work and plans on the start page. At most four queries."""
    rights = request.rights
    held = rights.units(Act.PLAN_VIEW, Act.PLAN_EDIT, Act.PLAN_CONSULT)
    if not held or rights.person is None:
        return []
    found = list(_work(request))
    units = planning_units(request)
    offered = offered_to([u.pk for u in units]) if units else []
    if offered:
        n = len(offered)
        state = ngettext("%(n)s nhiệm vụ chờ tiếp nhận", "%(n)s nhiệm vụ chờ tiếp nhận", n) % {"n": n}
        title, act = gettext("Nhiệm vụ cấp trên giao"), gettext("Tiếp nhận, trả lời")
        found.append(Card(offered[0].unit.name, title, reverse("plans:offered"), act, state=state))
    title = gettext("Kế hoạch cải cách hành chính")
    act = gettext("Lập, theo dõi kế hoạch") if units else gettext("Xem kế hoạch")
    context = units[0].name if units else gettext("Các đơn vị")
    return [*found, Card(context, title, reverse("plans:list"), act)]


def _work(request: Desk) -> Iterable[Card]:
    person = request.rights.person
    if person is None:
        return
    work = work_of(person, request.rights.units(Act.PLAN_DO), legal_date(request.at))
    near, late = len(work.overdue) + len(work.soon), len(work.overdue)
    if not near:
        return
    state = ngettext("%(n)s việc đến hạn", "%(n)s việc đến hạn", near) % {"n": near}
    if late:
        state += ", " + gettext("%(n)s việc đã quá hạn") % {"n": late}
    title, act = gettext("Việc của tôi"), gettext("Mở danh sách")
    yield Card(person.full_name, title, reverse("plans:work"), act, state=state, late=bool(late))
