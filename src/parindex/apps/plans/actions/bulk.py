"""One act on several tasks of a plan: all or none, one entry of the ledger with its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.queries.people import people_within
from parindex.apps.plans.actions.planning import chain_of, lock_plan
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.rolling import roll_up
from parindex.apps.plans.rules import LONGEST_REASON, check_days, check_living, check_text
from parindex.apps.plans.telling import tell_given
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


MOST_DAYS = 366


@transaction.atomic
def give_tasks(
    *, plan: Plan, tasks: Collection[int], person: Person | None, by: str, at: datetime
) -> list[Task]:
    """Give several tasks to a person who holds a role in the plan's unit or below it; None takes them back.

    Raises:
        Refused: ``plan_closed``, ``tasks_none_marked``, ``tasks_elsewhere``, ``tasks_over``,
            ``person_elsewhere``.
    """
    locked = lock_plan(plan)
    found = _marked(locked, tasks)
    if person is not None and person not in people_within(locked.unit, at):
        raise Refused("person_elsewhere", person=person.full_name)
    changed = [task for task in found if task.person_id != (person and person.pk)]
    for task in changed:
        task.person = person
    Task.objects.bulk_update(changed, ["person"])
    said = {"person": person.ref if person else ""}
    _record(locked, "tasks.given", changed, said=said, by=by, at=at)
    tell_given(changed, by=by, at=at)
    return changed


@transaction.atomic
def shift_tasks(
    *, plan: Plan, tasks: Collection[int], days: int, reason: str, by: str, at: datetime
) -> list[Task]:
    """Move the deadlines of several tasks by so many days, for a reason.

    Raises:
        Refused: as `give_tasks`; ``shift_unusable``, ``task_without_deadline``, ``task_reason_missing``,
            ``text_too_long``, ``period_reversed``.
    """
    locked = lock_plan(plan)
    found = _marked(locked, tasks)
    if not 0 < abs(days) <= MOST_DAYS:
        raise Refused("shift_unusable")
    said = check_text(reason, LONGEST_REASON, missing="task_reason_missing")
    undated = [task for task in found if task.due is None]
    if undated:
        raise Refused("task_without_deadline", numbers=_numbers(undated))
    for task in found:
        if task.due is not None:
            task.due += timedelta(days=days)
            task.due_text = ""
            check_days(task.start, task.due)
    Task.objects.bulk_update(found, ["due", "due_text"])
    _record(locked, "tasks.shifted", found, said={"days": days}, reason=said, by=by, at=at)
    return found


@transaction.atomic
def cancel_tasks(*, plan: Plan, tasks: Collection[int], reason: str, by: str, at: datetime) -> list[Task]:
    """Stop several tasks for one reason; they count no more.

    Raises:
        Refused: as `give_tasks`; ``task_reason_missing``, ``text_too_long``.
    """
    locked = lock_plan(plan)
    found = _marked(locked, tasks)
    said = check_text(reason, LONGEST_REASON, missing="task_reason_missing")
    for task in found:
        task.cancelled_on, task.cancelled_because, task.claimed_on = legal_date(at), said, None
    Task.objects.bulk_update(found, ["cancelled_on", "cancelled_because", "claimed_on"])
    _record(locked, "tasks.cancelled", found, said={}, reason=said, by=by, at=at)
    for task in found:
        roll_up(task.parent)
    return found


def _marked(plan: Plan, keys: Collection[int]) -> list[Task]:
    """The marked tasks as they stand, in the plan's order, each still open."""
    check_living(plan)
    if not keys:
        raise Refused("tasks_none_marked")
    tasks = Task.objects.select_for_update(of=("self",)).filter(plan=plan, pk__in=keys)
    found = list(tasks.select_related("plan__unit", "person", "parent").order_by("number"))
    if len(found) < len(set(keys)):
        raise Refused("tasks_elsewhere")
    over = [task for task in found if task.done_on is not None or task.cancelled_on is not None]
    if over:
        raise Refused("tasks_over", numbers=_numbers(over))
    return found


def _numbers(tasks: Sequence[Task]) -> tuple[str, ...]:
    return tuple(str(task.number) for task in tasks)


def _record(
    plan: Plan,
    kind: str,
    tasks: Sequence[Task],
    *,
    said: Mapping[str, object],
    reason: str = "",
    by: str,
    at: datetime,
) -> None:
    """One entry for all; none where nothing changed."""
    if not tasks:
        return
    rows = [{"number": t.number, "due": t.due.isoformat() if t.due else ""} for t in tasks]
    record(
        chain=chain_of(plan),
        kind=kind,
        subject=f"{plan.unit.code}/{plan.year}",
        payload={"v": 1, **said, "tasks": rows},
        texts={"reason": reason} if reason else {},
        by=by,
        at=at,
    )
