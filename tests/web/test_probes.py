"""`/healthz`, `/readyz`, `/metrics`: what monitors are told, and that nothing slips out."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP, note_run
from parindex.apps.watch import databases, ready
from parindex.apps.watch.counters import added_up


METRIC = re.compile(r'^[a-z_]+(?:\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\})? -?[0-9.]+$')


def _lines(response):
    return [line for line in response.content.decode().splitlines() if not line.startswith("#")]


def _value(response, name):
    return next(line.rpartition(" ")[2] for line in _lines(response) if line.startswith(name))


def test_a_process_that_lives_says_so_without_the_database():
    """The test has no database: a question to it would fail. Any host name is answered."""
    response = Client().get("/healthz", headers={"host": "10.1.2.3"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_it_is_ready_where_database_shape_and_evidence_are(db):
    """200, and nothing but that."""
    response = Client().get("/readyz", headers={"host": "10.1.2.3"})
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_says_in_a_word_what_stands_in_the_way(db, monkeypatch):
    """And no address, name or path of it."""
    monkeypatch.setattr(ready, "newest_shape", lambda: frozenset({("audit", "9999_of_tomorrow")}))
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations\n")

    def gone(*_):
        raise OperationalError("connection to server at 10.9.8.7, user secret-user failed")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", gone)
        away.setattr(ready, "_evidence_answers", lambda: False)
        response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"database\nevidence\n")


def test_evidence_in_a_folder_that_cannot_be_written_is_told_of(db, monkeypatch):
    """Its folder, or the one that it would be made in."""
    monkeypatch.setattr(ready.os, "access", lambda *_: False)
    assert list(ready.hindrances()) == ["evidence"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_are_only_read(path):
    """Nothing is to be sent."""
    response = Client().post(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_metrics_are_in_the_form_that_prometheus_reads(world):
    """Every line; requests by page and status, and each bucket holds what the smaller ones hold."""
    JobRun.objects.create(name="some.job", outcome=JobRun.Outcome.FAILED)
    note_run(BACKUP, at=timezone.now() - timedelta(minutes=1))
    client = Client()
    client.get("/minh-hoa/2024/co-quan/")
    client.get("/khong-co-gi/")
    response = client.get("/metrics", headers={"host": "localhost"})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert [line for line in _lines(response) if not METRIC.match(line)] == []
    assert (
        int(_value(response, 'parindex_requests_total{route="public:ranking",kind="read",status="200"}')) > 0
    )
    assert _value(response, 'parindex_job_failed{job="some.job"}') == "1"
    assert 60 <= int(_value(response, "parindex_backup_age_seconds")) < 600
    assert int(_value(response, "parindex_ledger_entries")) > 100
    assert _value(response, "parindex_database_up") == "1"
    assert int(_value(response, "parindex_disk_free_bytes")) > 0
    buckets = [
        int(line.rpartition(" ")[2])
        for line in _lines(response)
        if line.startswith('parindex_request_duration_seconds_bucket{kind="read"')
    ]
    assert buckets == sorted(buckets)
    assert str(buckets[-1]) == _value(response, 'parindex_request_duration_seconds_count{kind="read"}')
    assert "minh-hoa" not in response.content.decode()


def test_metrics_go_on_without_the_database(monkeypatch, db):
    """What it is asked for is left out, and that it does not answer is said."""

    def gone(*_):
        raise OperationalError

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", gone)
        assert not databases.is_there()
        response = Client().get("/metrics", headers={"host": "localhost"})
    assert _value(response, "parindex_database_up") == "0"
    assert "parindex_ledger_entries" not in response.content.decode()


@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"host": "par.example.gov.vn"}},
        {"headers": {"host": "localhost", "x-forwarded-for": "10.0.0.1"}},
        {"headers": {"host": "localhost", "x-real-ip": "10.0.0.1"}},
        {"headers": {"host": "localhost", "forwarded": "for=10.0.0.1"}},
        {"headers": {"host": "localhost"}, "REMOTE_ADDR": "10.0.0.1"},
        {"headers": {"host": "localhost"}, "REMOTE_ADDR": ""},
    ],
    ids=str,
)
def test_without_a_token_metrics_are_for_this_machine_alone(more):
    """What a proxy on this machine passes on comes from elsewhere."""
    assert Client().get("/metrics", **more).status_code == 403


def test_with_a_token_they_are_for_whoever_has_it(db, settings):
    """From anywhere; and without it not even from here."""
    settings.PARINDEX_METRICS_TOKEN = "t" * 40
    far = {"host": "par.example.gov.vn", "x-forwarded-for": "10.0.0.1"}
    for given in ("", "Bearer wrong", "t" * 40, f"Basic {'t' * 40}"):
        assert Client().get("/metrics", headers={**far, "authorization": given}).status_code == 403
    assert Client().get("/metrics", headers={"host": "localhost"}).status_code == 403
    sent = {**far, "authorization": f"Bearer {'t' * 40}"}
    assert Client().get("/metrics", headers=sent).status_code == 200


def test_a_count_says_the_page_and_never_the_address(client):
    """Addresses name units and persons, and anybody can think of as many as they like."""
    client.get("/quan-tri/nguoi-dung/nguyen.van.a/")
    client.get("/khong/co/nguyen.van.a/")
    counted = {names[1] for names in added_up() if names[0] == "requests"}
    assert {"manage:person", "none"} <= counted
    assert not any("nguyen" in name for name in counted)
