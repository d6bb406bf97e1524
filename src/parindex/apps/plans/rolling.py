"""How far a task is that units below have taken into their plans: what became of theirs.

The rule: each unit's task counts alike, whatever its weight in the unit's own plan; a cancelled one does not
count. The task is done when all of them are, on the day the last one was; with none left it is as it was
before it was handed down.
"""

from __future__ import annotations

from parindex.apps.plans.models import Task
from parindex.apps.plans.rules import WHOLE


def roll_up(task: Task | None) -> None:
    """Bring a task and those above it up to its parts, in the caller's transaction; None: nothing above."""
    while task is not None:
        locked = Task.objects.select_for_update(of=("self",)).select_related("parent").get(pk=task.pk)
        parts = list(locked.children.filter(cancelled_on=None))
        if locked.cancelled_on is not None or not parts:
            return
        locked.percent = sum(WHOLE if p.done_on else p.percent for p in parts) // len(parts)
        days = [p.done_on for p in parts]
        done = [day for day in days if day is not None]
        locked.done_on = max(done) if len(done) == len(parts) else None
        locked.claimed_on = None
        locked.save(update_fields=["percent", "done_on", "claimed_on"])
        task = locked.parent
