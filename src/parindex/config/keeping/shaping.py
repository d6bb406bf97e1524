"""The tables of the site: of a new database all at once, of any other by the migrations that it lacks.

A migration leads from one shape to the next. Where nothing stands yet there is nothing to lead, and a site
that has grown for years would go through all its past; so the tables are made from the models as they are
now, and the migrations recorded as done. Of those, only what no model tells is run: triggers and full-text
indexes, which are the operations that are not `elidable`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps


Node = tuple[str, str]
RECORD = "django_migrations"


def bring_up() -> None:
    """The newest shape."""
    executor = MigrationExecutor(connection)
    if _is_new(executor):
        _make_at_once(executor)
    else:
        call_command("migrate", verbosity=0, interactive=False)


def bring_to(last: Iterable[Node], executor: MigrationExecutor) -> None:
    """The shape in which some migrations, and all that they build on, leave an empty database."""
    wanted = list(last)
    newest = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if _is_new(executor) and set(executor.migration_plan(wanted)) == set(newest):
        _make_at_once(executor)
    else:
        executor.migrate(wanted)


def _is_new(executor: MigrationExecutor) -> bool:
    """Whether nothing stands in the database: no table but the record of migrations, and that is empty."""
    there = set(connection.introspection.table_names())
    return there <= {RECORD} and not executor.loader.applied_migrations


def _make_at_once(executor: MigrationExecutor) -> None:
    emit_pre_migrate_signal(0, False, connection.alias)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate([node for node in newest if not _is_ours(node[0])])  # the framework's are few
    executor.loader.build_graph()
    steps = [step for step, _ in executor.migration_plan(newest)]
    beside = [o for step in steps for o in step.operations if isinstance(o, RunPython) and not o.elidable]
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if _is_ours(model._meta.app_label) and model._meta.can_migrate(connection):
                editor.create_model(model)
        for operation in beside:
            operation.code(cast(StateApps, apps), editor)
        for step in steps:
            executor.recorder.record_applied(step.app_label, step.name)
    emit_post_migrate_signal(0, False, connection.alias)


def _is_ours(label: str) -> bool:
    return apps.get_app_config(label).name.startswith("parindex.")
