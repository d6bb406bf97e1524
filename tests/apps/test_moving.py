"""From one database into another in one command: equal afterwards, or the old one as it was."""

import json
import os
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from processes import POSTGRESQL, Site
from test_backup import STATE, good


SERVER = os.environ.get("PARINDEX_TEST_POSTGRES", "")
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
needs_postgres = pytest.mark.skipif(not SERVER, reason="PARINDEX_TEST_POSTGRES names no server")


def state(site):
    """A hash over every row of every table; databases order the keys of JSON each in its own way."""
    plain = "for line in tables.lines_of(model, 'default')"
    ordered = f"json.dumps(json.loads(line), sort_keys=True) {plain}"
    return json.loads(site.run(STATE.replace('tables.lines_of(model, "default")', ordered)))


@pytest.fixture
def target():
    """An empty database of PostgreSQL, by its address."""
    name = f"moved_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@needs_postgres
def test_everything_moves_and_the_old_database_stays(filled, target):
    """Every row; the ledger verifies, the round rebuilds, new entries follow the old ones."""
    before = state(filled)
    done = good(filled.parindex("move", target, "--lang", "en"))
    assert "Both are equal" in done
    moved = Site({**filled.environment, "PARINDEX_DATABASE_URL": target})
    assert (state(moved), state(filled)) == (before, before)
    assert "The ledger holds" in good(moved.parindex("ledger", "verify", "--lang", "en"))
    assert "identical" in good(moved.parindex("rebuild", "tinh-thu/2024", "--lang", "en"))
    assert moved.run("print(act('round:tinh-thu/2024').position)") == "5\n"
    new = "from parindex.apps.organisations.models import Person\n"
    new += "print(Person.objects.create(username='b').pk)"
    assert int(moved.run(new)) > 1


@needs_postgres
def test_a_database_that_holds_something_is_refused(filled, target):
    """Moved twice: the second time nothing is touched, on either side."""
    good(filled.parindex("move", target))
    before = state(filled)
    done = filled.parindex("move", target, "--lang", "en")
    assert (done.returncode, "The database is not empty" in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
    moved = Site({**filled.environment, "PARINDEX_DATABASE_URL": target})
    assert (state(moved), state(filled)) == (before, before)


@needs_postgres
def test_what_was_written_meanwhile_is_told(filled, target):
    """The site was not stopped: the command says so, with 1, and names what differs."""
    script = (
        "from parindex.config.keeping import moving\n"
        "fill = moving._fill\n"
        "def late(*given):\n"
        "    there = fill(*given)\n"
        "    act('round:tinh-thu/2024')\n"
        "    return there\n"
        "moving._fill = late\n"
        "print('code', moving.move(sys.argv[1], language='en'))"
    )
    process = filled.start(script, target)
    out, err = process.communicate(timeout=120)
    assert out.splitlines()[-1] == "code 1", err
    assert "audit.Entry, ledger" in err


NO_ADDRESSES = {
    "mysql://x/y": "must be the address",
    "postgresql://x": "must be the address",
    "x": "must be the address",
    "postgresql://x:y:z/a": "must be the address",
    "postgresql://nobody@127.0.0.1:1/x": "cannot be used",
}


@pytest.mark.skipif(POSTGRESQL, reason="said of a site on SQLite")
def test_an_address_that_is_none_is_refused_and_nothing_is_left_behind(filled):
    """In words, with 2."""
    before = state(filled)
    for url, said in NO_ADDRESSES.items():
        done = filled.parindex("move", url, "--lang", "en")
        found = (done.returncode, said in done.stderr, "Traceback" in done.stderr)
        assert found == (2, True, False), (url, done.stderr)
    assert state(filled) == before
    assert not list(Path(filled.environment["PARINDEX_HOME"]).glob(".moving-*"))
