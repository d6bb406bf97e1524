"""Plans and their tasks as the pages show them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from parindex.apps.organisations.permissions import Rights
from parindex.apps.plans.models import HandDown, Plan, Task
from parindex.apps.plans.owners import with_left
from parindex.apps.plans.permissions import visible_plans


def plans_seen(rights: Rights, *, year: int | None = None) -> list[Plan]:
    """What a person sees, newest year first, with their tasks. Three queries."""
    found = Plan.objects.filter(visible_plans(rights)).select_related("unit__parent", "territory")
    if year is not None:
        found = found.filter(year=year)
    return list(found.order_by("-year", "unit__name_vi", "id").prefetch_related("tasks"))


def find_plan(pk: int) -> Plan | None:
    """By its key. One query."""
    return Plan.objects.select_related("unit__parent__parent", "territory", "document").filter(pk=pk).first()


def plans_told(*, territory: str, unit: str, year: int) -> list[tuple[Plan, list[Task]]]:
    """What a unit issued for a year, in the order of its days, each with its tasks, of which an issued plan
    has some; drafts are nobody else's. One query."""
    found = Task.objects.filter(
        plan__territory__code=territory,
        plan__territory__parent=None,
        plan__unit__code=unit,
        plan__year=year,
    ).exclude(plan__state=Plan.State.DRAFT)
    told: dict[int, tuple[Plan, list[Task]]] = {}
    for task in found.select_related("plan").order_by("plan__issued_on", "plan", "number"):
        told.setdefault(task.plan_id, (task.plan, []))[1].append(task)
    return list(told.values())


def _whole() -> QuerySet[Task]:
    return Task.objects.select_related(
        "plan__unit__parent", "plan__territory", "lead", "person", "indicator", "parent__plan__unit"
    )


def find_task(pk: int, day: date) -> Task | None:
    """By its key, with its plan and whether its person has left by a day. One query."""
    return with_left(_whole(), day).filter(pk=pk).first()


def tasks_in(plan: Plan, day: date) -> list[Task]:
    """In order, with who does them, whether they have left by a day, and the units they were handed down to.
    Two queries."""
    handed = Prefetch("handed_down", HandDown.objects.select_related("unit"))
    found = with_left(_whole(), day).filter(plan=plan)
    return list(found.prefetch_related(handed).order_by("number"))


def offered_to(units: Collection[int]) -> list[HandDown]:
    """What units are asked to take and have not answered, oldest first. One query."""
    found = HandDown.objects.filter(unit__in=units, state=HandDown.State.OFFERED)
    return list(found.select_related("task__plan__unit", "unit").order_by("at", "pk"))


def waiting_outputs(units: Collection[int]) -> QuerySet[Task]:
    """Tasks of plans of some units whose output was handed in and waits."""
    open_ = Q(done_on=None, cancelled_on=None, claimed_on__isnull=False)
    return _whole().filter(open_, plan__unit__in=units, plan__state=Plan.State.ISSUED)
