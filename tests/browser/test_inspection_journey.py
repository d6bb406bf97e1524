"""An inspection on a telephone: checklist, a finding with photos on a line that breaks, its remedy."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 800}
FOUND = "Bảng phí, lệ phí chưa niêm yết tại quầy"


def _phone(browser, demo, role, **more):
    """Somebody with a telephone; what the browser refuses is kept."""
    page = browser.new_context(viewport=PHONE, **more).new_page()
    page.refused = []
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    return page


def _photo(name):
    out = io.BytesIO()
    taken = Image.effect_noise((3000, 2250), 80).convert("RGB")
    taken.paste("teal" if name == "a" else "orange", (0, 0, 900, 700))
    taken.save(out, "JPEG", quality=95)
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], page.url


def _look(page, demo):
    """Today's visit, one line of its checklist, and on to a finding about it."""
    page.goto(f"{demo}/kiem-tra/hom-nay/")
    _fits(page)
    page.get_by_role("link", name="Tiếp tục kiểm tra").click()
    _fits(page)
    page.get_by_role("link", name="Kiểm soát thủ tục hành chính").click()
    line = page.locator("section", has_text="KS6.")
    line.get_by_label("Ghi chú").fill("Chỉ thu tiền mặt")
    line.get_by_role("button", name="Chưa đạt").click()
    _fits(page)
    page.locator("section", has_text="KS6.").get_by_role("link", name="Ghi tồn tại về nội dung này").click()


def _write_on_a_broken_line(page):
    """What was typed and which photos were chosen stand there again, the photos made small; kept once."""
    page.get_by_label("Tồn tại là gì").fill(FOUND)
    page.get_by_label("Tồn tại, hạn chế").check()
    expect(page.locator("#photos")).to_have_attribute("data-ready", "yes")
    page.locator("#photos").set_input_files([_photo("a"), _photo("b")])
    expect(page.locator("#photos")).to_have_attribute("data-ready", "yes")
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    page.get_by_role("button", name="Lưu tồn tại").click()
    page.get_by_text("Đang mất kết nối").wait_for()
    page.context.set_offline(False)
    page.wait_for_function("navigator.onLine")
    page.reload()
    page.get_by_text("Phần bạn gõ trước khi mất kết nối").wait_for()
    assert page.get_by_label("Tồn tại là gì").input_value() == FOUND
    assert page.get_by_label("Tồn tại, hạn chế").is_checked()
    expect(page.locator("#photos")).to_have_attribute("data-ready", "yes")
    sizes = page.locator("#photos").evaluate("(e) => [...e.files].map((f) => f.size)")
    assert len(sizes) == 2
    assert max(sizes) < len(_photo("a")["buffer"])
    _fits(page)
    page.get_by_role("button", name="Lưu tồn tại").click()
    assert "Đã thêm 2 ảnh" in page.locator(".messages").inner_text()
    picture = page.get_by_role("img", name="Ảnh 2")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async (i) => { await i.decode(); return i.naturalWidth; }") > 0
    _fits(page)


def _recommend(page, days):
    """By a day from now as the page's clock has it."""
    page.get_by_label("Đơn vị phải làm gì").fill("Niêm yết bảng phí, lệ phí tại từng quầy")
    least = page.get_by_label("Hạn khắc phục").get_attribute("min")
    due = page.evaluate(
        "([d, n]) => new Date(Date.parse(d) + n * 864e5).toISOString().slice(0, 10)", [least, days]
    )
    page.get_by_label("Hạn khắc phục").fill(due)
    page.get_by_role("button", name="Ghi kiến nghị").click()
    page.get_by_text("Đã ghi kiến nghị.").wait_for()


def test_from_a_checklist_on_a_telephone_to_what_was_put_right(demo, browser):
    """The unit answers without JavaScript; no page is wider than the telephone."""
    inspector = _phone(browser, demo, "Thanh tra, kiểm tra")
    _look(inspector, demo)
    _write_on_a_broken_line(inspector)
    _recommend(inspector, 20)
    inspector.get_by_role("link", name="Về cuộc kiểm tra").click()
    expect(inspector.get_by_text(FOUND)).to_have_count(1)
    inspector.get_by_role("link", name="Tồn tại 1", exact=True).click()
    _recommend(inspector, 10)
    inspector.get_by_role("link", name="Về cuộc kiểm tra").click()
    inspector.get_by_label("nội dung còn lại không kiểm tra lần này").check()
    inspector.get_by_role("button", name="Kết thúc kiểm tra").click()
    assert "Đã kết thúc kiểm tra" in inspector.locator(".messages").inner_text()

    focal = _phone(browser, demo, "Đầu mối CCHC, Sở Xây dựng", java_script_enabled=False)
    focal.goto(f"{demo}/kiem-tra/don-vi/")
    focal.get_by_role("link", name="Niêm yết bảng phí").first.click()
    focal.get_by_label("Đã làm gì").fill("Đã niêm yết tại 05 quầy")
    proof = {"name": "bang-phi.txt", "mimeType": "text/plain", "buffer": "Bảng phí".encode()}
    focal.get_by_label("Tài liệu chứng minh").set_input_files(proof)
    focal.get_by_role("button", name="Gửi báo cáo khắc phục").click()
    assert "chờ xác minh" in focal.locator("main").inner_text()

    inspector.goto(f"{demo}/kiem-tra/hom-nay/")
    inspector.get_by_role("link", name="Niêm yết bảng phí").first.click()
    _fits(inspector)
    expect(inspector.get_by_role("link", name="bang-phi.txt")).to_have_count(1)
    inspector.get_by_role("button", name="Xác nhận đã khắc phục").click()
    assert "đã khắc phục" in inspector.locator(".hero").inner_text()
    assert inspector.refused == []
    for page in (inspector, focal):
        page.context.close()
