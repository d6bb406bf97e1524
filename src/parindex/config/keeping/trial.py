"""A copy of the site's database to try things on: a file of its own, or on PostgreSQL a schema of its own."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

from parindex.core.formats.problems import refuse


if TYPE_CHECKING:
    from django.db.models import Model
    from psycopg.sql import Composed

SCHEMA = "parindex_trial"
"""Where the copy stands on PostgreSQL; one that was left behind gives way to the next."""
DROP: LiteralString = "DROP SCHEMA IF EXISTS {} CASCADE"
LOCK: LiteralString = "SELECT pg_try_advisory_lock(hashtextextended('parindex_trial', 0))"


def copied() -> AbstractContextManager[None]:
    """Within it the site's connection leads to a copy of the database at one moment; afterwards that is gone.

    Nobody waits for it: rows are read as a backup reads them. On PostgreSQL the server needs the room of a
    second database meanwhile.

    Raises:
        FileRefused: ``trial_not_allowed``, ``trial_under_way``, ``trial_not_apart``, ``trial_no_copy``;
            nothing was tried then.
    """
    from django.db import connection

    return _in_a_file() if connection.vendor == "sqlite" else _in_a_schema()


@contextmanager
def _in_a_file() -> Iterator[None]:
    from django.db import connection

    with tempfile.TemporaryDirectory(prefix="parindex-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        with _made(str(connection.settings_dict["NAME"])), closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        with _led_to(NAME=copy):
            yield


@contextmanager
def _in_a_schema() -> Iterator[None]:
    """The tables are made anew, by the migrations that made the site's; the server itself puts the rows in.

    The only schema on the connection's path is the copy's: what names a table cannot reach the site's.
    """
    from django.db import DatabaseError, connection

    live = _schema_of_the_site()
    with _led_to(OPTIONS={**connection.settings_dict["OPTIONS"], "options": f"-c search_path={SCHEMA}"}):
        _begin()
        try:
            with _made(str(connection.settings_dict["NAME"])):
                _copy_from(live)
            yield
        finally:
            with suppress(DatabaseError):  # the server is gone or has no room: the next trial takes it away
                _run(DROP, SCHEMA)


@contextmanager
def _made(place: str) -> Iterator[None]:
    """Whatever the database says while the copy is made, in words. Raises FileRefused: ``trial_no_copy``."""
    from django.db import DatabaseError

    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        raise refuse(place, "trial_no_copy", detail=str(error).strip().partition("\n")[0]) from error


@contextmanager
def _led_to(**settings: Any) -> Iterator[None]:
    """The site's connection with other settings."""
    from django.db import connection, connections

    before = {name: connection.settings_dict[name] for name in settings}
    connections.close_all()
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)


def _schema_of_the_site() -> str:
    """Where the site's tables are: the first place on the path that has them."""
    [(found,)] = _rows(
        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.oid = to_regclass('django_migrations')"
    )
    return str(found)


def _begin() -> None:
    """An empty schema, which the connection leads to, and nobody else's trial in it."""
    from django.db import DatabaseError, connection

    place = str(connection.settings_dict["NAME"])
    if _rows(LOCK) != [(True,)]:
        raise refuse(place, "trial_under_way")
    try:
        _run(DROP, SCHEMA)
        _run("CREATE SCHEMA {}", SCHEMA)
    except DatabaseError as error:
        raise refuse(place, "trial_not_allowed", detail=str(error).strip().partition("\n")[0]) from error
    if _rows("SELECT current_schemas(false)::text[]") != [([SCHEMA],)]:  # a pooler passed the path over
        _run(DROP, SCHEMA)
        raise refuse(place, "trial_not_apart")


def _copy_from(live: str) -> None:
    """Tables in the shape that the site's have, and their rows as they are at one moment."""
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from parindex.config.keeping import shaping, tables

    recorded = {
        (str(app), str(name)) for app, name in _rows("SELECT app, name FROM {}.django_migrations", live)
    }
    executor = MigrationExecutor(connection)
    registry, last = tables.state_at(recorded, executor)
    shaping.bring_to(last, executor)
    models = tables.tables_of(registry)
    with transaction.atomic():
        _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in models:
            _fill(model, live)
        tables.count_on(models, "default")
    for model in models:  # the planner would know nothing of the new tables
        _run("ANALYZE {}", model._meta.db_table)


def _fill(model: type[Model], live: str) -> None:
    """The rows of one table; what a migration had put there gives way."""
    name = model._meta.db_table
    if _rows("SELECT 1 FROM {} LIMIT 1", name):
        _run("DELETE FROM {}", name)
    columns = tuple(str(field.column) for field in model._meta.concrete_fields)
    _run("INSERT INTO {} ({}) SELECT {} FROM {}.{}", name, columns, columns, live, name)


def _rows(statement: LiteralString, *names: str) -> list[tuple[object, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_composed(statement, names))
        return list(cursor.fetchall())


def _run(statement: LiteralString, *names: str | tuple[str, ...]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_composed(statement, names))


def _composed(statement: LiteralString, names: Sequence[str | tuple[str, ...]]) -> Composed:
    """A statement with names of things, or lists of them, in its gaps."""
    from psycopg.sql import SQL, Identifier

    def named(one: str | tuple[str, ...]) -> Composed | Identifier:
        return Identifier(one) if isinstance(one, str) else SQL(", ").join(map(Identifier, one))

    return SQL(statement).format(*map(named, names))
