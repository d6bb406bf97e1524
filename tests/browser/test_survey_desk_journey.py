"""A survey from the desk to points on a sheet: asked by telephone and on paper, counted, taken over."""

import io
import re

import pytest
import python_calamine
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
TITLE = "Khảo sát từ bàn làm việc"
UNIT = "Sở Y tế"
ROUND = "minh-hoa.tap-huan-tu-cham"
GRID = ("place", "papers", "attitude", "guidance", "right", "heard")
PHONE = {"width": 390, "height": 800}


def _play(browser, demo, role):
    """Somebody of the demonstration at a desk of their own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def _tab(page, name):
    page.get_by_role("navigation", name="Các trang của cuộc điều tra").get_by_role(
        "link", name=name, exact=True
    ).click()
    expect(page.get_by_role("navigation", name="Các trang của cuộc điều tra")).to_be_visible()


def _plan(page, demo):
    """A survey of the year that the round scores, with its group and an indicator for each factor."""
    page.goto(f"{demo}/dieu-tra/moi/")
    page.get_by_label("Tên cuộc điều tra").fill(TITLE)
    page.locator("#title_en").fill("A survey from the desk")
    page.locator("#kind").select_option("exit")
    page.locator("#body").fill("Sở Nội vụ")
    page.locator("#year").fill("2024")
    today = page.evaluate("new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10)")
    for field in ("opens", "closes"):
        page.locator(f"#{field}").fill(today)
    page.locator("#small").fill("3")
    page.locator("#small_public").fill("3")
    page.get_by_role("button", name="Lưu, rồi chọn bộ câu hỏi").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.get_by_label("Nhóm", exact=True).fill("Người dân")
    page.locator("#title_en").fill("Citizens")
    chosen = page.locator("#questionnaire option", has_text="Phiếu lấy ý kiến sau khi giải quyết").first
    page.locator("#questionnaire").select_option(chosen.get_attribute("value"))
    page.get_by_role("button", name="Thêm nhóm").click()
    expect(page.get_by_role("heading", name="Kết quả từng yếu tố")).to_be_visible()
    for factor, code in (("access", "hai-long-tiep-can"), ("result", "hai-long-ket-qua")):
        page.locator(f"#factor-{factor}").select_option(code)
    page.get_by_role("button", name="Lưu chỉ tiêu của yếu tố").click()
    expect(page.locator(".messages")).to_contain_text("Đã lưu chỉ tiêu")
    return today


def _invite(page):
    """A stratum, the survey opened, and a sample drawn from a list; the links come in a workbook."""
    _tab(page, "Mời trả lời")
    page.get_by_role("link", name=re.compile("đặt tầng mẫu")).first.click()
    page.locator("#lines").fill(f"{UNIT}; Cấp phép; 40; 2")
    page.get_by_role("button", name="Lưu các tầng mẫu").click()
    expect(page.get_by_role("link", name=re.compile("^1, đặt tầng mẫu"))).to_be_visible()
    _tab(page, "Chung")
    page.get_by_role("button", name="Mở", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Đã mở")
    _tab(page, "Mời trả lời")
    page.get_by_role("link", name=re.compile("tạo đường dẫn")).click()
    people = "\n".join(f"090000000{k}; {UNIT}; Cấp phép" for k in range(6))
    page.locator("#lines").fill(people)
    with page.expect_download() as download:
        page.locator('button[name="act"][value="draw"]').first.click()
    book = python_calamine.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = book.get_sheet_by_index(0).to_python()
    return [cell for row in rows[1:] for cell in row if str(cell).startswith("http")]


def _answer(browser, url, *, english, good):
    """By telephone; in English by the link of the page's head."""
    phone = browser.new_context(viewport=PHONE).new_page()
    phone.goto(url)
    if english:
        phone.get_by_role("link", name="English").click()
        expect(phone.get_by_role("button", name="Send")).to_be_visible()
    said = {"done_by": "counter", "in_time": "on_day"}
    said |= {f"s.{row}": "5" if row in good else "2" for row in GRID}
    for name, code in said.items():
        phone.locator(f'input[name="q-{name}"][value="{code}"]').check()
    phone.get_by_role("button", name="Send" if english else "Gửi phiếu").click()
    thanks = "Thank you" if english else "Cảm ơn ông/bà"
    expect(phone.get_by_role("heading", name=thanks)).to_be_visible()
    assert phone.context.cookies() == []
    phone.context.close()


def _type_in(page, number, *, good):
    """One paper form."""
    expect(page.get_by_role("heading", name=f"Phiếu {number}", exact=True)).to_be_visible()
    for name, code in (("done_by", "post"), ("in_time", "on_day")):
        page.locator(f'input[name$="{name}"][value="{code}"]').check()
    for row in GRID:
        page.locator(f'input[name$="s.{row}"][value="{"5" if row in good else "2"}"]').check()
    page.get_by_role("button", name="Lưu, sang phiếu sau").click()


def _paper(first, second, today):
    """A bundle of two, typed in twice; the difference that was planted is found, named and settled."""
    _tab(first, "Phiếu giấy")
    first.get_by_label("Tên tập phiếu").fill("Tập 1")
    first.get_by_label("Phiếu nói về đơn vị").select_option(label=UNIT)
    first.locator("#size").fill("2")
    first.locator("#day").fill(today)
    first.get_by_role("button", name="Thêm tập phiếu").click()
    expect(first.get_by_role("heading", name="Tập 1")).to_be_visible()
    bundle = first.url
    for page, planted in ((first, ()), (second, ("right",))):
        page.goto(bundle)
        page.get_by_role("link", name="Nhập phiếu 1").click()
        _type_in(page, 1, good=GRID)
        _type_in(page, 2, good=[row for row in GRID if row not in planted])
        page.goto(bundle)
    expect(second.get_by_text("Đã khớp 1 trên 2 phiếu; 1 phiếu khác nhau chờ đối chiếu.")).to_be_visible()
    second.get_by_role("row").filter(has_text="khác nhau, chờ đối chiếu").get_by_role("link").click()
    differing = second.get_by_role("region", name="Chỗ khác nhau").get_by_role("row")
    expect(differing).to_have_count(2)
    expect(differing.nth(1)).to_contain_text("Kết quả nhận được chính xác, đúng hẹn")
    expect(differing.nth(1)).to_contain_text("Rất hài lòng")
    second.locator('input[name$="s.right"][value="5"]').check()
    second.get_by_role("button", name="Lưu theo bản giấy").click()
    second.goto(bundle)
    expect(second.get_by_text("Đã khớp 2 trên 2 phiếu")).to_be_visible()


def test_what_people_say_becomes_points_with_their_error(demo, browser):
    """Planned, sampled, answered four times, closed, counted, put on the sheet, read by the unit."""
    desk = _play(browser, demo, "Cơ quan thường trực hội đồng")
    today = _plan(desk, demo)
    survey = desk.url
    links = _invite(desk)
    assert len(links) == 2
    _answer(browser, links[0], english=False, good=GRID)
    _answer(browser, links[1], english=True, good=("papers", "attitude", "right"))
    desk.goto(survey)
    _paper(desk, _second_hand(browser, demo), today)
    desk.goto(survey)
    desk.get_by_role("button", name="Đóng cuộc điều tra").click()
    expect(desk.locator(".messages")).to_contain_text("Đã đóng")
    _tab(desk, "Kết quả")
    desk.get_by_role("button", name="Tổng hợp kết quả").click()
    expect(desk.locator(".messages")).to_contain_text("Đã tổng hợp")
    expect(desk.get_by_role("heading", name="Thành điểm tiêu chí C.1")).to_be_visible()
    points = (
        desk.get_by_role("region", name="Thành điểm tiêu chí C.1").get_by_role("row").filter(has_text=UNIT)
    )
    expect(points).to_contain_text("75,0 ±")
    expect(points).to_contain_text("→ 1,50 trên 2 điểm")
    _on_the_sheet(browser, demo, desk)


def _second_hand(browser, demo):
    """Whoever types the bundle in a second time."""
    return _play(browser, demo, "Tổ giúp việc")


def _on_the_sheet(browser, demo, desk):
    """The secretariat takes the figures over; the unit's officer reads them on the sheet."""
    desk.goto(f"{demo}/dieu-hanh/{ROUND}/so-lieu/")
    for other in desk.locator("input[name=leaf]:not([value='C.1'])").all():
        other.uncheck()  # what units are to answer themselves
    desk.get_by_role("button", name="Xem trước số liệu đã có").click()
    row = desk.get_by_role("row").filter(has_text=UNIT).filter(has_text="C.1")
    expect(row).to_contain_text(re.compile(r"75,0 ± [0-9,]+ → 1,5 trên 2 điểm"))
    desk.get_by_role("button", name="Ghi các số liệu này").click()
    expect(desk.locator(".messages")).to_contain_text("Đã ghi")
    officer = _play(browser, demo, f"Chuyên viên, {UNIT}")
    officer.goto(f"{demo}/don-vi/{ROUND}/so-y-te/tieu-chi/C.1/")
    expect(officer.get_by_role("main")).to_contain_text(re.compile(r"75,0 ± [0-9,]+ → 1,5 trên 2 điểm"))
    expect(officer.get_by_role("main")).to_contain_text("khớp với số liệu của đơn vị")
