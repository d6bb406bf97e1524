"""Reminders of deadlines: before, on the day, after it, and then to the head; each once, by the tick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from parindex.apps.notices.actions import Message, tell_all
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import Role
from parindex.apps.plans.models import HandDown, Plan, Task, TaskReminder
from parindex.apps.plans.owners import with_left
from parindex.apps.plans.telling import planners, task_data
from parindex.core.kernel.time import LEGAL_ZONE, legal_date


BEFORE = timedelta(days=7)
AFTER = timedelta(days=3)
NOT_BEFORE = 7  # o'clock: nobody is woken
MOST = 500  # tasks of one run; the next takes the rest
Stage = TaskReminder.Stage
KINDS = {
    Stage.SOON: "task_soon",
    Stage.DUE: "task_due",
    Stage.OVERDUE: "task_overdue",
    Stage.ESCALATED: "task_escalated",
}


def stage_of(due: date, day: date) -> TaskReminder.Stage | None:
    """How near a deadline is on a day; None: there is nothing to say yet."""
    if day > due + AFTER:
        return Stage.ESCALATED
    if day > due:
        return Stage.OVERDUE
    if day == due:
        return Stage.DUE
    return Stage.SOON if day >= due - BEFORE else None


def remind_due(at: datetime) -> int:
    """Tell whoever does a task of its deadline, and the head of one that stays overdue. Returns how many
    reminders there were.

    What was handed in and waits to be accepted, what is measured or done by the units below, and what is
    done or cancelled is not reminded of. After a pause only the stage that holds now is told of. A deadline
    that was moved is told of anew.
    """
    if at.astimezone(LEGAL_ZONE).hour < NOT_BEFORE:
        return 0
    day = legal_date(at)
    told = 0
    for task in _candidates(day):
        told += _remind(task, day, at)
    for handed in _left_behind(day):
        told += _tell_ended(handed, at)
    return told


def _left_behind(day: date) -> Sequence[HandDown]:
    """What units were handed that have ended and did not do it, of which nobody was told. One query."""
    told = TaskReminder.objects.filter(
        task=OuterRef("task"), due=OuterRef("unit__valid_to"), stage=Stage.ENDED
    )
    own = Task.objects.filter(
        parent=OuterRef("task"), plan__unit=OuterRef("unit"), done_on=None, cancelled_on=None
    )
    found = HandDown.objects.filter(
        Q(state=HandDown.State.OFFERED) | Q(Exists(own), state=HandDown.State.ACCEPTED),
        ~Exists(told),
        unit__valid_to__lt=day,
        task__plan__state=Plan.State.ISSUED,
        task__done_on=None,
        task__cancelled_on=None,
    )
    return list(found.select_related("unit", "task__plan__unit").order_by("pk")[:MOST])


@transaction.atomic
def _tell_ended(handed: HandDown, at: datetime) -> int:
    """Whoever makes the plan above, once for each task and day on which units ended."""
    last = handed.unit.valid_to
    if last is None:
        return 0
    _, is_new = TaskReminder.objects.get_or_create(
        task=handed.task, stage=Stage.ENDED, due=last, defaults={"at": at}
    )
    if not is_new:
        return 0
    above = handed.task.plan.unit_id
    data = {**task_data(handed.task), "ended": handed.unit.name_vi, "ended_en": handed.unit.name_en}
    return len(tell_all([Message(planners([above], at).get(above, []), "task_unit_ended", data)], at=at))


def _candidates(day: date) -> Sequence[Task]:
    """Open tasks near or past their deadline whose last stage was not told of. One query."""
    stages = {
        Stage.ESCALATED: Q(due__lt=day - AFTER),
        Stage.OVERDUE: Q(due__lt=day, due__gte=day - AFTER),
        Stage.DUE: Q(due=day),
        Stage.SOON: Q(due__gt=day, due__lte=day + BEFORE),
    }
    wanted: Q | Any = Q()
    for stage, span in stages.items():
        told = TaskReminder.objects.filter(task=OuterRef("pk"), due=OuterRef("due"), stage=stage)
        wanted |= span & ~Exists(told)
    found = Task.objects.filter(
        wanted,
        plan__state=Plan.State.ISSUED,
        done_on=None,
        cancelled_on=None,
        claimed_on=None,
        indicator=None,
        children=None,
    )
    found = with_left(found.select_related("plan__unit", "person"), day)
    return list(found.order_by("due", "pk")[:MOST])


@transaction.atomic
def _remind(task: Task, day: date, at: datetime) -> int:
    """The reminders of one task, in one transaction with the note that they were sent."""
    if task.due is None or (stage := stage_of(task.due, day)) is None:
        return 0
    stages = [Stage.OVERDUE, Stage.ESCALATED] if stage is Stage.ESCALATED else [stage]
    told = 0
    for one in stages:
        _, is_new = TaskReminder.objects.get_or_create(
            task=task, stage=one, due=task.due, defaults={"at": at}
        )
        if is_new:
            to = _heads(task, at) if one is Stage.ESCALATED else _doers(task, at)
            data = {**task_data(task), "day": task.due.isoformat()}
            told += len(tell_all([Message(to, KINDS[one], data)], at=at))
    return told


def _doers(task: Task, at: datetime) -> list[str]:
    """The person it was given to; where there is none, or they have left, whoever makes the plans of the unit
    whose it is, or of the plan's."""
    if task.person is not None and not getattr(task, "left", False):
        return [task.person.ref]
    units = [task.lead_id or task.plan.unit_id, task.plan.unit_id]
    found = planners(units, at)
    return sorted(set(next((found[u] for u in units if found.get(u)), [])))


def _heads(task: Task, at: datetime) -> list[str]:
    """The heads of the unit whose it is and of the plan's."""
    units = {task.lead_id or task.plan.unit_id, task.plan.unit_id}
    return sorted({ref for refs in holding_in(units, [Role.HEAD], at).values() for ref in refs})
