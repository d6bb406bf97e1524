"""Steps of people who plan, do and answer: each at a machine of their own."""

from playwright.sync_api import expect

from tests.plan_files import word_plan


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PHONE = {"width": 390, "height": 800}


def play(browser, demo, role, *, width=1280):
    """Somebody at work; what the browser refuses is kept in `refused`."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.refused = []
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text=role).get_by_role("button").first.click()
    expect(page.get_by_role("navigation", name="Mục chính")).to_be_visible()
    return page


def told(page, words):
    """The page that follows says so."""
    expect(page.locator(".messages")).to_contain_text(words)


def fits(page):
    """Whether a telephone shows the page without sideways scrolling."""
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(before)
    return wide <= PHONE["width"]


def bring_in(page, demo, title, *, year):
    """A new plan of a year from its Word file: what is not understood is asked once for all its rows or in
    its row; then all is taken at once."""
    page.goto(f"{demo}/ke-hoach/moi/")
    page.get_by_label("Tên kế hoạch").fill(title)
    page.get_by_label("Năm").first.fill(year)
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_role("link", name="Nhập từ Word, Excel").click()
    page.get_by_label("Tệp .docx hoặc .xlsx").set_input_files(
        {"name": "Phụ lục kế hoạch.docx", "mimeType": WORD, "buffer": word_plan()}
    )
    page.get_by_role("button", name="Đọc tệp").click()
    take = page.get_by_role("button", name="Nhập 6 nhiệm vụ vào kế hoạch")
    expect(take).to_be_disabled()
    assert fits(page)
    _answer(page)
    expect(take).to_be_enabled()
    take.click()
    told(page, "Đã nhập 6 nhiệm vụ vào kế hoạch")


def _answer(page):
    """Names that came often, and rows without leader or day."""
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


def give(page, name):
    """The task that is open to somebody of the unit."""
    page.get_by_label("Giao người thực hiện").select_option(label=name)
    page.get_by_role("button", name="Giao người", exact=True).click()
    told(page, "Đã ghi người thực hiện")


def hand_in(officer, task):
    """What was done, with the file that it is, from a telephone."""
    officer.get_by_role("link", name=task).first.click()
    officer.get_by_label("Đã làm được gì").fill("Đã niêm yết tại Bộ phận Một cửa")
    file = {"name": "Thông báo.txt", "mimeType": "text/plain", "buffer": "Thông báo niêm yết".encode()}
    officer.get_by_label("Sản phẩm (tệp)").set_input_files(file)
    assert fits(officer)
    officer.get_by_role("button", name="Báo hoàn thành", exact=True).click()
    told(officer, "chờ xác nhận")
