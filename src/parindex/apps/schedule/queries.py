"""What pages and checks read of the schedule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP


def job_runs() -> list[JobRun]:
    """How each job last went, by name."""
    return list(JobRun.objects.order_by("name"))


def last_tick(runs: Iterable[JobRun]) -> datetime | None:
    """When the tick last ran anything: a backup is somebody else's work, and says nothing of it."""
    return max((r.last_run_at for r in runs if r.last_run_at and r.name != BACKUP), default=None)
