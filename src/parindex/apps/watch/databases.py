"""The database, its shape, its clock, and the ledger in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from parindex.apps.audit.models import Entry
from parindex.apps.audit.signing import KeysUnreadable
from parindex.apps.audit.verify import verify
from parindex.apps.schedule.models import JobRun
from parindex.apps.watch.findings import Finding, Look, error, warning


AHEAD = timedelta(minutes=2)
DIFFERS = timedelta(seconds=5)
NOT_VERIFIED = timedelta(days=2)
SHOWN = 10
SYNCHRONISER = Path("/run/systemd/timesync")


OF_POSTGRESQL = {
    "certificate": "database_certificate",
    "no encryption": "database_plain",
    "password authentication failed": "database_password",
}
"""Words by which PostgreSQL and its library say why they let nobody in."""


def is_there() -> bool:
    """Whether the database answers; a SQLite file that is not there is not made."""
    return not _hindrance()


def _hindrance() -> str:
    """Why the database does not answer, as the code of a finding; "" where it does."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and isinstance(name, Path) and not name.exists():
        return "database_gone"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        return next((code for words, code in OF_POSTGRESQL.items() if words in str(fault)), "database_gone")
    return ""


def check_database(look: Look) -> Iterator[Finding]:
    """It answers; a SQLite file is whole, every reference leads somewhere; PostgreSQL keeps every letter."""
    if hindrance := _hindrance():
        yield error(hindrance, vendor=connection.vendor)
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
            if encoding != "UTF8":
                yield error("database_encoding", encoding=encoding)
        elif look.deep:
            cursor.execute("PRAGMA quick_check(1)")
            said = cursor.fetchone()[0]
            if said != "ok":
                yield error("database_damaged", said=str(said)[:200])
            cursor.execute("PRAGMA foreign_key_check")
            lost = cursor.fetchmany(1000)
            if lost:
                yield error("database_references", table=lost[0][0], count=len(lost))


def unapplied() -> tuple[list[str], list[str]]:
    """Migrations that the database lacks; those it has of which this program does not know."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    lacks = [f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(loader.graph.leaf_nodes())]
    ours = {app for app, _ in loader.disk_migrations}
    known = set(loader.disk_migrations) | {old for m in loader.disk_migrations.values() for old in m.replaces}
    foreign = [f"{a}.{n}" for a, n in loader.applied_migrations if a in ours and (a, n) not in known]
    return lacks, foreign


def is_empty() -> bool:
    """Whether nothing was ever made in the database."""
    return not MigrationRecorder(connection).applied_migrations()


def check_migrations(look: Look) -> Iterator[Finding]:
    """The database has the shape that this program needs."""
    lacks, foreign = unapplied()
    if lacks and is_empty():
        yield error("database_empty")
    elif lacks:
        yield error("migrations_pending", count=len(lacks), first=lacks[0])
    if foreign:
        yield error("migrations_newer", count=len(foreign), first=sorted(foreign)[-1])


def check_clock(look: Look) -> Iterator[Finding]:
    """Nothing was written in the future, the database's clock agrees, and something keeps ours right."""
    newest = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest is not None and newest > look.at + AHEAD:
        yield error("clock_behind", newest=newest.isoformat(timespec="seconds"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - datetime.now(UTC))
        if apart > DIFFERS:
            yield warning("clock_differs", seconds=round(apart.total_seconds()))
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield error("zone_unknown", zone=settings.TIME_ZONE)
    if SYNCHRONISER.is_dir() and not (SYNCHRONISER / "synchronized").exists():
        yield warning("clock_free")


def check_ledger(look: Look) -> Iterator[Finding]:
    """How its daily check went; looked at deeply, the whole ledger now."""
    if look.deep:
        try:
            faults = verify().faults
        except KeysUnreadable:
            return  # told of by the check of keys
        for fault in faults[:SHOWN]:
            yield error("ledger_broken", place=fault.place, fault=fault.code, **fault.data)
        return
    run = JobRun.objects.filter(name="ledger.verify").first()
    if run is None or run.last_run_at is None:
        if Entry.objects.exists():
            yield warning("ledger_unverified")
    elif run.outcome == JobRun.Outcome.FAILED:
        yield error("ledger_broken", place=run.error[:200], fault="")
    elif look.at - run.last_run_at > NOT_VERIFIED:
        yield warning("ledger_unverified")
