"""The database of an early version, kept as a backup of it, is brought to the newest one without loss."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from textwrap import indent

import pytest
from processes import POSTGRESQL, Site, another, nothing_yet


pytestmark = [pytest.mark.slow, pytest.mark.django_db]

OLD = Path(__file__).resolve().parents[1] / "cases" / "upgrade" / "2026-11-25.zip"
"""Made by the first version that had rounds, points, evidence and the ledger: rows in every table
that it wrote to, some of them laid by hand and so without an entry of the ledger."""
LAY = f"""
from pathlib import Path
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


BETWEEN = """
from datetime import UTC, date, datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
last = [
    ("surveys", "0005_factor_indicators"), ("plans", "0002_bringing_in"), ("papers", "0002_papers_of_units"),
]
executor.migrate(last)
models = executor.loader.project_state(last).apps
moment, day = datetime(2026, 11, 29, 8, tzinfo=UTC), date(2026, 11, 29)
did = {"by": "an", "at": moment}
unit = models.get_model("organisations", "Unit").objects.get(parent=None)
def lay(model, /, **values):
    return models.get_model(model).objects.create(**values)
asked = lay("surveys.Questionnaire", code="hai-long", title_vi="Hài lòng", content={}, sha256="0" * 64,
            territory=unit, **did)
survey = lay("surveys.Survey", slug="hai-long", title_vi="Hài lòng", year=2026, body="Sở Nội vụ", kind="exit",
             opens=day, closes=day, seed="1", key="1", territory=unit, **did)
def group(code):
    about = {"questionnaire": asked, "survey": survey}
    return lay("surveys.RespondentGroup", position=1, code=code, title_vi=code, **about)
joined, apart = group("chung"), group("rieng")
lay("surveys.RatedUnit", position=1, unit=unit, group=apart)
counter = lay("surveys.Counter", code="c" * 32, label="Quầy 1", unit=unit, group=joined, **did)
stratum = lay("surveys.Stratum", label="tầng", population=9, quota=3, position=1, group=joined, unit=unit)
for at, n in [(joined, 2), (apart, 1)]:
    lay("surveys.Tally", survey=survey, group=at, issued=5, used=n)
lay("surveys.Tally", survey=survey, group=joined, counter=counter, used=2)
lay("surveys.Tally", survey=survey, group=joined, stratum=stratum, issued=3, used=1)
sittings = [(joined, "a"), (joined, "a"), (joined, "b"), (apart, "x"), (apart, "y")]
for key, (at, sitting) in enumerate(sittings, 1):
    lay("surveys.Answer", id=key, survey=survey, group=at, unit=unit, sitting=sitting, day=day,
        channel="counter" if at == joined else "link", content={}, counter=counter if at == joined else None)
plan = lay("plans.Plan", territory=unit, unit=unit, year=2026, start=day, end=day, number="1/KH", **did)
task = lay("plans.Task", plan=plan, number="1", content="Việc", lead=unit, due=day, **did)
lay("plans.TaskReminder", task=task, stage="due", due=day, at=moment)
"""
"""A database on the way, with rows where later migrations change them."""
AFTERWARDS = """
from parindex.apps.plans.models import TaskReminder
from parindex.apps.surveys.models import Answer, Tally
print(*Answer.objects.order_by("pk").values_list("first", flat=True))
print(*Tally.objects.order_by("pk").values_list("group__code", "stratum__label", "issued"))
print(TaskReminder.objects.get().stage)
"""
FAILING = """
import os, tempfile
from pathlib import Path
tempfile.tempdir = os.environ["PARINDEX_HOME"]
from django.db import connection
from parindex.apps.organisations.models import Person
from parindex.config.keeping import migrating, shaping
from parindex.core.formats.problems import FileRefused

def lose():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM notices_notice")

def fail():
    lose()
    raise RuntimeError("the disk is full")

bring_up = shaping.bring_up
for step in (lose, fail):
    shaping.bring_up = lambda: (bring_up(), step())
    try:
        print("=", migrating.migrate(dry_run=True, keep=None, language="en"))
    except FileRefused as error:
        [problem] = error.problems
        print("=", problem.code, problem.data["why"])
with connection.cursor() as cursor:
    cursor.execute("SELECT COUNT(*) FROM notices_notice")
    print("=", cursor.fetchone()[0], "row")
    if connection.vendor == "postgresql":
        cursor.execute("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'parindex_trial'")
        print("=", cursor.fetchone()[0], "copies")
    else:
        print("=", len(list(Path(tempfile.gettempdir()).glob("parindex-*/copy.sqlite3"))), "copies")
"""
"""Migrations that lose a row, and such as fail."""

BROKEN = """
import sys
from django.db import DataError
from django.db.migrations.migration import Migration
from parindex import cli

apply = Migration.apply
def broken(self, *given, **named):
    if (self.app_label, self.name) == ("surveys", "0007_tallies_of_invitations"):
        raise DataError("value too long\\nLINE 1: secret")
    return apply(self, *given, **named)

Migration.apply = broken
print("=", cli.main(["migrate", "--dry-run", "--lang", "en"]))
print("=", cli.main(["migrate", "--lang", "vi"]))
print("=", cli.main(["migrate", "--backup", os.environ["PARINDEX_HOME"] + "/kept.zip", "--lang", "en"]))
Migration.apply = apply
print("=", cli.main(["migrate", "--lang", "en"]))
"""
"""One step that the database refuses: on the copy, in earnest, after a backup; then no more."""

REFUSED = """
import time
import psycopg
from django.db import connection
from parindex.config.keeping import trial
from parindex.core.formats.problems import FileRefused

def tried():
    try:
        with trial.copied(), connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            print(cursor.fetchone()[0] > 80)
    except FileRefused as refused:
        print(*[problem.code for problem in refused.problems])

with connection.cursor() as cursor:
    cursor.execute("CREATE SCHEMA parindex_trial CREATE TABLE left_behind ()")
tried()
with psycopg.connect(os.environ["PARINDEX_DATABASE_URL"]) as other:
    while not other.execute(trial.LOCK).fetchone()[0]:  # until the trial before has hung up
        time.sleep(0.05)
    tried()
led_to = trial._led_to
trial._led_to = lambda **settings: led_to()
tried()
trial._led_to = led_to
with psycopg.connect(os.environ["PARINDEX_DATABASE_URL"], autocommit=True) as owner:
    owner.execute("DROP ROLE IF EXISTS parindex_weak")
    made = psycopg.sql.SQL("CREATE ROLE parindex_weak LOGIN PASSWORD {} IN ROLE pg_read_all_data")
    owner.execute(made.format(connection.settings_dict["PASSWORD"]))
    connection.close()
    connection.settings_dict["USER"] = "parindex_weak"
    tried()
    connection.close()
    owner.execute("DROP ROLE parindex_weak")
"""
"""Trials after one that broke off, beside another, by way of a pooler, without the right."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory, django_db_setup):
    """A site of that version, to be copied."""
    home = tmp_path_factory.mktemp("laid")
    with nothing_yet(home) as site:
        processed(site, LAY)
        with zipfile.ZipFile(OLD) as archive:
            (home / "signing-key.pub").write_bytes(archive.read("signing-key.pub"))
        yield site


@pytest.fixture
def old(laid, tmp_path):
    """A site of that version."""
    with another(laid, tmp_path / "home") as site:
        yield site


@pytest.fixture(scope="module")
def laid_between(laid, tmp_path_factory):
    """A later one, with rows that the last migrations change."""
    with another(laid, tmp_path_factory.mktemp("between") / "home") as site:
        processed(site, BETWEEN)
        yield site


@pytest.fixture
def between(laid_between, tmp_path):
    """See the fixture before."""
    with another(laid_between, tmp_path / "home") as site:
        yield site


def processed(site, script):
    """What a script prints, whatever shape the database has."""
    script = f"from parindex.config.site import set_up\nset_up()\n{script}"
    more = {"env": site.environment, "capture_output": True, "text": True, "timeout": 300}
    run = subprocess.run([sys.executable, "-c", script], check=False, **more)
    assert run.returncode == 0, run.stderr
    return run.stdout


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
    assert "Tried on a copy" in said
    assert "rows of" in said
    done = old.parindex("ledger", "verify", "--lang", "en")
    assert (done.returncode, "older shape" in done.stderr) == (2, True)
    assert "rows of" in good(old.parindex("migrate", "--lang", "en"))
    assert lost(kept(), json.loads(old.run(ROWS))) == []
    sound(old)
    assert "newest shape" in good(old.parindex("migrate", "--lang", "en"))


def test_rows_on_the_way_are_migrated_after_trials_that_change_nothing(between):
    """What a migration gives up is told, and is no loss; a copy on which rows are lost, or a step fails,
    leaves the site as it was, and nothing is left of it."""
    given_up = "surveys_tally: 4 → 3 rows (surveys.0007_tallies_of_invitations)"
    said = processed(between, FAILING).splitlines()
    outcomes = [line for line in said if line.startswith("= ")]
    assert outcomes == [
        "= 1",
        "= step_failed_on_copy RuntimeError: the disk is full",
        "= 1 row",
        "= 0 copies",
    ]
    assert given_up in said
    assert given_up in good(between.parindex("migrate", "--lang", "en"))
    answers, tallies, stage = between.run(AFTERWARDS).splitlines()
    joined, apart = answers.split()[:3], answers.split()[3:]
    assert (joined, sorted(apart)) == (["True", "False", "True"], ["False", "True"])
    assert tallies == "('chung', None, 5) ('rieng', None, 5) ('chung', 'tầng', 3)"
    assert stage == "due"
    sound(between)


def test_a_step_that_fails_is_named_with_its_reason_and_what_to_do(between):
    """In both languages, without a traceback; the steps before it stand; once it works the rest follows."""
    script = f"import contextlib, os\nwith contextlib.redirect_stderr(sys.stdout):\n{indent(BROKEN, '  ')}"
    said = processed(between, f"import sys\n{script}")
    outcomes = [line for line in said.splitlines() if line.startswith("= ")]
    assert outcomes == ["= 2", "= 2", "= 2", "= 0"]
    told = [
        line for line in said.splitlines() if line.startswith("surveys.0007_tallies_of_invitations: This")
    ]
    assert "failed on the copy: DataError: value too long. The site itself is as it was" in told[0]
    assert f"restore {between.environment['PARINDEX_HOME']}/kept.zip" in told[1]
    assert "surveys.0007_tallies_of_invitations: Bước này" in said
    assert "Giữ trang dừng; xử lý nguyên nhân rồi chạy lại parindex migrate" in said
    assert "Traceback" not in said
    assert "secret" not in said
    assert lost(kept(), json.loads(between.run(ROWS))) == []


@pytest.mark.skipif(not POSTGRESQL, reason="on SQLite the copy is a file, which nothing refuses")
def test_a_copy_that_cannot_be_made_apart_is_refused(site):
    """And nothing is tried; what a trial that broke off left behind gives way."""
    assert processed(site, f"import os\n{REFUSED}").splitlines() == [
        "True", "trial_under_way", "trial_not_apart", "trial_not_allowed",
    ]  # fmt: skip


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
