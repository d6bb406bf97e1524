"""Every table as lines of JSON, read at one moment, and filled from such lines; alike on both databases.

Not Django's serializers: they cut instants to milliseconds, and the ledger's hashes are made of whole ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import DatabaseError, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from parindex.apps.audit.models import Entry
from parindex.core.formats.problems import refuse


SNAPSHOT = "snapshot"
AT_ONCE = 2000
RETIRED = frozenset({"sessions"})
"""Applications of Django that an earlier version had; a database that was upgraded still names them."""


@contextmanager
def snapshot() -> Iterator[str]:
    """The name of a second connection to the site's database, which sees it as it is at one moment.

    Nobody waits for it: SQLite's readers do not stop its writer, nor do PostgreSQL's.
    """
    base = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql":
        from psycopg import IsolationLevel

        options = {**base["OPTIONS"], "isolation_level": IsolationLevel.REPEATABLE_READ}
    else:
        options = {"timeout": 20}  # and no IMMEDIATE, with which a reader would keep the writers out
    connections.databases[SNAPSHOT] = {**base, "OPTIONS": options}
    try:
        with transaction.atomic(using=SNAPSHOT):
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()


def tables_of(registry: Apps) -> list[type[models.Model]]:
    """Every table that holds something of the site, those between two models included."""
    found = registry.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and not m._meta.proxy]


def shape(using: str) -> list[list[str]]:
    """The migrations that made the database what it is, in the order of their names."""
    return sorted([app, name] for app, name in MigrationRecorder(connections[using]).applied_migrations())


def registry() -> Apps:
    """The models in the shape that the database has, which an older version may have left."""
    executor = MigrationExecutor(connections["default"])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return apps
    return state_at({(app, name) for app, name in shape("default")}, executor)[0]


def state_at(
    recorded: set[tuple[str, str]], executor: MigrationExecutor
) -> tuple[Apps, list[tuple[str, str]]]:
    """The models as some migrations leave them, and the last migration of each application. What a version of
    old had and no application knows any more is passed over."""
    nodes = executor.loader.graph.node_map
    last = [n for n in sorted(recorded) if n in nodes and not {c.key for c in nodes[n].children} & recorded]
    return apps if nodes.keys() <= recorded else executor.loader.project_state(last).apps, last


def count(model: type[models.Model], using: str) -> int:
    """Its rows."""
    return _rows(model, using).count()


def lines_of(model: type[models.Model], using: str) -> Iterator[str]:
    """The names of the columns, then each row as a list, by its key."""
    fields = model._meta.concrete_fields
    yield _line([f.attname for f in fields])
    writers = [_writer(f) for f in fields]
    rows = _rows(model, using).order_by("pk").values_list(*(f.attname for f in fields))
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield _line([write(value) for write, value in zip(writers, row, strict=True)])


def fill(model: type[models.Model], lines: Iterable[str], using: str) -> int:
    """Put rows into an empty table; how many. What a migration had put there gives way.

    Raises:
        FileRefused: ``backup_row_refused`` names the table and about where, and what the database says.
    """
    rows = iter(lines)
    names = json.loads(next(rows))
    fields = {f.attname: f for f in model._meta.concrete_fields}
    given = [fields[name] for name in names]
    table, statement = _rows(model, using), _insert(model, given, using)
    if table.exists():
        table._raw_delete(using)
    done = 0
    while batch := list(islice(rows, AT_ONCE)):
        try:
            made = [_values(given, json.loads(line), using) for line in batch]
            with connections[using].cursor() as cursor:
                cursor.executemany(statement, made)
        except (DatabaseError, ValueError, TypeError) as error:
            said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            place = f"{model._meta.label}:{done + 1}-{done + len(batch)}"
            raise refuse(place, "backup_row_refused", detail=said) from error
        done += len(batch)
    return done


def _insert(model: type[models.Model], fields: Iterable[models.Field[Any, Any]], using: str) -> str:
    """What puts one row in; given many, it costs a fraction of what an object for each does."""
    quote = connections[using].ops.quote_name
    columns = [quote(str(field.column)) for field in fields]
    places = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608  names of the models


def _values(fields: Iterable[models.Field[Any, Any]], line: Iterable[Any], using: str) -> list[Any]:
    """A row as the database takes it."""
    connection = connections[using]
    return [f.get_db_prep_save(_reader(f)(v), connection) for f, v in zip(fields, line, strict=True)]


def count_on(tables: Iterable[type[models.Model]], using: str) -> None:
    """Let new rows be numbered after those that were put in (PostgreSQL)."""
    from django.core.management.color import no_style

    connection = connections[using]
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def heads(using: str) -> dict[str, Any]:
    """How many entries and chains the ledger has, and one hash over the last entry of every chain."""
    digest = hashlib.sha256()
    entries = chains = 0
    last: tuple[str, int, str] | None = None
    rows = _rows(Entry, using).order_by("chain", "position")
    places: list[tuple[str, int, str]] = []
    for chain, position, hash_ in rows.values_list("chain", "position", "hash").iterator(chunk_size=AT_ONCE):
        entries += 1
        if last is not None and last[0] != chain:
            places.append(last)
        last = (chain, position, hash_)
    if last is not None:
        places.append(last)
    for place in sorted(places):  # databases order text each in its own way
        chains += 1
        digest.update(f"{place[0]}#{place[1]} {place[2]}\n".encode())
    return {"entries": entries, "chains": chains, "sha256": digest.hexdigest()}


def _rows(model: type[models.Model], using: str) -> models.QuerySet[Any]:
    """All rows, past whatever the model's own manager hides or refuses."""
    return models.QuerySet[Any](model).using(using)


def _line(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no way to write a {type(value).__name__}")


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """What turns a value into what JSON can hold."""
    if isinstance(field, models.JSONField | models.DateField):
        return _as_it_is
    return field.get_prep_value


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    return _as_it_is if isinstance(field, models.JSONField) else field.to_python


def _as_it_is(value: Any) -> Any:
    return value
