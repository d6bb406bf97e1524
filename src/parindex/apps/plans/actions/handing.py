"""Handing a task down to units below; taking it into one's own plan, or saying why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.rules import check_living
from parindex.apps.plans.actions.planning import chain_of, lock_plan
from parindex.apps.plans.actions.tasks import TaskWritten, add_task, lock_task
from parindex.apps.plans.models import HandDown, Plan, Task
from parindex.apps.plans.rolling import roll_up
from parindex.apps.plans.rules import (
    LONGEST_REASON,
    check_below,
    check_days,
    check_issued,
    check_offered,
    check_open,
    check_text,
)
from parindex.apps.plans.telling import tell_answered, tell_offered
from parindex.core.kernel.problems import Refused


State = HandDown.State


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing down: what is newly offered, and the units that had it already."""

    offered: Sequence[HandDown]
    already: Sequence[Unit]


@transaction.atomic
def hand_down(*, task: Task, units: Sequence[Unit], due: date | None = None, by: str, at: datetime) -> Handed:
    """Ask units below to take a task of an issued plan into their own. One that declined, or from which it
    was recalled, is asked again.

    Raises:
        Refused: ``plan_not_issued``, ``task_over``, ``hand_down_nobody``, ``hand_down_not_below``,
            ``unit_ended``, ``period_reversed``.
    """
    locked = lock_task(task)
    check_issued(locked.plan)
    check_open(locked)
    check_days(locked.start, due)
    if not units:
        raise Refused("hand_down_nobody")
    standing = {h.unit_id: h for h in locked.handed_down.all()}
    offered: list[HandDown] = []
    already: list[Unit] = []
    for unit in units:
        check_below(locked, unit)
        check_living(unit)
        before = standing.get(unit.pk)
        if before is not None and before.state in (State.OFFERED, State.ACCEPTED):
            already.append(unit)
            continue
        made = before or HandDown(task=locked, unit=unit)
        made.due, made.state, made.reason = due, State.OFFERED, ""
        made.by, made.at, made.answered_by, made.answered_at = by, at, "", None
        made.save()
        offered.append(made)
    if offered:
        said = {"units": [h.unit.code for h in offered], "due": due.isoformat() if due else ""}
        _record(locked, "task.handed_down", said, by=by, at=at)
        tell_offered(offered, by=by, at=at)
    return Handed(offered, already)


@transaction.atomic
def answer_hand_down(
    *, handed: HandDown, plan: Plan | None, reason: str = "", by: str, at: datetime
) -> Task | None:
    """Take the task into a plan of the unit, or, without a plan, say why not.

    Returns:
        The unit's own task.

    Raises:
        Refused: ``hand_down_answered``, ``plan_of_others``, ``task_reason_missing``, or as `add_task`.
    """
    above = lock_task(handed.task)
    locked = HandDown.objects.select_for_update(of=("self",)).select_related("unit").get(pk=handed.pk)
    locked.task = above
    check_offered(locked)
    made = None
    if plan is None:
        locked.state = State.DECLINED
        locked.reason = check_text(reason, LONGEST_REASON, missing="task_reason_missing")
    else:
        made = _taken(locked, plan, by=by, at=at)
        locked.state = State.ACCEPTED
    locked.answered_by, locked.answered_at = by, at
    locked.save()
    said = {"unit": locked.unit.code, "answer": locked.state, "plan": plan.pk if plan else 0}
    _record(above, "task.hand_down_answered", said, reason=locked.reason, by=by, at=at)
    tell_answered(locked, by=by, at=at)
    if made is not None:
        roll_up(above)
    return made


def _taken(handed: HandDown, plan: Plan, *, by: str, at: datetime) -> Task:
    locked, above = lock_plan(plan), handed.task
    if locked.unit_id != handed.unit_id:
        raise Refused("plan_of_others")
    known = {a["code"] for a in locked.areas}
    written = TaskWritten(
        content=above.content,
        area=above.area if above.area in known else "",
        output=above.output,
        start=above.start,
        due=handed.due or above.due,
        due_text="" if handed.due else above.due_text,
        criterion=above.criterion,
    )
    return add_task(plan=locked, written=written, parent=above, by=by, at=at)


@transaction.atomic
def recall_hand_down(*, handed: HandDown, by: str, at: datetime) -> HandDown:
    """Take back what nobody has answered yet. Raises Refused ``hand_down_answered``."""
    above = lock_task(handed.task)
    locked = HandDown.objects.select_for_update(of=("self",)).select_related("unit").get(pk=handed.pk)
    check_offered(locked)
    locked.state = State.RECALLED
    locked.save(update_fields=["state"])
    _record(above, "task.recalled", {"unit": locked.unit.code}, by=by, at=at)
    return locked


def _record(
    task: Task, kind: str, said: Mapping[str, object], *, reason: str = "", by: str, at: datetime
) -> None:
    record(
        chain=chain_of(task.plan),
        kind=kind,
        subject=f"{task.plan.unit.code}/{task.plan.year}/{task.number}",
        payload={"v": 1, "number": task.number, **said},
        texts={"reason": reason},
        by=by,
        at=at,
    )
