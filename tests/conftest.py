"""What every test shares: no network, what the machine may lack, tiny criteria sets from a few lines."""

import gc
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from glob import glob
from pathlib import Path
from textwrap import dedent

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings
from ledger_guards import let_transactional_tests_empty_their_tables
from site_world import alone, at_home, django_db_modify_db_settings, loaded, world  # noqa: F401  fixtures

from parindex.core.formats.answers_file import AnswersFile, read_answers
from parindex.core.formats.framework_file import parse_framework
from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.reasons import Reason


settings.register_profile("repeatable", deadline=None, max_examples=60, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

# The tests start hundreds of processes, each of which would else compile thousands of modules anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Playwright keeps an event loop in its worker; Django would refuse to make that worker's database beside it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = (
    "~/.cache/ms-playwright/chromium*/*/*",
    f"{os.environ.get('PLAYWRIGHT_BROWSERS_PATH', '')}/chromium*/*/*",
)


def _has_chromium() -> bool:
    commands = ("chromium", "chromium-browser", "google-chrome")
    return any(map(shutil.which, commands)) or any(glob(os.path.expanduser(place)) for place in CHROMIUM)


def _has_postgres() -> bool:
    if os.environ.get("PARINDEX_TEST_POSTGRES") or shutil.which("pg_ctl"):
        return True
    return bool(glob("/usr/lib/postgresql/*/bin/pg_ctl"))


def _has_tesseract() -> bool:
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    return b"vie" in listed.stdout.split()


DATABASE = {"db", "transactional_db", "django_db_setup"}
PROBES = {
    "browser": ("Chromium", _has_chromium),
    "postgres": ("PostgreSQL", _has_postgres),
    "libreoffice": ("LibreOffice", lambda: bool(shutil.which("soffice"))),
    "tesseract": ("tesseract with Vietnamese", _has_tesseract),
}


def pytest_configure():
    """Close the network before anything is imported by a test."""
    socket.socket.connect = _guarded(socket.socket.connect)
    socket.socket.connect_ex = _guarded(socket.socket.connect_ex)
    let_transactional_tests_empty_their_tables()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """A PARINDEX_HOME of the tests' own: no key, file or database of this machine is read or written."""
    folder = tmp_path_factory.mktemp("home")
    with at_home(folder):
        yield folder


@pytest.fixture(autouse=True)
def language_of_the_site():
    """No test hears the language that the last page of another was asked in."""
    yield
    translation.deactivate()


def pytest_make_parametrize_id(val, argname):
    """A short name, the same in every process, where a parameter is a whole file."""
    if isinstance(val, bytes) and len(val) > LONG_ID:
        return argname
    return f"{val[:LONG_ID]}…" if isinstance(val, str) and len(val) > LONG_ID else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes minutes begins first, so that at the end no core waits for another.

    What asks no database is the same beside each, and is not run again on PostgreSQL.
    """
    if connection.vendor == "postgresql":
        items[:] = filter(_asks_a_database, items)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish():
    """What is there by now stays to the end: the collector looks at what comes later, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(7_000, 10, 10)


def _asks_a_database(item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not DATABASE.isdisjoint(item.fixturenames)


def pytest_runtest_setup(item):
    """A test of what the machine lacks is skipped, which is counted and shown; in CI it fails."""
    for marker, (name, has) in PROBES.items():
        if item.get_closest_marker(marker) and not has():
            missing = f"{name} is not installed"
            if os.environ.get("CI") == "true":
                pytest.fail(missing, pytrace=False)
            pytest.skip(missing)


class NetworkUsed(BaseException):
    """A test tried to leave the machine; not an Exception, so that no code under test can swallow it."""


def _guarded(connect):
    """`connect` for this machine's own addresses only."""

    def only_here(self, address):
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise NetworkUsed(f"a test may not connect to {address!r}")
        return connect(self, address)

    return only_here


def _is_loopback(host) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


LONG_ID = 48
HEADER = {"parindex": "1", "id": "tiny", "version": '"1"', "title": "Bộ thử", "status": "constructed"}


def with_head(text: str) -> str:
    """YAML with the keys of the head that it leaves out (id, version, title …) after it: lines stay."""
    text = dedent(text)
    given = {line.partition(":")[0] for line in text.splitlines()}
    return text + "\n" + "".join(f"{key}: {value}\n" for key, value in HEADER.items() if key not in given)


def framework_from(text: str) -> Framework:
    """A checked framework from YAML without its head."""
    return parse_framework(with_head(text).encode(), "tiny.yaml")


def one_leaf(rule: str, *, max: str = "2", more: str = "") -> Framework:  # noqa: A002  the file's own word
    """A framework of one leaf, `L`, with a rule in YAML flow style (``kind: points``)."""
    extra = f", {more}" if more else ""
    return framework_from(f"tree: [{{code: L, name: Lá, max: {max}, rule: {{{rule}}}{extra}}}]")


@dataclass
class Tiny:
    """Makes small criteria sets and rounds; `folder` holds their files."""

    folder: Path
    framework = staticmethod(framework_from)
    one_leaf = staticmethod(one_leaf)

    def answers(self, framework: Framework, content: str | bytes, name: str = "answers.csv") -> AnswersFile:
        """A file of answers, read."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return read_answers(framework, path)

    def assess(self, framework: Framework | str, answers: str) -> Assessment:
        """A whole round from two texts."""
        made = framework_from(framework) if isinstance(framework, str) else framework
        return assess(made, self.answers(made, answers).table)

    def score(self, rule: str, answer: str, *, max: str = "2", more: str = "") -> tuple[Fraction, Reason]:  # noqa: A002
        """Points and reason of one answer under one rule."""
        framework = one_leaf(rule, max=max, more=more)
        leaf = framework.leaves["L"]
        points, _, reason = score_answer(
            leaf, read_answer(leaf, answer), leaf.max_for(""), calendar=framework.calendar
        )
        return points, reason

    def problems(self, text: str | bytes) -> list[FileProblem]:
        """Everything a framework file is refused for."""
        content = with_head(text).encode() if isinstance(text, str) else text
        with pytest.raises(FileRefused) as refusal:
            parse_framework(content, "tiny.yaml")
        return list(refusal.value.problems)

    def answer_problems(self, framework: Framework, content: str | bytes, name: str = "answers.csv"):
        """(line, code) of everything a file of answers is refused for."""
        with pytest.raises(FileRefused) as refusal:
            self.answers(framework, content, name)
        return [(p.line, p.code) for p in refusal.value.problems]


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    """Small criteria sets and rounds from text."""
    return Tiny(tmp_path)
