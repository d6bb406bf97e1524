"""Whatever an address or its parameters hold: a page, or a plain no; never an error of the site."""

import pytest
from addresses import MATRIX, SIXTH, address
from django.test import RequestFactory
from django.test.client import Client
from django.utils.translation import override

from parindex.web.parts import errors


SAYING = {"api:public_documents"}  # reads one, and says what is wrong with it: see test_public_documents.py
PUBLIC = [name for name, row in MATRIX.items() if row.public and row.found and name not in SAYING]
ASKING = ("compare", "compare_file", "published", "published_file", "ranking")
GROUP = "minh-hoa/2024/co-quan"
KEYS = ("q", "sort", "grade", "group", "unit", "index", "next", "page")
VALUES = [
    "%00",
    "a%00b",
    "%ff%fe%fd",
    "%ED%A0%80",
    "%F0%9F%98%80%E2%80%AE",
    "'%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "1%20OR%201=1;--",
    "%25%25%25s%(x)s%7B%7B7*7%7D%7D",
    "../../../../etc/passwd",
    "minh-hoa/9999999999999999999999/co-quan",
    "minh-hoa/%C2%B2%C2%B2%C2%B2%C2%B2/co-quan",
    "minh-hoa/2024/",
    "////",
    "minh-hoa/2024/%00",
    "NaN",
    "-1e309",
    "9" * 5000,
    "x" * 20_000,
]


@pytest.mark.parametrize("name", [f"public:{name}" for name in ASKING])
@pytest.mark.parametrize("value", VALUES, ids=lambda v: v[:20])
def test_no_parameter_breaks_a_page_that_reads_some(client, name, value):
    """Each of our parameters, as it is, as an array, and among others that are right."""
    url = address(name, MATRIX[name].found[0])
    for question in (
        "&".join(f"{key}={value}" for key in KEYS),
        "&".join(f"{key}[]={value}&{key}[0]={value}" for key in KEYS),
        f"={value}&{value}&unit={value}&unit={value}&group={GROUP}",
    ):
        response = client.get(f"{url}?{question}")
        assert response.status_code in (200, 404), question[:80]
        assert b"<script" not in response.content


@pytest.mark.parametrize("name", PUBLIC)
def test_no_parameter_breaks_a_page_that_reads_none(client, name):
    """All of them at once."""
    values = "&".join(f"{key}={value}" for key in KEYS for value in VALUES)
    response = client.get(f"{address(name, MATRIX[name].found[0])}?{values}")
    assert response.status_code in (200, 404)
    assert b"<script" not in response.content


@pytest.mark.parametrize("value", VALUES, ids=lambda v: v[:20])
@pytest.mark.parametrize("place", range(5))
def test_no_part_of_an_address_breaks_a_page(client, value, place):
    """Territory, year, group, unit, criterion."""
    parts = [*map(str, SIXTH), "3.2.4"]
    parts[place] = value.replace("?", "")
    for length in range(place + 1, 6):
        response = client.get("/" + "/".join(parts[:length]) + "/")
        assert response.status_code in (200, 404), length
        assert b"<script" not in response.content


@pytest.mark.parametrize(
    "path", ["//khac.example/", "/en//khac.example/", "/%2F%2Fkhac.example/", "/\\khac.example/"]
)
def test_no_address_leads_to_another_site(client, path):
    """Neither by sending on, nor by a link of the page."""
    response = client.get("/", PATH_INFO=path)
    assert response.status_code == 404
    assert b'href="//' not in response.content
    assert b'href="/\\' not in response.content


def test_what_was_asked_stands_on_the_page_as_text_only(read):
    """In the field of the search, in the page that finds nothing."""
    attack = "\"><img src=x onerror=alert(1)>'"
    page = read(f"/{GROUP}/", data={"q": attack})
    (field,) = [e for e in page.root.all("input") if e.attributes["name"] == "q"]
    assert field.attributes["value"] == attack
    assert "onerror=alert(1)>" in read(f"/{attack.replace('/', '')}/", status=404).root.all("main")[0].text


@pytest.mark.parametrize(("language", "path"), [("vi", f"/{GROUP}/"), ("en", f"/en/{GROUP}/")])
def test_a_request_of_too_many_fields_is_refused_in_words(read, language, path):
    """400, in the language of the address."""
    page = read(path + "?" + "&".join(f"a{k}=1" for k in range(1200)), status=400)
    assert page.heading == {"vi": "Không đọc được yêu cầu", "en": "The request cannot be read"}[language]
    assert page.language == language


def test_an_error_of_the_site_is_said_in_both_languages(monkeypatch, world):
    """Without showing anything of the error."""

    def fail(*_: object) -> None:
        raise RuntimeError("mật khẩu của cơ sở dữ liệu")

    monkeypatch.setattr("parindex.apps.results.queries.places", fail)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    said = response.content.decode()
    assert "Trang gặp lỗi" in said
    assert "Something went wrong" in said
    assert "mật khẩu" not in said
    assert "Content-Security-Policy" in response.headers


def test_the_error_page_needs_no_database_and_no_session(monkeypatch):
    """It is shown when either is what failed; this test may not use a database, so it would fail."""
    with override("en"):
        response = errors.server_error(RequestFactory().get("/en/"))
    assert response.status_code == 500


def test_a_database_that_does_not_answer_gives_the_error_page(monkeypatch, settings, world):
    """Also where the cache asks it before any page does."""

    def fail() -> str:
        raise RuntimeError

    settings.PARINDEX_CACHE = True
    monkeypatch.setattr("parindex.web.parts.middleware.newest_stamp", fail)
    response = Client(raise_request_exception=False).get("/")
    assert (response.status_code, b"Trang g" in response.content) == (500, True)
