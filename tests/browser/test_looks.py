"""How pages look: at every width, in the dark, on paper; and the page of the design system."""

import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve
from test_journey import PAGES

from parindex.web.parts.design import design


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

RANKING, UNIT = PAGES[2], PAGES[3]
ARTICLE = "/tin-tuc/minh-hoa/5/khong-con-ho-so-qua-han-trong-ba-thang/"
ALSO = [
    "/minh-hoa/2025/",
    "/minh-hoa/2024/cap-huyen/?sort=3&grade=kha",
    "/minh-hoa/2024/co-quan/?q=khong-co",
    "/minh-hoa/2025/co-quan/thanh-tra-tinh/",
    "/viet-nam/2024/tinh/",
    "/viet-nam/2024/tinh/tien-giang/",
    "/so-sanh/?group=viet-nam/2024/tinh&unit=ha-noi&unit=hue&unit=can-tho&unit=tien-giang",
    "/so-lieu-da-cong-bo/?index=PCI",
    "/tin-tuc/minh-hoa/",
    "/tin-tuc/minh-hoa/?tim=khong-co-bai-nao",
    ARTICLE,
    "/tim-kiem/?q=van+hoa",
    "/du-lieu-mo/cong-bo/minh-hoa/2024/1/",
]
MORE = [
    "/chi-so/minh-hoa/",
    "/chi-so/chi-tieu/ho-so-dung-han/",
    "/chi-so/minh-hoa/thu-tuc/",
    "/chi-so/thu-tuc/minh-hoa.so-y-te/",
    "/tin-tuc/",
    "/khao-sat/",
    "/khao-sat/cam-on/",
    "/api/",
    "/du-lieu-mo/khoa/",
    "/so-sanh/",
]
WIDTHS = [320, 720, 1024]  # the narrowest page that must hold, 1440 enlarged twice, a small screen
WIDER_THAN_ITS_BOX = """[...document.querySelectorAll('.scroll')].filter(
  e => getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1).length"""


@pytest.fixture
def show(demo, browser):
    """Opens pages one after another at a width, in a colour scheme."""
    pages = []

    def opened(path, *, width=1280, scheme="light"):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages.append(page)
        page.goto(demo + path)
        return page

    yield opened
    for page in pages:
        page.close()


def _wrong(page):
    """What axe finds."""
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]


@pytest.mark.parametrize("path", [*PAGES, *ALSO])
def test_no_page_is_wider_than_the_screen(show, path):
    """Also enlarged twice; and on a phone no table needs to be pushed sideways."""
    page = show(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        if width < 768:
            assert page.evaluate(WIDER_THAN_ITS_BOX) == 0, width


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_first_page_weighs_less_than_100_kilobytes_and_comes_from_nowhere_else(demo, browser, path):
    """As a first visit fetches it: page, style sheet, letters, pictures; and no cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 3000})
    page = context.new_page()
    fetched = []
    page.on("requestfinished", lambda request: fetched.append(request))
    page.goto(demo + path, wait_until="networkidle")
    assert page.evaluate("[400, 600].map(w => document.fonts.check(`${w} 16px 'Be Vietnam Pro'`, 'ữ'))") == [
        True,
        True,
    ]
    weights = {r.url: r.sizes()["responseBodySize"] for r in fetched}
    assert len(weights) > 3
    assert [url for url in weights if not url.startswith(demo)] == []
    assert sum(weights.values()) < 100_000, weights
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("path", [PAGES[1], RANKING, UNIT, PAGES[4], PAGES[9], PAGES[10], PAGES[12], ALSO[2]])
def test_axe_finds_nothing_in_the_dark(show, path):
    """Every colour has a second value for dark screens, with the same contrast."""
    assert _wrong(show(path, scheme="dark")) == []


@pytest.mark.parametrize("path", [*ALSO, *MORE])
def test_axe_finds_nothing_on_pages_off_the_journey(show, path):
    """Filtered, sorted, empty, without data, four units side by side."""
    assert _wrong(show(path, width=390)) == []


def test_every_kind_of_public_page_is_among_those_that_axe_sees(monkeypatch):
    """A new one fails this until it stands in one of the lists."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parents[1] / "web")])
    from addresses import found

    seen = {resolve(path.partition("?")[0]).view_name for path in [*PAGES[:-1], *ALSO, *MORE]}
    assert {name for name, _ in found(pages_only=True)} - seen == set()


def test_a_phone_shows_an_area_when_the_ranking_is_sorted_by_it(show):
    """Columns of areas are left out there; the one that was asked for is named in each row."""
    page = show(RANKING, width=390)
    assert page.locator("td.areas:visible").count() == 0
    page = show(f"{RANKING}?sort=3", width=390)
    shown = page.locator("td.areas:visible")
    assert shown.count() == page.locator("tbody tr").count()
    label = shown.first.evaluate("e => getComputedStyle(e, '::before').content")
    assert "Lĩnh vực 3" in label


def test_the_sixth_is_told_what_makes_it_fourth(show):
    """The points it takes, whom it must pass, and criteria that lead to their pages."""
    page = show(UNIT)
    rung = page.locator(".rungs li", has_text="Hạng 4")
    assert "điểm" in rung.locator(".gain").inner_text()
    assert rung.get_by_role("link").count() >= 2
    rung.get_by_role("link").last.click()
    assert page.locator(".score .lost").inner_text().startswith("Mất")


def test_paper_shows_what_the_screen_folds_away_and_no_controls(show):
    """Every area opened, the note on the data written out; no menus, buttons or download links."""
    page = show(UNIT)
    folded = page.locator("details[id='3'] .leaf").first
    note = page.locator(".banner p").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert note.is_visible()
    for control in (".mast nav", ".tongue", ".btn", ".downloads", ".beside"):
        assert page.locator(f"{control}:visible").count() == 0, control


def test_an_article_is_printed_without_what_only_a_screen_needs(show):
    """Its words and pictures; neither menus nor the ways to other articles."""
    page = show(ARTICLE)
    page.emulate_media(media="print")
    assert page.locator("article.prose h1").is_visible()
    for control in (".mast nav", ".tongue", ".btn", ".downloads", "section[aria-labelledby=more]"):
        assert page.locator(f"{control}:visible").count() == 0, control


def test_a_ranking_is_printed_across_the_page(show):
    """Landscape, and its columns of areas are there."""
    page = show(RANKING)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).page") == "sideways"
    assert page.locator("td.areas:visible").count() > 100


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_the_design_page_is_sound(demo, browser, settings, width, scheme):
    """It is there in development only, so it is made here and shown with the site's own style sheet."""
    request = RequestFactory().get("/design/")
    request.user = AnonymousUser()
    content = design(request).content
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.route("**/design/", lambda route: route.fulfill(body=content, content_type="text/html"))
    page.goto(f"{demo}/design/")
    assert page.locator("h2").count() > 12
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wrong = _wrong(page)
    page.close()
    assert wrong == []
