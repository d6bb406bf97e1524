"""A site in one file and back again: nothing lost, nothing half done, while others write."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from processes import POSTGRESQL, Site, finished


pytestmark = [pytest.mark.slow, pytest.mark.django_db]

STATE = """
from django.apps import apps
from parindex.config.keeping import tables
import hashlib, json
def told(model):
    return hashlib.sha256("\\n".join(tables.lines_of(model, "default")).encode()).hexdigest()
print(json.dumps({m._meta.label: told(m) for m in tables.tables_of(apps)}))
"""


@pytest.fixture
def fresh(bare, tmp_path):
    """Another machine: no home yet, no database or an empty one."""
    return Site({**bare.environment, "PARINDEX_HOME": str(tmp_path / "fresh")})


def home_of(site):
    return Path(site.environment["PARINDEX_HOME"])


def state(site):
    """A hash over every row of every table."""
    return json.loads(site.run(STATE))


def kept(site):
    """How the site says that its last backup went, and why."""
    look = "from parindex.apps.schedule.models import JobRun\nrun = JobRun.objects.get(name='site.backup')\n"
    return tuple(json.loads(site.run(f"{look}import json\nprint(json.dumps([run.outcome, run.error]))")))


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
    assert kept(filled) == ("done", "")
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


def _rewritten(file, target, change):
    """The backup with its manifest changed, or a member."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
    return target


def _manifest(**changes):
    def change(name, content):
        return json.dumps({**json.loads(content), **changes}) if name == "manifest.json" else content

    return change


BROKEN = {
    "cut off": (lambda f, t: t.write_bytes(f.read_bytes()[:-2000]), "No whole backup"),
    "empty": (lambda f, t: t.write_bytes(b""), "No whole backup"),
    "not there": (lambda f, t: None, "cannot be opened"),
    "another ZIP": (lambda f, t: _rewritten(f, t, lambda n, c: None if n == "manifest.json" else c), "No w"),
    "a member lost": (
        lambda f, t: _rewritten(f, t, lambda n, c: None if n == "database/audit.Entry.jsonl" else c),
        "“database/audit.Entry.jsonl” is missing",
    ),
    "a member changed": (
        lambda f, t: _rewritten(f, t, lambda n, c: c + b" " if n == "database/audit.Entry.jsonl" else c),
        "“database/audit.Entry.jsonl” in the backup is broken",
    ),
    "a newer format": (lambda f, t: _rewritten(f, t, _manifest(version=9)), "format “9”"),
    "a newer version": (
        lambda f, t: _rewritten(f, t, _manifest(migrations=[["audit", "0999_later"]])), "audit.0999_later",
    ),
    "a broken manifest": (
        lambda f, t: _rewritten(f, t, lambda n, c: b"{}" if n == "manifest.json" else c), "No whole",
    ),
    "half a manifest": (lambda f, t: _rewritten(f, t, _manifest(tables=[{}])), "manifest.json is broken"),
    "a way out": (
        lambda f, t: _rewritten(f, t, _manifest(files={"../x": {"size": 1, "sha256": ""}}, tables=[])),
        "“../x”",
    ),
    "another ledger": (
        lambda f, t: _rewritten(f, t, _manifest(ledger={"entries": 1})), "does not end as the backup says",
    ),
}  # fmt: skip


def test_what_is_no_whole_backup_is_refused_and_nothing_half_restored(filled, fresh, tmp_path):
    """By name; afterwards the right file is restored into the same place."""
    before = state(filled)
    file, keys = keep(filled, tmp_path)
    for name, (spoil, said) in BROKEN.items():
        bad = tmp_path / f"{name}.zip"
        spoil(file, bad)
        done = fresh.parindex("restore", str(bad), "--lang", "en")
        assert (done.returncode, said in done.stderr) == (2, True), (name, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        assert [p.name for p in home_of(fresh).glob("*")] == [], name
    done = fresh.parindex("restore", str(file), "--keys", str(file), "--lang", "en")
    assert (done.returncode, "no file of keys" in done.stderr) == (2, True)
    good(fresh.parindex("restore", str(file), "--keys", str(keys)))
    assert state(fresh) == before


def test_a_flipped_byte_anywhere_is_found(filled, fresh, tmp_path):
    """Twenty places over the whole file."""
    file, _ = keep(filled, tmp_path)
    whole = file.read_bytes()
    bad = tmp_path / "bad.zip"
    check = (
        "from pathlib import Path\n"
        "from parindex.config.keeping.container import opened\n"
        "from parindex.core.formats.problems import FileRefused\n"
        "import zipfile\n"
        "whole, bad = (Path(a) for a in sys.argv[1:])\n"
        "content = whole.read_bytes()\n"
        "for k in range(20):\n"
        "    place = len(content) * k // 20 + 40\n"
        "    bad.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1:])\n"
        "    try:\n"
        "        with opened(bad) as backup:\n"
        "            for name in backup.names: backup.check(name)\n"
        "            same = {n: backup.open(n).read() for n in backup.names}\n"
        "        with opened(whole) as good:\n"
        "            assert same == {n: good.open(n).read() for n in good.names}, place\n"
        "    except FileRefused as refusal: print(refusal.problems[0].code)\n"
    )
    codes = set(filled.run(check, file, bad).split())
    assert codes <= {
        "backup_member_broken",
        "not_a_backup",
        "backup_manifest_broken",
        "backup_member_missing",
    }
    assert "backup_member_broken" in codes
    assert file.read_bytes() == whole


@pytest.mark.skipif(POSTGRESQL, reason="an empty database is made by hand there")
def test_what_stands_in_the_way_is_set_aside_when_told_so(filled, tmp_path):
    """The old database is kept whole."""
    before = state(filled)
    file, keys = keep(filled, tmp_path)
    filled.run("act('round:tinh-thu/2024')")
    later = state(filled)
    good(filled.parindex("restore", str(file), "--keys", str(keys), "--replace"))
    assert state(filled) == before
    (aside,) = home_of(filled).glob("replaced-*")
    assert state(Site({**filled.environment, "PARINDEX_HOME": str(aside)})) == later


KILLED = """
import os, sys
from pathlib import Path
from parindex.config.keeping import restore
place, file, keys = sys.argv[1:]
left = {"rows": 10, "move": 1}
def fatal(what, act):
    def killed(*given, **named):
        left[what] -= 1
        if not left[what]:
            os._exit(9)
        return act(*given, **named)
    return killed
whole = restore.fill_database
def half(*given):
    from parindex.config.keeping import tables
    tables.fill = fatal("rows", tables.fill)
    return whole(*given)
if place == "rows":
    restore.fill_database = half
else:
    restore._move_into_place = fatal("move", restore._move_into_place)
restore.restore(Path(file), keys=Path(keys), replace=False, language="en")
"""


@pytest.mark.parametrize("place", ["rows", "move"])
@pytest.mark.skipif(
    POSTGRESQL, reason="there the rows lie in the database, which is emptied by its transaction"
)
def test_a_restore_that_is_killed_leaves_no_site_and_is_done_again(filled, fresh, tmp_path, place):
    """In the midst of the rows, and when all is made but nothing is in its place."""
    before = state(filled)
    file, keys = keep(filled, tmp_path)
    run = [sys.executable, "-c", KILLED, place, str(file), str(keys)]
    done = subprocess.run(
        run, env=fresh.environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 9, done.stderr
    assert not (home_of(fresh) / "parindex.sqlite3").exists()
    good(fresh.parindex("restore", str(file), "--keys", str(keys)))
    assert state(fresh) == before


def test_a_document_that_the_disk_lost_is_named_and_all_else_is_kept(filled, fresh, tmp_path):
    """Exit code 1: whoever watches the backup hears of it."""
    content = filled.content
    place = home_of(filled) / "evidence" / "content" / content[:2] / content[2:4] / content
    place.write_bytes(b"other")
    done = filled.parindex("backup", str(tmp_path / "a.zip"), "--lang", "en")
    assert (done.returncode, f"{content}: damaged or missing" in done.stderr) == (1, True)
    assert kept(filled) == ("failed", f"content/{content[:2]}/{content[2:4]}/{content}")
    place.unlink()
    before = state(filled)
    done = filled.parindex("backup", str(tmp_path / "b.zip"), "--lang", "en")
    assert (done.returncode, f"{content}: damaged or missing" in done.stderr) == (1, True)
    good(fresh.parindex("restore", str(tmp_path / "b.zip")))
    assert state(fresh) == before


def test_a_full_disk_leaves_no_half_backup(filled, tmp_path):
    """Nor a temporary file."""
    small = tmp_path / "small"
    small.mkdir()
    limit = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from parindex.cli import main\n"
        "print(main(['backup', sys.argv[1], '--lang', 'en']))"
    )
    process = filled.start(limit, small / "site.zip")
    assert finished(process).splitlines()[-1] == "2"
    assert os.listdir(small) == []
    file = small / "site.zip"
    why = f"{file}: Không ghi được: File too large. / {file}: This cannot be written: File too large."
    assert kept(filled) == ("failed", why)
