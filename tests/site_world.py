"""The demonstration in the tests' database: loaded once per process by the steps that every newcomer runs.

A test's own changes are undone after it, so tests may run in any order beside the loaded data.
"""

from datetime import UTC, datetime

import pytest


AT = datetime(2026, 1, 5, 2, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker, home):
    """Every step of the demonstration, once; returns how many there were."""
    from parindex.config.worlds import steps

    todo = steps()
    with django_db_blocker.unblock():
        for _, act in todo:
            act(AT)
    return len(todo)


@pytest.fixture
def world(loaded, db):
    """The loaded demonstration."""
