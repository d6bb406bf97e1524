"""Whoever answers: forms on a page, what they say of themselves, links that are forged or used, limits."""

import logging

import pytest
from django.test import Client
from page import Page
from site_world import AT

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.models import Answer, Invitation
from parindex.apps.surveys.sittings import new_sitting
from parindex.apps.surveys.tokens import new_token


@pytest.fixture
def field(world, monkeypatch):
    """A survey world upon the demonstration's province, at the hour of `AT`."""
    import sys
    from pathlib import Path

    from django.utils import timezone

    sys.path.insert(0, str(Path(__file__).parents[1] / "apps"))
    from survey_world import Surveying

    monkeypatch.setattr(timezone, "now", lambda: AT)
    territory = Unit.objects.get(parent=None, code="minh-hoa")
    units = {"so-mot": _unit("so-y-te"), "so-hai": _unit("so-xay-dung")}
    return Surveying(territory, units)


def _unit(code):
    return Unit.objects.get(parent__code="minh-hoa", code=code)


def _page(response):
    page = Page(response.content.decode())
    assert page.faults == []
    return page


def _sitting(response):
    return response.content.decode().split('name="sitting" value="')[1][:32]


@pytest.mark.parametrize(
    ("prefix", "asked"), [("", "Ông/bà có hài lòng không?"), ("/en", "Are you satisfied?")]
)
def test_a_link_is_answered_without_account_cookie_or_script(field, prefix, asked):
    """The page, the form, thank you; then the link is spent."""
    client, token = Client(), field.link(field.citizens())
    url = f"{prefix}/khao-sat/phieu/{token}/"
    got = client.get(url)
    assert got.status_code == 200
    page = _page(got)
    assert asked in got.content.decode()
    assert page.language == ("en" if prefix else "vi")
    assert (got.headers["Cache-Control"], got.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "script-src 'self'" in got.headers["Content-Security-Policy"]
    assert "unsafe" not in got.headers["Content-Security-Policy"]
    sent = client.post(
        url, {"sitting": _sitting(got), "q-hai_long": "A", "q-y_kien": "<script>alert(1)</script>"}
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{prefix}/khao-sat/cam-on/")
    assert client.cookies == {}
    assert Answer.objects.get(survey__slug__startswith="khao-sat-hai-long-2026").content["hai_long"] == "A"
    again = client.get(url)
    assert again.status_code == 410
    assert "Mỗi đường dẫn chỉ dùng một lần" in again.content.decode() or prefix


def test_what_is_wrong_stands_at_its_question_and_what_was_typed_stays(field):
    """Escaped, and the link is still good."""
    client, token = Client(), field.link(field.citizens())
    url = f"/khao-sat/phieu/{token}/"
    fields = {"sitting": new_sitting(), "q-hai_long": "D", "q-y_kien": '<b onclick="x()">' + "à" * 600}
    got = client.post(url, fields)
    assert got.status_code == 422
    text = got.content.decode()
    assert _page(got)
    assert "<b onclick" not in text
    assert "&lt;b onclick=" in text
    assert f'value="{fields["sitting"]}"' in text
    assert 'value="D" checked' in text
    assert Invitation.objects.filter(group__survey__territory=field.territory).exists()
    assert client.post(url, {**fields, "q-y_kien": "à"}).status_code == 303


def test_a_text_of_megabytes_is_refused_with_a_sentence(field):
    """Whether it fits into a form or not."""
    client, token = Client(), field.link(field.citizens())
    url, fields = f"/khao-sat/phieu/{token}/", {"sitting": new_sitting(), "q-hai_long": "A"}
    got = client.post(url, {**fields, "q-y_kien": "x" * 1_000_000})
    assert (got.status_code, len(got.content) < 100_000) == (422, True)
    got = client.post(url, {**fields, "q-y_kien": "x" * 5_000_000})
    assert (got.status_code, "Phiếu quá lớn" in got.content.decode()) == (413, True)
    got = client.post(url, {**fields, **{f"x{n}": "1" for n in range(3000)}})
    assert got.status_code == 413


@pytest.mark.parametrize("method", ["get", "post"])
def test_forged_and_used_links_say_what_they_are(field, method):
    """And no log holds an address."""
    client = Client()
    for token, status, words in (
        ("a" * 24, 404, "không phải của chúng tôi"),
        (new_token(), 410, "đã được dùng"),
        ("../../etc", 404, ""),
    ):
        got = getattr(client, method)(f"/khao-sat/phieu/{token}/")
        assert got.status_code == status
        assert words in got.content.decode()


def test_no_log_holds_the_address_of_a_form(field, caplog):
    """A log has an hour, and the link was sent to somebody."""
    client, token = Client(), field.link(field.citizens())
    url = f"/khao-sat/phieu/{token}/"
    with caplog.at_level(logging.DEBUG):
        client.get(url)
        client.post(url, {"sitting": new_sitting()})
        client.post(url, {"sitting": new_sitting(), "q-hai_long": "A"})
        client.get(url)
        client.put(url)
    assert token not in caplog.text


def test_a_sitting_sent_twice_is_thanked_twice_and_kept_once(field):
    """The line broke before the first thanks came."""
    client, token = Client(), field.link(field.citizens())
    fields = {"sitting": new_sitting(), "q-hai_long": "B"}
    for _ in range(3):
        assert client.post(f"/khao-sat/phieu/{token}/", fields).status_code == 303
    assert Answer.objects.filter(day=AT.date(), channel="link", unit=field.units["so-mot"]).count() == 1


def test_a_full_counter_says_when_to_come_back_and_keeps_what_was_chosen(field):
    """429, in the respondent's words."""
    client, counter = Client(), field.counter(field.citizens(), hourly=1)
    url = f"/khao-sat/quay/{counter.code}/"
    tablet = client.post(f"{url}?kiosk=1", {"sitting": new_sitting(), "q-hai_long": "A"})
    assert tablet.headers["Location"] == f"/khao-sat/cam-on/?kiosk={counter.code}"
    assert (
        f"/khao-sat/quay/{counter.code}/?kiosk=1" in client.get(tablet.headers["Location"]).content.decode()
    )
    got = client.post(url, {"sitting": new_sitting(), "q-hai_long": "C"})
    text = got.content.decode()
    assert (got.status_code, 'value="C" checked' in text, "sau 30 phút" in text) == (429, True, True)
    assert client.get(url).status_code == 429


def test_an_official_rates_many_units_on_one_page_and_never_their_own(field):
    """Not enough information is an answer; what was asked once stands once on the page."""
    group, one, two = field.officials(), field.units["so-mot"], field.units["so-hai"]
    client, token = Client(), field.link(group, own_unit=one)
    url = f"/khao-sat/phieu/{token}/"
    got = client.get(url)
    text = got.content.decode()
    assert _page(got)
    assert (text.count("<details"), f'name="u{one.pk}-hai_long"' in text, text.count('name="q-tuoi"')) == (
        1,
        False,
        2,
    )
    assert "Không đủ thông tin" in text
    sent = {
        "sitting": _sitting(got),
        f"u{two.pk}-hai_long": "KR",
        f"u{one.pk}-hai_long": "A",
        "q-tuoi": "tu-40",
    }
    assert client.post(url, sent).status_code == 303
    found = Answer.objects.filter(survey=group.survey)
    assert [(a.unit, a.content) for a in found] == [(two, {"hai_long": "KR", "tuoi": "tu-40"})]


def test_the_list_names_what_is_open(field, client):
    """Without a way to answer: that is by link or at a counter."""
    field.citizens(title_vi="Khảo sát mở", title_en="An open survey")
    for url, title in (("/khao-sat/", "Khảo sát mở"), ("/en/khao-sat/", "An open survey")):
        got = client.get(url)
        assert _page(got)
        assert title in got.content.decode()
