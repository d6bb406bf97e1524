"""What a citizen does: from the ranking to the sixth unit, down to one criterion and its rule, and back."""

import re

import pytest
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SIXTH = {"vi": "Sở Văn hóa, Thể thao và Du lịch", "en": "Department of Culture, Sports and Tourism"}
PREFIX = {"vi": "", "en": "/en"}
PAGES = [
    "/",
    "/minh-hoa/2024/",
    "/minh-hoa/2024/co-quan/",
    "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/",
    "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/3.2.4/",
    "/minh-hoa/2025/cap-xa/",
    "/viet-nam/2024/",
    "/viet-nam/2024/tinh/binh-thuan/",
    "/bo-tieu-chi/",
    "/bo-tieu-chi/binhthuan-2024/1/",
    "/so-sanh/?group=minh-hoa/2024/co-quan&unit=so-tu-phap&unit=so-xay-dung&unit=so-y-te",
    "/cach-tinh/",
    "/so-lieu-da-cong-bo/",
    "/du-lieu-mo/",
    "/khong-co-trang-nay/",
]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_home_to_ranking_to_the_sixth_unit_to_a_criterion_and_back_without_script(demo, browser, language):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo}{PREFIX[language]}/")
    page.get_by_role("link", name="2024", exact=True).click()
    page.get_by_role("link", name=re.compile("Xem bảng xếp hạng|See the ranking|ranking", re.I)).first.click()
    row = page.locator("tr", has=page.get_by_role("link", name=SIXTH[language]))
    assert row.locator("td.rank").inner_text() == "6"
    row.get_by_role("link").click()
    assert page.locator("h1").inner_text() == SIXTH[language]
    loss = page.locator(".losses li").first
    lost, code = loss.locator(".minus").inner_text(), loss.locator(".code").inner_text().strip()
    loss.get_by_role("link").click()
    assert page.locator("h1").inner_text().startswith(code)
    assert lost.removeprefix("−") in page.locator(".score .lost").inner_text()
    assert page.locator(".score .lead").inner_text()
    expect(page.locator(".rule-scale li")).not_to_have_count(0)
    page.locator(".crumbs a").last.click()
    assert page.locator("h1").inner_text() == SIXTH[language]
    page.locator(".crumbs a").first.click()
    assert page.url == f"{demo}{PREFIX[language]}/minh-hoa/2024/"


def test_the_other_language_is_one_click_away_on_the_same_page(demo, browser):
    page = browser.new_page()
    page.goto(f"{demo}{PAGES[3]}")
    page.get_by_role("link", name="English").click()
    assert page.url == f"{demo}/en{PAGES[3]}"
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.url == f"{demo}{PAGES[3]}"


def test_filtering_finds_names_written_without_accents(demo, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo}/minh-hoa/2025/cap-xa/")
    page.get_by_label("Tìm đơn vị").fill("dac khu")
    page.get_by_role("button", name="Áp dụng").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_no_page_asks_anything_of_another_machine(demo, browser):
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for prefix in PREFIX.values():
        for path in PAGES:
            page.goto(f"{demo}{prefix}{path}")
    assert len(asked) > 2 * len(PAGES)
    assert [url for url in asked if not url.startswith((demo, "data:"))] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_off_at_phone_width(demo, browser, path):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for prefix in PREFIX.values():
        page.goto(f"{demo}{prefix}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("prefix", "width"), [("", 390), ("/en", 1280)])
def test_axe_finds_nothing(demo, browser, prefix, width, path):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{demo}{prefix}{path}")
    found = Axe().run(page).response["violations"]
    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []


def test_the_keyboard_reaches_the_content_first_and_opens_areas(demo, browser):
    page = browser.new_page()
    page.goto(f"{demo}{PAGES[3]}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    area = page.locator("details[id='3']")
    assert area.get_attribute("open") is None
    area.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert area.get_attribute("open") is not None
