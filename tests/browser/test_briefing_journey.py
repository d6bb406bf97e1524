"""A month's briefing: drafted, edited, issued, its conclusion a task; read by the unit on a telephone."""

import pytest
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
CONCLUSION = "Mở thêm một quầy vào buổi sáng thứ hai"


def _play(browser, demo, role, *, width=1280):
    """Somebody at a machine of their own."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    return page


def _messages(page):
    return page.locator(".messages").inner_text()


def _drafted(page, demo):
    """In one act, from data; then edited: a proposal, a conclusion with its unit and deadline."""
    page.goto(f"{demo}/giao-ban/")
    page.get_by_role("button", name="Lập dự thảo từ số liệu").click()
    assert "Đã lập dự thảo" in _messages(page)
    assert page.get_by_label("Các chỉ tiêu theo chủ đề năm").input_value()
    page.get_by_label("Đề xuất, nội dung xin ý kiến").fill("- Xin ý kiến về giờ làm việc")
    page.get_by_label("Kết luận 1").fill(CONCLUSION)
    page.get_by_label("Đơn vị thực hiện").first.select_option(label="Sở Y tế")
    page.get_by_role("button", name="Lưu bản nháp").click()
    assert "Đã lưu." in _messages(page)
    assert "đã sửa tay" in page.locator("main").inner_text()


def test_from_the_draft_to_a_task_of_the_plan(demo, browser):
    """And once it is a task there is nothing left to hand on."""
    page = _play(browser, demo, "Cơ quan thường trực hội đồng")
    _drafted(page, demo)
    page.get_by_label("Số văn bản").fill("131")
    page.get_by_role("button", name="Ban hành", exact=True).click()
    assert "không sửa được nữa" in _messages(page)
    page.get_by_role("button", name="Đưa kết luận thành nhiệm vụ").click()
    assert "Đã đưa 1 kết luận vào kế hoạch." in _messages(page)
    expect(page.get_by_role("button", name="Đưa kết luận thành nhiệm vụ")).to_have_count(0)
    assert "chưa thực hiện" in page.get_by_role("row", name=CONCLUSION).inner_text()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Tải .docx").click()
    assert paper.value.suggested_filename.startswith("giao-ban-minh-hoa-")

    reader = _play(browser, demo, "Đầu mối CCHC, Sở Y tế", width=390)
    reader.goto(page.url)
    assert CONCLUSION in reader.locator("main").inner_text()
    assert reader.evaluate("document.documentElement.scrollWidth") == 390
