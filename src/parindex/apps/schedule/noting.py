"""How that went which is not the tick's, kept beside its jobs: the same pages and checks tell of it."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.schedule.models import JobRun


BACKUP = "site.backup"
LONGEST_ERROR = 2000


def note_run(name: str, *, at: datetime, count: int = 0, error: str = "") -> None:
    """Keep how it last went, until it goes again.

    Args:
        count: how much was done.
        error: why it went wrong; "" where it did not.
    """
    outcome = JobRun.Outcome.FAILED if error else JobRun.Outcome.DONE
    kept = {"last_run_at": at, "outcome": outcome, "count": count, "error": error[:LONGEST_ERROR]}
    JobRun.objects.update_or_create(name=name, defaults=kept)
