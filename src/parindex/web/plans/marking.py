"""All tasks of a plan in one list, cut down by area, who and status; several marked for one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from parindex.apps.plans.rules import OPEN, Status, check_living
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.plans.frame import Line, frame, hands_of, lines_of, visible_plan


FILTERS = ("loc", "linh-vuc", "ai", "tim")
NOBODY = "chua-giao"


@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: Desk, *, pk: int) -> HttpResponse:
    """The list, and what was done with the marked ones. Eight queries at most."""
    plan, wrong = visible_plan(request, pk), ""
    if request.method == "POST":
        check_edit(request.rights, plan)
        wrong = _act(request, plan)
        if not wrong:
            return redirect(request.get_full_path())
    day = legal_date(request.at)
    every = lines_of(plan, day)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    shown = [line for line in every if _fits(line, asked)]
    edits = can_edit(request.rights, plan) and not gate(lambda: check_living(plan)).why_not
    marked = set(_keys(request.POST))
    context = {
        **frame(plan.unit),
        "plan": plan,
        "rows": [
            {"line": line, "open": line.status in OPEN, "marked": line.task.pk in marked} for line in shown
        ],
        "wrong": wrong,
        "told": {name: request.POST.get(name, "") for name in ("person", "reason", "days")},
        "every": len(every),
        "asked": asked,
        "area": asked["linh-vuc"],
        "statuses": [(s.value, sum(line.status is s for line in every)) for s in Status],
        "areas": [
            (a["code"], plan.area_name(a["code"]))
            for a in plan.areas
            if any(line.task.area == a["code"] for line in every)
        ],
        "holders": _holders(every),
        "nobody": NOBODY,
        "edits": edits,
        "people": hands_of(plan.unit, request)[0] if edits else [],
        "view": "marking",
    }
    return render(request, "plans/marking.html", context, status=422 if wrong else 200)


def _fits(line: Line, asked: dict[str, str]) -> bool:
    task = line.task
    if asked["loc"] and line.status.value != asked["loc"]:
        return False
    if asked["linh-vuc"] and task.area != asked["linh-vuc"]:
        return False
    nobody = task.person_id is None or line.left
    if asked["ai"] and asked["ai"] != str(task.person_id) and not (asked["ai"] == NOBODY and nobody):
        return False
    said = f"{task.number} {task.content} {task.output} {task.coordinating}"
    return folded(asked["tim"]) in folded(said)


def _holders(every: Sequence[Line]) -> list[Person]:
    """Who has tasks of the plan, by name."""
    found = {line.task.person.pk: line.task.person for line in every if line.task.person is not None}
    return sorted(found.values(), key=lambda p: p.full_name)


def _act(request: Desk, plan: Plan) -> str:
    """One act on the marked tasks; what was done becomes a message. Returns why it was not done, else ""."""
    try:
        act, arguments, words = _chosen(request, plan)
        keys = _keys(request.POST)
        made = act(plan=plan, tasks=keys, **arguments, by=request.user.ref, at=request.at)
    except Refused as refusal:
        return refusal_sentence(refusal.code, refusal.data, language())
    messages.success(request, words % {"n": len(made)})
    return ""


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
