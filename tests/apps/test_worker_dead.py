"""A server process dies, or the database goes, under a running site: it serves on, or says what is wrong."""

import os
import signal
import subprocess
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.db import connection
from processes import POSTGRESQL, serving


pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SETTINGS = {"PARINDEX_WORKERS": "2", "PARINDEX_TICK": "0", "PARINDEX_CACHE": "0"}
LONGEST = 120  # seconds; each wait ends as soon as there is what it waits for


def _page(port, path="/"):
    """Status and text of a page; 0 where the line broke."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=LONGEST) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, OSError):
        return 0, ""


def _until(wanted):
    """What is wanted, as soon as it is there."""
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        if found := wanted():
            return found
        time.sleep(0.1)
    pytest.fail("it did not come")


def _workers(server):
    """The processes that answer: those that listen for requests, and not what counts their resources."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(server.pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return {int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line}


def test_a_server_process_that_dies_is_replaced(site):
    """The other one answers meanwhile, and both do afterwards."""
    with serving(site, **SETTINGS) as (port, server):
        before = _until(lambda: len(found := _workers(server)) == 2 and found)
        _until(lambda: _page(port)[0] == 200)
        dead = min(before)
        os.kill(dead, signal.SIGKILL)
        _until(lambda: len(found := _workers(server) - {dead}) == 2 and found)
        _until(lambda: _page(port)[0] == 200)
        assert server.poll() is None


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite is a file of this machine: nobody takes it away")
def test_a_database_that_is_taken_away_and_given_back(site):
    """Lost connections alone cost nobody a page; while it is gone the page says so; then all is as before."""
    name = site.environment["PARINDEX_DATABASE_URL"].rpartition("/")[2]

    def tell(*statements):
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    ended = f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{name}'"
    with serving(site, **SETTINGS) as (port, _):
        _until(lambda: _page(port)[0] == 200)
        for _ in range(3):
            tell(ended)
            assert [_page(port)[0] for _ in range(4)] == [200] * 4
        tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", ended)
        status, said = _page(port)
        assert status == 503
        assert "Cơ sở dữ liệu tạm thời không trả lời" in said
        assert _page(port, "/readyz") == (503, "database\n")
        assert _page(port, "/healthz") == (200, "ok\n")
        tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert [_page(port)[0] for _ in range(4)] == [200] * 4
        assert _page(port, "/readyz") == (200, "ok\n")
    assert site.parindex("ledger", "verify").returncode == 0
