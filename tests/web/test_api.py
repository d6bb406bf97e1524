"""The door for other systems: who comes in, what becomes of rows, what is sent twice, what is read back."""

import json
from datetime import timedelta
from fractions import Fraction

import pytest
from api_world import ROW, VALUES, open_api
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parindex.apps.access.rules import LIMITS, Limit
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.indicators.models import Indicator, Push, Token
from parindex.apps.indicators.tokens import clear_old_pushes, revoke_token
from parindex.apps.organisations.actions import NewUnit, add_units
from parindex.core.kernel.text import Text
from parindex.web.api.reading import LARGEST


MOST_STATEMENTS = 1000 * 14 // 999 + 2
"""SQLite takes 999 values in one."""


@pytest.fixture
def api(db):
    """See `api_world.Api`."""
    return open_api()


def _outcomes(response):
    return [(r["outcome"], r["code"]) for r in response.json()["rows"]]


# who comes in


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer sai", "Basic pix_x", "Bearer pix_" + "x" * 43])
def test_nobody_comes_in_without_a_token_that_holds(api, header):
    """Neither to write nor to read; the answer says by what one comes in."""
    headers = {"Authorization": header} if header else {}
    for path in ("values", "indicators", "units"):
        got = api.client.get(f"/api/v1/{path}", headers=headers)
        assert (got.status_code, got.headers["WWW-Authenticate"][:6]) == (401, "Bearer"), path
        assert got.json()["code"] in ("token_missing", "token_wrong")
    sent = api.client.post(VALUES, {"rows": [ROW]}, content_type="application/json", headers=headers)
    assert (sent.status_code, api.kept()) == (401, [])


def test_a_session_of_the_site_opens_nothing_here(api):
    """Whoever is signed in, and no form is asked for its secret: only tokens count."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(_person())
    assert client.get(VALUES).status_code == 401
    response = client.post(
        VALUES,
        {"rows": [ROW]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {api.secret}"},
    )
    assert response.status_code == 200


def _person():
    from parindex.apps.organisations.actions import NewPerson, add_person

    return add_person(new=NewPerson("ai-do", "Ai Đó", ""), by="test", at=timezone.now())


def test_a_revoked_and_an_expired_token_are_none(api):
    """At once, and from the day after its last."""
    token, secret = api.another(api.small.units["so-mot"], days=0)
    assert api.send(secret=secret).status_code == 200
    Token.objects.filter(pk=token.pk).update(valid_to=timezone.now() - timedelta(days=2))
    assert api.send(secret=secret).status_code == 401
    revoke_token(token=api.token, by="person:1", at=timezone.now())
    assert api.send().status_code == 401


def test_who_shows_wrong_tokens_waits_and_others_do_not(api, monkeypatch):
    """429 says how long; a right token still comes in; the ledger tells of it once."""
    monkeypatch.setitem(LIMITS, "token", Limit(3))
    got = [api.get(secret="pix_sai") for _ in range(6)]
    assert [g.status_code for g in got] == [401, 401, 401, 429, 429, 429]
    assert 0 < int(got[-1].headers["Retry-After"]) <= 960
    assert got[-1].json()["code"] == "asked_too_often"
    assert api.get().status_code == 200
    assert Entry.objects.filter(kind="access.guessed_too_often").count() == 1


def test_a_system_that_asks_without_end_waits(api, monkeypatch):
    """Another is not held up."""
    monkeypatch.setitem(LIMITS, "requests", Limit(2))
    _, other = api.another(api.small.units["so-hai"])
    assert [api.get().status_code for _ in range(3)] == [200, 200, 429]
    assert api.get(secret=other).status_code == 200


# what becomes of each row


def test_a_value_is_kept_with_who_sent_it_and_where_the_data_stand(api):
    """In a version, with one entry of the ledger by the token."""
    before = Entry.objects.filter(kind="values.recorded").count()
    response = api.send({"ref": "https://motcua.example/1"})
    assert response.status_code == 200
    assert response.json()["added"] == 1
    (value,) = api.kept()
    assert (value.numerator, value.denominator, value.source) == (49533, 62027, "Hệ thống")
    assert (value.by, value.origin) == (api.token.ref, "API · https://motcua.example/1")
    assert Entry.objects.filter(kind="values.recorded").count() == before + 1
    assert Entry.objects.latest("id").by == api.token.ref
    assert verify().faults == []


def test_right_rows_are_kept_and_wrong_ones_refused_each_with_its_reason(api):
    """By place, field, code and sentence, in the language that was asked for."""
    rows = [
        {},
        {"unit": "so-hai"},
        {"indicator": "tin-bai", "numerator": None, "denominator": None, "value": 3},
        {"period": "2024", "as_of": "2024-12-31", "numerator": 5, "denominator": 4},
        {"period": "2023", "as_of": "31/02/2023"},
        {"period": "2022", "as_of": "2022-12-31", "numerator": True},
        {"period": "2021", "as_of": "2021-12-31", "mystery": 1},
        "không phải một dòng",
        {"unit": "so-một\u0000"},
        {"unit": "\ud800"},
        {"numerator": 1},
    ]
    content = json.dumps({"rows": [{**ROW, **r} if isinstance(r, dict) else r for r in rows]})
    response = api.post(content, **{"Accept-Language": "en-GB, vi;q=0.5"})
    assert response.status_code == 200
    assert _outcomes(response) == [
        ("added", ""),
        ("refused", "unit_of_others"),
        ("refused", "indicator_of_others"),
        ("refused", "numerator_larger"),
        ("refused", "day_unreadable"),
        ("refused", "field_no_text"),
        ("refused", "field_unknown"),
        ("refused", "row_no_object"),
        ("refused", "field_unusable"),
        ("refused", "field_unusable"),
        ("refused", "row_repeated"),
    ]
    answer = response.json()
    assert [r["row"] for r in answer["rows"]] == list(range(1, 12))
    assert answer["rows"][3]["field"] == "numerator"
    assert answer["rows"][3]["sentence"] == "The numerator 5 is larger than the denominator 4."
    assert response.headers["Content-Language"] == "en"
    assert (answer["added"], answer["refused"], len(api.kept())) == (1, 10, 1)
    again = api.post(content, **{"Accept-Language": "fr, vi"})
    assert again.json()["rows"][3]["sentence"] == "Tử số 5 lớn hơn mẫu số 4."


def test_with_atomic_one_wrong_row_holds_all_others_back(api):
    """And they are said to be right, but held."""
    for wrong in ({"numerator": -1, "period": "2024"}, {"numerator": [], "period": "2024"}):
        response = api.send({}, wrong, query="?atomic=1")
        assert response.status_code == 422
        assert [o for o, _ in _outcomes(response)] == ["held", "refused"]
        assert response.json()["held"] == 1
    assert api.kept() == []
    assert api.send({}, {"period": "2024"}, query="?atomic=1").json()["added"] == 2


def test_what_belongs_to_others_is_forbidden(api):
    """403 where nothing else was sent; with a wrong row beside it, it is 422."""
    response = api.send({"unit": "so-hai"})
    assert (response.status_code, _outcomes(response)) == (403, [("refused", "unit_of_others")])
    assert api.send({"unit": "so-hai"}, {"numerator": -1}).status_code == 422
    assert api.get(f"{VALUES}?unit=so-hai").status_code == 403
    assert api.kept() == []


def test_a_token_of_a_unit_reaches_what_is_below_it(api):
    """The whole territory by its root; indicators that are defined later, where it is for every one."""
    below = add_units(
        territory=api.small.units["so-hai"],
        units=[NewUnit("chi-cuc", Text("Chi cục", "Branch"), "phong")],
        by="person:1",
        at=timezone.now(),
    )
    _, of_one = api.another(api.small.units["so-mot"])
    _, of_all = api.another(api.small.territory)
    row = {"unit": "tinh-thu.so-hai.chi-cuc", "indicator": "tin-bai", "numerator": None, "value": "7"}
    row["denominator"] = None
    assert api.send(row, secret=of_one).status_code == 403
    assert api.send(row, secret=of_all).status_code == 200
    assert below["chi-cuc"].measured_values.count() == 1
    ways = [u["way"] for u in api.get("/api/v1/units", secret=of_all).json()]
    assert ways == ["tinh-thu", "tinh-thu.so-hai", "tinh-thu.so-hai.chi-cuc", "tinh-thu.so-mot"]


def test_numbers_are_read_digit_by_digit(api):
    """Never by way of a binary fraction."""
    text = json.dumps({"rows": [{**ROW, "indicator": "ngay-xu-ly", "numerator": None, "denominator": None}]})
    text = text.replace('"unit"', '"value": 0.10000000000000000000001, "unit"')
    assert api.post(text).status_code == 200
    assert api.kept()[0].exact == Fraction("0.10000000000000000000001")


# what is sent twice


def test_the_same_again_does_nothing_with_or_without_a_key(api):
    """With one the answer is the same to the letter; without it the rows are known already."""
    first = api.send(**{"Idempotency-Key": "ngay-1"})
    again = api.send(**{"Idempotency-Key": "ngay-1"})
    assert (first.json(), first.status_code) == (again.json(), again.status_code)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert _outcomes(api.send()) == [("same", "")]
    assert len(api.kept()) == 1
    english = api.send({"numerator": -1}, **{"Idempotency-Key": "ngay-2"})
    vietnamese = api.send({"numerator": -1}, **{"Idempotency-Key": "ngay-2", "Accept-Language": "en"})
    assert english.json()["rows"][0]["sentence"] != vietnamese.json()["rows"][0]["sentence"]


def test_a_key_stands_for_one_content_of_one_system(api):
    """Other content is refused, whatever differs; another system may use the same word."""
    api.send(**{"Idempotency-Key": "ngay-1"})
    for more in ({"row": {"numerator": 1}}, {"query": "?atomic=1"}):
        response = api.send(more.get("row", {}), query=more.get("query", ""), **{"Idempotency-Key": "ngay-1"})
        assert (response.status_code, response.json()["code"]) == (409, "push_key_reused")
    _, other = api.another(api.small.units["so-hai"])
    assert api.send({"unit": "so-hai"}, secret=other, **{"Idempotency-Key": "ngay-1"}).status_code == 200
    assert len(api.kept()) == 2


@pytest.mark.parametrize("key", [" ", "x" * 101, "khóa", "a b"])
def test_a_key_that_no_log_could_hold_is_refused(api, key):
    """Before anything is recorded."""
    response = api.send(**{"Idempotency-Key": key})
    assert (response.status_code, api.kept()) == (400, [])


def test_deliveries_are_forgotten_after_a_month(api):
    """What they brought stays."""
    api.send(**{"Idempotency-Key": "ngay-1"})
    assert clear_old_pushes(at=timezone.now() + timedelta(days=29)) == 0
    assert clear_old_pushes(at=timezone.now() + timedelta(days=31)) == 1
    assert not Push.objects.exists()
    assert len(api.kept()) == 1


# what cannot be read


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("", 400, "body_unreadable"),
        ("{", 400, "body_unreadable"),
        (b"\xff\xfe", 400, "body_unreadable"),
        ('{"rows": NaN}', 400, "body_unreadable"),
        ("[" * 100_000, 400, "body_unreadable"),
        ("[]", 400, "body_unreadable"),
        ('{"rows": {}}', 400, "body_unreadable"),
        ('{"rows": []}', 422, "push_empty"),
        ('{"rows": [1], "atomic": true}', 422, "field_unknown"),
        ('{"rows": [' + "1," * 5_000 + "1]}", 413, "push_too_long"),
        ('{"rows": "' + "x" * LARGEST + '"}', 413, "body_too_large"),
    ],
    ids=lambda v: str(v)[:20] if isinstance(v, str | bytes) else None,
)
def test_what_cannot_be_read_is_refused_as_a_whole(api, content, status, code):
    """With code and sentence, as everything here."""
    response = api.post(content)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["sentence"]


def test_a_number_of_ten_thousand_digits_is_a_row_that_is_refused(api):
    """No server error, whatever the machine's limit."""
    response = api.post(json.dumps({"rows": [ROW]}).replace("62027", "9" * 10_000))
    assert _outcomes(response) == [("refused", "field_unusable")]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?unit=khong-co", 404),
        ("?unit=%00", 404),
        ("?indicator=khong-co", 404),
        ("?indicator=tin-bai", 404),
        ("?period=hôm+nay", 422),
        ("?after=-1", 422),
        ("?after=" + "9" * 40, 422),
        ("?limit=0", 422),
    ],
)
def test_what_is_asked_for_wrongly_is_said(api, query, status):
    """Which parameter, in words."""
    response = api.get(VALUES + query)
    assert response.status_code == status
    assert response.json()["sentence"]


def test_a_mistyped_address_is_answered_as_any_fault(api):
    """In JSON, whatever is sent and by whom."""
    client = Client(enforce_csrf_checks=True)
    for path in ("/api/v1/value", "/api/v1/values/", "/en/api/v1/x/y"):
        for ask in (client.get, client.post, client.put):
            response = ask(path)
            assert (response.status_code, response.json()["code"]) == (404, "address_unknown"), path


# what is read back


def test_a_system_reads_back_what_it_sent_in_all_versions(api):
    """And nothing that came by another way."""
    api.send({}, {"period": "2024", "as_of": "2024-12-31"})
    api.send({"numerator": 50000})
    _, other = api.another(api.small.territory)
    api.send({"unit": "so-hai"}, secret=other)
    found = api.get().json()
    assert [(v["from"], v["numerator"], v["version"], v["stands"]) for v in found["values"]] == [
        ("2025-01-01", 49533, 1, False),
        ("2024-01-01", 49533, 1, True),
        ("2025-01-01", 50000, 2, True),
    ]
    assert found["next"] is None
    page = api.get(f"{VALUES}?limit=2").json()
    rest = api.get(f"{VALUES}?limit=2&after={page['next']}").json()
    assert page["values"] + rest["values"] == found["values"]
    assert len(api.get(f"{VALUES}?unit=so-mot&indicator=dung-han&period=2025").json()["values"]) == 2
    assert api.get(secret=other).json()["values"][0]["unit"] == "tinh-thu.so-hai"
    assert [i["code"] for i in api.get("/api/v1/indicators").json()] == ["dung-han", "ngay-xu-ly"]
    assert [u["code"] for u in api.get("/api/v1/units").json()] == ["so-mot"]


def test_what_one_token_reads_is_kept_for_nobody_else(api, settings):
    """No page cache, no proxy."""
    settings.PARINDEX_CACHE = True
    api.send()
    _, other = api.another(api.small.units["so-hai"])
    assert api.get().headers["Cache-Control"] == "no-store"
    assert len(api.get().json()["values"]) == 1
    assert api.get(secret=other).json()["values"] == []
    assert api.client.get(VALUES).status_code == 401


# what it costs


def test_a_thousand_rows_cost_as_many_queries_as_one(api):
    """But for as many statements as the database needs to hold them."""
    periods = [f"{year}-{month:02}" for year in range(1930, 2025) for month in range(1, 13)][:1000]

    def cost(rows, **more):
        with CaptureQueriesContext(connection) as queries:
            assert api.send(*rows, **more).status_code == 200
        return len(queries)

    one = cost([{}])
    rows = [{"period": p, "as_of": "2025-01-01", "numerator": n} for n, p in enumerate(periods)]
    assert cost(rows) <= one + MOST_STATEMENTS
    assert len(api.kept()) == 1001
    changed = [{**row, "denominator": 62028} for row in rows]
    assert cost(changed) <= one + MOST_STATEMENTS
    with CaptureQueriesContext(connection) as queries:
        assert len(api.get(f"{VALUES}?limit=1000").json()["values"]) == 1000
    assert len(queries) <= one


def test_how_often_a_token_is_used_is_noted_every_few_minutes_only(api):
    """A system that asks each second does not write each second for that."""
    api.get()
    used = Token.objects.get(pk=api.token.pk).last_used_at
    api.get()
    assert Token.objects.get(pk=api.token.pk).last_used_at == used


def test_an_indicator_that_was_renamed_is_still_found_by_its_code(api):
    """Systems send codes."""
    Indicator.objects.filter(code="dung-han").update(name_vi="Tên khác")
    assert api.send().status_code == 200
