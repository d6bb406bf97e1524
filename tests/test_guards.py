"""The tests' own safety: no network, and what is missing is said."""

import socket
from pathlib import Path

import pytest


@pytest.fixture
def guards(request):
    """The conftest beside this file, among several of that name."""
    return request.config.pluginmanager.get_plugin(str(Path(__file__).with_name("conftest.py")))


@pytest.mark.parametrize(
    "address", [("192.0.2.1", 80), ("example.org", 443), ("10.0.0.1", 5432), ("2001:db8::1", 80)]
)
def test_a_test_may_not_leave_the_machine(guards, address):
    """Not even with code that swallows every exception."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as plug, pytest.raises(guards.NetworkUsed):
        plug.connect(address)
    with socket.socket(family) as plug, pytest.raises(guards.NetworkUsed):
        plug.connect_ex(address)


def test_the_machine_itself_may_be_reached():
    """Servers under test listen there."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as plug,
    ):
        assert plug.getpeername() == server.getsockname()


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_what_is_missing_skips_here_and_fails_in_ci(guards, monkeypatch, request, ci, outcome):
    """With the name of what to install."""
    monkeypatch.setenv("CI", ci)
    monkeypatch.setitem(guards.PROBES, "browser", ("Chromium", lambda: False))
    request.node.add_marker("browser")
    with pytest.raises(outcome, match="Chromium is not installed"):
        guards.pytest_runtest_setup(request.node)
