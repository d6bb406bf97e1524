"""Journey B: the last night. The line drops, two people type, an Excel file comes back: nothing is lost."""

import io
import re

import openpyxl
import pytest


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
ROUND = "minh-hoa.tap-huan-tu-cham"
SHEET = f"/don-vi/{ROUND}/so-xay-dung/"
CODE, INPUT = 1, 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _play(browser, demo, role):
    """Somebody at a machine of their own."""
    page = browser.new_context(accept_downloads=True).new_page()
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    return page


def _type(page, part, whole):
    page.get_by_label("Tử số").fill(part)
    page.get_by_label("Mẫu số").fill(whole)


def _filled(content, **typed):
    """The workbook with some ratios typed in, as a spreadsheet program would save it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows():
        code = str(row[CODE].value or "").replace(".", "_")
        values = typed.get(f"c{code}")
        if row[0].value and values:
            row[INPUT].value = values.pop(0)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _download(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path().read_bytes()


def _busy(route):
    route.fulfill(status=503, body="<p>…</p>")


def test_on_the_last_night_nothing_is_lost(demo, browser):
    """From a dropped line to the receipt and the report ready to be signed."""
    officer = _play(browser, demo, "Chuyên viên, Sở Xây dựng")
    focal = _play(browser, demo, "Đầu mối CCHC, Sở Xây dựng")
    officer.goto(f"{demo}{SHEET}bang/")
    workbook = _download(officer, "Tải tệp Excel")

    officer.goto(f"{demo}{SHEET}tieu-chi/3.2.2/")
    officer.route("**/tieu-chi/3.2.2/", _busy)  # the database is gone for a while
    _type(officer, "8", "10")
    officer.get_by_text("Máy chủ chưa lưu được").wait_for()
    officer.unroute("**/tieu-chi/3.2.2/")
    officer.context.set_offline(True)
    _type(officer, "9", "10")
    officer.get_by_text("Mất kết nối").wait_for()
    for code, part in (("3.2.2", "4"), ("3.2.4", "7")):
        focal.goto(f"{demo}{SHEET}tieu-chi/{code}/")
        _type(focal, part, "10")
        focal.get_by_role("button", name="Lưu", exact=True).click()
        assert "Đã lưu" in focal.locator(".messages").inner_text()

    officer.context.set_offline(False)
    officer.get_by_text("đã sửa tiêu chí này").wait_for()
    assert "4/10" in officer.locator("#problem").inner_text()
    assert officer.get_by_label("Tử số").input_value() == "9"
    officer.get_by_role("button", name="Lưu", exact=True).click()
    assert officer.get_by_label("Tử số").input_value() == "9"

    _bring_back(officer, f"{demo}{SHEET}bang/", _filled(workbook, c3_2_4=[9, 10], c3_2_1=[95, 100]))
    focal.goto(f"{demo}{SHEET}tieu-chi/3.2.4/")
    assert focal.get_by_label("Tử số").input_value() == "7"
    focal.goto(f"{demo}{SHEET}tieu-chi/3.2.2/")
    assert focal.get_by_label("Tử số").input_value() == "9"
    _answer_for_differences(focal, f"{demo}{SHEET}")
    _hand_in(focal, f"{demo}{SHEET}")


def _bring_back(page, url, content):
    """What the file changes is shown; what the other saved meanwhile stands, since it is not ticked."""
    page.goto(url)
    page.locator("#file").set_input_files({"name": "bảng.xlsx", "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="Xem trước thay đổi").click()
    shown = page.locator("main").inner_text()
    assert "3.2.1" in shown
    assert "đã lưu nội dung khác" in shown
    assert "3.2.2" not in page.locator("table").inner_text()
    page.get_by_role("button", name="Lưu các thay đổi này").click()
    assert "Đã lưu 1 tiêu chí" in page.locator(".messages").inner_text()


def _answer_for_differences(page, sheet):
    """Two answers are not what was measured: one gives way, the other says why."""
    page.goto(f"{sheet}nop/")
    assert "2 tiêu chí khai khác số liệu đo được" in page.locator("main").inner_text()
    page.goto(f"{sheet}tieu-chi/3.2.1/")
    page.get_by_role("button", name="Nhận số liệu đo được").click()
    assert "khớp với số liệu của đơn vị" in page.locator("main").inner_text()
    page.goto(f"{sheet}tieu-chi/3.2.4/")
    page.get_by_label("Thuyết minh").fill("Tính cả kết quả cấp bằng giấy đã quét.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "Lý do ở phần thuyết minh" in page.locator("main").inner_text()


def _hand_in(page, sheet):
    """Submitted, with a receipt; the report carries its code and comes back signed."""
    page.goto(f"{sheet}nop/")
    page.get_by_role("button", name="Nộp bảng tự chấm").click()
    assert "Biên nhận" in page.locator("h1").inner_text()
    code = page.locator("dd code").inner_text()
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", code)
    report = _download(page, "Tải bản PDF để ký")
    page.get_by_label("Số, ký hiệu").fill("12/BC-SXD")
    page.get_by_label("Ngày văn bản").fill("2026-01-06")
    page.get_by_label("Người ký").fill("Người Ký")
    page.get_by_label("Mã in trên văn bản").fill(code)
    signed = {"name": "Báo cáo đã ký.pdf", "mimeType": "application/pdf", "buffer": report}
    page.locator("#signed-file").set_input_files(signed)
    page.get_by_role("button", name="Gắn văn bản").click()
    assert "12/BC-SXD" in page.locator("main").inner_text()


def test_a_button_pressed_while_the_script_saves_keeps_what_was_typed_last(demo, browser):
    """On a slow line the save under way brings the version first; nobody conflicts with their own hand."""
    officer = _play(browser, demo, "Chuyên viên, Sở Tài chính")
    leaf = f"{demo}/don-vi/{ROUND}/so-tai-chinh/tieu-chi/3.2.2/"
    officer.goto(leaf)
    held = []
    officer.route(leaf, lambda route: route.continue_() if held else held.append(route))
    with officer.expect_request(lambda request: request.method == "POST"):
        _type(officer, "8", "9")
    officer.get_by_label("Mẫu số").fill("10")
    officer.get_by_role("button", name="Lưu", exact=True).click(no_wait_after=True)
    held[0].continue_()
    officer.locator(".messages", has_text="Đã lưu").wait_for()
    assert officer.get_by_label("Mẫu số").input_value() == "10"
