"""Runs the jobs whose time has come. Called each minute; twice at once does no harm."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import LONGEST_ERROR


LEASE = timedelta(minutes=10)
AGAIN = timedelta(minutes=15)
log = logging.getLogger("parindex.schedule")


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do when its time has come.

    Attributes:
        name: a stable code, ``room.verb``.
        act: does what is due at the moment it is given, nothing that has been done already, and returns how
            much it did. It opens its own transactions, and holds them for less than `LEASE` in all.
        every: how long to wait after a run; None: each tick. A run that failed is tried again after `AGAIN`,
            or sooner if `every` is shorter.
    """

    name: str
    act: Callable[[datetime], int]
    every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """How one job went: how much it did, or the error."""

    name: str
    count: int
    seconds: float
    error: str = ""


def tick(jobs: Sequence[Job], *, at: datetime) -> Iterator[Ran]:
    """Run each job that is due and that no other process is at; a failing one does not stop the others."""
    for job in jobs:
        started = time.monotonic()
        try:
            holder = _take(job, at)
            if holder is None:
                continue
            ran = _run(job, at, started)
            _give_back(job, holder, ran=ran, at=at)
        except Exception as error:
            log.exception("job %s", job.name, extra={"job": job.name})
            ran = Ran(job.name, 0, time.monotonic() - started, _told(error))
        yield ran


def _run(job: Job, at: datetime, started: float) -> Ran:
    """Do it; whatever goes wrong is part of the answer."""
    try:
        count = job.act(at)
    except Exception as error:
        log.exception("job %s", job.name, extra={"job": job.name})
        return Ran(job.name, 0, time.monotonic() - started, _told(error))
    return Ran(job.name, count, time.monotonic() - started)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]


@transaction.atomic
def _take(job: Job, at: datetime) -> str | None:
    """Claim a job for this process by one conditional update; None where it is not due, or taken."""
    JobRun.objects.get_or_create(name=job.name)
    free = Q(running_since__isnull=True) | Q(running_since__lte=at - LEASE) | Q(running_since__gt=at + LEASE)
    holder = secrets.token_hex(16)
    taken = JobRun.objects.filter(free, _due(job, at), name=job.name).update(running_since=at, holder=holder)
    return holder if taken else None


def _due(job: Job, at: datetime) -> Q:
    """Whether enough time has passed since the last run; one in the future was by a wrong clock."""
    if job.every is None:
        return Q()
    done = Q(last_run_at__isnull=True) | Q(last_run_at__lte=at - job.every) | Q(last_run_at__gt=at + LEASE)
    failed = Q(outcome=JobRun.Outcome.FAILED, last_run_at__lte=at - min(AGAIN, job.every))
    return done | failed


def _give_back(job: Job, holder: str, *, ran: Ran, at: datetime) -> None:
    """Keep how it went, unless it took so long that another process has taken it over."""
    JobRun.objects.filter(name=job.name, holder=holder).update(
        running_since=None,
        holder="",
        last_run_at=at,
        outcome=JobRun.Outcome.FAILED if ran.error else JobRun.Outcome.DONE,
        count=ran.count,
        error=ran.error,
    )
