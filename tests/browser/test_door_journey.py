"""Journey A: an officer's first sign-in on a phone, with a one-time password, to a half-filled sheet and a
folder that attaches itself. And how the pages of the door look."""

import io
import os
import re
import subprocess
import sys
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 844}
OWN = "trời xanh mây trắng"


@pytest.fixture
def one_time(demo, demo_home):
    """A one-time password of somebody, as an operator makes it."""

    def made(name):
        kept = {k: v for k, v in os.environ.items() if k != "PARINDEX_DATABASE_URL"}
        done = subprocess.run(
            [sys.executable, "-m", "parindex", "person", "password", name],
            env={**kept, "PARINDEX_HOME": str(demo_home)}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    return made


@pytest.fixture
def phone(browser):
    """A phone's browser; nothing on it is ever cut off or inaccessible."""
    page = browser.new_context(viewport=PHONE).new_page()
    yield page
    page.context.close()


def sound(page):
    """Nothing is wider than the screen, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []


def sign_in(page, demo, name, password):
    """By the form of the door."""
    page.goto(f"{demo}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def progress(page) -> tuple[int, int]:
    """How many of how many criteria the sheet shows as filled in."""
    words = page.locator(".progress label").inner_text()
    done, todo = re.search(r"(\d+)/(\d+)", words).groups()
    return int(done), int(todo)


def answer(page):
    """Something that the rule can read, as an officer in a hurry would type."""
    form = page.locator("#leaf-form")
    if form.locator("input[type=radio]").count():
        form.locator("input[type=radio]").first.check()
    if form.locator("fieldset input[type=checkbox]").count():
        form.locator("fieldset input[type=checkbox]").first.check()
    for field, value in ((".part", "9"), (".whole", "10")):
        for box in form.locator(f".ratio input[name$='{field}']").all():
            box.fill(value)
    for box in form.locator("input[type=date]").all():
        box.fill("2025-01-10")
    for place, box in enumerate(form.locator("fieldset > p input[type=text]").all()):
        box.fill("1" if place < 2 else "0")  # given, done in time, done late


def test_a_first_sign_in_on_a_phone_leads_to_a_half_filled_sheet(demo, phone, one_time):
    """A new password, the desk, the sheet, criterion after criterion, and a ZIP whose folders carry codes."""
    sign_in(phone, demo, "chuyen-vien.so-y-te", one_time("chuyen-vien.so-y-te"))
    assert phone.locator("h1").inner_text() == "Đặt mật khẩu của riêng bạn"
    sound(phone)
    phone.get_by_label("Mật khẩu mới", exact=True).fill(OWN)
    phone.get_by_label("Nhập lại mật khẩu mới").fill(OWN)
    phone.get_by_role("button", name="Đặt mật khẩu và vào làm việc").click()
    assert phone.locator("h1").inner_text() == "Bàn làm việc"
    phone.locator("article", has_text="đang tự đánh giá").get_by_role("link").click()
    sheet = phone.url
    done, todo = progress(phone)
    sound(phone)
    phone.get_by_role("link", name=re.compile("Nhập tiếp")).click()
    for _ in range(todo):
        if done >= todo / 2:
            break
        answer(phone)
        with phone.expect_navigation():
            phone.get_by_role("button", name=re.compile("Lưu và")).click()
        code = phone.url
        phone.goto(sheet)
        before, (done, _) = done, progress(phone)
        assert done == before + 1, code
        phone.get_by_role("link", name=re.compile("Nhập tiếp")).click()
    assert done >= todo / 2
    sound(phone)
    _attach_a_folder(phone, sheet)


def _attach_a_folder(phone, sheet):
    """Seen file by file first, then kept and attached."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("Kiểm chứng/1.1.1 - Kế hoạch/Kế hoạch cải cách hành chính.txt", "Kế hoạch năm")
        packed.writestr("Kiểm chứng/Ghi chú.txt", "Ghi chú chung")
    phone.goto(sheet)
    phone.get_by_role("link", name="Đính kèm cả thư mục").click()
    zipped = {"name": "Kiểm chứng.zip", "mimeType": "application/zip", "buffer": content.getvalue()}
    phone.locator("#zip").set_input_files(zipped)
    phone.locator("section", has=phone.locator("#zip")).locator("button").click()
    assert phone.locator("tr", has_text="Kế hoạch cải cách").locator("input.short").input_value() == "1.1.1"
    sound(phone)
    phone.get_by_role("button", name="Lưu và đính kèm").click()
    row = phone.locator("tr[id='1.1.1']")
    phone.goto(sheet)
    assert int(row.locator("td").nth(2).inner_text()) >= 1


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_of_the_door_hold_everywhere(demo, browser, width, scheme, language):
    """On a phone, on a dark screen, in both languages; no address of another machine is asked for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo}{language}/dang-nhap/")
    sound(page)
    page.goto(f"{demo}/vao-vai/")
    page.locator("li", has_text="Quản trị hệ thống").get_by_role("button").click()
    for path in ("", "xac-thuc-hai-lop/"):
        page.goto(f"{demo}{language}/tai-khoan/{path}")
        assert page.locator("h1").count() == 1
        sound(page)
    assert page.locator("svg path").get_attribute("d").startswith("M")
    assert [url for url in asked if not url.startswith(demo)] == []
    context.close()


def test_a_second_factor_is_set_up_and_used_with_a_browser(demo, browser, one_time):
    """From the key under the picture to the recovery codes, and a sign-in with a code."""
    from datetime import UTC, datetime

    from parindex.apps.access.totp import code_of, step_at

    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, demo, "lanh-dao.so-noi-vu", one_time("lanh-dao.so-noi-vu"))
    page.get_by_label("Mật khẩu mới", exact=True).fill(OWN)
    page.get_by_label("Nhập lại mật khẩu mới").fill(OWN)
    page.get_by_role("button", name="Đặt mật khẩu và vào làm việc").click()
    page.locator(".who a").click()
    page.get_by_role("link", name="Bật xác thực hai lớp").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Mã sáu chữ số").fill(code_of(secret, step_at(datetime.now(UTC))))
    page.get_by_label("Mật khẩu").fill(OWN)
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    codes = page.locator("ol code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, demo, "lanh-dao.so-noi-vu", OWN)
    assert page.locator("h1").inner_text() == "Nhập mã xác thực"
    page.get_by_label("Mã xác thực").fill(codes[0])
    page.get_by_role("button", name="Tiếp tục").click()
    assert page.locator("h1").inner_text() == "Bàn làm việc"
    page.context.close()
