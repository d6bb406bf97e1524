"""What somebody typed into the forms of plans and tasks; what cannot be read is refused by its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from django.utils.translation import gettext

from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.areas import default_areas
from parindex.apps.plans.models import Plan, Task
from parindex.core.formats.slugs import slug
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.kernel.rules.values import read_date
from parindex.core.wording.notation import number
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


HUNDRED = 100
Kind = TypeVar("Kind")
LONGEST_AREA, MOST_AREAS = 200, 20
PLAN_FIELDS = ("title", "year", "theme", "grounds", "start", "end", "issue_by", "areas")
TASK_FIELDS = (
    *("content", "area", "output", "lead", "person", "coordinating", "start", "due", "due_text"),
    *("weight", "criterion", "indicator", "goal", "gain"),
)
Typed = Mapping[str, str]


def typed(request: Desk, fields: Sequence[str]) -> dict[str, str]:
    """The fields of a form as they were sent, without blanks at the ends."""
    return {name: request.POST.get(name, "").strip() for name in fields}


def typed_day(request: Desk, name: str) -> date | None:
    """A day from one field; None: empty. Raises Refused ``date_field``."""
    return _day(typed(request, [name]), name)


def plan_typed(plan: Plan) -> dict[str, str]:
    """A plan as its form shows it."""
    return {
        "title": plan.title,
        "year": str(plan.year),
        "theme": plan.theme,
        "grounds": plan.grounds,
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "issue_by": plan.issue_by.isoformat() if plan.issue_by else "",
        "areas": "\n".join(a["vi"] for a in plan.areas),
    }


def plan_written(fields: Typed, known: Sequence[Mapping[str, str]] = ()) -> PlanWritten:
    """The plan that a form says. `known`: the areas it has; one whose name stays keeps its code.

    Raises:
        Refused: ``date_field``, ``plan_year_unusable``, ``plan_areas_many``, ``text_too_long``.
    """
    year = fields["year"]
    if not year.isascii() or not year.isdigit() or len(year) > 4:
        raise Refused("plan_year_unusable", year=year[:10])
    return PlanWritten(
        title=fields["title"],
        year=int(year),
        theme=fields["theme"],
        grounds=fields["grounds"],
        start=_day(fields, "start"),
        end=_day(fields, "end"),
        issue_by=_day(fields, "issue_by"),
        areas=_areas(fields["areas"], known),
    )


def _areas(text: str, known: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    by_name = {a["vi"]: dict(a) for a in (*default_areas(), *known)}
    names = list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if len(names) > MOST_AREAS:
        raise Refused("plan_areas_many", limit=MOST_AREAS)
    found: dict[str, dict[str, str]] = {}
    for name in names:
        if len(name) > LONGEST_AREA:
            raise Refused("text_too_long", limit=LONGEST_AREA)
        area = by_name.get(name) or {"code": slug(name)[:60] or f"linh-vuc-{len(found) + 1}", "vi": name}
        found.setdefault(area["code"], area)
    return list(found.values()) or default_areas()


def task_typed(task: Task) -> dict[str, str]:
    """A task as its form shows it."""
    return {
        "content": task.content,
        "area": task.area,
        "output": task.output,
        "lead": str(task.lead_id or ""),
        "person": str(task.person_id or ""),
        "coordinating": task.coordinating,
        "start": task.start.isoformat() if task.start else "",
        "due": task.due.isoformat() if task.due else "",
        "due_text": task.due_text,
        "weight": _number(task.weight),
        "criterion": task.criterion,
        "indicator": task.indicator.code if task.indicator else "",
        "goal": goal_text(task),
        "gain": _number(task.gain),
    }


def goal_text(task: Task) -> str:
    """The goal of a measured task as people write it: of a share in percent."""
    if not task.goal or task.indicator is None:
        return ""
    share = task.indicator.kind == Indicator.Kind.SHARE
    return _number(str(exact(task.goal) * HUNDRED) if share else task.goal)


def _number(text: str) -> str:
    return number(Fraction(exact(text)), language()) if text else ""


def task_written(
    fields: Typed, *, units: Sequence[Unit], people: Sequence[Person], indicators: Sequence[Indicator]
) -> TaskWritten:
    """The task that a form says, among those it may name.

    Raises:
        Refused: ``date_field``, ``plan_choice_unknown``.
    """
    return TaskWritten(
        content=fields["content"],
        area=fields["area"],
        output=fields["output"],
        lead=chosen(fields, "lead", {str(u.pk): u for u in units}),
        person=chosen(fields, "person", {str(p.pk): p for p in people}),
        coordinating=fields["coordinating"],
        start=_day(fields, "start"),
        due=_day(fields, "due"),
        due_text=fields["due_text"],
        weight=fields["weight"],
        criterion=fields["criterion"],
        indicator=chosen(fields, "indicator", {i.code: i for i in indicators}),
        goal=fields["goal"],
        gain=fields["gain"],
    )


def chosen(fields: Typed, name: str, known: Mapping[str, Kind]) -> Kind | None:
    """What a list of choices was left at; None: nothing. Raises Refused ``plan_choice_unknown``."""
    if not fields[name]:
        return None
    if fields[name] not in known:
        raise Refused("plan_choice_unknown", field=labels()[name])
    return known[fields[name]]


def _day(fields: Typed, name: str) -> date | None:
    if not fields[name]:
        return None
    try:
        return read_date(fields[name])
    except AnswerRefused:
        raise Refused("date_field", field=labels().get(name, name), text=fields[name][:40]) from None


def labels() -> dict[str, str]:
    """Fields by what the page calls them."""
    return {
        "start": gettext("Ngày bắt đầu"),
        "end": gettext("Ngày kết thúc"),
        "issue_by": gettext("Phải ban hành trước ngày"),
        "issued_on": gettext("Ngày ban hành"),
        "due": gettext("Thời hạn"),
        "lead": gettext("Đơn vị, phòng thực hiện"),
        "person": gettext("Người thực hiện"),
        "indicator": gettext("Chỉ tiêu đo"),
    }
