"""Dossiers that a system hands in row by row: its own units alone, no citizen, nothing twice or half."""

import json
import threading

import pytest
from api_world import open_api, token_for
from django.test import Client
from django.utils import timezone

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.indicators import handing_in
from parindex.apps.indicators.counting import record_all_counts
from parindex.apps.indicators.dossiers import store_of
from parindex.apps.indicators.models import Push, Value
from parindex.core.dossiers.manifest import locked, read_manifest
from parindex.data.indicators import OWN_COUNT


DOSSIERS = "/api/v1/dossiers"
ROW = {
    "code": "H01-251103-0001",
    "procedure": "1.001",
    "unit": "so-mot",
    "status": 4,
    "received": "2025-11-03T08:00",
    "due": "2025-11-10T17:00",
}


@pytest.fixture
def api(db, tmp_path, settings):
    """See `api_world.Api`; its own home, and a token that may send dossiers of Sở Một."""
    settings.PARINDEX_HOME = tmp_path / "home"
    found = open_api()
    found.token, found.secret = token_for(found.small, [found.small.units["so-mot"]], dossiers=True)
    return found


def _send(api, *rows, secret=None, **headers):
    sent = [{**ROW, **row} if isinstance(row, dict) else row for row in rows or [{}]]
    return Client().post(
        DOSSIERS,
        {"rows": sent},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret or api.secret}", **headers},
    )


def _store(api):
    return store_of(api.small.territory)


def _kept(api):
    """Code, unit and status of what is kept."""
    import duckdb

    parts = [str(_store(api) / p.path) for p in read_manifest(_store(api)).parts()]
    if not parts:
        return []
    query = "SELECT code, unit, status FROM read_parquet(?) ORDER BY code"
    return duckdb.execute(query, [parts]).fetchall()


def _outcomes(response):
    return [(r["outcome"], r["field"], r["code"]) for r in response.json()["rows"]]


def test_right_rows_are_kept_and_wrong_ones_told_at_their_place(api):
    """As in a file: the field, the reason in words, what stood there."""
    wrong = [
        {"code": "A-2", "received": "31/02/2025"},
        "?",
        {"code": "A-4", "fee": -5},
        {"code": "A-5", "due": ["x"]},
        {"code": "A-6", "unit": "so-khong-co"},
        {"code": "", "status": 4},
        {"code": "A-8\0"},
        {"code": "A-9", "status": True},
    ]
    response = _send(api, {}, *wrong, {"code": "B-1", "fee": 25000, "paid_online": True, "channel": "post"})
    assert response.status_code == 200
    assert _outcomes(response) == [
        ("taken", "", ""),
        ("refused", "received", "date_not_in_calendar"),
        ("refused", "", "row_no_object"),
        ("refused", "fee", "fee_negative"),
        ("refused", "due", "field_no_text"),
        ("refused", "unit", "unit_unknown"),
        ("refused", "code", "value_missing"),
        ("refused", "code", "field_unusable"),
        ("refused", "status", "field_no_text"),
        ("taken", "", ""),
    ]
    body = response.json()
    assert (body["added"], body["refused"]) == (2, 8)
    assert body["rows"][1]["sentence"] == "Ngày tiếp nhận (received) “31/02/2025”: không có trong lịch"
    assert _kept(api) == [("B-1", "so-mot", 4), ("H01-251103-0001", "so-mot", 4)]
    entry = Entry.objects.filter(kind="dossiers.taken_in").get()
    assert (entry.by, entry.payload["added"]) == (api.token.ref, 2)
    assert not [f for f in verify().faults if f.chain == entry.chain]


def test_what_speaks_of_citizens_is_neither_kept_nor_repeated(api):
    """Only its heading is told."""
    body = _send(api, {"ho_ten": "Nguyễn Văn Tèo", "cccd": "001099012345"}).json()
    assert body["unread"] == ["ho_ten", "cccd"]
    for path in (p for p in _store(api).rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert "Tèo".encode() not in content
        assert b"001099012345" not in content
    assert "Tèo" not in json.dumps(body) + str(list(Push.objects.values())) + str(
        list(Entry.objects.values())
    )


def test_a_later_state_takes_the_place_and_an_earlier_one_does_not(api):
    """By the rule that holds for files."""
    done = {"status": 10, "finished": "2025-11-05T09:00"}
    bodies = [_send(api, row).json() for row in ({}, done, {}, done)]
    counts = [[b[k] for k in ("added", "changed", "same", "older")] for b in bodies]
    assert counts == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0]]
    assert _kept(api) == [("H01-251103-0001", "so-mot", 10)]
    again = _send(api, {"division": "B"}, done).json()
    assert (again["older"], again["repeated"], again["refused"]) == (0, 1, 0)
    assert _kept(api) == [("H01-251103-0001", "so-mot", 10)]


def test_units_and_dossiers_of_others_are_403_and_stay_as_they_are(api):
    """Neither a row of another unit, nor another unit's dossier said to be one's own."""
    other, secret = token_for(api.small, [api.small.units["so-hai"]], dossiers=True)
    assert _send(api, {"code": "B-1", "unit": "so-hai"}, secret=secret).status_code == 200
    for row, code in (
        ({"code": "B-2", "unit": "so-hai"}, "unit_of_others"),
        ({"code": "B-1", "status": 10, "finished": "2025-11-05"}, "dossier_of_others"),
    ):
        response = _send(api, row)
        assert (response.status_code, response.json()["rows"][0]["code"]) == (403, code)
    mixed = _send(api, {"code": "B-1", "status": 8}, {"code": "A-1"})
    assert (mixed.status_code, [o[0] for o in _outcomes(mixed)]) == (200, ["refused", "taken"])
    assert _kept(api) == [("A-1", "so-mot", 4), ("B-1", "so-hai", 4)]
    assert other.pushes.count() == 1


def test_only_a_token_that_was_given_for_it_sends_dossiers(api):
    """And none, or a wrong one, is 401."""
    _, plain = token_for(api.small, [api.small.units["so-mot"]])
    refused = _send(api, secret=plain)
    assert (refused.status_code, refused.json()["code"]) == (403, "dossiers_not_granted")
    assert _send(api, secret="pix_sai").status_code == 401
    assert _kept(api) == []
    assert Client().get(DOSSIERS).status_code == 405


def test_the_same_key_gets_the_same_answer_and_other_content_none(api):
    """Values under that key are other content too."""
    key = {"Idempotency-Key": "ngay-3"}
    first, again = _send(api, **key), _send(api, **key)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert _send(api, {"status": 5}, **key).status_code == 409
    rows = {"rows": [ROW]}
    headers = {"Authorization": f"Bearer {api.secret}", **key}
    assert Client().post("/api/v1/values", rows, "application/json", headers=headers).status_code == 409
    assert read_manifest(_store(api)).sequence == 1


def test_broken_off_between_store_and_database_the_same_again_is_whole(api, monkeypatch):
    """The store has the rows, nothing remembers the delivery; sent again it is answered, nothing changes."""

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "_remember", killed)
        with pytest.raises(KeyboardInterrupt):
            _send(api, {}, {"code": "A-2", "fee": "?"}, **{"Idempotency-Key": "k"})
    assert (Push.objects.count(), len(_kept(api))) == (0, 1)
    response = _send(api, {}, {"code": "A-2", "fee": "?"}, **{"Idempotency-Key": "k"})
    body = response.json()
    assert (response.status_code, body["added"], body["same"], body["refused"]) == (200, 0, 1, 1)
    assert (len(_kept(api)), read_manifest(_store(api)).sequence, Push.objects.count()) == (1, 1, 1)


def test_broken_off_before_the_store_counts_the_rows_nothing_is_there(api, monkeypatch):
    """No half: the next delivery sweeps away what was left."""
    from parindex.core.dossiers import store

    def killed(*_, **__):
        raise KeyboardInterrupt

    _send(api)
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_manifest", killed)
        with pytest.raises(KeyboardInterrupt):
            _send(api, {"code": "A-2"}, {"code": "A-3", "status": 9, "finished": "2025-11-05"})
    assert len(_kept(api)) == 1
    assert _send(api, {"code": "A-4"}).json()["added"] == 1
    kept = {p.path for p in (*read_manifest(_store(api)).parts(), *read_manifest(_store(api)).index)}
    left = {p.relative_to(_store(api)).as_posix() for p in _store(api).rglob("*.*") if p.is_file()}
    assert {p for p in left if p.endswith((".parquet", ".npy"))} == kept


def test_a_store_that_is_held_asks_to_come_again(api):
    """503 with when; nothing is remembered."""
    _send(api)
    held, go = threading.Event(), threading.Event()

    def hold():
        with locked(_store(api)):
            held.set()
            go.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(60)
    try:
        response = _send(api, {"code": "A-2"})
    finally:
        go.set()
        other.join()
    assert (response.status_code, response.json()["code"]) == (503, "store_busy")
    assert int(response.headers["Retry-After"]) > 0
    assert _send(api, {"code": "A-2"}).status_code == 200


def test_the_next_run_counts_what_came(api):
    """Values of our own count, of the very unit."""
    rows = [{"code": f"A-{k}", "status": 9, "finished": f"2025-11-{k:02}T09:00"} for k in range(5, 15)]
    _send(api, *rows)
    record_all_counts(timezone.now(), by="system")
    found = Value.objects.get(
        source=OWN_COUNT, indicator__code="ho-so-dung-han", unit__code="so-mot", start="2025-01-01"
    )
    assert (found.numerator, found.denominator) == (6, 10)


def test_no_more_rows_than_a_delivery_may_have(api):
    """413, and nothing is kept."""
    assert _send(api, *({} for _ in range(5001))).status_code == 413
    assert not _store(api).exists()
