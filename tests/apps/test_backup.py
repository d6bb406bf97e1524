"""A site in one file and back again: nothing lost, nothing half done, while others write."""

import json
import shutil
import signal
import sqlite3
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from processes import POSTGRESQL, Site


pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TESTS = Path(__file__).resolve().parents[1]
FILL = f"""
sys.path.insert(0, {str(TESTS)!r})
import io
from small_round import ACT, open_small
from parindex.apps.assessments.ledger import round_name
from parindex.apps.audit.seals import seal
from parindex.apps.evidence import store
from parindex.apps.evidence.models import StoredContent
from parindex.apps.organisations.models import Person
from parindex.apps.results.actions import compute_result
small = open_small()
small.answer(("so-mot", "A2", "3"), ("so-hai", "A2", "5"))
compute_result(round_=small.round, **ACT)
seal(book=round_name(small.round), subject="round.concluded", **ACT)
act("round:tinh-thu/2024", texts={{"lý do": "vì ₫ “lạ” " * 20}})
file = io.BytesIO("bằng chứng".encode())
name = store.hash_of(file)
store.put(file, name)
StoredContent.objects.create(sha256=name, size=12, media_type="application/pdf", stored_at=ACT["at"])
person = Person(username="an", full_name="Ân")
person.set_password("mật khẩu dài")
person.save()
print(name)
"""
STATE = """
from django.apps import apps
from parindex.config.keeping import tables
import hashlib, json
def told(model):
    return hashlib.sha256("\\n".join(tables.lines_of(model, "default")).encode()).hexdigest()
print(json.dumps({m._meta.label: told(m) for m in tables.tables_of(apps)}))
"""


@pytest.fixture
def filled(site):
    """A site with a small round, a document and a person."""
    site.content = site.run(FILL).strip()
    return site


@pytest.fixture
def fresh(bare, tmp_path):
    """Another machine: no home yet, no database or an empty one."""
    return Site({**bare.environment, "PARINDEX_HOME": str(tmp_path / "fresh")})


def home_of(site):
    return Path(site.environment["PARINDEX_HOME"])


def state(site):
    """A hash over every row of every table."""
    return json.loads(site.run(STATE))


def good(done):
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def keep(site, tmp_path):
    """A backup with its keys."""
    file, keys = tmp_path / "site.zip", tmp_path / "site.keys"
    good(site.parindex("backup", str(file), "--keys", str(keys)))
    return file, keys


def test_a_lost_machine_is_restored_on_a_new_one(filled, fresh, tmp_path):
    """Every row, document, key; the ledger verifies, the round rebuilds, people sign in."""
    before = state(filled)
    file, keys = keep(filled, tmp_path)
    secret = (home_of(filled) / "signing-key").read_text()
    shutil.rmtree(home_of(filled))
    good(fresh.parindex("restore", str(file), "--keys", str(keys)))
    assert state(fresh) == before
    home = home_of(fresh)
    assert (home / "signing-key").read_text() == secret
    assert [oct(p.stat().st_mode & 0o777) for p in (home / "signing-key", home / "secret-key")] == [
        "0o600"
    ] * 2
    assert "The ledger holds" in good(fresh.parindex("ledger", "verify", "--lang", "en"))
    assert "identical" in good(fresh.parindex("rebuild", "tinh-thu/2024", "--lang", "en"))
    look = (
        "from parindex.apps.evidence import store\n"
        "from parindex.apps.organisations.models import Person\n"
        f"print(store.open_content({filled.content!r}).read().decode(), "
        "Person.objects.get(username='an').check_password('mật khẩu dài'))\n"
        "print(act('round:tinh-thu/2024').position)"
    )
    assert fresh.run(look) == "bằng chứng True\n5\n"
    assert not list(home.glob(".restoring-*"))


@pytest.fixture(scope="session")
def demonstration(loaded, home, tmp_path_factory, django_db_blocker):
    """The home of the whole demonstration, with its database as a file; made outside of any transaction."""
    place = tmp_path_factory.mktemp("demonstration") / "home"
    shutil.copytree(home, place)
    with django_db_blocker.unblock():
        connection.ensure_connection()
        copy = sqlite3.connect(place / "parindex.sqlite3")
        connection.connection.backup(copy)
        copy.close()
    return place


@pytest.mark.skipif(POSTGRESQL, reason="the demonstration is copied as a file")
def test_the_whole_demonstration_comes_back_and_every_round_rebuilds(demonstration, fresh, tmp_path):
    """All tables of all rooms, the store of dossiers, bundles and pictures."""
    lost = Site({**fresh.environment, "PARINDEX_HOME": str(tmp_path / "lost")})
    shutil.copytree(demonstration, home_of(lost))
    before, files = state(lost), _files(home_of(lost))
    file, keys = keep(lost, tmp_path)
    shutil.rmtree(home_of(lost))
    good(fresh.parindex("restore", str(file), "--keys", str(keys)))
    assert state(fresh) == before
    assert _files(home_of(fresh)) == files
    assert "The ledger holds" in good(fresh.parindex("ledger", "verify", "--lang", "en"))
    rebuild = (
        "from parindex.apps.assessments.models import Round\n"
        "from parindex.apps.results.rebuild import rebuild\n"
        "found = [(r.code, len(rebuild(r).differences)) for r in Round.objects.all()]\n"
        "print(len(found), [code for code, differences in found if differences])"
    )
    count, _, different = fresh.run(rebuild).partition(" ")
    assert (int(count) > 15, different) == (True, "[]\n")


def _files(home):
    """What lies in the folders that a backup carries, but for what is made again."""
    places = [home / "evidence", home / "publications", home / "dossiers", home / "trust"]
    found = {p.relative_to(home): p.read_bytes() for place in places for p in place.rglob("*") if p.is_file()}
    again = {"ingesting.lock"}
    kept = {k: v for k, v in found.items() if k.name not in again and k.parts[:2] != ("evidence", "pdf")}
    return {k: v for k, v in kept.items() if "counts" not in k.parts}


def test_a_backup_made_while_others_write_is_of_one_moment(filled, fresh, tmp_path):
    """Each act writes two chains; the backup has both entries or none, and nobody is kept waiting."""
    script = (
        "print('started', flush=True)\n"
        "n = 0\n"
        "end = time.monotonic() + 60\n"
        "while time.monotonic() < end:\n"
        "    with transaction.atomic():\n"
        "        hold('a:x', 'b:x')\n"
        "        act('a:x'), act('b:x')\n"
        "    n += 1\n"
        "    if n % 20 == 0: print(n, flush=True)\n"
    )
    writer = filled.start(script)
    try:
        assert writer.stdout.readline() == "started\n"
        file, keys = keep(filled, tmp_path)
    finally:
        writer.send_signal(signal.SIGKILL)
        written, _ = writer.communicate(timeout=60)
    assert int(written.split()[-1]) >= 20
    good(fresh.parindex("restore", str(file), "--keys", str(keys)))
    count = "print(*[Entry.objects.filter(chain=c).count() for c in ('a:x', 'b:x')])"
    one, other = map(int, fresh.run(count).split())
    assert one == other > 0
    assert "The ledger holds" in good(fresh.parindex("ledger", "verify", "--lang", "en"))


def test_nothing_is_written_over(filled, tmp_path):
    """Not the file, not the keys, not a home that holds a site."""
    file, keys = keep(filled, tmp_path)
    before = file.read_bytes(), keys.read_bytes(), state(filled)
    done = filled.parindex("backup", str(file), "--lang", "en")
    assert (done.returncode, done.stderr) == (
        2, f"{file}: This file is there already and is not written over. Choose another name.\n",
    )  # fmt: skip
    done = filled.parindex("backup", str(tmp_path / "other.zip"), "--keys", str(keys))
    assert (done.returncode, (tmp_path / "other.zip").exists()) == (2, False)
    done = filled.parindex("restore", str(file), "--lang", "en")
    assert done.returncode == 2
    assert "The home holds already: " in done.stderr
    assert (file.read_bytes(), keys.read_bytes(), state(filled)) == before
    assert [oct(p.stat().st_mode & 0o777) for p in (file, keys)] == ["0o600"] * 2


def test_secret_keys_are_in_no_backup_and_are_told_of(filled, fresh, tmp_path):
    """Without their file the site comes back all the same: old seals verify, new ones have a new key."""
    file = tmp_path / "site.zip"
    assert "`--keys`" in good(filled.parindex("backup", str(file)))
    secrets = [(home_of(filled) / name).read_text().strip() for name in ("secret-key", "signing-key")]
    with zipfile.ZipFile(file) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert not [s for s in secrets if s.encode() in content]
    assert "second factors are set up anew" in good(fresh.parindex("restore", str(file), "--lang", "en"))
    assert "The ledger holds" in good(fresh.parindex("ledger", "verify", "--lang", "en"))
