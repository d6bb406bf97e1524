"""`parindex migrate`: the database of an older version brought to this one; first, what that would do."""

from __future__ import annotations

import inspect
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from parindex import __version__
from parindex.config.keeping.backup import Saying, backup
from parindex.config.site import ready


DONE, LOST = 0, 1


def migrate(*, dry_run: bool, keep: Path | None, language: str) -> int:
    """Say what brings the database to its newest shape, and do it unless that is only to be said.

    Dry, the database of a site on SQLite is copied and the copy brought there, so that what would fail fails
    on the copy; on PostgreSQL the steps are only named.

    Args:
        keep: a new file for a backup that is made before anything changes.

    Returns:
        0; 1 where a table has lost rows, which is told.

    Raises:
        FileRefused: the backup's file is there, or cannot be written.
    """
    ready(language, newest=False)
    say = Saying(language)
    steps = _steps()
    say(f"parindex {__version__}, {_where()}", f"parindex {__version__}, {_where()}")
    for name, about in steps:
        print(f"  {name}: {about}")
    if not steps:
        say("Cơ sở dữ liệu đã ở cấu trúc mới nhất.", "The database has its newest shape.")
        return DONE
    if dry_run:
        return _rehearse(say)
    if keep is not None:
        backup(keep, keys=None, language=language)
    before = _counts()
    _bring_up("default")
    return _compare(before, _counts(), say)


def _steps() -> list[tuple[str, str]]:
    """Each migration that is missing, and its own words on what it does."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(f"{m.app_label}.{m.name}", _first_line(m)) for m, _ in plan]


def _first_line(migration: Any) -> str:
    module = inspect.getmodule(type(migration))
    return (inspect.getdoc(module) or "").partition("\n")[0] or "–"


def _where() -> str:
    from django.db import connection

    return f"{connection.vendor} {connection.settings_dict['NAME']}"


def _counts() -> dict[str, int]:
    """Rows by table, in whatever shape the database is."""
    from parindex.config.keeping import tables

    return {m._meta.db_table: tables.count(m, "default") for m in tables.tables_of(tables.registry())}


def _bring_up(using: str) -> None:
    from django.core.management import call_command

    call_command("migrate", database=using, verbosity=0, interactive=False)


def _rehearse(say: Saying) -> int:
    """All the steps on a copy, in a process's own temporary folder; nothing of the site changes."""
    from django.db import connection, connections

    if connection.vendor != "sqlite":
        say(
            "Chưa thay đổi gì. Trên PostgreSQL, hãy khôi phục bản sao lưu vào một cơ sở dữ liệu thử.",
            "Nothing has changed. On PostgreSQL, restore the backup into a database for trying.",
        )
        return DONE
    with tempfile.TemporaryDirectory(prefix="parindex-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(copy) as target:
            connection.connection.backup(target)
        target.close()
        before = _counts()
        connections.close_all()
        connection.settings_dict["NAME"] = copy
        try:
            _bring_up("default")
            after = _counts()
        finally:
            connections.close_all()
    say(
        "Đã thử trên một bản sao; dữ liệu thật chưa thay đổi.",
        "Tried on a copy; the site itself is as it was.",
    )
    return _compare(before, after, say)


def _compare(before: dict[str, int], after: dict[str, int], say: Saying) -> int:
    """Whether every row is still there, in every table that is."""
    lost = {t: (n, after[t]) for t, n in before.items() if t in after and after[t] < n}
    gone = sorted(t for t, n in before.items() if n and t not in after)
    for table, (was, now) in sorted(lost.items()):
        say(f"{table}: {was} → {now} dòng", f"{table}: {was} → {now} rows", err=True)
    for table in gone:
        say(f"{table}: không còn", f"{table}: gone", err=True)
    if lost or gone:
        return LOST
    rows = say.count(sum(before.values()))
    say(f"Đủ {rows} dòng trong {len(before)} bảng.", f"All {rows} rows of {len(before)} tables are there.")
    return DONE
