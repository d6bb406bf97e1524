"""A task: what it is, how far, what was reported; writing a new one, changing one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.evidence.queries import documents_of
from parindex.apps.indicators.queries import all_indicators
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of
from parindex.apps.plans import actions
from parindex.apps.plans.actions.passing import heirs_below
from parindex.apps.plans.models import HandDown, Plan, Task, TaskReport
from parindex.apps.plans.permissions import can_do, can_edit, can_open_outputs, can_see
from parindex.apps.plans.rules import (
    check_ended,
    check_issued,
    check_living,
    check_open,
    check_with_it,
    kind_of,
    status_of,
)
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.back import Back
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.plans.frame import (
    BADGES,
    HAND_BADGES,
    frame,
    hands_of,
    own_plan,
    planned_task,
    visible_task,
)
from parindex.web.plans.typed import TASK_FIELDS, goal_text, task_typed, task_written, typed


RECENT = 60


def task(request: Desk, *, pk: int) -> HttpResponse:
    """Everything of one task, and what the person may do next."""
    return task_page(request, visible_task(request, pk))


def task_page(
    request: Desk,
    found: Task,
    *,
    told: Mapping[str, str] | None = None,
    wrong: str = "",
    back: Back | None = None,
    ticked: Collection[int] = (),
) -> HttpResponse:
    """The page of a task. `told`: a report that was refused, as it was typed; `wrong`: why.
    `back`: another of its forms that was; `ticked`: the units that it was to be handed down to."""
    day, rights = legal_date(request.at), request.rights
    status = status_of(found, day)
    parts = list(found.children.select_related("plan__unit").order_by("plan__unit__name_vi"))
    kind = kind_of(found, handed=any(p.cancelled_on is None for p in parts))
    edits, does = can_edit(rights, found.plan), can_do(rights, found)
    open_ = gate(lambda: check_open(found)).is_open
    issued = gate(lambda: check_issued(found.plan)).is_open
    reports = _reports(found)
    context = {
        **frame(found.plan.unit),
        "task": found,
        "plan": found.plan,
        "area": found.plan.area_name(found.area) if found.area else None,
        "status": status,
        "badge": BADGES[status],
        "kind": kind,
        "goal": goal_text(found),
        "reports": reports,
        "waiting": next((r for r, _, _ in reports if r.answer == TaskReport.Answer.WAITING), None),
        "handed": _handed(found, parts, day),
        "parent": found.parent if found.parent and can_see(rights, found.parent.plan) else None,
        "edits": edits,
        "opens": can_open_outputs(rights, found),
        "reporting": does and open_ and issued and kind in (Task.Kind.LINE, Task.Kind.DOCUMENT),
        "changing": edits and open_ and gate(lambda: check_living(found.plan)).is_open,
        "people": hands_of(found.plan.unit, request)[0] if edits and open_ else [],
        "below": _below(found, request) if edits and open_ and issued else [],
        "told": {"line": "", "percent": str(found.percent), "document": "", "asked": "", **(told or {})},
        "wrong": wrong,
        "refused": back,
        "ticked": ticked,
        "left": getattr(found, "left", False),
        "bare": _is_bare(found, kind, reports),
    }
    reporting = context["reporting"]
    context["documents"] = documents_of(found.plan.unit, size=RECENT).documents if reporting else []
    return render(request, "plans/task.html", context, status=422 if wrong or back else 200)


def _is_bare(found: Task, kind: Task.Kind, reports: Sequence[tuple[TaskReport, str, str]]) -> bool:
    """Whether it was done by words alone: no document stands behind any of its reports."""
    done = found.done_on is not None and kind is Task.Kind.LINE
    return done and not any(report.document_id for report, _, _ in reports)


def _reports(found: Task) -> list[tuple[TaskReport, str, str]]:
    """What was reported, newest first, with the names of who reported and who answered."""
    reports = list(found.reports.select_related("document").order_by("-pk"))
    names = names_of({ref for r in reports for ref in (r.by, r.answered_by) if ref})
    return [(r, names.get(r.by, ""), names.get(r.answered_by, "")) for r in reports]


def _handed(found: Task, parts: list[Task], day: date) -> list[dict[str, Any]]:
    """The units below that were asked, each with what it answered and how far its own task is."""
    own = {p.plan.unit_id: p for p in parts}
    rows = []
    for handed in found.handed_down.select_related("unit", "task__plan").order_by("unit__name_vi"):
        part = own.get(handed.unit_id) if handed.state == HandDown.State.ACCEPTED else None
        status = status_of(part, day) if part else None
        badge = BADGES[status] if status else HAND_BADGES[handed.state]
        due = part.due if part else handed.due
        row = {"handed": handed, "part": part, "status": status, "badge": badge, "due": due}
        rows.append({**row, "ended": _ended(handed, part, day)})
    return rows


def _ended(handed: HandDown, part: Task | None, day: date) -> dict[str, Any] | None:
    """What is said of a unit that has ended with the task undone: since when, and who came after it."""
    own = part if part and part.done_on is None and part.cancelled_on is None else None
    if gate(lambda: check_ended(handed.unit, day)).why_not:
        return None
    if gate(lambda: check_with_it(handed, own)).why_not:
        return None
    return {"last": handed.unit.valid_to, "heirs": heirs_below(handed.task, handed.unit)}


def _below(found: Task, request: Desk) -> list[Unit]:
    """The units that may be asked and were not yet, or said no."""
    standing = (HandDown.State.OFFERED, HandDown.State.ACCEPTED)
    asked = set(found.handed_down.filter(state__in=standing).values_list("unit", flat=True))
    return [u for u in hands_of(found.plan.unit, request)[1] if u.pk not in asked]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Desk, *, pk: int) -> HttpResponse:
    """A new task of a plan."""
    found = own_plan(request, pk)
    fields, wrong = {**dict.fromkeys(TASK_FIELDS, ""), "weight": "1"}, ""
    if request.method == "POST":
        fields = typed(request, TASK_FIELDS)
        try:
            actions.add_task(
                plan=found, written=_written(request, found, fields), by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã thêm nhiệm vụ."))
            return redirect("plans:add" if request.POST.get("then") == "more" else "plans:plan", found.pk)
    return _form_page(request, found, fields, wrong=wrong)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Desk, *, pk: int) -> HttpResponse:
    """Change what a task is."""
    found = planned_task(request, pk)
    fields, wrong = task_typed(found), ""
    if request.method == "POST":
        fields = typed(request, TASK_FIELDS)
        try:
            written = _written(request, found.plan, fields)
            actions.change_task(task=found, written=written, by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("plans:task", found.pk)
    return _form_page(request, found.plan, fields, wrong=wrong, task=found)


def _written(request: Desk, plan: Plan, fields: Mapping[str, str]) -> actions.TaskWritten:
    people, units = hands_of(plan.unit, request)
    return task_written(fields, units=units, people=people, indicators=all_indicators())


def _form_page(
    request: Desk, plan: Plan, fields: Mapping[str, str], *, wrong: str, task: Task | None = None
) -> HttpResponse:
    people, units = hands_of(plan.unit, request)
    context = {
        **frame(plan.unit),
        "plan": plan,
        "task": task,
        "typed": fields,
        "wrong": wrong,
        "areas": [(a["code"], plan.area_name(a["code"])) for a in plan.areas],
        "units": units,
        "people": people,
        "indicators": all_indicators(),
    }
    return render(request, "plans/task_edit.html", context, status=422 if wrong else 200)
