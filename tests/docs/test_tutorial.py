"""The tutorial is run as it is printed: every command, every line shown after it, every exit code."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from walkthrough import blocks, walk


ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
SECONDS = re.compile(r"\d+\.\d s|(?<=/)\d+(?=\])")  # and how many steps there are
PATIENCE = 300  # seconds, on a machine that has other work


def test_every_block_is_a_file_a_change_or_commands():
    """A block that nothing runs would go stale unseen."""
    idle = [b.line for b in blocks(PAGE) if b.mark not in ("write", "change") and b.lang != "console"]
    assert not idle, f"blocks that nothing runs, at lines {idle}"


def test_console_blocks_hold_commands():
    """Output without a command before it would not be compared."""
    bad = [b.line for b in blocks(PAGE) if b.lang == "console" and not b.text.startswith("$ ")]
    assert not bad, f"console blocks that do not start with a command, at lines {bad}"


@pytest.mark.slow
def test_every_command_prints_what_is_shown(tmp_path):
    """The reader sees what the page shows, and scripts see the exit codes it names."""
    stale = []
    steps = list(walk(PAGE, tmp_path))
    for number, (block, command, shown, printed, code) in enumerate(steps):
        last = number + 1 == len(steps) or steps[number + 1][0] is not block
        expected = int(block.what) if block.mark == "exits" and last else 0
        if (printed, code) != (shown, expected):
            stale.append(f"line {block.line}: $ {command}\nexit {code}, not {expected}\n{printed}")
    assert len(steps) > 8
    assert not stale, "stale; see tests/docs/walkthrough.py\n" + "\n".join(stale)


def test_make_demo_is_the_demo_command():
    """`make demo` of the last step runs the command whose output the next test compares."""
    planned = subprocess.run(
        ["make", "-n", "demo"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "parindex demo --port 8000 --no-browser" in planned


@pytest.mark.slow
def test_the_demo_prints_what_is_shown_and_serves(tmp_path):
    """The last step: the welcome of the demonstration, its first page, and the page it points at."""
    block = next(b for b in blocks(PAGE) if b.mark == "elsewhere")
    ((command, shown),) = block.commands
    assert command == "make demo"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PARINDEX_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    environment.pop("PARINDEX_DATABASE_URL", None)
    with (tmp_path / "printed").open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "parindex", "demo", "--no-browser", "--port", str(port)],
            env=environment,
            cwd=tmp_path,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        ranking = re.search(r"look first: http://127\.0\.0\.1:8000(\S+)", shown)[1]
        assert _answer(port, ranking) == 200
        printed = (tmp_path / "printed").read_text(encoding="utf-8").replace(f":{port}/", ":8000/")
        assert SECONDS.sub("… s", printed).strip().startswith(SECONDS.sub("… s", shown).strip())
    finally:
        process.terminate()
        process.wait(20)


def _answer(port: int, path: str) -> int:
    """The status of a page of the site, waiting until it is up."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (ConnectionError, TimeoutError):  # not up yet, or busy with loading
            time.sleep(0.25)
        finally:
            connection.close()
    return 0
