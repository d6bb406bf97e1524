"""Officers who save all at once, each on a connection of their own to a real server."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode


TOKEN = "n" * 32  # sent as cookie and as field: a form of the site's own page
SAVED, CONFLICT, CLOSED = 302, 409, 422


@dataclass
class Officer:
    """One person at one sheet; what they sent and how it was answered."""

    number: int
    sheet: str
    session: str
    leaves: dict
    answers: list = field(default_factory=list)  # (leaf, version sent, note, status, seconds, sent at)
    broken: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)

    def work(self, port: int, until: float, stop: threading.Event) -> None:
        """Save leaf after leaf; take over the version that others made when told of it."""
        chance = random.Random(self.number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until and not stop.is_set():
            leaf = chance.choice(list(self.leaves))
            version = self.versions.get(leaf, 0)
            note = f"{self.number}-{len(self.answers)}"
            form = {**chance.choice(self.leaves[leaf]), "note": note, "version": version}
            sent, begun = time.time(), time.monotonic()
            try:
                status, body = self._send(connection, leaf, form)
            except (OSError, http.client.HTTPException) as error:
                self.broken.append((leaf, note, repr(error)))
                connection.close()
                stop.wait(0.2)
                continue
            self.answers.append((leaf, version, note, status, time.monotonic() - begun, sent))
            if status == SAVED:
                self.versions[leaf] = version + 1
            elif status == CONFLICT:
                self.versions[leaf] = int(body.split(b'name="version" value="')[1].split(b'"')[0])
        connection.close()

    def _send(self, connection, leaf: str, form: dict) -> tuple[int, bytes]:
        body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
        }
        connection.request("POST", f"{self.sheet}tieu-chi/{leaf}/", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


class Night:
    """All of them at once."""

    def __init__(self, desks: str) -> None:
        self.officers = [
            Officer(k, d["sheet"], d["session"], d["leaves"]) for k, d in enumerate(json.loads(desks))
        ]
        self.stop = threading.Event()

    def start(self, port: int, seconds: float) -> list[threading.Thread]:
        """Everybody begins; returns their threads."""
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=o.work, args=(port, until, self.stop)) for o in self.officers]
        for thread in threads:
            thread.start()
        return threads

    def run(self, port: int, seconds: float) -> None:
        """Everybody saves for so long."""
        for thread in self.start(port, seconds):
            thread.join()

    @property
    def statuses(self) -> Counter:
        """How often each status was answered."""
        return Counter(answer[3] for o in self.officers for answer in o.answers)

    def accepted(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """Of each sheet and leaf, the versions and notes that the server said it had saved, in order."""
        found: dict = {}
        for officer in self.officers:
            for leaf, version, note, status, *_ in officer.answers:
                if status == SAVED:
                    found.setdefault((officer.sheet.split("/")[-2], leaf), []).append((version + 1, note))
        return {key: sorted(saves) for key, saves in found.items()}
