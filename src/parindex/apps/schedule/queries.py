"""What pages read of the schedule."""

from __future__ import annotations

from parindex.apps.schedule.models import JobRun


def job_runs() -> list[JobRun]:
    """How each job last went, by name."""
    return list(JobRun.objects.order_by("name"))
