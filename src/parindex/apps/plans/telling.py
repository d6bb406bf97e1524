"""Who is told what about tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from parindex.apps.notices.actions import Message, tell_all
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.apps.plans.models import HandDown, Plan, Task


PLANNING = frozenset(role for role in Role if Act.PLAN_EDIT in ROLES[role].acts)
SHOWN = 120


def tell_given(tasks: Sequence[Task], *, by: str, at: datetime) -> None:
    """Whoever a task of an issued plan was given to."""
    told = [t for t in tasks if t.person is not None and t.plan.state == Plan.State.ISSUED]
    messages = [
        Message([t.person.ref], "task_given", task_data(t)) for t in told if t.person and t.person.ref != by
    ]
    tell_all(messages, at=at)


def tell_plan_issued(plan: Plan, *, by: str, at: datetime) -> None:
    """Whoever has work in a plan that was issued."""
    tell_given(list(plan.tasks.select_related("plan__unit", "person")), by=by, at=at)


def tell_offered(handed: Sequence[HandDown], *, by: str, at: datetime) -> None:
    """Whoever makes plans of the units that are asked."""
    to = planners([h.unit_id for h in handed], at)
    messages = [
        Message(sorted(set(to.get(h.unit_id, ())) - {by}), "task_handed_down", task_data(h.task))
        for h in handed
    ]
    tell_all(messages, at=at)


def tell_answered(handed: HandDown, *, by: str, at: datetime) -> None:
    """Whoever makes the plan above: the unit took it, or why not."""
    kind = "task_taken" if handed.state == HandDown.State.ACCEPTED else "task_declined"
    to = planners([handed.task.plan.unit_id], at).get(handed.task.plan.unit_id, ())
    data = {**task_data(handed.task), **_named(handed.unit), "reason": handed.reason}
    tell_all([Message(sorted(set(to) - {by}), kind, data)], at=at)


def tell_claimed(task: Task, *, by: str, at: datetime) -> None:
    """Whoever may accept an output that was handed in."""
    to = planners([task.plan.unit_id], at).get(task.plan.unit_id, ())
    tell_all([Message(sorted(set(to) - {by}), "task_claimed", task_data(task))], at=at)


def tell_output(task: Task, kind: str, *, to: str, by: str, at: datetime, reason: str = "") -> None:
    """Whoever handed in an output: it was accepted or returned."""
    if to != by and to.startswith("person:"):
        tell_all([Message([to], kind, {**task_data(task), "reason": reason})], at=at)


def planners(units: Collection[int], at: datetime) -> dict[int, list[str]]:
    """Who makes the plans of some units. Two queries."""
    found: dict[int, list[str]] = {}
    for (unit, _), refs in holding_in(units, PLANNING, at).items():
        found.setdefault(unit, []).extend(refs)
    return found


def task_data(task: Task) -> dict[str, str]:
    text = task.content if len(task.content) <= SHOWN else f"{task.content[:SHOWN].rstrip()}…"
    return {"task": str(task.pk), "content": text, **_named(task.plan.unit)}


def _named(unit: Unit) -> dict[str, str]:
    return {"unit": unit.name_vi, "unit_en": unit.name_en}
