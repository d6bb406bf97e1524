"""Answers to a survey by one-time links, as many at once as the line holds: none may be lost, none doubled.

Every sending spends a link of its own, is checked against its questionnaire and kept in one transaction. The
yardstick is what a province asks for on a survey's last day, 200 answers a second, whatever the machine; a
plain save stands beside it. SQLite, or the database of PARINDEX_DATABASE_URL, which must be empty.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from importlib.util import find_spec
from urllib.parse import urlencode

from common import ENVIRONMENT, Row, Say
from saves import CONNECTIONS, NEEDED, SECONDS, Saver, together
from servers import HERE, request, server


WANTED = 200.0  # answers a second
TIMES = 3
LINKS = 9_000


def rows(say: Say) -> list[Row]:
    """Answers per second, over several stretches."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return [Row("answers", "not measured", f"{' and '.join(missing)} not installed")]
    engine = "PostgreSQL" if ENVIRONMENT.get("PARINDEX_DATABASE_URL") else "SQLite"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        home = {"PARINDEX_HOME": folder}
        say("issuing links")
        world = _told(home, str(LINKS))
        site = servers.enter_context(server("parindex.config.wsgi:application", home, workers=2))
        links = iter(world["links"])
        sending = Sending(links, world["fields"])
        runs = []
        for k in range(TIMES):
            say(f"{k + 1} of {TIMES}")
            runs.append(together([Saver(site[1], sending, good=303) for _ in range(CONNECTIONS)]))
        sent, kept = sum(map(len, runs)), _told(home, "kept")
        if sent != kept:
            raise SystemExit(f"answers: {sent} were accepted, {kept} are kept")
    return [_row(runs, engine)]


def _row(runs: list[list[float]], engine: str) -> Row:
    rate = statistics.median(len(waits) for waits in runs) / SECONDS
    p95 = statistics.median(sorted(waits)[int(len(waits) * 0.95)] for waits in runs)
    return Row(
        f"answers to a survey, {CONNECTIONS} connections, {engine}",
        f"{rate:,.0f}/s, 95 of 100 within {1000 * p95:.0f} ms",
        f"{WANTED:.0f}/s asked for",
        rate / WANTED,
        goal=1,
        more_is_better=True,
    )


def _told(home: dict[str, str], what: str) -> dict | int:
    """What the world says in a process of its own."""
    command = [sys.executable, str(HERE / "answer_world.py"), what]
    done = subprocess.run(command, env={**os.environ, **ENVIRONMENT, **home}, check=True, capture_output=True)
    return json.loads(done.stdout)


class Sending:
    """Each time the next respondent with a link that nobody else has."""

    def __init__(self, links, fields) -> None:  # type: ignore[no-untyped-def]
        self.links, self.fields = links, fields

    def __call__(self, port: int, number: int) -> bytes:
        """A form filled in, as it goes over the wire."""
        del number
        body = urlencode({**self.fields, "sitting": secrets.token_hex(16)}).encode()
        return request(port, "POST", f"/khao-sat/phieu/{next(self.links)}/", body=body)
