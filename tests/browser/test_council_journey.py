"""Journey D: the council on a projector gives a unit all points of a leaf; index and rank move at once."""

import pytest


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

ROOM = "/hoi-dong/minh-hoa.tap-huan-hoi-dong/"


@pytest.fixture
def chair(demo, browser):
    """The chair's page, without script, as wide as a projector."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text="Chủ tịch hội đồng").first.get_by_role("button").click()
    yield page
    context.close()


def test_the_council_rules_and_everybody_sees_what_moved(demo, chair):
    """From the start page to the case, the ruling, what it moved, and the minutes."""
    chair.get_by_role("link", name="Mở phòng họp hội đồng").first.click()
    assert chair.url == f"{demo}{ROOM}"
    rows = chair.locator("table.stack tbody tr")
    chair.wait_for_load_state()
    waiting, most = rows.count(), rows.first.locator("td").first.inner_text()
    rows.first.get_by_role("link").click()
    size = chair.evaluate("getComputedStyle(document.querySelector('.room')).fontSize")
    assert float(size.removesuffix("px")) >= 20
    chair.locator("input[name=how][value=points]").check()
    chair.get_by_label("Điểm", exact=True).fill(most)
    chair.get_by_label("Lý do").fill("Tài liệu kiểm chứng đã đủ")
    chair.get_by_role("button", name="Ghi kết luận").click()
    index = chair.locator("tr", has_text="Chỉ số (%)").locator("td")
    before, after = index.nth(0).inner_text(), index.nth(1).inner_text()
    assert before != after
    assert chair.locator("tr", has_text="Thứ hạng").locator("td").nth(1).inner_text()[0].isdigit()
    chair.goto(f"{demo}{ROOM}")
    assert chair.locator("table.stack tbody tr").count() == waiting - 1
    chair.get_by_role("link", name="Biên bản").click()
    assert "Tài liệu kiểm chứng đã đủ" in chair.locator("main").inner_text()
