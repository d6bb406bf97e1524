"""The last night: 29 units with three officers each save at once, on a real server."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from night import CLOSED, CONFLICT, SAVED, Night
from processes import finished, serving


pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BENCH = Path(__file__).parents[2] / "bench"
SECONDS = float(os.environ.get("NIGHT_SECONDS", "4"))
ENOUGH, LONGEST = 100, 300  # answers waited for; seconds
DRAFTS = """
import json
from parindex.apps.assessments.models import Draft
rows = Draft.objects.values_list("participant__unit__code", "leaf", "version", "note", "at")
print(json.dumps([[*row[:4], row[4].timestamp()] for row in rows]))
"""
TICK = """
from parindex.config.jobs import jobs
at = datetime.fromisoformat(sys.argv[1])
print(*[f"{ran.name}:{ran.count}:{ran.error}" for ran in tick(jobs(), at=at)])
"""


@pytest.fixture
def night(site):
    """Everybody at their desk, in a round whose last minute ends at `night.closes`."""
    site.environment["PYTHONPATH"] = str(BENCH)
    now = datetime.now(UTC)
    closes = now.replace(second=0, microsecond=0) + timedelta(minutes=10)
    filled = subprocess.run(
        [sys.executable, str(BENCH / "night_world.py"), closes.isoformat()],
        env=site.environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found = Night(filled.stdout)
    found.closes = closes + timedelta(minutes=1)  # the stated minute is included
    assert len(found.officers) == 87
    return found


@pytest.fixture
def ahead(tmp_path):
    """The file that says by how many seconds the server's clock is ahead."""
    file = tmp_path / "ahead"
    file.write_text("0")
    return file


@contextmanager
def _serving(site, log, ahead):
    """The site's own server; gives its port and its process."""
    more = {"DJANGO_SETTINGS_MODULE": "night_settings", "NIGHT_AHEAD": str(ahead), "PARINDEX_TICK": "0"}
    with log.open("ab") as out, serving(site, log=out, **more) as served:
        yield served


def _children(process):
    """The workers, which no signal to their parent reaches."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, check=True)
    return [int(pid) for pid in found.stdout.split()]


def test_nothing_is_lost_while_the_deadline_passes(site, night, ahead, tmp_path):
    """No save that was confirmed is missing, none was taken after the last minute, nothing failed.

    How many saves came through is the number of the version that stands; the last of them is what stands.
    """
    log = tmp_path / "log"
    with _serving(site, log, ahead) as (port, _):
        threads = night.start(port, LONGEST)
        _until(night, SAVED)
        put = night.closes.timestamp() - time.time() - 1  # the minute ends a second from now
        ahead.write_text(str(put))
        time.sleep(1.5)
        ticked = finished(site.start(TICK, datetime.fromtimestamp(time.time() + put, UTC).isoformat()))
        _until(night, CLOSED)
        night.stop.set()
        for thread in threads:
            thread.join()
    assert set(night.statuses) <= {SAVED, CONFLICT, CLOSED}, night.statuses
    assert [o.broken for o in night.officers if o.broken] == []
    assert "phases.close:1:" in ticked
    assert "Traceback" not in log.read_text()
    _confirmed_is_kept(site, night)
    over = night.closes.timestamp() - put
    assert {status for o in night.officers for *_, status, _, sent in o.answers if sent > over} <= {
        CLOSED,
        CONFLICT,
    }
    assert site.parindex("ledger", "verify").returncode == 0


def _until(night, status):
    """Until so many were answered so, and half the time is over."""
    least = time.monotonic() + SECONDS / 2
    while night.statuses[status] < ENOUGH or time.monotonic() < least:
        time.sleep(0.05)


def _confirmed_is_kept(site, night, *, unconfirmed=()):
    """Every confirmed save is in the chain of versions, and the last one stands but for lost answers."""
    drafts = {
        (unit, leaf): (version, note, at) for unit, leaf, version, note, at in json.loads(site.run(DRAFTS))
    }
    accepted = night.accepted()
    assert set(drafts) - set(accepted) <= {key for key, _ in unconfirmed}
    for key, saves in accepted.items():
        version, note, at = drafts[key]
        assert at < night.closes.timestamp()
        versions = [v for v, _ in saves]
        assert len(set(versions)) == len(versions), key
        more = {said for place, said in unconfirmed if place == key}
        if not more:
            assert versions == list(range(1, version + 1)), key
            assert note == saves[-1][1]
        else:
            assert version - len(more) <= len(versions) <= version, key
            assert note in {saves[-1][1], *more}


def test_a_server_killed_while_87_officers_save_keeps_what_it_confirmed(site, night, ahead, tmp_path):
    """Killed outright and started again: whoever goes on typing goes on where they were."""
    log = tmp_path / "log"
    with _serving(site, log, ahead) as (port, server):
        threads = night.start(port, LONGEST)
        _until(night, SAVED)
        for process in [server.pid, *_children(server.pid)]:
            os.kill(process, signal.SIGKILL)
        server.wait(timeout=60)
        night.stop.set()
        for thread in threads:
            thread.join()
    unconfirmed = [
        ((o.sheet.split("/")[-2], leaf), note) for o in night.officers for leaf, note, _ in o.broken
    ]
    assert unconfirmed
    assert set(night.statuses) <= {SAVED, CONFLICT}
    _confirmed_is_kept(site, night, unconfirmed=unconfirmed)
    assert site.parindex("ledger", "verify").returncode == 0
    night.stop.clear()
    for officer in night.officers:
        officer.answers.clear()
    with _serving(site, log, ahead) as (port, _):
        night.run(port, 1)
    assert night.statuses[SAVED] > 0
    assert set(night.statuses) <= {SAVED, CONFLICT}
    assert "Traceback" not in log.read_text()
