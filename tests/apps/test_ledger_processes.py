"""The ledger and the tick under several processes at once, some of them killed; a database for each test."""

import signal
import subprocess
import sys
import time

import pytest
from processes import POSTGRESQL, finished, free_port, wait_for

from parindex.config.jobs import jobs


pytestmark = [pytest.mark.slow, pytest.mark.django_db]


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
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "parindex", "serve", "--port", str(port)],
        env={**site.environment, "PARINDEX_TICK": setting}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        wait_for(port)
        runs = (
            "from parindex.apps.schedule.queries import job_runs\n"
            "print(*[(run.name, run.outcome) for run in job_runs()])"
        )
        names = sorted(job.name for job in jobs()) if ticks else ()
        wanted = " ".join(f"('{name}', 'done')" for name in names)
        found, tries = "", 0
        while found != wanted or tries < 2:
            found, tries = site.run(runs).strip(), tries + 1
            assert tries < 10, found
    finally:
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=60)
    assert (server.returncode, err) == (0, b"")
