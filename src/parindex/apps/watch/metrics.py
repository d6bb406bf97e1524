"""What a monitor reads, in Prometheus' text format."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max

from parindex import __version__
from parindex.apps.access.models import OpenSession
from parindex.apps.audit.models import Entry
from parindex.apps.notices.models import Notice
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP
from parindex.apps.schedule.queries import job_runs, last_tick
from parindex.apps.watch.counters import Counts, Names, added_up, living
from parindex.apps.watch.databases import is_there
from parindex.apps.watch.files import evidence_folder


BOUNDS = (10, 25, 50, 100, 200, 300, 500, 1_000, 2_500, 5_000, 10_000)
"""Upper bounds of the histogram, in milliseconds; what took longer is in the last, open one."""
OPEN = "+Inf"
READS = ("GET", "HEAD", "OPTIONS")


def count_request(counts: Counts, *, route: str, method: str, status: int, seconds: float) -> None:
    """Count an answered request."""
    milliseconds = seconds * 1000
    kind = "read" if method in READS else "write"
    bound = next((str(b) for b in BOUNDS if milliseconds <= b), OPEN)
    counts.add(("requests", route, kind, str(status)))
    counts.add(("took", kind, bound))
    counts.add(("microseconds", kind), round(seconds * 1_000_000))


def exposition(*, at: datetime) -> str:
    """All of it. What the database is asked for is left out while it does not answer."""
    counted = added_up()
    lines = [
        *_family("parindex_info", "Version of the program.", [(f'version="{__version__}"', 1)]),
        *_family("parindex_processes", "Processes that answer.", [("", len(living()))]),
        *_requests(counted),
        *_family(
            "parindex_slow_queries_total",
            "Queries that took longer than PARINDEX_SLOW_QUERY_MS.",
            [("", counted[("slow_queries",)])],
        ),
        *_disk(),
    ]
    up = is_there()
    lines += _family("parindex_database_up", "Whether the database answers.", [("", int(up))])
    if up:
        with contextlib.suppress(DatabaseError):  # where its shape is older; /readyz says so
            lines += _of_database(at)
    return "\n".join(lines) + "\n"


def _requests(counted: dict[Names, int]) -> Iterator[str]:
    rows = [
        (f'route="{_quoted(n[1])}",kind="{n[2]}",status="{n[3]}"', count)
        for n, count in sorted(counted.items())
        if n[0] == "requests" and len(n) == 4
    ]
    yield from _family("parindex_requests_total", "Answered requests.", rows)
    name = "parindex_request_duration_seconds"
    yield f"# HELP {name} How long answers took."
    yield f"# TYPE {name} histogram"
    for kind in ("read", "write"):
        each = [counted.get(("took", kind, b), 0) for b in (*map(str, BOUNDS), OPEN)]
        for bound, total in zip((*(f"{b / 1000:g}" for b in BOUNDS), OPEN), accumulate(each), strict=True):
            yield f'{name}_bucket{{kind="{kind}",le="{bound}"}} {total}'
        yield f'{name}_sum{{kind="{kind}"}} {counted.get(("microseconds", kind), 0) / 1_000_000:.6f}'
        yield f'{name}_count{{kind="{kind}"}} {sum(each)}'


def _disk() -> Iterator[str]:
    places = [("home", Path(settings.PARINDEX_HOME)), *(("evidence", p) for p in evidence_folder())]
    rows = [(f'place="{n}"', shutil.disk_usage(p).free) for n, p in places if p.exists()]
    yield from _family("parindex_disk_free_bytes", "Room left.", rows)


def _of_database(at: datetime) -> Iterator[str]:
    runs = job_runs()
    yield from _age("parindex_tick_age_seconds", "Since the minute tick last ran.", last_tick(runs), at=at)
    kept = {r.name: r.last_run_at for r in runs if r.outcome == JobRun.Outcome.DONE}
    yield from _age("parindex_backup_age_seconds", "Since the last backup.", kept.get(BACKUP), at=at)
    failed = [(f'job="{_quoted(r.name)}"', int(r.outcome == JobRun.Outcome.FAILED)) for r in runs]
    yield from _family("parindex_job_failed", "Whether a job failed the last time.", failed)
    waiting = Notice.objects.filter(mail__in=(Notice.Mail.NOW, Notice.Mail.DAILY)).count()
    yield from _family("parindex_mail_waiting", "Notices still to be mailed.", [("", waiting)])
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    yield from _family("parindex_ledger_entries", "Number of the ledger's newest entry.", [("", newest)])
    open_now = OpenSession.objects.filter(person__isnull=False, expire_date__gt=datetime.now(UTC)).count()
    yield from _family("parindex_sessions_open", "Persons' open sessions.", [("", open_now)])


def _age(name: str, about: str, since: datetime | None, *, at: datetime) -> Iterator[str]:
    """How long ago something was; nothing where it never was."""
    if since is not None:
        yield from _family(name, about, [("", max(0, round((at - since).total_seconds())))])


def _family(name: str, about: str, rows: list[tuple[str, int]]) -> Iterator[str]:
    """A metric with its rows: labels, value. By its name, what is a total is a counter."""
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {'counter' if name.endswith('_total') else 'gauge'}"
    for labels, value in rows:
        yield f"{name}{{{labels}}} {value}" if labels else f"{name} {value}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
