"""The reform section: an editor writes, another publishes, a visitor reads, and is counted once."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
TITLE = "Cấp thẻ thư viện ngay tại trường"
READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


def _play(browser, demo, role):
    """Somebody at a machine of their own; what the browser refuses is kept."""
    page = browser.new_context().new_page()
    page.refused = []
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    return page


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (700, 400), "teal").save(out, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _text(page):
    """The editor's own text: the plain field stands in its place until the editor has come."""
    return page.get_by_role("textbox", name="Nội dung").and_(page.locator("[contenteditable]"))


def _write(page, demo):
    """With the editor: a heading, bold letters, a picture at its place; then sent for review."""
    page.goto(f"{demo}/tin-tuc/bien-tap/")
    page.get_by_role("link", name="Viết bài mới").click()
    page.get_by_label("Đơn vị").select_option(label="Sở Giáo dục và Đào tạo")
    page.get_by_label("Tiêu đề", exact=True).fill(TITLE)
    page.get_by_label("Chuyên mục").select_option("mo-hinh-sang-kien")
    page.get_by_label("Tóm tắt").fill("Học sinh không phải đi xa.")
    _text(page).click()
    expect(page.get_by_text("đầu dòng là đề mục")).to_be_hidden()  # of the plain field
    expect(page.get_by_text("Ảnh đặt bằng một dòng riêng")).to_be_visible()
    page.keyboard.type("Thẻ làm xong trong một giờ. ")
    page.get_by_role("button", name="In đậm").click()
    page.keyboard.type("Không thu phí.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_label("Thêm ảnh").set_input_files(_picture())
    page.get_by_label("Ảnh cho thấy gì").fill("Một phòng đọc")
    page.get_by_role("button", name="Thêm ảnh vào bài").click()
    _text(page).click()
    page.keyboard.press("Control+End")
    page.get_by_role("button", name="Đặt tại con trỏ").click()
    page.get_by_role("button", name="Lưu và gửi duyệt").click()
    assert "chờ duyệt" in page.locator("main").inner_text()


def test_from_the_editor_to_a_reader_who_is_counted_once(demo, browser):
    """No error of the browser on the way, no cookie for the reader, and the page fits a telephone."""
    writer = _play(browser, demo, "Biên tập viên")
    _write(writer, demo)
    assert writer.get_by_role("button", name="Duyệt và đăng").is_disabled()

    reviewer = _play(browser, demo, "Cơ quan thường trực hội đồng")
    reviewer.goto(f"{demo}/tin-tuc/bien-tap/?buoc=review")
    reviewer.get_by_role("link", name=TITLE).click()
    reviewer.get_by_role("button", name="Duyệt và đăng ngay").click()
    assert "Đã đăng." in reviewer.locator(".messages").inner_text()

    context = browser.new_context(user_agent=READER, viewport={"width": 390, "height": 800})
    visitor = context.new_page()
    visitor.goto(demo)
    with visitor.expect_response("**/luot-doc.gif"):
        visitor.get_by_role("link", name=TITLE).first.click()
    assert visitor.locator("article strong").inner_text().strip() == "Không thu phí."
    picture = visitor.get_by_role("img", name="Một phòng đọc")
    assert picture.evaluate("async (i) => { await i.decode(); return i.naturalWidth; }") > 0
    assert visitor.evaluate("document.documentElement.scrollWidth") == 390
    with visitor.expect_response("**/luot-doc.gif"):
        visitor.reload()
    assert context.cookies() == []

    reviewer.reload()
    assert "1 lượt đọc" in reviewer.locator("main").inner_text()
    assert writer.refused == reviewer.refused == []
    for page in (writer, reviewer, visitor):
        page.context.close()
