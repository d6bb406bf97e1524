"""Journey C: a lead department, from doubtful cases over many at once and one Excel file to one letter."""

import io
import re

import pytest
import python_calamine
import xlsxwriter
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
RULING, POINTS, REASON = 10, 11, 12


def _play(page, demo, role):
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").click()
    page.goto(f"{demo}/tham-dinh/minh-hoa.tap-huan-tham-dinh/")


def _waiting(page):
    return int(page.locator(".facts dd").first.inner_text())


def _filled_in(content):
    """Every case of the file that waits is accepted, but for one that gets fewer points."""
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    lowered = next(k for k, r in enumerate(rows) if r[1] == "2.3.2" and r[7] != "–")
    for k, row in enumerate(rows[1:], start=1):
        row += [""] * (REASON + 1 - len(row))
        if k == lowered:
            row[RULING:] = ["điểm khác", "0,25", "Chưa xử lý hết văn bản sau rà soát"]
        elif row[1] in ("2.1.1", "2.3.2") and row[7] == row[8] and row[7] != "–":
            row[RULING] = "chấp nhận"
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_lead_department_goes_from_the_doubtful_to_its_letter(demo, browser, script):
    """By keyboard with the script, by buttons without; nothing is typed twice."""
    page = browser.new_context(java_script_enabled=script, accept_downloads=True).new_page()
    _play(
        page,
        demo,
        "Lãnh đạo cơ quan thẩm định, Sở Tư pháp" if script else "Lãnh đạo cơ quan thẩm định, Sở Tài chính",
    )
    before = _waiting(page)
    assert before > 20
    page.get_by_role("link", name=re.compile("Thẩm định tiếp")).click()
    expect(page.locator("article").first.locator(".doubts")).to_have_count(1)
    first = page.locator("article").first.get_attribute("id")
    if script:
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("a")
    else:
        page.locator("article").first.get_by_role("button", name=re.compile("Chấp nhận")).click()
    expect(page.locator(f'[id="{first}"]')).to_have_count(0)
    page.get_by_role("link", name="Thẩm định", exact=True).click()
    assert _waiting(page) == before - 1
    if script:
        _by_file(page, before - 1)
    page.get_by_role("link", name=re.compile("Chấp nhận cùng lúc")).click()
    page.get_by_role("button", name=re.compile("Chấp nhận các mục")).click()
    assert "Đã chấp nhận" in page.locator(".messages").inner_text()
    page.get_by_role("link", name="Ký gửi kết quả thẩm định").click()
    page.get_by_label("Số, ký hiệu văn bản").first.fill("45/CQ-CCHC")
    page.get_by_label("Ngày ban hành").first.fill("2026-01-05")
    page.get_by_role("button", name="Ký gửi").first.click()
    assert "45/CQ-CCHC" in page.locator("main").inner_text()


def _by_file(page, before):
    """Fetch the file, bring it back filled in, see every change, confirm."""
    page.get_by_role("link", name="Thẩm định bằng tệp Excel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp Excel").click()
    content = _filled_in(download.value.path().read_bytes())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("#file").set_input_files({"name": "tham-dinh.xlsx", "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Xem trước thay đổi").click()
    assert "Chưa xử lý hết văn bản sau rà soát" in page.locator("table").inner_text()
    page.get_by_role("button", name="Ghi các kết luận này").click()
    assert "kết luận từ tệp" in page.locator(".messages").inner_text()
    assert _waiting(page) < before
