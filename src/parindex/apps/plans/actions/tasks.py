"""Tasks of a plan: written, given to somebody, changed, stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from parindex.apps.audit.record import record
from parindex.apps.indicators.models import Indicator
from parindex.apps.indicators.rules import read_value
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.plans.actions.planning import chain_of, lock_plan
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.rolling import roll_up
from parindex.apps.plans.rules import (
    LONGEST_CONTENT,
    LONGEST_OUTPUT,
    LONGEST_REASON,
    MOST_TASKS,
    WHOLE,
    check_area,
    check_days,
    check_draft,
    check_lead,
    check_living,
    check_open,
    check_text,
    check_weight,
)
from parindex.apps.plans.telling import tell_given
from parindex.core.kernel.numbers import exact_text
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


@dataclass(frozen=True, slots=True)
class TaskWritten:
    """A task as somebody typed it; see `parindex.apps.plans.models.Task`.

    `goal`, `weight`, `gain` as typed; a share's goal in percent.
    """

    content: str
    area: str = ""
    output: str = ""
    lead: Unit | None = None
    person: Person | None = None
    coordinating: str = ""
    start: date | None = None
    due: date | None = None
    due_text: str = ""
    weight: str = "1"
    criterion: str = ""
    indicator: Indicator | None = None
    goal: str = ""
    gain: str = ""


TEXTS = ("content", "output", "coordinating", "due_text")


def add_task(
    *,
    plan: Plan,
    written: TaskWritten,
    origin: str = "",
    parent: Task | None = None,
    by: str,
    at: datetime,
) -> Task:
    """Add one task at the end; one of an origin that the plan already has is returned as it is.

    Raises:
        Refused: as `add_tasks`.
    """
    return add_tasks(plan=plan, rows=[(written, origin)], parent=parent, by=by, at=at)[0]


@transaction.atomic
def add_tasks(
    *,
    plan: Plan,
    rows: Sequence[tuple[TaskWritten, str]],
    parent: Task | None = None,
    by: str,
    at: datetime,
) -> list[Task]:
    """Add tasks with their origins at the end of a plan: all or none, one entry. Who is given work in an
    issued plan is told.

    Raises:
        Refused: ``plan_closed``, ``plan_full``, ``task_content_missing``, ``task_area_unknown``,
            ``task_weight_unusable``, ``task_lead_elsewhere``, ``task_goal_missing``, ``period_reversed``,
            ``text_too_long``, or what the indicator says of the goal.
    """
    locked = lock_plan(plan)
    check_living(locked)
    origins = {origin for _, origin in rows if origin}
    standing = {t.origin: t for t in locked.tasks.filter(origin__in=origins)} if origins else {}
    last = locked.tasks.aggregate(last=Max("number"))["last"] or 0
    made: list[Task] = []
    found: list[Task] = []
    for written, origin in rows:
        if origin and origin in standing:
            found.append(standing[origin])
            continue
        task = Task(plan=locked, number=last + len(made) + 1, parent=parent, origin=origin, by=by, at=at)
        _write(task, written)
        made.append(task)
        found.append(task)
        standing[origin] = task
    if last + len(made) > MOST_TASKS:
        raise Refused("plan_full", limit=MOST_TASKS)
    for task in made:
        task.save()
    if made:
        _record_added(locked, made, by=by, at=at)
        tell_given(made, by=by, at=at)
    return found


@transaction.atomic
def change_task(*, task: Task, written: TaskWritten, by: str, at: datetime) -> Task:
    """Say anew what a task is. The same again changes nothing; its number, origin and progress stay.

    Raises:
        Refused: as `add_tasks`; ``task_over``.
    """
    locked = lock_task(task)
    check_living(locked.plan)
    check_open(locked)
    before = _said(locked)
    person = locked.person_id
    _write(locked, written)
    after = _said(locked)
    changed = {k: v for k, v in after.items() if before[k] != v}
    if not changed:
        return locked
    locked.save()
    cleared = [name for name in TEXTS if changed.get(name) == ""]
    _record(locked, "task.changed", {**changed, "cleared": cleared}, by=by, at=at)
    if locked.person_id != person:
        tell_given([locked], by=by, at=at)
    return locked


@transaction.atomic
def give_task(*, task: Task, person: Person | None, lead: Unit | None = None, by: str, at: datetime) -> Task:
    """Give a task to a person, and to the division whose it is; None takes it back.

    Raises:
        Refused: ``plan_closed``, ``task_over``, ``task_lead_elsewhere``.
    """
    locked = lock_task(task)
    check_living(locked.plan)
    check_open(locked)
    check_lead(locked.plan, lead)
    if (locked.person_id, locked.lead_id) == (person and person.pk, lead and lead.pk):
        return locked
    locked.person, locked.lead = person, lead
    locked.save(update_fields=["person", "lead"])
    said = {"person": person.ref if person else "", "lead": lead.code if lead else ""}
    _record(locked, "task.given", said, by=by, at=at)
    tell_given([locked], by=by, at=at)
    return locked


@transaction.atomic
def cancel_task(*, task: Task, reason: str, by: str, at: datetime) -> Task:
    """Stop a task for a reason; it counts no more.

    Raises:
        Refused: ``plan_closed``, ``task_over``, ``task_reason_missing``, ``text_too_long``.
    """
    locked = lock_task(task)
    check_living(locked.plan)
    check_open(locked)
    said = check_text(reason, LONGEST_REASON, missing="task_reason_missing")
    locked.cancelled_on, locked.cancelled_because, locked.claimed_on = legal_date(at), said, None
    locked.save()
    _record(locked, "task.cancelled", {"reason": said}, by=by, at=at)
    roll_up(locked.parent)
    return locked


@transaction.atomic
def remove_task(*, task: Task, by: str, at: datetime) -> None:
    """Take a task out of a draft, where nothing was reported or handed down yet.

    Raises:
        Refused: ``plan_not_draft``, ``task_has_history``.
    """
    locked = lock_task(task)
    check_draft(locked.plan)
    if locked.reports.exists() or locked.handed_down.exists() or locked.parent_id is not None:
        raise Refused("task_has_history")
    _record(locked, "task.removed", _said(locked), by=by, at=at)
    locked.delete()


def lock_task(task: Task) -> Task:
    """The task as it stands with its plan, both held until the transaction ends."""
    lock_plan(task.plan)
    found = Task.objects.select_for_update(of=("self",)).select_related(
        "plan__unit", "lead", "person", "indicator", "parent__plan__unit"
    )
    return found.get(pk=task.pk)


def _write(task: Task, written: TaskWritten) -> None:
    """Put what was typed into a task, checked; it is not saved."""
    task.content = check_text(written.content, LONGEST_CONTENT, missing="task_content_missing")
    task.output = check_text(written.output, LONGEST_OUTPUT)
    task.coordinating = check_text(written.coordinating, LONGEST_OUTPUT)
    task.due_text = check_text(written.due_text, 200)
    task.criterion = check_text(written.criterion, 60)
    check_area(task.plan, written.area)
    check_lead(task.plan, written.lead)
    check_days(written.start, written.due)
    task.area, task.lead, task.person = written.area, written.lead, written.person
    task.start, task.due = written.start, written.due
    task.weight = check_weight(written.weight or "1")
    task.gain = check_weight(written.gain) if written.gain else ""
    task.indicator = written.indicator
    task.goal = _goal(written)


def _goal(written: TaskWritten) -> str:
    if written.indicator is None:
        return ""
    if not written.goal.strip():
        raise Refused("task_goal_missing")
    found = read_value(written.indicator, written.goal.strip().removesuffix("%").strip())
    if written.indicator.kind != Indicator.Kind.SHARE:
        return exact_text(found)
    if found > WHOLE:
        raise Refused("target_percent", text=written.goal[:40])
    return exact_text(found / WHOLE)


def _said(task: Task) -> dict[str, object]:
    return {
        "content": task.content,
        "output": task.output,
        "coordinating": task.coordinating,
        "due_text": task.due_text,
        "area": task.area,
        "lead": task.lead.code if task.lead else "",
        "person": task.person.ref if task.person else "",
        "start": task.start.isoformat() if task.start else "",
        "due": task.due.isoformat() if task.due else "",
        "weight": task.weight,
        "criterion": task.criterion,
        "indicator": task.indicator.code if task.indicator else "",
        "goal": task.goal,
        "gain": task.gain,
    }


def _record_added(plan: Plan, made: Sequence[Task], *, by: str, at: datetime) -> None:
    rows = [
        {"number": t.number, "origin": t.origin, **{k: v for k, v in _said(t).items() if k not in TEXTS}}
        for t in made
    ]
    parent = made[0].parent
    payload = {"v": 1, "tasks": rows, **({"from": f"{parent.plan_id}/{parent.number}"} if parent else {})}
    texts = {f"{t.number}.{name}": str(_said(t)[name]) for t in made for name in TEXTS}
    subject = f"{plan.unit.code}/{plan.year}"
    record(
        chain=chain_of(plan), kind="task.added", subject=subject, payload=payload, texts=texts, by=by, at=at
    )


def _record(task: Task, kind: str, said: Mapping[str, object], *, by: str, at: datetime) -> None:
    texts = {name: str(said[name]) for name in (*TEXTS, "reason") if name in said}
    payload = {"v": 1, "number": task.number, **{k: v for k, v in said.items() if k not in texts}}
    subject = f"{task.plan.unit.code}/{task.plan.year}/{task.number}"
    record(chain=chain_of(task.plan), kind=kind, subject=subject, payload=payload, texts=texts, by=by, at=at)
