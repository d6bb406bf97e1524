"""All tasks of a plan in one list, cut down by area, who and status; several marked for one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Person
from parindex.apps.plans.actions.bulk import cancel_tasks, give_tasks, shift_tasks
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.permissions import can_edit, check_edit
from parindex.apps.plans.queries import tasks_in
from parindex.apps.plans.rules import OPEN, Status, check_living
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate
from parindex.web.plans.frame import Line, frame, hands_of, lines, visible_plan


FILTERS = ("loc", "linh-vuc", "ai", "tim")
NOBODY = "chua-giao"


@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: Desk, *, pk: int) -> HttpResponse:
    """The list, and what was done with the marked ones. Eight queries at most."""
    plan = visible_plan(request, pk)
    if request.method == "POST":
        check_edit(request.rights, plan)
        _act(request, plan)
        return redirect(request.get_full_path())
    every = lines(tasks_in(plan), legal_date(request.at))
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    shown = [line for line in every if _fits(line, asked)]
    edits = can_edit(request.rights, plan) and not gate(lambda: check_living(plan)).why_not
    context = {
        **frame(plan.unit),
        "plan": plan,
        "rows": [{"line": line, "open": line.status in OPEN} for line in shown],
        "every": len(every),
        "asked": asked,
        "area": asked["linh-vuc"],
        "statuses": [(s.value, sum(line.status is s for line in every)) for s in Status],
        "areas": [a for a in plan.areas if any(line.task.area == a["code"] for line in every)],
        "holders": _holders(every),
        "nobody": NOBODY,
        "edits": edits,
        "people": hands_of(plan.unit, request)[0] if edits else [],
        "view": "marking",
    }
    return render(request, "plans/marking.html", context)


def _fits(line: Line, asked: dict[str, str]) -> bool:
    task = line.task
    if asked["loc"] and line.status.value != asked["loc"]:
        return False
    if asked["linh-vuc"] and task.area != asked["linh-vuc"]:
        return False
    if asked["ai"] and asked["ai"] != (str(task.person_id) if task.person_id else NOBODY):
        return False
    said = f"{task.number} {task.content} {task.output} {task.coordinating}"
    return folded(asked["tim"]) in folded(said)


def _holders(every: Sequence[Line]) -> list[Person]:
    """Who has tasks of the plan, by name."""
    found = {line.task.person.pk: line.task.person for line in every if line.task.person is not None}
    return sorted(found.values(), key=lambda p: p.full_name)


def _act(request: Desk, plan: Plan) -> None:
    """One act on the marked tasks; what was done becomes a message."""
    try:
        act, arguments, words = _chosen(request, plan)
    except Refused as refusal:
        attempt(request, _refuse, refusal=refusal)
        return
    keys = _keys(request.POST)
    made = attempt(request, act, plan=plan, tasks=keys, **arguments)
    if made is not None:
        messages.success(request, words % {"n": len(made)})


def _refuse(*, refusal: Refused, by: str, at: datetime) -> None:
    del by, at
    raise refusal


def _chosen(request: Desk, plan: Plan) -> tuple[Callable[..., list[Task]], dict[str, Any], str]:
    """The act that was asked for, what it needs, what is said. Raises Refused."""
    sent = request.POST
    reason = sent.get("reason", "")
    if sent.get("act") == "give":
        asked = sent.get("person", "")
        person = next((p for p in hands_of(plan.unit, request)[0] if str(p.pk) == asked), None)
        if asked and person is None:
            raise Refused("plan_choice_unknown", field=gettext("Người thực hiện"))
        return give_tasks, {"person": person}, gettext("Đã giao %(n)s nhiệm vụ.")
    if sent.get("act") == "shift":
        return (
            shift_tasks,
            {"days": _days(sent.get("days", "")), "reason": reason},
            gettext("Đã dời hạn %(n)s nhiệm vụ."),
        )
    return cancel_tasks, {"reason": reason}, gettext("Đã dừng %(n)s nhiệm vụ.")


def _days(text: str) -> int:
    plain = text.strip().replace("−", "-")
    digits = plain.removeprefix("-").removeprefix("+")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 4:
        raise Refused("shift_unusable")
    return int(digits) * (-1 if plain.startswith("-") else 1)


def _keys(sent: QueryDict) -> list[int]:
    return [int(k) for k in sent.getlist("task") if k.isascii() and k.isdigit() and len(k) < 10]
