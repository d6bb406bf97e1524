"""The audit of dependencies: fails for what is known, never for want of an answer."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[2]
SPEC = spec_from_file_location("audit_dependencies", ROOT / "audit_dependencies.py")
audit = module_from_spec(SPEC)
SPEC.loader.exec_module(audit)
PINS = "alpha==1.0 \\\n    --hash=sha256:00\nBeta_Two==2.0 ; python_version > '3'\n"


class Index(BaseHTTPRequestHandler):
    """Answers as an index does, from what the test put on its shelf; 404 for what is not there."""

    def do_GET(self):
        found = self.server.shelf.get(self.path)
        content = json.dumps(found).encode() if found is not None else b""
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing to the terminal."""


@pytest.fixture
def index():
    """Its address; `shelf` holds what it knows."""
    with HTTPServer(("127.0.0.1", 0), Index) as server:
        server.shelf = {}
        server.address = f"http://127.0.0.1:{server.server_address[1]}/simple/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def run(tmp_path, capsys):
    """The audit of two pins: what it returns, and what it says."""
    pins, project = tmp_path / "pins.txt", tmp_path / "pyproject.toml"
    pins.write_text(PINS)

    def call(index="", *, excused="", advisories=None):
        project.write_text(f"[tool.parindex.audit]\n{excused}\n")
        code = audit.main([pins], project=project, index=index, advisories=advisories)
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def _knows(index, alpha=(), beta=()):
    index.shelf = {
        "/pypi/alpha/1.0/json": {"vulnerabilities": list(alpha)},
        "/pypi/beta-two/2.0/json": {"vulnerabilities": list(beta)},
    }


def test_nothing_known_is_said_with_how_many_were_asked(index, run):
    """Names as an index writes them."""
    _knows(index)
    assert run(index.address) == (
        0,
        "parindex: 2 of 2 packages looked up; 0 known vulnerabilities, 0 excused\n",
    )


def test_what_is_known_fails_with_the_version_that_mends_it(index, run):
    """What was withdrawn does not count."""
    _knows(index, beta=[{"id": "X-1", "fixed_in": ["2.1"]}, {"id": "X-2", "withdrawn": "2026-01-01"}])
    code, said = run(index.address)
    assert code == 1
    assert "beta-two 2.0: X-1, mended in 2.1\n" in said
    assert "X-2" not in said


def test_what_has_a_reason_is_excused(index, run):
    """By its name in pyproject.toml."""
    _knows(index, alpha=[{"id": "X-1", "fixed_in": []}])
    code, said = run(index.address, excused='X-1 = "that part is not used"')
    assert (code, "1 excused" in said) == (0, True)


def test_a_part_of_the_answers_counts_as_far_as_it_goes(index, run):
    """One package is unknown to the index, the other is vulnerable."""
    _knows(index, alpha=[{"id": "X-1"}])
    del index.shelf["/pypi/beta-two/2.0/json"]
    code, said = run(index.address)
    assert (code, "1 of 2 packages looked up" in said) == (1, True)


@pytest.mark.parametrize("address", ["", "file:///nowhere", "/mirror/simple"])
def test_without_an_index_that_can_be_asked_nothing_fails(run, address):
    """It is said."""
    code, said = run(address)
    assert code == 0
    assert "not looked up" in said


def test_an_index_that_does_not_answer_or_tells_of_nothing_fails_nothing(index, run):
    """A mirror without advisories; a port that is closed."""
    assert run(index.address)[0] == 0
    index.shelf = {"/pypi/alpha/1.0/json": {"info": {}}, "/pypi/beta-two/2.0/json": []}
    assert run(index.address)[0] == 0
    closed = HTTPServer(("127.0.0.1", 0), Index)
    port = closed.server_address[1]
    closed.server_close()
    code, said = run(f"http://127.0.0.1:{port}/simple")
    assert code == 0
    assert "the index does not answer" in said


def test_a_folder_of_advisories_answers_where_there_is_no_network(run, tmp_path):
    """As OSV hands them out, a file each."""
    folder = tmp_path / "osv"
    folder.mkdir()
    for number, versions, more in ((1, ["1.0"], {}), (2, ["0.9"], {}), (3, ["1.0"], {"withdrawn": "x"})):
        said = {
            "id": f"X-{number}",
            "affected": [{"package": {"name": "Alpha"}, "versions": versions}],
            **more,
        }
        (folder / f"{number}.json").write_text(json.dumps(said))
    code, said = run("", advisories=str(folder))
    assert code == 1
    assert "alpha 1.0: X-1" in said
    assert "X-2" not in said
    assert "X-3" not in said


def test_every_pin_of_ours_is_read():
    """All lines with a version."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert len(audit.pins_of(text)) == text.count("==") > 20
