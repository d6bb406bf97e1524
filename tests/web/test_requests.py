"""Ids of requests and the log: found again by a number, and nothing about any person in it."""

import ast
import io
import json
import logging
import re
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from addresses import address
from django.db import OperationalError, connection
from django.test import Client

import parindex
from parindex.apps.watch import slow
from parindex.apps.watch.logs import JsonLines


ID = re.compile(r"[0-9a-f]{32}")
GIVEN = "0123456789abcdef0123456789abcdef"
PERSONAL = (
    "Nguyễn Thị Bí Mật",
    "bi.mat@example.gov.vn",
    "079203001234",
    "10.77.88.99",
    "matkhau-bi-mat",
    "bi.mat",
)


@pytest.fixture
def log():
    """What the site writes to its log, as it writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("django", "parindex")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


def test_every_answer_has_an_id_of_its_own(client):
    """Also one that is missing, kept, or for a monitor."""
    found = [
        client.get(url).headers["X-Request-ID"] for url in ("/", "/", "/khong-co/", "/healthz", "/static/x")
    ]
    assert all(ID.fullmatch(made) for made in found)
    assert len(set(found)) == len(found)


def test_the_id_of_a_proxy_is_kept_where_one_is_trusted_and_it_has_the_shape(client, settings):
    """Nothing that could be a name, a number or a second line of the log."""
    assert client.get("/", headers={"x-request-id": GIVEN}).headers["X-Request-ID"] != GIVEN
    settings.PARINDEX_PROXIES = 1
    uuid = "01234567-89ab-cdef-0123-456789abcdef"
    for given in (GIVEN, uuid, GIVEN.upper()):
        assert client.get("/", headers={"x-request-id": given}).headers["X-Request-ID"] == given.lower()
    for given in ("079203001234", "nguyen.van.a", GIVEN + "0", GIVEN + "\n", "", "é" * 32):
        assert ID.fullmatch(client.get("/", headers={"x-request-id": given}).headers["X-Request-ID"])


def test_pages_of_errors_show_the_id_to_be_quoted(visitors, settings):
    """A page that is missing, one that is refused, one that cannot be read, one that broke."""
    for who, url, status in (
        ("anyone", "/khong-co-gi/", 404),
        ("focal", "/quan-tri/ket-noi/", 403),
    ):
        response = visitors[who].get(url)
        assert response.status_code == status
        assert response.headers["X-Request-ID"] in response.content.decode()
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.headers["X-Request-ID"] in response.content.decode()


def test_a_page_that_broke_is_found_in_the_log_by_its_id(client, monkeypatch, log):
    """With the type of the error and its place in the program; the page says none of that."""
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("parindex.web.public.views.home.home_page", _breaks, raising=False)
        broken.setattr(connection, "cursor", _breaks)
        response = client.get("/minh-hoa/2024/co-quan/")
    assert response.status_code == 503
    page, made = response.content.decode(), response.headers["X-Request-ID"]
    assert made in page
    assert "OperationalError" not in page
    lines = [line for line in log() if line.get("request") == made]
    assert {line["level"] for line in lines} == {"error"}
    assert any(line.get("error") == "OperationalError" for line in lines)
    assert any("parindex/" in step for line in lines for step in line.get("way", ()))
    assert any(line.get("route") == "public:ranking" and line["status"] == 503 for line in lines)


def _breaks(*_, **__):
    raise OperationalError(f"user {PERSONAL[0]} at {PERSONAL[3]} with {PERSONAL[4]}")


def test_nothing_of_a_person_gets_into_the_log(visitors, monkeypatch, log, settings):
    """Names, addresses, passwords, numbers: in paths, query strings, forms, headers and errors' own words."""
    settings.PARINDEX_LOG_REQUESTS = True
    name, mail, number, address, password, account = PERSONAL
    sent = {"username": mail, "password": password, "name": name, "q": number}
    more = {"REMOTE_ADDR": address, "headers": {"referer": f"http://x/?q={name}", "user-agent": name}}
    focal = visitors["focal"]
    focal.raise_request_exception = False
    for client in (Client(raise_request_exception=False), focal):
        client.get(f"/quan-tri/nguoi-dung/{account}/", sent, **more)
        client.get(f"/{name}/{number}/", sent, **more)
        client.post("/dang-nhap/", sent, **more)
        client.post(f"/quan-tri/nguoi-dung/{account}/sua/", sent, **more)
        client.get("/", sent, headers={"host": f"{account}.example", "authorization": f"Bearer {password}"})
        with monkeypatch.context() as broken:
            broken.setattr(connection, "cursor", _breaks)
            client.get(f"/tim/?q={name}", sent, **more)
    logging.getLogger("parindex.notices").warning("the mail server refuses %s", mail)
    logging.getLogger("some.library").warning(f"sent to {mail}")  # as libraries do
    lines = log()
    assert len(lines) > 10
    whole = json.dumps(lines, ensure_ascii=False)
    assert [told for told in PERSONAL if told in whole] == []
    assert {"public:home", "manage:person", "none"} & {line.get("route") for line in lines}


def test_what_the_program_logs_is_its_own_text():
    """A sentence with open places, never one that was put together: only so can nothing slip in."""
    made = [
        f"{path.name}:{node.lineno}"
        for path in Path(parindex.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _logs(node) and not (node.args and isinstance(_sentence(node), ast.Constant))
    ]
    assert made == []


def _logs(node):
    calls = {"debug", "info", "warning", "error", "exception", "critical", "log"}
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in calls
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("log", "LOG", "logger", "logging")
    )


def _sentence(node):
    return node.args[1] if node.func.attr == "log" else node.args[0]


def test_only_what_failed_is_logged_unless_all_is_wanted(client, log, settings):
    """A proxy logs the rest."""
    client.get("/minh-hoa/2024/co-quan/")
    client.get("/khong-co/")
    assert [line for line in log() if line["logger"] == "parindex.requests"] == []
    settings.PARINDEX_LOG_REQUESTS = True
    client.get("/minh-hoa/2024/co-quan/")
    (line,) = (line for line in log() if line["logger"] == "parindex.requests")
    assert (line["route"], line["status"], line["method"]) == ("public:ranking", 200, "GET")


def test_a_slow_query_is_kept_without_its_values(visitors, read, settings, tmp_path, monkeypatch, log):
    """And shown to the administrator: its text, its page, how often."""
    settings.PARINDEX_HOME = tmp_path
    clock = count()
    with monkeypatch.context() as hours:
        hours.setattr(slow, "time", SimpleNamespace(perf_counter=lambda: next(clock)))  # a second a look
        visitors["focal"].get(address("account:start", ()))
    found = slow.slow_queries(1000)
    assert {one.worst for one in found} == {1000}
    assert {one.route for one in found} == {"account:start"}
    assert all(ID.fullmatch(one.request) for one in found)
    assert any(line["logger"] == "parindex.slow" and line["ms"] == 1000 for line in log())
    assert not any("dau-moi" in one.sql for one in found)
    shown = read(address("manage:condition", ()), by=visitors["administrator"]).root.text
    assert any(one.sql[:60] in shown for one in found)
    assert found[0].request in shown


def test_what_is_kept_of_slow_queries_does_not_grow_without_end(settings, tmp_path, monkeypatch):
    """Two files at most; what cannot be read of them is passed over."""
    settings.PARINDEX_HOME = tmp_path
    monkeypatch.setattr(slow, "FULL", 2000)
    for k in range(100):
        slow.keep(sql=f"SELECT {k}", milliseconds=600, place="tick")
    kept = list((tmp_path / "watch").glob("slow*"))
    assert len(kept) == 2
    assert sum(path.stat().st_size for path in kept) < 5000
    with (tmp_path / "watch" / slow.NAME).open("ab") as file:
        file.write(b'{"at": 1}\n[]\n\xff\n')
    assert "SELECT 99" in {one.sql for one in slow.slow_queries(100)}


def test_zero_tells_of_no_query(visitors, settings, tmp_path, monkeypatch):
    """As the setting says."""
    settings.PARINDEX_HOME, settings.PARINDEX_SLOW_QUERY_MS = tmp_path, 0
    clock = count()
    with monkeypatch.context() as hours:
        hours.setattr(slow, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
        visitors["focal"].get(address("account:start", ()))
    assert slow.slow_queries() == []
