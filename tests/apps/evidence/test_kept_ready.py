"""What stands ready to open files: it answers as a program of its own does, and no file can harm it."""

import os
import signal
import threading

import pytest
from evidence_files import LETTER, docx, pdf

from parindex.apps.evidence import apart, kept_ready
from parindex.apps.evidence.kept_ready import Ready


READING = "parindex.apps.evidence.reading"
pytestmark = pytest.mark.skipif(not kept_ready.POSSIBLE, reason="this system makes no copies of a process")


@pytest.fixture
def ready():
    made = Ready(READING)
    yield made
    made.close()


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*LETTER))
    return str(path)


def test_it_answers_as_a_program_started_for_the_file(ready, letter, tmp_path):
    """Time after time, from one process that is started once."""
    other = tmp_path / "a.docx"
    other.write_bytes(docx(*LETTER))
    for kind, path in [("pdf", letter), ("docx", str(other)), ("pdf", letter)]:
        assert ready.ask(kind, path, "0") == apart.ask_apart(READING, kind, path, "0")
    first = ready._process
    ready.ask("pdf", letter, "0")
    assert ready._process is first


def test_several_files_are_read_at_once(ready, letter):
    """Each asks on a line of its own."""
    said = []
    threads = [threading.Thread(target=lambda: said.append(ready.ask("pdf", letter, "0"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [apart.ask_apart(READING, "pdf", letter, "0")] * 6


def test_a_reader_that_breaks_takes_nothing_else_along(ready, letter):
    """Its file is not read; the next one is, by the same process."""
    assert ready.ask("pdf", letter, "no number") == {}
    first = ready._process
    assert ready.ask("pdf", letter, "0")["source"] == "file"
    assert ready._process is first


def test_one_that_never_ends_is_not_waited_for(ready, letter, monkeypatch):
    """As long as a program would be, and no longer."""
    ready.ask("pdf", letter, "0")
    monkeypatch.setattr(apart, "SECONDS", 0.0001)
    assert ready.ask("pdf", letter, "0") == {}


def test_one_that_was_ended_from_outside_is_started_again(ready, letter):
    """Or a program is started in its place: the file is read."""
    ready.ask("pdf", letter, "0")
    first = ready._process
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert ready.ask("pdf", letter, "0")["source"] == "file"
    assert ready._process is not first


def test_where_none_can_be_started_a_program_reads(ready, letter, monkeypatch):
    """Nobody notices but by the clock."""
    monkeypatch.setattr(kept_ready, "POSSIBLE", False)
    assert ready.ask("pdf", letter, "0")["source"] == "file"
    assert ready._process is None


def test_it_ends_with_whoever_started_it(ready, letter):
    """It sees that nobody is there who could ask."""
    ready.ask("pdf", letter, "0")
    first = ready._process
    ready.close()
    assert first.returncode == 0


def test_it_knows_nothing_of_the_site(ready, letter, monkeypatch):
    """Neither its key nor its database, whatever a file makes of its reader."""
    monkeypatch.setenv("PARINDEX_SECRET_KEY", "k" * 50)
    ready.ask("pdf", letter, "0")
    told = ready._process.args
    assert "PARINDEX_SECRET_KEY" not in apart.environment()
    with open(f"/proc/{ready._process.pid}/environ", "rb") as file:
        assert b"k" * 50 not in file.read()
    assert READING in told
