"""Uploads past a scanner that speaks clamd's protocol: a small server of the tests' own, TCP and a file."""

import io
import socketserver
import struct
import tempfile
import threading
from pathlib import Path

import pytest
from evidence_files import pdf

from parindex.apps.evidence import scanning
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.scanning import is_listening
from parindex.apps.watch.findings import Look
from parindex.apps.watch.running import check_scanner


BAD = b"what-a-scanner-would-find"
LIMIT = 1_000_000


class Clamd(socketserver.StreamRequestHandler):
    """Answers PING and INSTREAM as clamd does, or as the server's `mood` says."""

    def handle(self):
        mood = self.server.mood
        command = self._until_nul()
        if mood == "hang up":
            return
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self._scan(mood)
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _scan(self, mood):
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                while self.rfile.read(
                    65_536
                ):  # to the caller's end, so that the answer is not lost with the line
                    pass
                return
        self.server.seen.append(content)
        if mood == "nonsense":
            self.wfile.write(b"stream: Can't allocate memory ERROR\0")
        elif BAD in content:
            self.wfile.write(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")

    def _until_nul(self):
        said = b""
        while not said.endswith(b"\0"):
            part = self.rfile.read(1)
            if not part:
                break
            said += part
        return said.rstrip(b"\0")


def _serving(server):
    server.mood, server.seen = "", []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    return server, thread


@pytest.fixture
def clamd(settings):
    """One on a free port."""
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as made:
        server, thread = _serving(made)
        settings.PARINDEX_CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
        thread.join()


def _upload(content, name="a.pdf"):
    with inspect_upload(stream=io.BytesIO(content), name=name, size=len(content)) as upload:
        return upload.sha256, upload.file.read()


def _refused(content, name="a.pdf"):
    with pytest.raises(EvidenceRefused) as refused:
        _upload(content, name)
    return refused.value


def test_what_is_harmless_is_taken_whole(clamd):
    """The scanner saw every byte, and the file is read on from its start."""
    content = pdf("x" * 200_000)
    _, kept = _upload(content)
    assert clamd.seen == [content]
    assert kept == content


def test_what_it_finds_is_refused_by_its_name(clamd):
    """Before anything else opens the file."""
    refusal = _refused(BAD, "thư.pdf")
    assert (refusal.code, refusal.data["virus"]) == ("virus_found", "Win.Test.EICAR_HDB-1")
    assert refusal.data["name"] == "thư.pdf"


def test_larger_than_it_takes_is_refused_with_that_reason(clamd):
    """It says so before the end."""
    assert _refused(b"%PDF-" + b"x" * (LIMIT + 200_000)).code == "scanner_limit"


@pytest.mark.parametrize("mood", ["hang up", "nonsense"])
def test_an_answer_that_is_none_is_no_leave(clamd, mood):
    """Whatever it says but that the file is harmless."""
    clamd.mood = mood
    assert _refused(pdf("x")).code == "scanner_silent"


def test_a_scanner_that_is_not_there_refuses_or_lets_pass_as_the_setting_says(clamd, settings):
    """Refusing is what is done without the setting."""
    settings.PARINDEX_CLAMD = _closed_port()
    assert _refused(pdf("x")).code == "scanner_silent"
    settings.PARINDEX_CLAMD_SILENT = "accept"
    assert _upload(pdf("x"))[1] == pdf("x")
    settings.PARINDEX_CLAMD_SILENT = "refuse"
    assert _refused(pdf("x")).code == "scanner_silent"


def _closed_port():
    """Of this machine; nobody listens there."""
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as closed:
        return f"tcp://127.0.0.1:{closed.server_address[1]}"


def test_one_that_never_answers_is_waited_for_no_longer_than_said(clamd, monkeypatch):
    """And then it is as if it were not there."""
    monkeypatch.setattr(scanning, "ANSWER_SECONDS", 0.2)
    held = threading.Event()
    monkeypatch.setattr(Clamd, "handle", lambda _self: held.wait(30))
    try:
        assert _refused(pdf("x")).code == "scanner_silent"
    finally:
        held.set()


def test_over_a_socket_file_too(settings):
    """As clamd listens on the same machine."""
    # a path of a socket may have a hundred letters only
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        place = Path(folder) / "c"
        with socketserver.UnixStreamServer(str(place), Clamd) as made:
            server, thread = _serving(made)
            settings.PARINDEX_CLAMD = f"unix://{place}"
            assert is_listening()
            assert _refused(BAD).code == "virus_found"
            server.shutdown()
            thread.join()
        assert not is_listening()


def test_without_the_setting_nothing_is_asked(settings):
    """As before."""
    assert settings.PARINDEX_CLAMD == ""
    assert _upload(pdf("x"))[1] == pdf("x")


def test_the_doctor_knows_whether_it_answers(clamd, settings):
    """When it looks closely; that files pass unlooked at, always."""
    from datetime import UTC, datetime

    def codes(*, deep=True):
        return [f.code for f in check_scanner(Look(datetime.now(UTC), deep=deep))]

    assert codes() == []
    clamd.mood = "hang up"
    assert codes() == ["scanner_silent"]
    assert codes(deep=False) == []
    settings.PARINDEX_CLAMD_SILENT = "accept"
    assert codes(deep=False) == ["scanner_accept"]
    settings.PARINDEX_CLAMD = ""
    assert codes() == []
