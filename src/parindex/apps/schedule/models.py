"""How each job last went."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JobRun(models.Model):
    """One row a job: its last run, and whether some process is at it now.

    `running_since` is set while a process is at it, with its `holder`; one that died is passed over after
    `parindex.apps.schedule.tick.LEASE`. `error` is the last run's, empty where it went well.
    """

    class Outcome(models.TextChoices):
        """How a run ended."""

        NONE = "", "chưa chạy"
        DONE = "done", "xong"
        FAILED = "failed", "lỗi"

    name = models.CharField(max_length=100, unique=True)
    running_since = models.DateTimeField(null=True)
    holder = models.CharField(max_length=64, blank=True)
    last_run_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    count = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
