"""A site of its own, filled by a script beside this file, whose clock is put forward day by day."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from processes import free_port, wait_for
from whole_round import PASSWORD


BENCH = Path(__file__).parents[2] / "bench"
DAY = 86_400


class Site:
    """A site whose clock is put forward day by day, and one browser window for each person."""

    def __init__(self, address, browser, clock):
        self.address, self.browser, self.clock = address, browser, clock
        self.desks = {}

    def day(self, number):
        """The phase of that day has begun."""
        self.clock.write_text(str(number * DAY))

    def desk(self, username):
        """That person's page, signed in by name and password."""
        if username not in self.desks:
            page = self.browser.new_context(java_script_enabled=False, locale="vi-VN").new_page()
            page.goto(f"{self.address}/dang-nhap/")
            page.get_by_label("Tên đăng nhập").fill(username)
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Đăng nhập").click()
            assert "/ban-lam-viec/" in page.url, page.content()
            self.desks[username] = page
        return self.desks[username]

    def open(self, username, path):
        """A page as that person sees it."""
        page = self.desk(username)
        page.goto(f"{self.address}{path}")
        return page


@contextmanager
def serve(tmp_path, browser, script):
    """Filled, served, and stopped at the end; nothing went wrong unseen."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("PARINDEX_DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    clock, log, port = tmp_path / "clock", tmp_path / "log", free_port()
    clock.write_text("0")
    environment = {
        **kept,
        "PARINDEX_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(BENCH),
        "NIGHT_AHEAD": str(clock),
    }
    fill = [sys.executable, str(Path(__file__).parent / script)]
    subprocess.run(fill, env=environment, check=True, timeout=120)
    environment |= {"DJANGO_SETTINGS_MODULE": "night_settings", "PARINDEX_TICK": "0"}
    command = [sys.executable, "-m", "parindex", "serve", "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            wait_for(port)
            yield Site(f"http://127.0.0.1:{port}", browser, clock)
        finally:
            server.terminate()
            server.wait(timeout=30)
    assert "Traceback" not in log.read_text()
