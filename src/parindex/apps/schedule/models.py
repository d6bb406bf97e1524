"""How each job last went; which days of a year offices work."""

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


class CalendarYear(models.Model):
    """A year whose days off were decided, by which document."""

    year = models.PositiveSmallIntegerField(unique=True)
    document = models.CharField(max_length=250)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day off, or a weekend day worked in exchange (`worked`)."""

    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    worked = models.BooleanField(default=False)
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
