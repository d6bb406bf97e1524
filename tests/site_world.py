"""The demonstration in the tests' database, loaded by the steps that every newcomer runs, once for all.

A test's own changes are undone after it, so tests may run in any order beside the loaded data.
"""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import kept_world
import pytest
from django.test.utils import override_settings
from kept_world import taken_or_made


AT = datetime(2026, 1, 5, 2, 30, 15, 250_000, tzinfo=UTC)


@contextmanager
def at_home(folder: Path):
    """The site keeps its files in this folder."""
    from django.conf import settings as site

    before, site.PARINDEX_HOME = site.PARINDEX_HOME, folder
    vault = {**site.STORAGES["evidence"], "OPTIONS": {"location": folder / "evidence"}}
    try:
        with override_settings(STORAGES={**site.STORAGES, "evidence": vault}):
            yield
    finally:
        site.PARINDEX_HOME = before


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The tables that every test starts from are made by one process, and copied by the others."""
    from django.core.management.commands.migrate import Command

    from parindex.config.keeping.shaping import bring_up

    migrate = Command.handle

    def first(*_, **__):
        Command.handle = migrate
        taken_or_made("tables", lambda _: bring_up())

    Command.handle = first


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker, home):
    """Every step of the demonstration, once; returns how many there were."""
    from parindex.config.worlds import steps

    todo = steps()

    def load(folder):
        with at_home(folder):
            for _, act in todo:
                act(AT)

    with django_db_blocker.unblock():
        shutil.copytree(taken_or_made("world", load), home, dirs_exist_ok=True)
    return len(todo)


@pytest.fixture
def alone(django_db_setup, django_db_blocker, home):
    """The demonstration is away meanwhile: for a test that reads whole tables after each of many steps.

    To be asked for before `db`.
    """
    *_, stood = kept_world.places
    with django_db_blocker.unblock():
        kept_world.take_again("tables")
    yield
    with django_db_blocker.unblock():
        kept_world.take_again(stood)


@pytest.fixture
def world(loaded, db):
    """The loaded demonstration."""
