"""Fetching from other sites goes to the public internet only, wherever a name or a redirect leads."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from parindex.apps.news import fetching
from parindex.apps.news.feeds import LARGEST
from parindex.apps.news.fetching import fetch, is_public
from parindex.core.kernel.problems import Refused


PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::a00:1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_no_public_network_are_known(address):
    """Also written within IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.113.131.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(address):
    """Both kinds."""
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/rss", "fetch_private"),
        ("http://localhost/rss", "fetch_private"),
        ("http://[::1]/rss", "fetch_private"),
        ("http://2130706433/", "fetch_private"),
        ("http://0x7f.1/", "fetch_private"),
        ("http://169.254.169.254/latest/meta-data/", "fetch_private"),
        ("http://8.8.8.8:22/", "fetch_port"),
        ("file:///etc/passwd", "news_url_unusable"),
        ("gopher://x.example/", "news_url_unusable"),
        ("http://ten:mk@x.example/", "news_url_unusable"),
        ("http://khong-co.invalid/", "fetch_unknown_host"),
    ],
)
def test_nothing_is_fetched_from_within(url, code, monkeypatch):
    """Not by a number, a name, another port or protocol; and no connection is tried."""
    real = socket.getaddrinfo

    def looked_up(host, *more, **rest):
        if host.endswith(".invalid"):
            raise socket.gaierror
        return real(host, *more, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(Refused) as refusal:
        fetch(url)
    assert refusal.value.code == code


def test_of_a_name_with_two_addresses_both_must_be_public(monkeypatch):
    """One that leads within is enough to refuse."""
    both = [(2, 1, 6, "", (a, 80)) for a in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Refused) as refusal:
        fetch("http://hai-mat.example/")
    assert refusal.value.code == "fetch_private"


@contextmanager
def _site(answer):
    """A site on this machine; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, content = answer(self)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def public_name(monkeypatch):
    """Lets one name stand for this machine, as if it were outside; every other name keeps its address."""

    def let(port):
        real = socket.getaddrinfo
        here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(fetching, "PORTS", {port})
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *a, **k: here if host == "cong.example" else real(host, *a, **k),
        )
        public = fetching.is_public
        seen = iter([True] * 9)
        monkeypatch.setattr(
            fetching, "is_public", lambda a: next(seen) if a == "127.0.0.1" and let.open else public(a)
        )
        return f"http://cong.example:{port}"

    let.open = True
    return let


def test_what_a_site_gives_is_fetched_with_its_name(public_name):
    """And with nothing of ours but what we are called."""
    asked = []

    def answer(request):
        asked.append((request.path, dict(request.headers)))
        return 200, {}, b"<rss/>"

    with _site(answer) as port:
        assert fetch(f"{public_name(port)}/tin/rss?x=1") == b"<rss/>"
    ((path, headers),) = asked
    assert path == "/tin/rss?x=1"
    assert headers["Host"] == f"cong.example:{port}"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_a_redirect_into_a_private_network_is_refused(public_name):
    """However public the first address was."""

    def answer(request):
        public_name.open = False
        return 302, {"Location": "http://127.0.0.1:80/quan-tri"}, b""

    with _site(answer) as port:
        url = public_name(port)
        fetching.PORTS.add(80)
        with pytest.raises(Refused) as refusal:
            fetch(url)
    assert refusal.value.code == "fetch_private"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda _: (302, {"Location": "/lai"}, b""), "fetch_redirects"),
        (lambda _: (302, {"Location": "file:///etc/passwd"}, b""), "news_url_unusable"),
        (lambda _: (404, {}, b"<rss/>"), "fetch_failed"),
        (lambda _: (200, {}, b" " * (LARGEST + 1)), "feed_heavy"),
        (lambda _: (200, {"Content-Length": "9"}, b"x"), "fetch_failed"),
    ],
)
def test_what_a_site_does_wrong_is_said(public_name, answer, code):
    """Circles, other protocols, errors, too much, too little."""
    with _site(answer) as port, pytest.raises(Refused) as refusal:
        fetch(public_name(port))
    assert refusal.value.code == code


def test_a_site_that_never_ends_is_left(public_name, monkeypatch):
    """When the time is over, whatever trickles in."""
    ticks = iter(range(0, 1000, 9))
    monkeypatch.setattr(fetching, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    with _site(lambda _: (200, {}, b"x")) as port, pytest.raises(Refused) as refusal:
        fetch(public_name(port))
    assert refusal.value.code == "fetch_slow"
