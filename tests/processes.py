"""A database and a home for one test, and several processes that work on them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import kept_world
import pytest
from django.db import connection


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
def template(django_db_setup):
    """A database with its tables, to be copied: a file, or a name."""
    tables = kept_world.places["tables"]
    return kept_world.database_of(tables) if POSTGRESQL else tables / "sqlite3"


@contextmanager
def nothing_yet(home):
    """A site without a database, or with an empty one on PostgreSQL."""
    with _on_copy("template0", home) as site:
        yield site


@contextmanager
def with_tables(template, home):
    """A site with its tables."""
    home.mkdir()
    if not POSTGRESQL:
        shutil.copy(template, home / "parindex.sqlite3")
    with _on_copy(template, home) as site:
        yield site


@contextmanager
def another(site, home):
    """A copy of a site that no process works on."""
    shutil.copytree(site.environment["PARINDEX_HOME"], home)
    with _on_copy(urlsplit(site.environment.get("PARINDEX_DATABASE_URL", "")).path[1:], home) as copy:
        yield copy


@contextmanager
def _on_copy(template, home):
    """On PostgreSQL with a copy of a database."""
    if not POSTGRESQL:
        yield Site(_environment(home))
        return
    with _database(template) as url:
        yield Site({**_environment(home), "PARINDEX_DATABASE_URL": url})


@pytest.fixture
def bare(tmp_path):
    """See `nothing_yet`."""
    with nothing_yet(tmp_path / "home") as site:
        yield site


@pytest.fixture
def site(template, tmp_path):
    """See `with_tables`."""
    with with_tables(template, tmp_path / "home") as site:
        yield site


def _environment(home):
    kept = {k: v for k, v in os.environ.items() if k != "PARINDEX_DATABASE_URL"}
    return {**kept, "PARINDEX_HOME": str(home), "PYTHONUTF8": "1"}


@contextmanager
def _database(template):
    """The address of a copy of a database, for as long as it is needed."""
    name = f"ledger_{uuid.uuid4().hex[:12]}"
    _on_the_server(f'CREATE DATABASE {name} TEMPLATE "{template}"')
    try:
        yield urlsplit(os.environ["PARINDEX_DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_the_server(statement):
    """Not by Django's connection, which tests open and close."""
    import psycopg

    with psycopg.connect(os.environ["PARINDEX_DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


@contextmanager
def serving(site, *, log=subprocess.DEVNULL, **settings):
    """The site's own server; gives its port and its process, which may have ended meanwhile."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "parindex", "serve", "--port", str(port)],
        env={**site.environment, **settings}, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port)
        yield port, server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
        server.wait(timeout=120)


def wait_for(port):
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not come up")


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
