"""Making a plan of inspection: its head, its visits with their teams, issuing and ending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.models import Round
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import versions_for
from parindex.apps.inspections import actions
from parindex.apps.inspections.models import Plan, Visit
from parindex.apps.inspections.permissions import can_plan
from parindex.apps.inspections.queries import visits_of_plan
from parindex.apps.inspections.rules import check_plan_step
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.queries import names_of, tree_of
from parindex.apps.organisations.queries.people import people_within
from parindex.apps.organisations.roles import Act, Role
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.inspections.desk import visit_rows
from parindex.web.inspections.frame import (
    PLAN_BADGES,
    area_names,
    day_of,
    frame,
    known_plan,
    known_visit,
    typed,
    whole,
    wholes,
    why,
)
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed
from parindex.web.parts.gates import gate


OF_THE_DAY = dict.fromkeys(
    ("inspection_date_unreadable", "inspection_date_missing", "inspection_date_ahead"), "on"
)
"""Refusals of an issue that are about its day."""
PLAN_FIELDS = ("year", "title", "framework", "purpose")
VISIT_FIELDS = ("unit", "starts", "ends", "leader", "announced")
TEAMS = (Role.SECRETARIAT, Role.ASSISTANT, Role.INSPECTOR, Role.APPRAISER, Role.LEAD_HEAD, Role.MEMBER)
"""Whose holders are proposed for a team."""


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk) -> HttpResponse:
    """A new plan of a territory, or of a unit for what is below it."""
    place, places = managed(request, Act.INSPECTION_RUN)
    sets, wrong = versions_for([place.pk]), ""
    said = {"year": str(legal_date(request.at).year), "title": "", "purpose": "", "framework": _usual(place)}
    if request.method == "POST":
        said = typed(request, *PLAN_FIELDS)
        try:
            made = actions.begin_plan(
                territory=place,
                written=_plan_written(said, sets),
                key=request.POST.get("key", ""),
                by=request.user.ref,
                at=request.at,
            )
        except Refused as refusal:
            wrong = why(refusal)
        else:
            return redirect("inspections:plan", made.pk)
    context = {**frame(place), "plan": None, "place": place, "places": places}
    return _plan_form(request, context, said, sets=sets, wrong=wrong)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Desk, *, pk: int) -> HttpResponse:
    """What a draft says, written anew."""
    plan = known_plan(request, pk, run=True)
    sets, wrong = versions_for([plan.territory_id]), ""
    said = {
        "year": str(plan.year),
        "title": plan.title,
        "purpose": plan.purpose,
        "framework": str(plan.framework_id),
    }
    if request.method == "POST":
        said = typed(request, *PLAN_FIELDS)
        try:
            written = _plan_written(said, sets)
            actions.change_plan(plan=plan, written=written, by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = why(refusal)
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("inspections:plan", pk)
    context = {**frame(plan.territory), "plan": plan, "place": plan.territory, "places": []}
    return _plan_form(request, context, said, sets=sets, wrong=wrong)


def _plan_form(
    request: Desk,
    context: dict[str, Any],
    said: Mapping[str, str],
    *,
    sets: list[FrameworkVersion],
    wrong: str,
) -> HttpResponse:
    shown = {**context, "said": said, "sets": [(str(v.pk), v) for v in sets], "wrong": wrong}
    return render(request, "inspections/plan_form.html", shown, status=422 if wrong else 200)


def _usual(place: Unit) -> str:
    """The set of the newest round, which a new plan is likely to follow."""
    newest = (
        Round.objects.filter(territory=place).order_by("-year", "-pk").values_list("framework", flat=True)
    )
    return str(newest[0]) if newest else ""


def _plan_written(said: Mapping[str, str], sets: list[FrameworkVersion]) -> actions.PlanWritten:
    """Raises Refused ``inspection_set_missing``."""
    chosen = next((v for v in sets if str(v.pk) == said["framework"]), None)
    if chosen is None:
        raise Refused("inspection_set_missing")
    return actions.PlanWritten(
        year=whole(said["year"].strip()), title=said["title"], framework=chosen, purpose=said["purpose"]
    )


def plan(request: Desk, *, pk: int) -> HttpResponse:
    """A plan with its visits and its next step."""
    return _page(request, known_plan(request, pk))


def _page(request: Desk, found: Plan, back: Back | None = None) -> HttpResponse:
    """The page of a plan. `back`: its number and date, where they were refused."""
    names = area_names(found)
    visits = visits_of_plan(found)
    left = [v for v in visits if v.state in (Visit.State.PLANNED, Visit.State.RUNNING)]
    rows = visit_rows(visits, legal_date(request.at))
    runs = can_plan(request.rights, found)
    context = {
        **frame(found.territory),
        "plan": found,
        "badge": PLAN_BADGES[found.state],
        "rows": [{**row, "areas": [names.get(a) or a for a in row["visit"].areas]} for row in rows],
        "by": names_of({found.by}).get(found.by, ""),
        "runs": runs,
        "drafting": runs and found.state == Plan.State.DRAFT,
        "adding": runs and gate(lambda: check_plan_step(found, "add")).is_open,
        "ending": runs and found.state == Plan.State.ISSUED,
        "left": len(left),
        "refused": back,
    }
    return render(request, "inspections/plan.html", context, status=422 if back else 200)


@require_POST
def step(request: Desk, *, pk: int) -> HttpResponse:
    """Issue a plan, or end it."""
    found = known_plan(request, pk, run=True)
    act = request.POST.get("act", "")
    if act not in ("issue", "close"):
        raise Http404(act)
    if act == "close":
        if attempt(request, actions.close_plan, plan=found):
            messages.success(request, gettext("Đã kết thúc kế hoạch."))
        return redirect("inspections:plan", pk)
    said = typed(request, "number", "on")

    def issue(*, by: str, at: datetime) -> Plan:
        return actions.issue_plan(plan=found, number=said["number"], on=day_of(said["on"]), by=by, at=at)

    _, back = tried(request, SmallForm("issue", said, OF_THE_DAY), issue)
    if back:
        return _page(request, known_plan(request, pk), back)
    messages.success(
        request, gettext("Đã ban hành; đoàn kiểm tra và các đơn vị được báo trước đã nhận thông báo.")
    )
    return redirect("inspections:plan", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Desk, *, pk: int) -> HttpResponse:
    """A new visit of a plan."""
    found = known_plan(request, pk, run=True)
    said: dict[str, Any] = {**dict.fromkeys(VISIT_FIELDS, ""), "announced": "1", "areas": [], "members": []}
    wrong = ""
    if request.method == "POST":
        said = _visit_typed(request)
        try:
            actions.add_visit(
                plan=found,
                written=_visit_written(said),
                key=request.POST.get("key", ""),
                by=request.user.ref,
                at=request.at,
            )
        except Refused as refusal:
            wrong = why(refusal)
        else:
            messages.success(request, gettext("Đã thêm cuộc kiểm tra."))
            return redirect("inspections:plan", pk)
    return _visit_form(request, found, None, said=said, wrong=wrong)


@require_http_methods(["GET", "HEAD", "POST"])
def change_visit(request: Desk, *, pk: int) -> HttpResponse:
    """What is planned of a visit, written anew; once it runs, its team alone."""
    visit = known_visit(request, pk, run=True)
    found = known_plan(request, visit.plan_id, run=True)
    wrong, said = "", _visit_said(visit)
    if request.method == "POST":
        said = {**said, **_visit_typed(request)}
        try:
            _change(request, visit, said)
        except Refused as refusal:
            wrong = why(refusal)
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("inspections:visit", pk)
    return _visit_form(request, found, visit, said=said, wrong=wrong)


def _change(request: Desk, visit: Visit, said: Mapping[str, Any]) -> None:
    by, at = request.user.ref, request.at
    if visit.state == Visit.State.PLANNED:
        actions.change_visit(visit=visit, written=_visit_written(said), by=by, at=at)
        return
    leader, members = whole(said["leader"]), said["members"]
    actions.change_team(visit=visit, leader=leader, members=members, by=by, at=at)


def _visit_typed(request: Desk) -> dict[str, Any]:
    areas = request.POST.getlist("areas")
    return {**typed(request, *VISIT_FIELDS), "areas": areas, "members": wholes(request, "members")}


def _visit_said(visit: Visit) -> dict[str, Any]:
    team = list(visit.members.all())
    return {
        "unit": str(visit.unit_id),
        "starts": visit.starts.isoformat(),
        "ends": visit.ends.isoformat(),
        "leader": next((str(m.person_id) for m in team if m.leads), ""),
        "announced": "1" if visit.announced else "",
        "areas": list(visit.areas),
        "members": [m.person_id for m in team if not m.leads],
    }


def _visit_written(said: Mapping[str, Any]) -> actions.VisitWritten:
    """Raises Refused ``inspection_unit_missing``, ``inspection_date_unreadable``."""
    unit = Unit.objects.select_related("parent__parent__parent").filter(pk=whole(said["unit"])).first()
    if unit is None:
        raise Refused("inspection_unit_missing")
    return actions.VisitWritten(
        unit=unit,
        starts=day_of(said["starts"]),
        ends=day_of(said["ends"]),
        areas=said["areas"],
        leader=whole(said["leader"]),
        members=said["members"],
        announced=said["announced"] == "1",
    )


def _visit_form(
    request: Desk, plan: Plan, visit: Visit | None, *, said: Mapping[str, Any], wrong: str
) -> HttpResponse:
    tree = tree_of(plan.territory)
    units = [u for u in tree.walk() if u.pk != plan.territory_id and u.valid_to is None]
    context = {
        **frame(plan.territory),
        "plan": plan,
        "visit": visit,
        "planned": visit is None or visit.state == Visit.State.PLANNED,
        "said": said,
        "wrong": wrong,
        "units": [(str(u.pk), u) for u in units],
        "areas": list(area_names(plan).items()),
        "people": [(p, str(p.pk)) for p in _candidates(plan, visit, request)],
    }
    return render(request, "inspections/visit_form.html", context, status=422 if wrong else 200)


def _candidates(plan: Plan, visit: Visit | None, request: Desk) -> list[Person]:
    """Who may be asked into a team: holders of fitting roles, and who is in it already."""
    within = {p.pk: p for p in people_within(plan.territory, request.at)}
    roles = [r.value for r in TEAMS]
    fitting = set(Person.objects.filter(pk__in=within, grants__role__in=roles).values_list("pk", flat=True))
    team = [m.person for m in visit.members.all()] if visit else []
    return [*(p for k, p in within.items() if k in fitting), *(p for p in team if p.pk not in fitting)]
