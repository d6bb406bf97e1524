"""Two servers behind one PostgreSQL and one home, as in the deployment guide: nobody is bound to either."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from night import CONFLICT, SAVED, TOKEN
from processes import POSTGRESQL, serving


pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not POSTGRESQL, reason="SQLite is a file of one machine"),
]
BENCH = Path(__file__).parents[2] / "bench"
BETWEEN = "part-of-a-form-0f2c"
DOCUMENT = "Báo cáo kết quả cải cách hành chính năm của đơn vị.\n".encode() * 40
PAGE = re.compile(r'href="([^"]*/kho/[\w-]+/)')


class Browser:
    """One person, whose requests the proxy sends to whichever server."""

    def __init__(self, desk):
        self.sheet, self.leaves = desk["sheet"], desk["leaves"]
        self._cookie = f"sessionid={desk['session']}; csrftoken={TOKEN}"

    def get(self, port, address):
        """Status and text."""
        return self._sent(port, "GET", address, b"", {})

    def save(self, port, leaf, note, *, version):
        """The status of a save of a leaf, by somebody who saw that version."""
        fields = {**self.leaves[leaf][0], "note": note, "version": version, "csrfmiddlewaretoken": TOKEN}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._sent(port, "POST", self.leaf(leaf), urlencode(fields).encode(), form)[0]

    def upload(self, port, leaf, content):
        """The status of a file's upload to a leaf."""
        token = (
            f'--{BETWEEN}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        )
        file = f'--{BETWEEN}\r\nContent-Disposition: form-data; name="file"; filename="Báo cáo.txt"\r\n\r\n'
        body = token.encode() + file.encode() + content + f"\r\n--{BETWEEN}--\r\n".encode()
        form = {"Content-Type": f"multipart/form-data; boundary={BETWEEN}"}
        return self._sent(port, "POST", f"{self.leaf(leaf)}tai-lieu/", body, form)[0]

    def leaf(self, code):
        """The address of a leaf's page."""
        return f"{self.sheet}tieu-chi/{code}/"

    def _sent(self, port, method, address, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request(method, address, body, {"Cookie": self._cookie, **headers})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found


@pytest.fixture
def browser(site):
    """An officer in an open round."""
    site.environment["PYTHONPATH"] = str(BENCH)
    closes = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=1)
    filled = subprocess.run(
        [sys.executable, str(BENCH / "night_world.py"), closes.isoformat()],
        env=site.environment, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return Browser(json.loads(filled.stdout)[0])


def test_what_is_done_at_one_server_stands_at_the_other_at_once(site, browser):
    """Sign-in, pages kept by either, versions of a leaf, documents; when one is lost the other goes on."""
    one, other, *_ = browser.leaves
    with serving(site) as (here, server), serving(site) as (there, _):
        for port in (here, there):
            assert "vừa ghi ở đây" not in browser.get(port, browser.leaf(one))[1]
        assert browser.save(here, one, "vừa ghi ở đây", version=0) == SAVED
        assert "vừa ghi ở đây" in browser.get(there, browser.leaf(one))[1]
        assert browser.save(there, one, "rồi ghi ở kia", version=1) == SAVED
        assert browser.save(here, one, "ghi đè", version=1) == CONFLICT
        assert "rồi ghi ở kia" in browser.get(here, browser.leaf(one))[1]

        assert browser.upload(here, other, DOCUMENT) == SAVED
        file = f"{PAGE.search(browser.get(there, browser.leaf(other))[1])[1]}tep/"
        assert browser.get(there, file) == (200, DOCUMENT.decode())

        os.killpg(server.pid, signal.SIGKILL)  # with its workers
        server.wait(timeout=120)
        assert browser.save(there, other, "máy kia đã hỏng", version=0) == SAVED
        assert browser.get(there, file) == (200, DOCUMENT.decode())
        with serving(site) as (again, _):
            assert "máy kia đã hỏng" in browser.get(again, browser.leaf(other))[1]
    assert site.parindex("ledger", "verify").returncode == 0
