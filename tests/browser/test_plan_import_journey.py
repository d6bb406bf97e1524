"""A department's plan brought in from its Word file: questions answered, tasks taken, one of them done."""

import pytest

from tests.plan_files import word_plan


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PHONE = {"width": 390, "height": 844}


def _play(browser, demo, role):
    """Somebody at a machine of their own; what the browser refuses is kept."""
    page = browser.new_context().new_page()
    page.refused = []
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    return page


def _fits(page):
    """Whether a telephone shows the page without sideways scrolling."""
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return wide <= PHONE["width"]


def _bring_in(page, demo):
    """A new plan, and its file sent."""
    page.goto(f"{demo}/ke-hoach/moi/")
    page.get_by_label("Tên kế hoạch").fill("Kế hoạch từ tệp")
    page.get_by_label("Năm").first.fill("2025")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_role("link", name="Nhập từ Word, Excel").click()
    page.get_by_label("Tệp .docx hoặc .xlsx").set_input_files(
        {"name": "Phụ lục kế hoạch.docx", "mimeType": WORD, "buffer": word_plan()}
    )
    page.get_by_role("button", name="Đọc tệp").click()


def test_a_plan_is_brought_in_from_its_word_file(demo, browser):
    """What is not understood is asked once for all its rows or in its row; then all is taken at once."""
    page = _play(browser, demo, "Đầu mối CCHC, Sở Y tế")
    _bring_in(page, demo)
    take = page.get_by_role("button", name="Nhập 6 nhiệm vụ vào kế hoạch")
    assert take.is_disabled()
    assert _fits(page)
    names = page.locator("section", has=page.get_by_role("heading", name="Tên gặp nhiều lần"))
    unit = page.locator(".over").first.inner_text().split(" · ")[0]
    for box in names.get_by_role("combobox").all():
        box.fill(unit)
    for place in ("bảng 3, dòng 2", "bảng 3, dòng 3"):
        asked = page.get_by_role("group", name=place.capitalize())
        for box in asked.get_by_label("Chủ trì").all():
            box.fill(unit)
        for box in asked.get_by_label("Không có ngày").all():
            box.check()
    page.get_by_role("button", name="Lưu câu trả lời").last.click()
    assert take.is_enabled()
    take.click()
    assert "Đã nhập 6 nhiệm vụ vào kế hoạch" in page.locator(".messages").inner_text()
    for name in ("Theo tình trạng", "Theo thời gian", "Danh sách, xử lý nhiều việc"):
        page.get_by_role("link", name=name).click()
        assert "Số hóa hồ sơ" in page.content()
        assert _fits(page)
    assert page.refused == []
