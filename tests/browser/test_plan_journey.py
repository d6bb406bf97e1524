"""From the province's plan to evidence on the sheet: taken, done by a document, accepted, proposed."""

import pytest


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
TASK = "Niêm yết thủ tục mới"
PLAN = "58/KH-SYT"


def _play(browser, demo, role, *, width=1280):
    """Somebody at a machine of their own."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    return page


def _messages(page):
    return page.locator(".messages").inner_text()


def _take_and_write(focal):
    """The task from above into the plan and to a person; then one of the unit's own, with an output."""
    focal.get_by_role("link", name="Tiếp nhận, trả lời").click()
    focal.get_by_role("button", name="Tiếp nhận", exact=True).first.click()
    assert "hãy giao người thực hiện" in _messages(focal)
    focal.get_by_label("Giao người thực hiện").select_option(index=1)
    focal.get_by_role("button", name="Giao người", exact=True).click()
    focal.get_by_role("link", name=PLAN).first.click()
    focal.get_by_role("link", name="Thêm nhiệm vụ").click()
    focal.get_by_label("Nội dung nhiệm vụ").fill(TASK)
    focal.get_by_label("Sản phẩm").fill("Thông báo niêm yết")
    focal.get_by_role("button", name="Lưu nhiệm vụ").click()


def _hand_in(officer):
    """What was done, with the file that it is."""
    officer.get_by_role("link", name=TASK).click()
    officer.get_by_label("Đã làm được gì").fill("Đã niêm yết tại Bộ phận Một cửa")
    file = {"name": "Thông báo.txt", "mimeType": "text/plain", "buffer": "Thông báo niêm yết".encode()}
    officer.get_by_label("Sản phẩm (tệp)").set_input_files(file)
    assert officer.evaluate("document.documentElement.scrollWidth") == 390
    officer.get_by_role("button", name="Báo hoàn thành", exact=True).click()
    assert "chờ xác nhận" in _messages(officer)


def test_from_the_provinces_plan_to_evidence_on_the_sheet(demo, browser):
    """Each at a machine of their own, the officer at a telephone."""
    _take_and_write(_play(browser, demo, "Đầu mối CCHC, Sở Y tế"))
    officer = _play(browser, demo, "Chuyên viên, Sở Y tế", width=390)
    officer.goto(f"{demo}/ke-hoach/viec-cua-toi/")
    _hand_in(officer)

    head = _play(browser, demo, "Thủ trưởng đơn vị, Sở Y tế")
    head.goto(f"{demo}/ke-hoach/")
    head.get_by_role("link", name=PLAN).click()
    head.get_by_role("link", name=TASK).click()
    head.get_by_role("button", name="Xác nhận, hoàn thành").click()
    assert "hoàn thành đúng hạn" in head.locator("main").inner_text()

    officer.goto(f"{demo}/don-vi/minh-hoa.tap-huan-tu-cham/so-y-te/tieu-chi/1.1.1/")
    officer.get_by_role("button", name="Đính kèm tài liệu đề xuất").click()
    assert "Đã đính kèm 1 tài liệu" in _messages(officer)
