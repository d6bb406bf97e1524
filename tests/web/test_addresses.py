"""Every address of the site answers as it should, to whom it should, in both languages."""

from functools import partial

import pytest
from addresses import ANYONE, LANGUAGES, MATRIX, WHO, address, found, names
from django.test import Client
from page import Page


PUBLIC = [name for name in MATRIX if MATRIX[name].public and MATRIX[name].found]
READS_ALL = "secretariat"
MISSING = [
    (name, arguments)
    for name, row in MATRIX.items()
    for arguments in row.missing
    if not name.startswith("api:public")  # says so in JSON
]
GONE = {"vi": "Không tìm thấy trang", "en": "Page not found"}
CSP = "Content-Security-Policy"
WRITES = ("post", "put", "patch", "delete", "options", "trace")


def _unguarded(response, row):
    """Which of the headers that guard a reader are not there; of inner pages nothing is kept for others."""
    said = {**response.headers, "Cache-Control": response.headers.get("Cache-Control", "")}
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }
    missing = [name for name, value in wanted.items() if said.get(name) != value]
    missing += [part for part in ("default-src 'none'", "frame-ancestors") if part not in said[CSP]]
    inner = response.wsgi_request.user.is_authenticated and not row.public
    kept = said["Cache-Control"]
    return missing + (["Cache-Control"] if inner and "private" not in kept and "no-store" not in kept else [])


def _id(value):
    return "/".join(map(str, value))[:70] if isinstance(value, tuple) else None


def test_every_address_has_its_row():
    """A new address is first given to whom it is for; a row without an address is an old one."""
    assert sorted(names()) == sorted(MATRIX)


@pytest.mark.parametrize(("name", "arguments"), found(), ids=_id)
def test_what_is_public_is_read_in_both_languages(client, name, arguments):
    """Each said in the page and to the browser."""
    for language, prefix in LANGUAGES.items():
        url = address(name, arguments, language)
        assert url.startswith(prefix)
        response = client.get(url)
        assert response.status_code == 200, url
        assert response.headers["Content-Language"] == language
        if MATRIX[name].page:
            assert Page(response.content.decode()).language == language


@pytest.mark.parametrize("room", sorted({name.partition(":")[0] for name in MATRIX}))
def test_who_may_read_it_reads_it_and_nobody_else(visitors, room):
    """200 to those of the row; to the door with the way back, or a page that says why, to all others.

    One room after the other, so that everybody signs in once for all its pages.
    """
    for name, row in MATRIX.items():
        if name.partition(":")[0] == room:
            for arguments in row.found if not row.public else row.found[:1]:
                _read_by_everybody(visitors, row, address(name, arguments))


def _read_by_everybody(visitors, row, url):
    got = {who: visitors[who].get(url) for who in WHO}
    for response in got.values():
        assert _unguarded(response, row) == [], url
        if response.streaming:
            list(response.streaming_content)  # read to its end, so that its file is closed
    expected = {who: row.answers(who) for who in WHO}
    assert (url, {who: r.status_code for who, r in got.items()}) == (url, expected)
    for who, response in got.items():
        if response.status_code == 302 and who == ANYONE:
            assert response.headers["Location"] == f"{address('account:sign_in', ())}?next={url}"
        if response.status_code == 403:
            assert Page(response.content.decode()).heading == "Không thực hiện được", url


@pytest.mark.parametrize(("name", "arguments"), MISSING, ids=_id)
def test_what_is_not_there_is_said_to_be_missing(visitors, read, name, arguments):
    """404 in the language of the address, with a way on and the other language one click away."""
    read = read if MATRIX[name].public else partial(read, by=visitors[READS_ALL])
    for language, sentence in GONE.items():
        page = read(address(name, arguments, language), status=404)
        assert (page.language, page.heading) == (language, sentence)
        assert f"{LANGUAGES[language]}/" in page.links
        other = "en" if language == "vi" else "vi"
        assert address(name, arguments, other).replace("\0", "%00") in page.links


@pytest.mark.parametrize("name", PUBLIC)
def test_nothing_can_be_done_to_a_page_but_read_it(client, name):
    """Whatever is sent is refused before it is looked at, and nothing is asked of the database."""
    url = address(name, MATRIX[name].found[0])
    for method in WRITES:
        response = getattr(client, method)(url)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD"), method
        assert response.content == b""


@pytest.mark.parametrize("name", PUBLIC)
def test_head_says_what_get_says_without_the_content(client, name):
    """Type, length and language are those of the page."""
    url = address(name, MATRIX[name].found[0])
    head, got = client.head(url), client.get(url)
    assert (head.status_code, head.content) == (200, b"")
    kept = ("Content-Type", "Content-Language", "Content-Disposition")
    assert {k: head.headers.get(k) for k in kept} == {k: got.headers.get(k) for k in kept}


@pytest.mark.parametrize("path", ["/minh-hoa/2024", "/en/minh-hoa/2024/co-quan", "/cach-tinh"])
def test_a_forgotten_slash_is_put_right(client, path):
    """And for good."""
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, f"{path}/")


@pytest.mark.parametrize(
    "path",
    ["/khong-co-gi/", "/favicon.ico", "/minh-hoa/hai-nghin/", "/minh-hoa/-1/", "/design/", "/vi/"],
)
def test_an_address_that_nobody_gave_is_missing(read, path):
    """Also the page of the design system, which is there in development only."""
    assert read(path, status=404).heading == GONE["vi"]
    assert read(f"/en{path}", status=404).heading == GONE["en"]
    assert f"/en{path}" in read(path, status=404).links


def test_the_language_is_that_of_the_address_whatever_the_browser_prefers(read):
    """So that an address shows everyone the same page."""
    for language, prefix in LANGUAGES.items():
        for wish in ("en", "vi", "fr, en;q=0.8", "*"):
            assert read(f"{prefix}/", headers={"accept-language": wish}).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_from_elsewhere_is_refused_in_words(world, language):
    """Instead of in the framework's own, which are English."""
    page = Client(enforce_csrf_checks=True).post(
        address("account:sign_in", (), language), {"username": "quan-tri"}
    )
    assert page.status_code == 403
    words = {"vi": "Biểu mẫu này đã cũ", "en": "This form is too old"}
    assert words[language] in Page(page.content.decode()).root.all("main")[0].text
