"""The database of an early version, kept as a backup of it, is brought to the newest one without loss."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from processes import POSTGRESQL, Site


pytestmark = [pytest.mark.slow, pytest.mark.django_db]

OLD = Path(__file__).resolve().parents[1] / "cases" / "upgrade" / "2026-11-25.zip"
"""Made by the first version that had rounds, points, evidence and the ledger: rows in every table
that it wrote to, some of them laid by hand and so without an entry of the ledger."""
LAY = f"""
import sys
from pathlib import Path
from parindex.config.site import set_up
set_up()
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from parindex.config.keeping import stores, tables
from parindex.config.keeping.container import opened
with opened(Path({str(OLD)!r})) as backup:
    executor = MigrationExecutor(connection)
    registry, last = tables.state_at({{(a, n) for a, n in backup.manifest["migrations"]}}, executor)
    executor.migrate(last)
    models = {{m._meta.label: m for m in tables.tables_of(registry)}}
    with transaction.atomic():
        for table in backup.manifest["tables"]:
            tables.fill(models[table["model"]], backup.lines(table["file"]), "default")
        tables.count_on(models.values(), "default")
    stores.put_evidence(backup)
"""
"""A database as that version left it."""
ROWS = """
import json
from django.apps import apps
from parindex.config.keeping import tables
def rows(model):
    names, *lines = [json.loads(line) for line in tables.lines_of(model, "default")]
    return [dict(zip(names, line)) for line in lines]
print(json.dumps({m._meta.label: rows(m) for m in tables.tables_of(apps)}))
"""
LOOK = """
from parindex.apps.assessments.models import Round
from parindex.apps.evidence import store
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Person
from parindex.apps.audit.verify import verify
from parindex.apps.results.rebuild import rebuild
print(len(verify().faults))
document = Document.objects.get()
print(store.open_content(document.content_id if isinstance(document.content_id, str)
      else document.content.sha256).read().decode())
print(Person.objects.get(username="an").check_password("mật khẩu dài"))
print(len(rebuild(Round.objects.get()).differences))
"""


@pytest.fixture
def old(bare):
    """A site of that version."""
    home = Path(bare.environment["PARINDEX_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    more = {"env": bare.environment, "capture_output": True, "text": True, "timeout": 300}
    run = subprocess.run([sys.executable, "-c", LAY], check=False, **more)
    assert run.returncode == 0, run.stderr
    with zipfile.ZipFile(OLD) as archive:
        (home / "signing-key.pub").write_bytes(archive.read("signing-key.pub"))
    return bare


def good(done):
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def kept():
    """What that version had, by table: rows as dictionaries."""
    found = {}
    with zipfile.ZipFile(OLD) as archive:
        for table in json.loads(archive.read("manifest.json"))["tables"]:
            names, *lines = map(json.loads, archive.read(table["file"]).decode().splitlines())
            found[table["model"]] = [dict(zip(names, line, strict=True)) for line in lines]
    return found


FRAMEWORKS_OWN = {"contenttypes.ContentType", "auth.Permission"}


def lost(then, now):
    """Rows of then that are not among those of now, in the columns that both have."""
    return [
        (label, row)
        for label, rows in then.items()
        if label not in FRAMEWORKS_OWN
        for row in rows
        if not any(all(one.get(k, v) == v for k, v in row.items()) for one in now.get(label, []))
    ]


def sound(site):
    """Chains and seals verify, the round gives the stored points, the document opens, people sign in."""
    assert site.run(LOOK).splitlines() == ["0", "bằng chứng", "True", "0"]


def test_an_early_database_is_upgraded_without_loss(old):
    """First said, then done: each step by name, every row afterwards as it was."""
    said = good(old.parindex("migrate", "--dry-run", "--lang", "en"))
    assert "organisations.0007_erased_people: When a person's data were erased." in said
    assert "Nothing has changed" in said if POSTGRESQL else "Tried on a copy" in said
    done = old.parindex("ledger", "verify", "--lang", "en")
    assert (done.returncode, "older shape" in done.stderr) == (2, True)
    assert "rows of" in good(old.parindex("migrate", "--lang", "en"))
    assert lost(kept(), json.loads(old.run(ROWS))) == []
    sound(old)
    assert "newest shape" in good(old.parindex("migrate", "--lang", "en"))


def test_the_way_back_is_the_backup_that_was_made_first(old, tmp_path):
    """It has the old shape, whole, and any version restores it."""
    file = tmp_path / "before.zip"
    good(old.parindex("migrate", "--backup", str(file)))
    if POSTGRESQL:
        return  # the database is not empty there; restoring is tested below
    again = Site({**old.environment, "PARINDEX_HOME": str(tmp_path / "again")})
    good(again.parindex("restore", str(file)))
    assert lost(kept(), json.loads(again.run(ROWS))) == []
    sound(again)


def test_an_early_backup_is_restored_and_upgraded(bare):
    """A table that the framework of then had, and nobody has any more, is passed over."""
    good(bare.parindex("restore", str(OLD)))
    assert lost(kept(), json.loads(bare.run(ROWS))) == []
    sound(bare)
