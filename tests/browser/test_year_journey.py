"""A year of work in one chain: the province's plan from Word, a task of it handed down, done by a document
that proves the criterion, points lost all the same, answered, and regained in the next year."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from site_by_day import serve

from tests.browser.plan_steps import bring_in, fits, give, hand_in, play, told


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PLAN, OWN = "Kế hoạch của tỉnh từ tệp", "Kế hoạch của Sở"
TASK, CRITERION = "Niêm yết, công khai thủ tục hành chính", "1.2"
OFFICER = "Nguyễn Văn An"
FIRST, SECOND = "2024", "2025"
PHONE = {"width": 390, "height": 800}
CULTURE = "so-van-hoa-the-thao-va-du-lich"


@pytest.fixture
def site(tmp_path, browser):
    """See `site_by_day` and `two_years`."""
    with serve(tmp_path, browser, "two_years.py") as served:
        yield served


def test_from_a_plan_in_word_to_points_that_came_back(site):
    """Seven people, two years; every step takes up what the one before it left."""
    task = _imported(site)
    own = _handed_down(site, task)
    _done_by_a_document(site, own)
    _rolled_up(site, task)
    _on_the_sheet(site, FIRST, "Công khai thiếu", proposed="Thông báo.txt")
    _published(site, FIRST, day=1)
    remedy = _answered(site)
    site.day(3)
    _remedied(site, remedy)
    _on_the_sheet(site, SECOND, "Công khai đủ")
    _published(site, SECOND, day=4)
    _regained(site, remedy)


def _imported(site):
    """The province's plan; the task that came from its file earns points at a criterion. Its address."""
    page = site.desk("thuong-truc")
    bring_in(page, site.address, PLAN, year=FIRST)
    plan = page.url
    for name in ("Theo tình trạng", "Theo thời gian", "Danh sách, xử lý nhiều việc"):
        page.get_by_role("link", name=name).click()
        expect(page.locator("main")).to_contain_text("Số hóa hồ sơ")
        assert fits(page)
    page.goto(plan)
    page.get_by_role("link", name=TASK).first.click()
    page.get_by_role("link", name="Sửa nhiệm vụ").click()
    page.locator("summary", has_text="Thêm: ngày bắt đầu, trọng số, tiêu chí, chỉ tiêu đo").click()
    page.get_by_label("Mã tiêu chí được tính điểm").fill(CRITERION)
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.locator("h1")).to_contain_text(TASK)
    task = page.url
    page.goto(plan)
    _issued(page, "1/KH-UBND")
    return task


def _issued(page, number):
    page.get_by_label("Số, ký hiệu").fill(number)
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(page.locator("main")).to_contain_text(number)


def _handed_down(site, task):
    """To a department, which begins its plan with it and gives it to its officer. Its address there."""
    page = site.desk("thuong-truc")
    page.goto(task)
    page.locator("summary", has_text="Giao xuống đơn vị trực thuộc").click()
    page.get_by_role("checkbox", name="Sở Một").check()
    page.get_by_role("button", name="Giao", exact=True).click()
    told(page, "Đã giao 1 đơn vị")
    page = site.open("dau-moi", "/ke-hoach/moi/")
    page.get_by_label("Tên kế hoạch").fill(OWN)
    page.get_by_label("Năm").first.fill(FIRST)
    page.get_by_role("button", name="Lưu dự thảo").click()
    told(page, "Đã lập dự thảo")
    plan = page.url
    page.goto(f"{site.address}/ban-lam-viec/")
    page.get_by_role("link", name="Tiếp nhận, trả lời").click()
    expect(page.locator("main")).to_contain_text(TASK)
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    told(page, "hãy giao người thực hiện")
    expect(page.locator("h1")).to_contain_text(TASK)
    expect(page.get_by_role("complementary", name="Nhiệm vụ")).to_contain_text(CRITERION)
    own = page.url
    give(page, OFFICER)
    page.goto(plan)
    _issued(page, "2/KH-SM")
    return own


def _done_by_a_document(site, own):
    """The officer hands it in from a telephone, the head accepts it."""
    officer = site.open("chuyen-vien", "/ke-hoach/viec-cua-toi/")
    officer.set_viewport_size(PHONE)
    hand_in(officer, TASK)
    assert officer.url == own
    head = site.desk("thu-truong")
    head.goto(own)
    head.get_by_role("button", name="Xác nhận, hoàn thành").click()
    expect(head.locator("main")).to_contain_text(re.compile("hoàn thành (đúng hạn|chậm)", re.I))


def _rolled_up(site, task):
    """The province's task is done with it."""
    page = site.desk("thuong-truc")
    page.goto(task)
    expect(page.locator(".hero .state")).to_contain_text(re.compile("hoàn thành", re.I))


def _on_the_sheet(site, year, published, *, proposed=""):
    """The officer answers both criteria; the document of the task is proposed as evidence, and attached."""
    sheet = f"/don-vi/tinh-thu.{year}/so-mot/"
    page = site.open("chuyen-vien", f"{sheet}tieu-chi/{CRITERION}/")
    if proposed:
        expect(page.locator("main")).to_contain_text(proposed)
        page.get_by_role("button", name="Đính kèm tài liệu đề xuất").click()
        told(page, "Đã đính kèm 1 tài liệu")
    page.get_by_label(re.compile(published)).check()
    _saved(page)
    page = site.open("chuyen-vien", f"{sheet}tieu-chi/1.1/")
    page.locator("[name='a.part']").fill("90")
    page.locator("[name='a.whole']").fill("100")
    _saved(page)
    page = site.open("thu-truong", f"{sheet}nop/")
    page.get_by_role("button", name="Nộp bảng tự chấm").click()
    expect(page.locator("dl code").first).to_be_visible()


def _saved(page):
    """The form leads on to another page."""
    leaf = page.url
    page.get_by_role("button", name=re.compile("^Lưu và")).first.click()
    expect(page).not_to_have_url(leaf)


def _published(site, year, *, day):
    """Appraised, concluded, published."""
    round_ = f"tinh-thu.{year}"
    site.day(day)
    page = site.open("tham-dinh", f"/tham-dinh/{round_}/chap-nhan/")
    page.get_by_role("button", name=re.compile("Chấp nhận các mục")).click()
    page = site.open("phu-trach", f"/tham-dinh/{round_}/ky-gui/")
    page.get_by_label("Số, ký hiệu văn bản").fill("45/SNV-CCHC")
    page.get_by_label("Ngày ban hành").fill(datetime.now(UTC).date().isoformat())
    page.get_by_role("button", name="Ký gửi").click()
    expect(page.locator("main")).to_contain_text("45/SNV-CCHC")
    site.day(day + 1)
    page = site.open("chu-tich", f"/hoi-dong/{round_}/")
    page.get_by_role("button", name="Kết thúc kỳ đánh giá").click()
    page = site.open("thuong-truc", f"/hoi-dong/{round_}/")
    page.locator("input[name=publicity][value=reasons]").check()
    page.get_by_role("button", name="Công bố kết quả").click()
    page = site.open("thuong-truc", f"/tinh-thu/{year}/so/so-mot/{CRITERION}/")
    expect(page.locator("main")).to_be_visible()


def _answered(site):
    """What the criterion lost becomes a task of next year's plan, which is issued. Its address."""
    page = site.open("dau-moi", f"/cai-thien/tinh-thu.{FIRST}/so-mot/diem-mat/")
    lost = page.locator(f"[id='c-{CRITERION}']")
    expect(lost).to_contain_text("−2,00")
    draft = page.get_by_role("button", name="Lập dự thảo kế hoạch khắc phục")
    draft.click()
    told(page, "nhiệm vụ vào dự thảo")
    expect(draft).to_have_count(0)
    page.get_by_role("link", name=re.compile("Xem kế hoạch khắc phục")).click()
    expect(page.locator("h1")).to_contain_text(SECOND)
    plan = page.url
    page.get_by_role("link", name=re.compile("Công khai thủ tục")).first.click()
    expect(page.get_by_role("complementary", name="Nhiệm vụ")).to_contain_text(CRITERION)
    remedy = page.url
    give(page, OFFICER)
    page.goto(plan)
    _issued(page, "3/KH-SM")
    return remedy


def _remedied(site, remedy):
    """A line about it finishes the task."""
    page = site.desk("chuyen-vien")
    page.goto(remedy)
    page.get_by_label("Đã làm được gì").fill("Đã công khai đủ thủ tục tại mọi điểm tiếp nhận")
    page.get_by_role("button", name="Báo hoàn thành", exact=True).click()
    told(page, "Đã ghi tiến độ")


def _regained(site, remedy):
    """What was promised, what was done, and the two points that came back."""
    page = site.open("dau-moi", f"/cai-thien/tinh-thu.{SECOND}/so-mot/nam-truoc/")
    kept = page.get_by_role("region", name="Đã hứa và đã làm").get_by_role("row", name=re.compile(CRITERION))
    expect(kept).to_contain_text(re.compile("hoàn thành", re.I))
    expect(kept).to_contain_text("2,00")
    expect(kept).to_contain_text("+20,00")
    assert fits(page)
    page.goto(remedy)
    expect(page.locator(".hero .state")).to_contain_text(re.compile("hoàn thành", re.I))


def test_the_department_of_the_story_sees_what_came_back(demo, browser):
    """The demonstration's department of culture: promised after 2024, done and regained in 2025."""
    page = play(browser, demo, "Đầu mối CCHC, Sở Văn hóa, Thể thao và Du lịch")
    page.goto(f"{demo}/cai-thien/minh-hoa.2025-co-quan/{CULTURE}/nam-truoc/")
    kept = page.get_by_role("region", name="Đã hứa và đã làm")
    expect(kept).to_be_visible()
    expect(kept).to_contain_text(re.compile(r"\+\d"))
    assert fits(page)
    assert page.refused == []
