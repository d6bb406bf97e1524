"""Killed before any statement of an act, or without room on the disk: nothing lost, nothing doubled.

How full a disk PostgreSQL's server has is not for a process of ours to say: that half is SQLite's.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from killed_acts import ACTS, DONE, FAILED, REFUSED
from processes import POSTGRESQL


SCRIPT = Path(__file__).with_name("killed_acts.py")
TESTS = SCRIPT.parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEAST = 5  # statements that even the smallest act has


def _ran(site, *arguments):
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env={**site.environment, "PYTHONPATH": str(TESTS)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["ended"] == DONE, done.stderr[-3000:]
    assert told["undisturbed"] != told["begun"]
    return told


@pytest.mark.parametrize("act", ACTS)
def test_an_act_killed_anywhere_or_without_room_is_whole_or_not_there(site, act):
    """The ledger and its rows hold after every death; done again, there is what there is without any."""
    told = _ran(site, act)
    *killed, last = told["found"]
    assert len(killed) >= LEAST
    assert {died for died, *_ in killed} == {-signal.SIGKILL}
    assert last[0] == DONE
    for number, (_, after, again, stands) in enumerate(told["found"]):
        assert after["broken"] == stands["broken"] == [], number
        assert again in (DONE, REFUSED), number
        assert stands == told["undisturbed"], number
    if POSTGRESQL:
        return
    died, after, again, stands = told["full"]
    assert died == FAILED
    assert after == told["begun"]
    assert (again, stands) == (DONE, told["undisturbed"])
