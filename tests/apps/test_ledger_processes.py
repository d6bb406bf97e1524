"""The ledger and the tick under several processes at once, some of them killed; a database for each test."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from urllib.parse import urlsplit

import pytest
from django.db import connection


pytestmark = [pytest.mark.slow, pytest.mark.django_db]
POSTGRESQL = connection.vendor == "postgresql"
START = """
import sys, time
from datetime import UTC, datetime
from parindex.config.site import ready
ready("en")
from django.db import transaction
from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import hold, record
from parindex.apps.schedule.tick import Job, tick

def act(chain, **more):
    said = dict(kind="test.done", subject="s", payload={"v": 1}, by="a", at=datetime.now(UTC))
    return record(chain=chain, **{**said, **more})
"""


class Site:
    """A database and a home of their own, and processes that work on them."""

    def __init__(self, environment):
        self.environment = environment

    def start(self, script, *arguments):
        """A process that runs a script after `START`."""
        return subprocess.Popen(
            [sys.executable, "-c", START + script, *map(str, arguments)],
            env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, script, *arguments):
        """What a script prints."""
        return finished(self.start(script, *arguments))

    def parindex(self, *arguments):
        """`parindex …`."""
        return subprocess.run(
            [sys.executable, "-m", "parindex", *arguments],
            env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip


def finished(process):
    """What a process printed, when it has ended well."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_setup, django_db_blocker):
    """A database with its tables, made once, to be copied: a file, or a name."""
    home = tmp_path_factory.mktemp("template")
    environment = _environment(home)
    with django_db_blocker.unblock():
        name = _create_database() if POSTGRESQL else None
        if name:
            environment["PARINDEX_DATABASE_URL"] = _url(name)
        prepare = [sys.executable, "-c", "from parindex.config.site import prepare; prepare()"]
        subprocess.run(prepare, env=environment, check=True, timeout=120)
        yield name or home / "parindex.sqlite3"
        if name:
            _drop_database(name)


@pytest.fixture
def bare(tmp_path):
    """A site without a database, or with an empty one on PostgreSQL."""
    environment = _environment(tmp_path / "home")
    name = _create_database() if POSTGRESQL else None
    yield Site({**environment, "PARINDEX_DATABASE_URL": _url(name)} if name else environment)
    if name:
        _drop_database(name)


@pytest.fixture
def site(template, tmp_path):
    """A site with its tables."""
    environment = _environment(tmp_path / "home")
    if not POSTGRESQL:
        (tmp_path / "home").mkdir()
        shutil.copy(template, tmp_path / "home")
        yield Site(environment)
        return
    name = _create_database(template)
    yield Site({**environment, "PARINDEX_DATABASE_URL": _url(name)})
    _drop_database(name)


def _environment(home):
    kept = {k: v for k, v in os.environ.items() if k != "PARINDEX_DATABASE_URL"}
    return {**kept, "PARINDEX_HOME": str(home), "PYTHONUTF8": "1"}


def _url(name):
    return urlsplit(os.environ["PARINDEX_DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _create_database(template="template0"):
    name = f"ledger_{uuid.uuid4().hex[:12]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _drop_database(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _holds(site):
    done = site.parindex("ledger", "verify", "--lang", "en")
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_writers_of_one_chain_wait_for_each_other(site):
    """Nobody fails, no position is lost: four processes, sixty entries each."""
    script = "for n in range(60): act('round:thu/2024', payload={'v': 1, 'n': n}, by=sys.argv[1])"
    for process in [site.start(script, f"person:{k}") for k in range(4)]:
        finished(process)
    assert "240 entries, 1 chains" in _holds(site)
    count = "print(*[Entry.objects.filter(by=f'person:{k}').count() for k in range(4)])"
    assert site.run(count).split() == ["60"] * 4


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer at a time, whatever the chain")
def test_writers_of_different_chains_do_not_wait(site):
    """While one act has not ended, another chain is written at once, the same one only after it."""
    holder = site.start(
        "with transaction.atomic():\n"
        "    act('round:một')\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    assert holder.stdout.readline() == "held\n"
    waiting = site.start("act('round:một'); print('written')")
    assert site.run("act('round:hai'); print('written')") == "written\n"
    time.sleep(1)
    assert waiting.poll() is None
    holder.communicate("go\n", timeout=60)
    assert finished(waiting) == "written\n"
    assert "3 entries, 2 chains" in _holds(site)


def test_acts_that_write_two_chains_do_not_block_each_other_for_good(site):
    """They name both at first; one order for all."""
    script = (
        "one, other = sys.argv[1:]\n"
        "for _ in range(30):\n"
        "    with transaction.atomic():\n"
        "        hold(one, other)\n"
        "        act(one), act(other)\n"
    )
    for process in [site.start(script, *pair) for pair in (("a:x", "b:x"), ("b:x", "a:x"))]:
        finished(process)
    assert "120 entries, 2 chains" in _holds(site)


def test_a_process_killed_while_it_writes_leaves_whole_acts(site):
    """Each act is two entries and a text: all three are there or none, and the chains hold."""
    script = (
        "print('started', flush=True)\n"
        "while True:\n"
        "    with transaction.atomic():\n"
        "        hold('round:x', 'sheet:x')\n"
        "        act('round:x', texts={'lý do': 'vì ' * 500}), act('sheet:x')\n"
    )
    for pause in (0.3, 0.55, 0.8):
        process = site.start(script)
        assert process.stdout.readline() == "started\n"
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    counts = "print(*[Entry.objects.filter(chain=c).count() for c in ('round:x', 'sheet:x')])"
    texts = int(site.run("print(LedgerText.objects.count())"))
    one, other = map(int, site.run(counts).split())
    assert one == other == texts > 0
    _holds(site)


TICKS = """
def slow(at):
    print("begins", time.time_ns(), flush=True)
    time.sleep(0.4)
    print("ends", time.time_ns(), flush=True)
    return 1

from datetime import timedelta
every = timedelta(days=1) if sys.argv[1] == "daily" else None
for _ in range(int(sys.argv[2])):
    for ran in tick([Job("a.slow", slow, every)], at=datetime.now(UTC)):
        print("count", ran.count, ran.error)
"""


def _lines(processes):
    found = [line.split() for process in processes for line in finished(process).splitlines()]
    return sorted((int(at), word) for word, at, *_ in found if word in ("begins", "ends"))


def test_two_ticks_at_once_never_run_a_job_together(site):
    """What one is at, the other passes over."""
    words = [word for _, word in _lines([site.start(TICKS, "always", 5) for _ in range(3)])]
    assert len(words) >= 10
    assert words == ["begins", "ends"] * (len(words) // 2)


def test_a_daily_job_runs_once_whoever_comes_first(site):
    assert len(_lines([site.start(TICKS, "daily", 1) for _ in range(4)])) == 2


def test_commands_without_a_database_say_so_and_make_none(bare, tmp_path):
    """Exit code 2; the file is not even begun. The same with an older shape of the database."""
    for command in (["ledger", "verify"], ["rebuild", "a/b"], ["tick"]):
        done = bare.parindex(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "hãy chạy `parindex serve` trước" in done.stderr
    assert not list((tmp_path / "home").glob("*.sqlite3"))
    migrate = [sys.executable, "-m", "django", "migrate", "audit", "0003", "-v0"]
    environment = {**bare.environment, "DJANGO_SETTINGS_MODULE": "parindex.config.settings"}
    subprocess.run(migrate, env=environment, check=True, timeout=120)
    done = bare.parindex("tick", "--lang", "en")
    assert (done.returncode, "run `parindex serve` first" in done.stderr) == (2, True)


@pytest.mark.parametrize(("setting", "ticks"), [("1", True), ("0", False)])
def test_the_server_ticks_unless_it_is_told_not_to(site, setting, ticks):
    """In the background, at once and then each minute."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "parindex", "serve", "--port", str(port)],
        env={**site.environment, "PARINDEX_TICK": setting}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        _wait_for(port)
        runs = (
            "from parindex.apps.schedule.queries import job_runs\n"
            "print(*[(run.name, run.outcome) for run in job_runs()])"
        )
        wanted = "('ledger.verify', 'done') ('phases.close', 'done')" if ticks else ""
        found, tries = "", 0
        while found != wanted or tries < 2:
            found, tries = site.run(runs).strip(), tries + 1
            assert tries < 10, found
    finally:
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=60)
    assert (server.returncode, err) == (0, b"")


def _wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not come up")
