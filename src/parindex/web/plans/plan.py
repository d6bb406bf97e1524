"""A plan: what it says, how far it is, its tasks by area; making it, issuing it, closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, way_up
from parindex.apps.organisations.roles import Act
from parindex.apps.plans import actions
from parindex.apps.plans.areas import default_areas
from parindex.apps.plans.models import Plan
from parindex.apps.plans.permissions import can_edit
from parindex.apps.plans.rules import Status, progress_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.parts.standing import of_unit
from parindex.web.plans.frame import (
    PLAN_BADGES,
    Line,
    frame,
    lines_of,
    own_plan,
    percent_text,
    planning_units,
    visible_plan,
)
from parindex.web.plans.typed import PLAN_FIELDS, plan_typed, plan_written, typed, typed_day


FILTERS = (*(s.value for s in Status), "waiting", "mine")


def plan(request: Desk, *, pk: int) -> HttpResponse:
    """The plan with its targets and tasks; by status, or one's own. Nine queries at most."""
    return _page(request, visible_plan(request, pk))


def _page(
    request: Desk, found: Plan, *, told: Mapping[str, str] | None = None, wrong: str = ""
) -> HttpResponse:
    """The page of a plan. `told`: number and date of an issue that was refused; `wrong`: why."""
    day = legal_date(request.at)
    every = lines_of(found, day)
    chosen = request.GET.get("loc", "")
    if chosen and chosen not in FILTERS:
        raise Http404(chosen)
    shown = [line for line in every if _fits(request, line, chosen)]
    progress = progress_of((line.task for line in every), day)
    context = {
        **frame(found.unit),
        "plan": found,
        "badge": PLAN_BADGES[found.state],
        "progress": progress,
        "percent": percent_text(progress),
        "areas": _by_area(found, shown),
        "filters": _filters(request, every),
        "targets": [s for s in of_unit(found.unit, found.year).values() if s["goal"]],
        "way": ".".join(place.code for place in reversed(way_up(found.unit))),
        "chosen": chosen,
        "edits": can_edit(request.rights, found),
        "late_issue": found.issue_by is not None and (found.issued_on or day) > found.issue_by,
        "told": told or {"number": "", "issued_on": day.isoformat()},
        "wrong": wrong,
        "view": "",
    }
    return render(request, "plans/plan.html", context, status=422 if wrong else 200)


def _fits(request: Desk, line: Line, chosen: str) -> bool:
    if chosen == "waiting":
        return line.waits
    if chosen == "mine":
        return line.task.person_id is not None and line.task.person_id == request.user.pk
    return not chosen or line.status.value == chosen


def _filters(request: Desk, every: Sequence[Line]) -> list[tuple[str, int]]:
    """What the list may be cut down to, with how many are there; nothing that is empty."""
    counts = {name: sum(_fits(request, line, name) for line in every) for name in FILTERS}
    return [(name, n) for name, n in counts.items() if n]


def _by_area(plan: Plan, shown: Sequence[Line]) -> list[dict[str, Any]]:
    """In the plan's own order; tasks without an area last."""
    codes = [a["code"] for a in plan.areas]
    by_code: dict[str, list[Line]] = {}
    for line in shown:
        by_code.setdefault(line.task.area if line.task.area in codes else "", []).append(line)
    return [
        {"name": plan.area_name(code) if code else None, "lines": by_code[code]}
        for code in [*codes, ""]
        if code in by_code
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk) -> HttpResponse:
    """A new plan of one of the person's units."""
    units = planning_units(request)
    if not units:
        raise NotAllowed("not_allowed", act=Act.PLAN_EDIT.value)
    fields, wrong = _blank(request), ""
    if request.method == "POST":
        fields = _of_its_year(typed(request, PLAN_FIELDS), fields)
        try:
            made = actions.begin_plan(
                unit=_unit(request, units),
                written=plan_written(fields),
                by=request.user.ref,
                at=request.at,
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lập dự thảo; tiếp theo hãy thêm nhiệm vụ."))
            return redirect("plans:plan", made.pk)
    context = {
        **_form(fields, wrong, units[0]),
        "units": units,
        "unit_asked": request.POST.get("unit", ""),
    }
    return render(request, "plans/edit.html", context, status=422 if wrong else 200)


def _blank(request: Desk) -> dict[str, str]:
    year = str(legal_date(request.at).year)
    return {
        **dict.fromkeys(PLAN_FIELDS, ""),
        "title": gettext("Kế hoạch cải cách hành chính năm %(year)s") % {"year": year},
        "year": year,
        "areas": "\n".join(a["vi"] for a in default_areas()),
    }


def _of_its_year(sent: dict[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """A form whose year was changed and whose title was not: the title follows, where it names the year."""
    was, now = before["year"], sent["year"]
    follows = now != was and now.isdecimal() and sent["title"] == before["title"]
    return {**sent, "title": sent["title"].replace(was, now)} if follows else sent


def _unit(request: Desk, units: Sequence[Unit]) -> Unit:
    """The unit that was chosen. Raises Refused ``plan_choice_unknown``."""
    asked = request.POST.get("unit", "")
    if not asked and len(units) == 1:
        return units[0]
    found = next((u for u in units if str(u.pk) == asked), None)
    if found is None:
        raise Refused("plan_choice_unknown", field=gettext("Đơn vị"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Desk, *, pk: int) -> HttpResponse:
    """What a draft says of itself."""
    found = own_plan(request, pk)
    fields, wrong = plan_typed(found), ""
    if request.method == "POST":
        fields = _of_its_year(typed(request, PLAN_FIELDS), fields)
        try:
            written = plan_written(fields, found.areas)
            actions.change_plan(plan=found, written=written, by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("plans:plan", found.pk)
    context = {**_form(fields, wrong, found.unit), "plan": found}
    return render(request, "plans/edit.html", context, status=422 if wrong else 200)


def _form(fields: Mapping[str, str], wrong: str, place: Unit) -> dict[str, Any]:
    return {**frame(place), "typed": fields, "wrong": wrong}


@require_POST
def step(request: Desk, *, pk: int) -> HttpResponse:
    """Issue it with its number and date, or close it."""
    found = own_plan(request, pk)
    if request.POST.get("step") == "close":
        if attempt(request, actions.close_plan, plan=found):
            messages.success(request, gettext("Đã tổng kết kế hoạch."))
        return redirect("plans:plan", found.pk)
    told = typed(request, ["number", "issued_on"])
    try:
        issued_on = typed_day(request, "issued_on")
        if issued_on is None:
            raise Refused("date_field", field=gettext("Ngày ban hành"), text="")
        actions.issue_plan(
            plan=found, number=told["number"], issued_on=issued_on, by=request.user.ref, at=request.at
        )
    except Refused as refusal:
        wrong = refusal_sentence(refusal.code, refusal.data, language())
        return _page(request, found, told=told, wrong=wrong)
    messages.success(request, gettext("Đã ban hành; người được giao nhiệm vụ đã được báo."))
    return redirect("plans:plan", found.pk)
