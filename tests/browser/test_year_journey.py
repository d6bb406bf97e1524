"""A year of work: a plan from Word, its tasks, a document on the sheet, points lost, answered, regained."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.plan_steps import bring_in, fits, give, hand_in, play, take_from_above, told


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PLAN, NUMBER = "Kế hoạch từ tệp", "77/KH-SYT"
YEAR = "2024"  # of the round whose sheet is open
TASK, CRITERION = "Niêm yết, công khai thủ tục hành chính", "3.1.2"
SHEET = "/don-vi/minh-hoa.tap-huan-tu-cham/so-y-te/tieu-chi/"
RESULT = "/cai-thien/minh-hoa.2025-co-quan/"
CULTURE = "so-van-hoa-the-thao-va-du-lich"


def test_from_a_plan_in_word_to_points_that_came_back(demo, browser):
    """Head, focal officer and officer of one department; what a year later came of it at another."""
    focal = play(browser, demo, "Đầu mối CCHC, Sở Y tế")
    take_from_above(focal)
    bring_in(focal, demo, PLAN, year=YEAR)
    _looked_at(focal)
    _given_and_issued(focal)

    officer = play(browser, demo, "Chuyên viên, Sở Y tế", width=390)
    officer.goto(f"{demo}/ke-hoach/viec-cua-toi/")
    hand_in(officer, TASK)
    head = play(browser, demo, "Thủ trưởng đơn vị, Sở Y tế")
    head.goto(officer.url)
    head.get_by_role("button", name="Xác nhận, hoàn thành").click()
    expect(head.locator("main")).to_contain_text(re.compile("hoàn thành (đúng hạn|chậm)"))

    officer.goto(f"{demo}{SHEET}{CRITERION}/")
    officer.get_by_role("button", name="Đính kèm tài liệu đề xuất").click()
    told(officer, "Đã đính kèm 1 tài liệu")

    _answered(head, demo)
    _regained(play(browser, demo, "Đầu mối CCHC, Sở Văn hóa, Thể thao và Du lịch"), demo)
    for page in (focal, officer, head):
        assert page.refused == []


def _looked_at(focal):
    """By state, by time, as a list; and back."""
    plan = focal.url
    for name in ("Theo tình trạng", "Theo thời gian", "Danh sách, xử lý nhiều việc"):
        focal.get_by_role("link", name=name).click()
        expect(focal.locator("main")).to_contain_text("Số hóa hồ sơ")
        assert fits(focal)
    focal.goto(plan)


def _given_and_issued(focal):
    """One of the tasks earns points at a criterion, and is somebody's; then the plan is issued."""
    plan = focal.url
    focal.get_by_role("link", name=TASK).first.click()
    focal.get_by_role("link", name="Sửa nhiệm vụ").click()
    focal.locator("summary", has_text="Thêm: ngày bắt đầu, trọng số, tiêu chí, chỉ tiêu đo").click()
    focal.get_by_label("Mã tiêu chí được tính điểm").fill(CRITERION)
    focal.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(focal.locator("h1")).to_contain_text(TASK)
    task = focal.url
    focal.goto(plan)
    focal.get_by_label("Số, ký hiệu").fill(NUMBER)
    focal.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(focal.locator("main")).to_contain_text(NUMBER)
    focal.goto(task)
    give(focal)


def _answered(head, demo):
    """Every point that was lost becomes a task of the next year in one act."""
    head.goto(f"{demo}{RESULT}so-y-te/diem-mat/")
    draft = head.get_by_role("button", name="Lập dự thảo kế hoạch khắc phục")
    draft.click()
    told(head, "nhiệm vụ vào dự thảo")
    expect(draft).to_have_count(0)


def _regained(page, demo):
    """What the department of culture promised a year ago stands beside what it did and what came back."""
    page.goto(f"{demo}{RESULT}{CULTURE}/nam-truoc/")
    kept = page.get_by_role("region", name="Đã hứa và đã làm")
    expect(kept).to_be_visible()
    expect(kept).to_contain_text(re.compile(r"\+\d"))
    assert fits(page)
