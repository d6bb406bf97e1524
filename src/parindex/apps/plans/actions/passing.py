"""What an ended unit leaves undone: taken from it, and offered to the units that came of it.

The rule: a unit that has ended does nothing any more. What it was handed and has not done is told to whoever
makes the plan above, once; in one act they take it from it and offer it to its successors, with the same
deadline. Where there is none, or none below the plan's unit, it counts no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import heirs_of
from parindex.apps.plans.actions.handing import hand_down
from parindex.apps.plans.actions.planning import chain_of
from parindex.apps.plans.actions.tasks import lock_task
from parindex.apps.plans.models import HandDown, Task
from parindex.apps.plans.rolling import roll_up
from parindex.apps.plans.rules import check_ended, check_issued, check_open, check_with_it
from parindex.core.kernel.time import legal_date


ENDED = "Đơn vị đã kết thúc hoạt động; cấp trên thu lại nhiệm vụ."


@transaction.atomic
def pass_on(*, handed: HandDown, by: str, at: datetime) -> Sequence[HandDown]:
    """Take a task from a unit that has ended, and offer it to its successors.

    Returns:
        What was offered; empty where nobody came after it, or all that did have the task already.

    Raises:
        Refused: ``plan_not_issued``, ``task_over``, ``hand_down_unit_lives``, ``hand_down_not_with_it``.
    """
    above, day = lock_task(handed.task), legal_date(at)
    check_issued(above.plan)
    check_open(above)
    locked = HandDown.objects.select_for_update(of=("self",)).select_related("unit__parent").get(pk=handed.pk)
    own = own_of(locked)
    check_ended(locked.unit, day)
    check_with_it(locked, own)
    due = locked.due
    if own is not None:
        due = own.due
        _stop(own, day, by=by, at=at)
    locked.state = HandDown.State.RECALLED
    locked.save(update_fields=["state"])
    payload = {"v": 1, "number": above.number, "unit": locked.unit.code}
    subject = f"{above.plan.unit.code}/{above.plan.year}/{above.number}"
    record(chain=chain_of(above.plan), kind="task.recalled", subject=subject, payload=payload, by=by, at=at)
    heirs = heirs_below(above, locked.unit)
    offered = hand_down(task=above, units=heirs, due=due, by=by, at=at).offered if heirs else []
    roll_up(above)
    return offered


def own_of(handed: HandDown) -> Task | None:
    """The task that the unit made of it, while that is open. One query."""
    if handed.state != HandDown.State.ACCEPTED:
        return None
    own = Task.objects.filter(
        parent=handed.task_id, plan__unit=handed.unit_id, done_on=None, cancelled_on=None
    )
    return own.select_related("plan__unit").first()


def heirs_below(above: Task, unit: Unit) -> list[Unit]:
    """Who came after a unit and may get work from the plan above it."""
    return [heir for heir in heirs_of(unit) if above.plan.unit_id in {one.pk for one in way_up(heir)[1:]}]


def _stop(own: Task, day: date, *, by: str, at: datetime) -> None:
    """The ended unit's own task, in whatever state its plan was left."""
    locked = lock_task(own)
    locked.cancelled_on, locked.cancelled_because, locked.claimed_on = day, ENDED, None
    locked.save(update_fields=["cancelled_on", "cancelled_because", "claimed_on"])
    subject = f"{locked.plan.unit.code}/{locked.plan.year}/{locked.number}"
    payload = {"v": 1, "number": locked.number}
    chain, texts = chain_of(locked.plan), {"reason": ENDED}
    record(chain=chain, kind="task.cancelled", subject=subject, payload=payload, texts=texts, by=by, at=at)
