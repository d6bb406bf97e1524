"""A plan as a board by status and as a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.plans.models import Plan
from parindex.apps.plans.rules import FINISHED, Status
from parindex.core.kernel.time import legal_date
from parindex.core.wording.notation import day as day_text
from parindex.web.parts.charts import Stretch, stretches
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.plans.frame import BADGES, Line, frame, lines_of, visible_plan


COLUMNS = (
    Status.OVERDUE,
    Status.IN_PROGRESS,
    Status.NOT_STARTED,
    Status.DONE,
    Status.DONE_LATE,
    Status.CANCELLED,
)
BAR = {Status.OVERDUE: "bar-low", Status.DONE: "bar-lost", Status.DONE_LATE: "bar-lost"}
"""How a task's stretch looks; what is done steps back."""


def board(request: Desk, *, pk: int) -> HttpResponse:
    """The tasks of a plan in columns by status. Five queries at most."""
    plan = visible_plan(request, pk)
    day = legal_date(request.at)
    found = lines_of(plan, day)
    columns = [
        {
            "status": status,
            "badge": BADGES[status],
            "lines": [line for line in found if line.status is status],
        }
        for status in COLUMNS
    ]
    context = {
        **frame(plan.unit),
        "plan": plan,
        "columns": [c for c in columns if c["lines"]],
        "view": "board",
    }
    return render(request, "plans/board.html", context)


def timeline(request: Desk, *, pk: int) -> HttpResponse:
    """The tasks of a plan over its period, by area; the same as tables. Five queries at most."""
    plan = visible_plan(request, pk)
    day = legal_date(request.at)
    found = [line for line in lines_of(plan, day) if line.status is not Status.CANCELLED]
    dated = [line for line in found if line.task.due is not None]
    context = {
        **frame(plan.unit),
        "plan": plan,
        "areas": _areas(plan, dated, day),
        "undated": [line for line in found if line.task.due is None],
        "view": "timeline",
    }
    return render(request, "plans/timeline.html", context)


def _areas(plan: Plan, dated: Sequence[Line], day: date) -> list[dict[str, Any]]:
    """Each area's tasks, soonest first, and their picture; tasks without an area last."""
    codes = [a["code"] for a in plan.areas]
    days = [d for line in dated for d in (line.task.start, line.task.due) if d is not None]
    first, last = min([plan.start, *days]), max([plan.end, *days])
    found = []
    for code in [*codes, ""]:
        mine = [line for line in dated if (line.task.area if line.task.area in codes else "") == code]
        if not mine:
            continue
        mine.sort(key=lambda line: (line.task.due or date.max, line.task.number))
        name = plan.area_name(code) if code else None
        title = gettext("Nhiệm vụ theo thời gian, mỗi nhiệm vụ một dòng")
        picture = stretches([_stretch(line) for line in mine], (first, last), title, today=day)
        found.append({"name": name, "lines": mine, "picture": picture})
    return found


def _stretch(line: Line) -> Stretch:
    """A task from its start to its deadline; without a start, its deadline alone."""
    task = line.task
    due = task.due or date.max
    mark = "✓ " if line.status in FINISHED else "! " if line.status is Status.OVERDUE else ""
    return Stretch(
        label=f"{mark}{task.number}. {task.content}",
        first=task.start or due,
        last=due,
        css=BAR.get(line.status, "bar-got"),
        said=day_text(due, language()),
    )
