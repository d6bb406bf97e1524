"""A browser, and the demonstration served by its own command."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 300
NEWEST, SHOWN = 3, 2000  # contexts of a failed test, letters of each page


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory):
    """Where the running demonstration keeps its database."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo(demo_home):
    """The address of a running demonstration, everything loaded; started as a newcomer starts it."""
    home = demo_home
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if k != "PARINDEX_DATABASE_URL"}
    command = [sys.executable, "-m", "parindex", "demo", "--port", str(port), "--no-browser"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, env={**environment, "PARINDEX_HOME": str(home)}
        )
        try:
            _wait(home, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(home: Path, process: subprocess.Popen) -> None:
    """Until the last round is loaded."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        progress = home / "loading.json"
        if progress.exists():
            try:
                state = json.loads(progress.read_text())
            except ValueError:
                state = {"done": 0, "total": 1}
            if state["done"] == state["total"]:
                return
        time.sleep(0.2)
    pytest.fail("the demonstration did not load:\n" + (home / "log").read_text())


@contextmanager
def _loaded_after_acts():
    """A click or a key that leads to another page ends when that page has loaded, not when it comes.

    What a test reads or presses next would otherwise meet a page without a body or without its scripts.
    """
    from playwright.sync_api import Locator, Page

    def until_loaded(act, page_of):
        def acted(target, *args, **kwargs):
            act(target, *args, **kwargs)
            page = page_of(target)
            if not page.is_closed():
                page.wait_for_load_state()

        return acted

    with pytest.MonkeyPatch.context() as patched:
        for name in ("click", "press"):
            patched.setattr(Locator, name, until_loaded(getattr(Locator, name), lambda locator: locator.page))
            patched.setattr(Page, name, until_loaded(getattr(Page, name), lambda page: page))
        yield


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, _loaded_after_acts():
        names = ("chromium", "chromium-browser", "google-chrome")
        installed = next(filter(None, map(shutil.which, names)), None)
        started = playwright.chromium.launch(executable_path=installed, args=ARGUMENTS)
        yield started
        started.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """What the newest pages showed when a test failed, and what the server said last."""
    report = yield
    if report.when == "call" and report.failed and "browser" in item.funcargs:
        with suppress(Exception):  # a page that is gone must not hide why the test failed
            report.sections.extend(_shown(item.funcargs))
    return report


def _shown(fixtures):
    """Address and text of pages, the end of the server's log."""
    for context in fixtures["browser"].contexts[-NEWEST:]:
        for page in context.pages:
            yield page.url, page.locator("body").inner_text(timeout=1000)[:SHOWN]
    if "demo_home" in fixtures:
        yield "server", (fixtures["demo_home"] / "log").read_text()[-SHOWN:]
