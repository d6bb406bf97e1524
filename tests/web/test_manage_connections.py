"""Systems are connected by the administrator alone: a token is shown once, seen in use, revoked."""

from datetime import timedelta

import pytest
from addresses import WHO, address
from api_world import ROW, VALUES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parindex.apps.audit.models import Entry
from parindex.apps.indicators.models import Token
from parindex.apps.indicators.tokens import hash_of
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.time import legal_date


ALL, ADD = address("manage:connections", ()), address("manage:connection_add", ())


@pytest.fixture
def admin(visitors):
    """Whoever administers the invented province."""
    return visitors["administrator"]


def _form(**more):
    last = legal_date(timezone.now()) + timedelta(days=90)
    sent = {"system": "Một cửa điện tử", "unit": "minh-hoa.so-y-te", "units": "", "indicator": "*"}
    return {**sent, "valid_to": last.isoformat(), **more}


def _given(admin, **more):
    """The token that the page shows."""
    response = admin.post(ADD, _form(**more))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.context["secret"]


def test_a_token_is_shown_once_and_opens_the_door(admin):
    """Only its hash is kept; the ledger tells of what it may send, not of itself."""
    secret = _given(admin, units="so-xay-dung\nso-tu-phap", indicator=["ho-so-dung-han"])
    token = Token.objects.get(hash=hash_of(secret))
    assert {u.code for u in token.units.all()} == {"so-y-te", "so-xay-dung", "so-tu-phap"}
    entry = Entry.objects.get(kind="token.created")
    assert entry.payload["indicators"] == ["ho-so-dung-han"]
    assert secret not in str([e.payload for e in Entry.objects.filter(kind__startswith="token.")])
    sent = Client().post(
        VALUES,
        {"rows": [{**ROW, "indicator": "ho-so-dung-han", "unit": "so-y-te", "period": "2019-03"}]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "ngay-31"},
    )
    assert sent.status_code == 200
    for path in (ALL, address("manage:connection", (token.pk,))):
        page = admin.get(path).content.decode()
        assert secret not in page
        assert token.head in page
    assert "ngay-31" in page


def test_a_value_says_which_system_sent_it(admin, visitors):
    """By its name, where the versions of a value are shown."""
    secret = _given(admin)
    Client().post(
        VALUES,
        {
            "rows": [
                {**ROW, "indicator": "ho-so-dung-han", "unit": "so-y-te", "period": "2019-03", "ref": "BC-7"}
            ]
        },
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    page = visitors["head"].get(address("indicators:versions", ("minh-hoa.so-y-te", "ho-so-dung-han")))
    assert "Một cửa điện tử · API · BC-7" in page.content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"system": " "}, "Hãy ghi tên hệ thống"),
        ({"unit": ""}, "Hãy chọn ít nhất một đơn vị"),
        ({"units": "so-khong-co"}, "so-khong-co"),
        ({"indicator": []}, "Hãy chọn chỉ tiêu"),
        ({"indicator": ["khong-co"]}, "khong-co"),
        ({"valid_to": "2020-01-01"}, "đã qua"),
        ({"valid_to": "2199-01-01"}, "muộn nhất"),
        ({"valid_to": "31/02/2027"}, "31/02/2027"),
    ],
)
def test_what_makes_no_token_is_said_and_what_was_typed_stays(admin, more, words):
    """Nothing is kept."""
    before = Token.objects.count()
    response = admin.post(ADD, _form(**more))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Token.objects.count() == before


def test_a_revoked_token_opens_nothing_and_stays_in_the_list(admin):
    """What it sent stays; it cannot be revoked twice."""
    secret = _given(admin)
    token = Token.objects.get(hash=hash_of(secret))
    path = address("manage:connection_revoke", (token.pk,))
    assert admin.get(path).status_code == 200
    assert admin.post(path).status_code == 302
    assert Client().get(VALUES, headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert "đã thu hồi" in admin.get(ALL).content.decode()
    assert admin.post(path).status_code == 422
    assert Entry.objects.filter(kind="token.revoked").count() == 1


def test_nobody_but_the_administrator_sees_or_ends_a_token(admin, visitors):
    """Also by its number; and nobody gives one for another territory."""
    token = Token.objects.get(hash=hash_of(_given(admin)))
    for who in WHO:
        if who != "administrator":
            for name in ("manage:connection", "manage:connection_revoke"):
                path = address(name, (token.pk,))
                assert visitors[who].post(path).status_code in (302, 403, 405), (who, name)
                assert visitors[who].get(path).status_code in (302, 403), (who, name)
            assert visitors[who].post(ADD, _form()).status_code in (302, 403), who
    assert Token.objects.filter(revoked_at=None).count() == 1
    elsewhere = Unit.objects.filter(parent=None).exclude(code="minh-hoa").first()
    assert admin.post(ADD, _form(unit=elsewhere.code)).status_code == 422
    for number in (token.pk + 1000, 10**30):
        assert admin.get(f"{ALL}{number}/").status_code == 404


def test_a_token_that_ends_within_a_month_is_marked(admin):
    """So that another is given in time."""
    _given(admin)
    assert "sắp hết hạn" not in admin.get(ALL).content.decode()
    _given(admin, valid_to=(legal_date(timezone.now()) + timedelta(days=20)).isoformat())
    assert admin.get(ALL).content.decode().count("sắp hết hạn") == 1


def test_the_list_costs_as_many_queries_whatever_it_holds(admin):
    """Units and indicators of all tokens at once."""

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(ALL).status_code == 200
        return len(queries)

    _given(admin, indicator=["ho-so-dung-han"])
    one = cost()
    for _ in range(5):
        _given(admin, units="so-xay-dung", indicator=["ho-so-dung-han"])
    assert cost() == one


def test_the_page_of_the_api_says_all_operations_and_fields(read):
    """Drawn from the document itself."""
    for path, word in ((address("api:page", ()), "bắt buộc"), (address("api:page", (), "en"), "needed")):
        page = read(path)
        for words in ("/api/v1/values", "/api/v1/units", "Idempotency-Key", "numerator", word):
            assert words in page.content
