"""`parindex demo` and `parindex serve` as a newcomer runs them: ready soon, stopped cleanly, or told why."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]

FIRST_PAGE = 20
PATIENCE = 240
STOPPED = {0, 130}  # 130 where it was stopped before it served
LOADING = "Đang nạp dữ liệu minh họa"


class Running:
    """A command of ours with its own home, port and process group."""

    def __init__(self, home: Path, *arguments: str, port: int | None = None, **environment: str) -> None:
        self.home = home
        self.port = port or _free_port()
        self.log = home.with_suffix(".log")
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PARINDEX_")}
        command = [sys.executable, "-m", "parindex", *arguments, "--port", str(self.port)]
        self.started = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**kept, "PARINDEX_HOME": str(home), **environment},
                start_new_session=True,
            )

    def page(self, path: str = "/") -> str | None:
        """A page; None while nobody answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return response.read().decode()
        except HTTPError as error:
            return error.read().decode()
        except (URLError, ConnectionError, TimeoutError):
            return None

    def wait(self, path: str, wanted, patience: float) -> float:
        """Seconds from the start until a page is as wanted."""
        while time.monotonic() - self.started < patience and self.process.poll() is None:
            found = self.page(path)
            if found is not None and wanted(found):
                return time.monotonic() - self.started
            time.sleep(0.1)
        pytest.fail(f"{path} did not come:\n{self.said}")

    def stop(self, sign: int = signal.SIGINT) -> int:
        """Ctrl-C, as a terminal sends it: to the whole group. Returns the exit code."""
        os.killpg(self.process.pid, sign)
        return self.process.wait(timeout=30)

    @property
    def said(self) -> str:
        """Everything on its terminal."""
        return self.log.read_text()


@pytest.fixture
def run(tmp_path):
    """Starts commands; what a test leaves running is ended."""
    started: list[Running] = []

    def start(*arguments: str, **more) -> Running:
        started.append(Running(tmp_path / "home", *arguments, **more))
        return started[-1]

    (tmp_path / "home").mkdir()
    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _crowd() -> float:
    """How many times longer everything takes because others use this machine too."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _gone(port: int) -> bool:
    """Whether nobody listens any more."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_the_demonstration_is_ready_soon_stops_cleanly_and_goes_on_where_it_was_stopped(run):
    """From nothing to the first page; Ctrl-C in the midst of loading; started again, the rest is loaded."""
    demo = run("demo", "--no-browser")
    seconds = demo.wait(
        "/minh-hoa/2024/co-quan/", lambda page: "so-van-hoa-the-thao-va-du-lich" in page, PATIENCE
    )
    assert seconds < FIRST_PAGE * _crowd()
    assert f"http://127.0.0.1:{demo.port}/minh-hoa/2024/co-quan/" in demo.said
    assert demo.stop() in STOPPED
    assert "Traceback" not in demo.said
    assert _gone(demo.port)
    assert not (demo.home / "loading.json").exists()

    again = run("demo", "--no-browser")
    again.wait("/minh-hoa/2025/cap-xa/", lambda page: "Bảng xếp hạng" in page, PATIENCE)
    again.wait("/", lambda page: LOADING not in page, PATIENCE)
    again.wait("/so-lieu-da-cong-bo/", lambda page: "<table" in page, PATIENCE)
    assert " 1/" not in again.said
    assert "Traceback" not in again.said
    assert again.stop(signal.SIGTERM) in STOPPED
    assert "Traceback" not in again.said


def test_reset_starts_from_nothing_but_keeps_the_key(run, tmp_path):
    """Whatever was in the database."""
    home = tmp_path / "home"
    with closing(sqlite3.connect(home / "parindex.sqlite3")) as old, old:
        old.execute("create table of_yesterday (x)")
    (home / "secret-key").write_text("k" * 50)
    demo = run("demo", "--no-browser", "--reset")
    demo.wait("/minh-hoa/2024/co-quan/", lambda page: "so-y-te" in page, PATIENCE)
    assert demo.stop() in STOPPED
    with closing(sqlite3.connect(home / "parindex.sqlite3")) as new:
        tables = {name for (name,) in new.execute("select name from sqlite_master where type = 'table'")}
    assert "of_yesterday" not in tables
    assert "results_result" in tables
    assert (home / "secret-key").read_text() == "k" * 50


@pytest.mark.parametrize("command", [("demo", "--no-browser", "--reset"), ("serve",)])
def test_a_port_that_is_taken_is_told_of_before_anything_is_done(run, tmp_path, command):
    """In both languages, with what to do; the database is not touched."""
    database = tmp_path / "home" / "parindex.sqlite3"
    database.write_bytes(b"as it was")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        one = run(*command, port=port)
        assert one.process.wait(timeout=30) == 1
    assert f"cổng {port}" in one.said
    assert f"port {port} of 127.0.0.1 is in use" in one.said
    assert "Traceback" not in one.said
    assert database.read_bytes() == b"as it was"


def test_serving_forgets_a_loading_that_was_killed(run, tmp_path):
    """No page may promise for ever that more is to come."""
    (tmp_path / "home" / "loading.json").write_text('{"done": 3, "total": 20}')
    site = run("serve")
    site.wait("/", lambda page: "Chưa có kết quả nào" in page, PATIENCE)
    assert LOADING not in (site.page() or "")
    assert site.stop() in STOPPED
    assert "Traceback" not in site.said


def test_reset_leaves_a_postgresql_database_to_its_administrator(run):
    """And says so, instead of going on with what was there."""
    demo = run(
        "demo", "--no-browser", "--reset", PARINDEX_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"
    )
    assert demo.process.wait(timeout=30) == 1
    assert "--reset does not empty a PostgreSQL database" in demo.said


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_database_that_does_not_answer_is_told_of(run, command):
    """By its own words, without a trace of the code."""
    pytest.importorskip("psycopg")
    one = run(command, PARINDEX_DATABASE_URL=f"postgresql://nobody:secret@127.0.0.1:{_free_port()}/none")
    assert one.process.wait(timeout=30) == 1
    assert "Traceback" not in one.said
    assert "cơ sở dữ liệu" in one.said
    assert "refused" in one.said
    assert "secret" not in one.said


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_home_that_cannot_be_written_is_told_of(run, tmp_path, command):
    """Such as a file of that name."""
    (tmp_path / "file").write_text("")
    one = run(command, PARINDEX_HOME=str(tmp_path / "file"))
    assert one.process.wait(timeout=30) == 1
    assert "Traceback" not in one.said
    assert f"PARINDEX_HOME ({tmp_path / 'file'})" in one.said


def test_a_worker_is_ready_before_its_first_visitor(tmp_path):
    """Every page's module is read, and the collector leaves alone what stays: a full pass stops everybody."""
    script = (
        "import gc, sys; from parindex.config.server import worker; worker('');"
        "print('parindex.web.unit.leaf' in sys.modules, gc.get_freeze_count() > len(gc.get_objects()))"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PARINDEX_")}
    environment = {
        **kept,
        "PARINDEX_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "parindex.config.settings",
    }
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["True", "True"]
