"""A visitor finds who is sixth, learns why, fetches the bundle and verifies it, at desk and telephone."""

import subprocess
import sys

import pytest


pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIXTH = "Sở Văn hóa, Thể thao và Du lịch"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_visitor_finds_the_sixth_learns_why_and_verifies(demo, browser, tmp_path, width):
    """By links alone, from the ranking to the word `identical`."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="vi-VN")
    page = context.new_page()
    try:
        page.goto(f"{demo}/minh-hoa/2024/co-quan/")
        row = page.locator("table.ranking tbody tr").filter(has_text=SIXTH)
        assert row.locator("td.rank").inner_text() == "6"
        row.get_by_role("link", name=SIXTH).click()
        assert SIXTH in page.locator("h1").inner_text()
        page.locator("ol.losses a").first.click()
        assert page.locator("p.lead").first.inner_text()
        _fits(page)
        page.go_back()
        page.get_by_role("link", name="Công bố lúc").click()
        _fits(page)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Tải gói kết quả").click()
        waiting.value.save_as(tmp_path / waiting.value.suggested_filename)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="khoa-cong-khai.pem").click()
        waiting.value.save_as(tmp_path / "khoa-cong-khai.pem")
        shown = page.locator("pre").inner_text().strip().splitlines()[-1].split()
    finally:
        context.close()
    run = [sys.executable, "-m", *shown]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "identical"), done.stderr
    assert "đúng chữ ký của khóa đã cho" in done.stdout


def _fits(page):
    """Nothing to push sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
