"""What holds of every page: whole without script, nothing from elsewhere, sound for all, no dead link."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from addresses import LANGUAGES, address, found
from django.urls import resolve
from django.utils.translation import override


PAGES = [address(name, arguments) for name, arguments in found(pages_only=True)]
FOLLOWED = 2  # links of one kind on one page
POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
DECIMAL = {"vi": re.compile(r"\d\.\d{1,2}(?!\d)"), "en": re.compile(r"\d,\d{1,2}(?!\d)")}


@pytest.fixture(scope="module")
def pages_read():
    """Nothing changes what they show, so each process reads a page once for all tests of this file."""
    return {}


@pytest.fixture
def read(read, pages_read):
    """A page by its address."""

    def read_once(url):
        if url not in pages_read:
            pages_read[url] = read(url)
        return pages_read[url]

    return read_once


@pytest.fixture
def status_at(client, pages_read):
    """What an address answers."""

    def status(url):
        if ("status", url) not in pages_read:
            pages_read["status", url] = client.get(url).status_code
        return pages_read["status", url]

    return status


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_page_is_sound_and_needs_nothing_but_itself(read, path):
    """No script, no handler, no style of its own, nothing from elsewhere, no broken nesting, one heading."""
    for language, prefix in LANGUAGES.items():
        page = read(f"{prefix}{path}")
        title = page.root.all("title")[0].text
        assert title.endswith(" · parindex")
        assert len(title) > len("· parindex") + 2
        assert page.root.all("main")[0].attributes["id"] == "main"
        tongue = {a.attributes["lang"]: a for a in page.root.all("div", "tongue")[0].all("a")}
        assert [lang for lang, a in tongue.items() if "aria-current" in a.attributes] == [language]
        assert [a.attributes["href"] for a in tongue.values()] == [path, f"/en{path}"]


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_table_list_of_choices_and_picture_has_a_name(read, path):
    """For those who hear the page; and each form is sent by a button."""
    page = read(path)
    for table in page.root.all("table"):
        assert table.all("caption") or _is_named(table)
        assert all(th.attributes.get("scope") in ("row", "col") for th in table.all("th"))
    for svg in page.root.all("svg"):
        assert svg.attributes["role"] == "img"
        assert svg.all("title")[0].text
    labelled = {label.attributes["for"] for label in page.root.all("label")}
    shown = [i for i in page.root.all("input") if i.attributes.get("type") != "hidden"]
    for control in (*shown, *page.root.all("select")):
        assert control.attributes["id"] in labelled
    for form in page.root.all("form"):
        assert form.attributes["method"] == "get"
        assert [b for b in form.all("button") if b.attributes["type"] == "submit"]


def _is_named(element):
    """By itself, or by what it stands in: a labelled section, or what is opened to see it."""
    names = {"aria-label", "aria-labelledby"} & set(element.attributes)
    return (
        bool(names) or element.tag == "details" or (element.parent is not None and _is_named(element.parent))
    )


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_link_leads_somewhere(status_at, read, path):
    """To a page that answers, at a place that it has; two links of each kind are followed."""
    followed: dict[str, int] = {}
    for link in dict.fromkeys(read(path).links):
        target, place = urldefrag(urljoin(path, link))
        kind = _view(target) + ("#" if place else "")
        followed[kind] = followed.get(kind, 0) + 1
        if followed[kind] <= FOLLOWED:
            assert status_at(target) == 200, link
            assert not place or place in {e.attributes.get("id") for e in read(target).root.walk()}, link


def _view(url):
    """The name of what answers at an address."""
    with override("en" if url.startswith("/en/") else "vi"):
        return resolve(urlsplit(url).path).view_name


def test_every_leaf_of_a_unit_has_its_page(read):
    """Bonus and penalty too, and each says what the unit's own page says."""
    unit = address("public:unit", ("minh-hoa", 2024, "co-quan", "so-van-hoa-the-thao-va-du-lich"))
    leaves = read(unit).root.all("li", "leaf")
    assert len(leaves) > 40
    for leaf in leaves:
        (link,) = leaf.all("a")
        page = read(link.attributes["href"])
        held = [
            e.seen.replace(" ", "") for e in (leaf.all("span", "points")[0], page.root.all("p", "big")[0])
        ]
        assert held[0].startswith(held[1]), link.text
        assert leaf.all("p", "why")[0].text == page.root.all("p", "lead")[0].text


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_numbers_in_drawings_are_written_as_the_language_writes_them(read, path):
    """A comma before decimals in Vietnamese, a point in English."""
    for language, prefix in LANGUAGES.items():
        said = [
            e.text for svg in read(f"{prefix}{path}").root.all("svg") for e in svg.walk() if e.tag != "svg"
        ]
        assert [text for text in said if DECIMAL[language].search(text)] == []


@pytest.mark.parametrize(("prefix", "said"), [("", "Sai số chuẩn2,84"), ("/en", "Standard error2.84")])
def test_the_error_of_a_survey_is_in_the_pages_notation(read, prefix, said):
    """Beside the points of a criterion that a survey answers; it is kept as a plain decimal."""
    page = read(f"{prefix}/minh-hoa/2024/co-quan/ban-quan-ly-cac-khu-cong-nghiep/B.3/")
    assert said in [fact.text for fact in page.root.all("div")]


@pytest.mark.parametrize("name_arguments", [*found(), ("", ())], ids=lambda pair: pair[0] or "missing")
def test_the_browser_is_told_what_it_may_do(client, name_arguments):
    """No script, no frame, nothing from elsewhere, no guessing of types, no address told to others."""
    name, arguments = name_arguments
    headers = client.get(address(name, arguments) if name else "/khong-co/").headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


def test_style_fonts_and_mark_are_the_sites_own(client, read):
    """Each file that a page or the style sheet names is there, with its type, and asks for nothing else."""
    (style,) = [e for e in read("/").root.all("link") if e.attributes["rel"] == "stylesheet"]
    sheet = _static(client, style.attributes["href"], "text/css")
    asked = re.findall(rb"""url\(["']?([^"')]+)""", sheet)
    assert len(asked) >= 2
    assert b"@import" not in sheet
    for url in asked:
        assert url.startswith(b"../fonts/"), url
        _static(client, "/static/" + url.decode().removeprefix("../"), "font/")
    (icon,) = [e for e in read("/").root.all("link") if e.attributes["rel"] == "icon"]
    mark = _static(client, icon.attributes["href"], "image/svg+xml")
    assert b"<script" not in mark
    assert b"href" not in mark


def _static(client, url, type_):
    response = client.get(url)
    assert response.status_code == 200, url
    assert response.headers["Content-Type"].startswith(type_), url
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return b"".join(response)
