"""A new database, whose tables are made at once, is in no way other than one led through every migration."""

import json
import subprocess
import sys

import pytest
from processes import POSTGRESQL, nothing_yet


pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TOLD = """
import json
from django.db import connection

def rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [list(map(str, row)) for row in cursor.fetchall()]

def parts(sql):
    found, depth, quoted = [""], 0, False
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        quoted ^= letter == "'"
        depth += (not quoted) * ((letter == "(") - (letter == ")"))
        if letter == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += letter
    return sorted(part.strip() for part in found)

if connection.vendor == "postgresql":
    own = "WHERE n.nspname = current_schema() AND c.relkind = 'r'"
    of = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    shape = rows(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, "
        f"a.attgenerated, pg_get_expr(d.adbin, d.adrelid) FROM {of} "
        "JOIN pg_attribute a ON a.attrelid = c.oid "
        "LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum) "
        f"{own} AND a.attnum > 0 AND NOT a.attisdropped"
    )
    shape += rows(f"SELECT k.conname, c.relname, pg_get_constraintdef(k.oid) FROM {of} "
                  f"JOIN pg_constraint k ON k.conrelid = c.oid {own}")
    shape += rows("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()")
    shape += rows(f"SELECT pg_get_triggerdef(t.oid) FROM {of} JOIN pg_trigger t ON t.tgrelid = c.oid {own} "
                  "AND NOT t.tgisinternal")
    shape += rows("SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                  "WHERE n.nspname = current_schema()")
else:
    shape = [
        [kind, name, table, *(parts(sql) if kind == "table" else [sql])]
        for kind, name, table, sql in rows("SELECT type, name, tbl_name, sql FROM sqlite_master")
    ]
shape += rows("SELECT app, name FROM django_migrations")
shape += rows("SELECT app_label, model FROM django_content_type")
shape += rows("SELECT codename FROM auth_permission")
print(json.dumps(sorted(shape)))
"""
PREPARE = """
from parindex.config.keeping import shaping
from parindex.config.site import prepare

def walked(*_, **__):
    raise AssertionError("led through the migrations")

shaping.call_command = walked
prepare()
"""
MIGRATE = """
from django.core.management import call_command
from parindex.config.site import set_up

set_up()
call_command("migrate", verbosity=0)
"""


def _told(site, script):
    run = [sys.executable, "-c", script + TOLD]
    done = subprocess.run(run, env=site.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_new_database_has_all_that_the_migrations_make(bare, tmp_path):
    """Columns, constraints, indexes, triggers, functions; what is recorded as done; kinds of rows, rights."""
    at_once = _told(bare, PREPARE)
    with nothing_yet(tmp_path / "led") as other:
        led = _told(other, MIGRATE)
    assert [row for row in at_once if row not in led] == []
    assert [row for row in led if row not in at_once] == []
    assert any("refuse" in str(row) or "RAISE" in str(row) for row in led)
    assert any("tsvector" in str(row) if POSTGRESQL else "unicode61" in str(row) for row in led)
