"""`parindex migrate`: the database of an older version brought to this one; first, what that would do."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from parindex import __version__
from parindex.config.keeping.backup import Saying, backup
from parindex.config.keeping.trial import copied
from parindex.config.site import ready
from parindex.core.formats.problems import refuse


LOG = logging.getLogger("parindex.upgrade")
DONE, LOST = 0, 1


def migrate(*, dry_run: bool, keep: Path | None, language: str) -> int:
    """Say what brings the database to its newest shape, and do it unless that is only to be said.

    Dry, the site's database is copied and the copy brought there, so that what would fail fails on the copy.

    Args:
        keep: a new file for a backup that is made before anything changes.

    Returns:
        0; 1 where a table has lost rows, which is told.

    Raises:
        FileRefused: the backup's file is there, or cannot be written; a copy for trying cannot be made;
            ``step_failed``, ``step_failed_kept``, ``step_failed_on_copy``: a step fails, which is named
            with the reason.
    """
    ready(language, newest=False)
    say = Saying(language)
    steps = _steps()
    say(f"parindex {__version__}, {_where()}", f"parindex {__version__}, {_where()}")
    for step in steps:
        print(f"  {_name(step)}: {_first_line(step)}")
    if not steps:
        say("Cơ sở dữ liệu đã ở cấu trúc mới nhất.", "The database has its newest shape.")
        return DONE
    if keep is not None and not dry_run:
        backup(keep, keys=None, language=language)
    with copied() if dry_run else nullcontext():
        before = _counts()
        _each_or_told(steps, dry_run=dry_run, kept=keep)
        after = _counts()
    if dry_run:
        say(
            "Đã thử trên một bản sao; dữ liệu thật chưa thay đổi.",
            "Tried on a copy; the site itself is as it was.",
        )
    return _compare(before, after, meant=_given_up(steps), say=say)


def _steps() -> list[Any]:
    """Each migration that is missing."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _given_up(steps: Iterable[Any]) -> dict[str, str]:
    """Tables in which some migrations give rows up, as `gives_up` of each says, with the name of the last."""
    return {table: _name(step) for step in steps for table in getattr(step, "gives_up", ())}


def _name(step: Any) -> str:
    return f"{step.app_label}.{step.name}"


def _first_line(step: Any) -> str:
    module = inspect.getmodule(type(step))
    return (inspect.getdoc(module) or "").partition("\n")[0] or "–"


def _where() -> str:
    from django.db import connection

    return f"{connection.vendor} {connection.settings_dict['NAME']}"


def _counts() -> dict[str, int]:
    """Rows by table, in whatever shape the database is."""
    from parindex.config.keeping import tables

    return {m._meta.db_table: tables.count(m, "default") for m in tables.tables_of(tables.registry())}


def _each_or_told(steps: Sequence[Any], *, dry_run: bool, kept: Path | None) -> None:
    """Every step in its order, on whatever the connection leads to.

    Raises:
        FileRefused: ``step_failed``, ``step_failed_kept``, ``step_failed_on_copy``; the log says
            where in the program.
    """
    from parindex.config.keeping.shaping import bring_up

    try:
        bring_up()
    except Exception as error:
        LOG.exception("a step of the upgrade failed")
        step = _broken_off(steps)
        why = str(error).strip().partition("\n")[0][:300]
        code = "step_failed_on_copy" if dry_run else "step_failed_kept" if kept else "step_failed"
        raise refuse(
            _name(step) if step else f"parindex {__version__}",
            code,
            says=_first_line(step) if step else "–",
            why=f"{type(error).__name__}: {why}" if why else type(error).__name__,
            backup=str(kept or ""),
        ) from error


def _broken_off(steps: Sequence[Any]) -> Any | None:
    """The first step that is not recorded as done; none, where what failed came after them all."""
    from django.db import DatabaseError, connection
    from django.db.migrations.recorder import MigrationRecorder

    try:
        done = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return None
    return next((step for step in steps if (step.app_label, step.name) not in done), None)


def _compare(before: dict[str, int], after: dict[str, int], *, meant: dict[str, str], say: Saying) -> int:
    """Whether every row is still there, in every table that is; what a migration gives up by its own word is
    told."""
    fewer = {t: (n, after[t]) for t, n in before.items() if t in after and after[t] < n}
    lost = fewer.keys() - meant.keys()
    gone = sorted(t for t, n in before.items() if n and t not in after)
    for table, (was, now) in sorted(fewer.items()):
        by = f" ({meant[table]})" if table in meant else ""
        say(f"{table}: {was} → {now} dòng{by}", f"{table}: {was} → {now} rows{by}", err=table in lost)
    for table in gone:
        say(f"{table}: không còn", f"{table}: gone", err=True)
    if lost or gone:
        return LOST
    rows = say.count(sum(before.values()) - sum(was - now for was, now in fewer.values()))
    say(f"Đủ {rows} dòng trong {len(before)} bảng.", f"All {rows} rows of {len(before)} tables are there.")
    return DONE
