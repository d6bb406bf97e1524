"""Journey E: a whole round by seven people on a site of its own, explained twice, to the public page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from site_by_day import serve


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
ROUND = "tinh-thu.2026"


@pytest.fixture
def site(tmp_path, browser):
    """See `site_by_day`; nothing went wrong unseen."""
    with serve(tmp_path, browser, "whole_round.py") as served:
        yield served


def test_a_whole_round_by_seven_people_explained_twice(site):
    """From the officer's first number to the reason that a citizen reads."""
    _fill_in_and_hand_in(site)
    site.day(1)
    _appraise(site)
    site.day(2)
    _explain(site, "Hồ sơ chậm do hệ thống ngừng 3 ngày", "5,4")
    site.day(3)
    _reply(site, "Chưa có biên bản của đơn vị vận hành")
    site.day(4)
    _explain(site, "Gửi kèm biên bản số 12/BB", "5,4")
    site.day(5)
    _reply(site, "Biên bản không nêu số hồ sơ bị ảnh hưởng")
    _before_the_council(site)
    site.day(6)
    _conclude(site)
    _read_by_a_citizen(site)
    _correct(site)
    _read_both(site)


def _fill_in_and_hand_in(site):
    page = site.open("chuyen-vien", f"/don-vi/{ROUND}/so-mot/")
    page.get_by_role("link", name=re.compile("Nhập tiếp: 1.1")).click()
    page.locator("[name='a.part']").fill("90")
    page.locator("[name='a.whole']").fill("100")
    page.get_by_role("button", name="Lưu và sang tiêu chí tiếp").click()
    page.get_by_label(re.compile("Công khai đủ")).check()
    page.get_by_role("button", name="Lưu và về bảng tự chấm").click()
    assert "94,00" in page.locator(".score .big").inner_text()
    page = site.open("thu-truong", f"/don-vi/{ROUND}/so-mot/nop/")
    page.get_by_role("button", name="Nộp bảng tự chấm").click()
    code = page.locator("dl code").first.inner_text()
    page.get_by_label("Số, ký hiệu").fill("15/BC-SM")
    page.get_by_label("Ngày văn bản").fill(datetime.now(UTC).date().isoformat())
    page.get_by_label("Người ký").fill("Trần Thị Bình")
    page.get_by_label("Mã in trên văn bản").fill(code)
    page.get_by_role("button", name="Gắn văn bản").click()
    assert "15/BC-SM" in page.locator("main").inner_text()


def _appraise(site):
    page = site.open("tham-dinh", f"/tham-dinh/{ROUND}/don-vi/so-mot/1.1/")
    page.locator("input[name=how][value=points]").check()
    page.locator("[name=points]").fill("4,8")
    page.locator("[name=reason]").fill("Số liệu cổng dịch vụ công: 80/100")
    page.get_by_role("button", name="Ghi kết luận").click()
    page = site.open("tham-dinh", f"/tham-dinh/{ROUND}/chap-nhan/")
    page.get_by_role("button", name=re.compile("Chấp nhận các mục")).click()
    page = site.open("phu-trach", f"/tham-dinh/{ROUND}/ky-gui/")
    page.get_by_label("Số, ký hiệu văn bản").fill("45/SNV-CCHC")
    page.get_by_label("Ngày ban hành").fill(datetime.now(UTC).date().isoformat())
    page.get_by_role("button", name="Ký gửi").click()
    assert "45/SNV-CCHC" in page.locator("main").inner_text()


def _explain(site, text, claimed):
    page = site.open("dau-moi", f"/don-vi/{ROUND}/so-mot/giai-trinh/1.1/")
    page.get_by_label("Nội dung, căn cứ").fill(text)
    page.get_by_label("Điểm đề nghị").fill(claimed)
    page.get_by_role("button", name="Gửi giải trình").click()
    assert text in page.locator("main").inner_text()


def _reply(site, reason):
    page = site.open("tham-dinh", f"/tham-dinh/{ROUND}/don-vi/so-mot/1.1/")
    page.locator("input[name=how][value=keep]").check()
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name="Gửi trả lời").click()
    page.wait_for_load_state()
    assert page.locator(".message.error").count() == 0


def _before_the_council(site):
    page = site.open("dau-moi", f"/don-vi/{ROUND}/so-mot/giai-trinh/1.1/")
    page.locator("summary", has_text="Trình hội đồng").click()
    page.get_by_label("Lý do đề nghị hội đồng xem xét").fill("Hai bên chưa thống nhất")
    page.get_by_role("button", name="Trình hội đồng").click()


def _conclude(site):
    page = site.open("chu-tich", f"/hoi-dong/{ROUND}/ho-so/so-mot/1.1/")
    assert page.locator(".thread li").count() >= 4
    page.locator("input[name=how][value=claim]").check()
    page.get_by_label("Lý do").fill("Sự cố hệ thống có thật; tính theo số đơn vị báo cáo")
    page.get_by_role("button", name="Ghi kết luận").click()
    page = site.open("chu-tich", f"/hoi-dong/{ROUND}/")
    page.get_by_role("button", name="Kết thúc kỳ đánh giá").click()
    page = site.open("thuong-truc", f"/hoi-dong/{ROUND}/")
    page.locator("input[name=publicity][value=reasons]").check()
    page.get_by_role("button", name="Công bố kết quả").click()


def _read_by_a_citizen(site):
    page = site.browser.new_context(locale="vi-VN").new_page()
    page.goto(f"{site.address}/tinh-thu/2026/so/")
    assert "94,00" in page.locator("tr", has_text="Sở Một").first.inner_text()
    page.goto(f"{site.address}/tinh-thu/2026/so/so-mot/1.1/")
    said = page.locator("main").inner_text()
    assert "5,40" in said
    assert "Sự cố hệ thống có thật" in said


def _correct(site):
    """The secretariat brings it up, the council rules anew, the chair concludes, it is published again."""
    page = site.open("thuong-truc", f"/hoi-dong/{ROUND}/")
    page.locator("summary", has_text="Chọn tiêu chí").click()
    page.get_by_label("Đơn vị", exact=True).select_option("so-mot")
    page.get_by_label("Tiêu chí", exact=True).select_option("1.1")
    page.get_by_label("Lý do đính chính").fill("Nhập nhầm số hồ sơ đúng hạn")
    page.get_by_label("Hạn kết luận").fill(
        (datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    )
    page.get_by_role("button", name="Mở lại để đính chính").click()
    _shown(site, "/tinh-thu/2026/so/so-mot/", "94,00")
    page = site.open("chu-tich", f"/hoi-dong/{ROUND}/ho-so/so-mot/1.1/")
    page.locator("input[name=how][value=points]").check()
    page.locator("[name=points]").fill("4,8")
    page.get_by_label("Lý do").fill("Đã đối chiếu sổ theo dõi hồ sơ")
    page.get_by_role("button", name="Ghi kết luận").click()
    page = site.open("chu-tich", f"/hoi-dong/{ROUND}/")
    page.get_by_role("button", name="Kết thúc kỳ đánh giá").click()
    page = site.open("thuong-truc", f"/hoi-dong/{ROUND}/")
    page.get_by_role("button", name="Công bố kết quả").click()


def _read_both(site):
    """The old publication says that it was corrected, the new one what changed and why; each leads to the
    other."""
    page = _shown(site, "/du-lieu-mo/cong-bo/tinh-thu/2026/1/", "đã được đính chính")
    assert "94,00" in page.locator("main").inner_text()
    page.goto(f"{site.address}/du-lieu-mo/cong-bo/tinh-thu/2026/2/")
    said = page.locator("main").inner_text()
    for words in ("94,00", "88,00", "Nhập nhầm số hồ sơ đúng hạn", "Đã đối chiếu sổ theo dõi hồ sơ"):
        assert words in said
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    page.get_by_role("link", name=re.compile("bản bị thay")).click()
    assert page.url.endswith("/2026/1/")


def _shown(site, path, words):
    """What a visitor finds at an address."""
    page = site.browser.new_context(locale="vi-VN").new_page()
    page.goto(site.address + path)
    assert words in page.locator("main").inner_text()
    return page
