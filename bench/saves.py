"""A unit's sheet and its saves beside plain Django: everybody signed in, rights, points and ledger on.

The sheet has 100 leaves; its yardstick is a plain page of 100 rows with an input field each. A save sends one
leaf as the page's script does and gets the points as they stand; its yardstick changes one row and writes one
line of audit in a transaction. Two worker processes serve either side.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import urlencode

from common import ENVIRONMENT, Row, Say, in_turn, ratio_of
from pages import Client
from servers import HERE, Connection, Server, request, run, server


CONNECTIONS, SECONDS, TIMES = 64, 3.0, 3
PAUSE = 1.5  # how long the page's script waits after a key before it saves
TOKEN = "t" * 32
NEEDED = ("django", "granian")


def rows(say: Say) -> list[Row]:
    """Sheets per second; saves per second without a pause, and how long they take."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return [Row("saves", "not measured", f"{' and '.join(missing)} not installed")]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        plain = {"BENCH_HOME": folder, "PYTHONPATH": str(HERE)}
        say("filling the databases")
        run("import plain_page; plain_page.fill()", plain)
        desks = _desks({"PARINDEX_HOME": folder})
        anchor = servers.enter_context(server("plain_page:application", plain, workers=2))
        site = servers.enter_context(
            server("parindex.config.wsgi:application", {"PARINDEX_HOME": folder}, workers=2)
        )
        return [*_sheet(anchor, site, desks, say), *_saves(anchor, site, desks, say)]


def _desks(environment: dict[str, str]) -> list[dict]:
    """Who is signed in at which sheet; the round stays open."""
    command = [sys.executable, str(HERE / "night_world.py"), "2999-01-01T00:00:00+00:00", "100"]
    filled = subprocess.run(command, env={**ENVIRONMENT, **environment}, check=True, capture_output=True)
    found: list[dict] = json.loads(filled.stdout)
    return found


def _sheet(anchor: Server, site: Server, desks: list[dict], say: Say) -> list[Row]:
    cookie = f"sessionid={desks[0]['session']}; csrftoken={TOKEN}"
    sides = {
        "plain page": Client(anchor, "/sheet/").rate,
        "sheet": Client(site, desks[0]["sheet"], cookie).rate,
    }
    found = in_turn(sides, times=5, say=say)
    ours, theirs = ([rate for rate, _ in found[side]] for side in ("sheet", "plain page"))
    shown = [f"{r:,.0f}/s, {1000 / r:.1f} ms" for r in map(statistics.median, (ours, theirs))]
    goal = {"goal": 0.8, "more_is_better": True}
    return [Row("sheet of 100 leaves", shown[0], f"{shown[1]} (plain page)", ratio_of(ours, theirs), **goal)]


def _saves(anchor: Server, site: Server, desks: list[dict], say: Say) -> list[Row]:
    plain = [Saver(anchor[1], _plain_save) for _ in range(CONNECTIONS)]
    ours = [Saver(site[1], Leaf(desks[k], k)) for k in range(CONNECTIONS)]
    found = in_turn(
        {"plain save": lambda: together(plain), "save": lambda: together(ours)}, times=TIMES, say=say
    )
    rates = {side: [len(waits) / SECONDS for waits in runs] for side, runs in found.items()}
    shown = {side: _said(found[side]) for side in found}
    say("saves with the pauses of people who type")
    paused = sorted(together(ours, pause=PAUSE))
    return [
        Row(
            f"save, {CONNECTIONS} connections",
            shown["save"],
            f"{shown['plain save']} (plain save)",
            ratio_of(rates["save"], rates["plain save"]),
            goal=0.5,
            more_is_better=True,
        ),
        Row(
            f"save, {CONNECTIONS} people, each every {PAUSE} s: 95 of 100 within",
            f"{1000 * _p95(paused):.0f} ms",
            "200 ms",
            _p95(paused) / 0.2,
            goal=1,
        ),
    ]


def _said(runs: list[list[float]]) -> str:
    rate = statistics.median(len(waits) for waits in runs) / SECONDS
    return f"{rate:,.0f}/s, 95 of 100 within {1000 * statistics.median(map(_p95, runs)):.0f} ms"


def _p95(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)]


def _plain_save(port: int, number: int) -> bytes:
    body = urlencode({"points": number % 200 / 100, "csrfmiddlewaretoken": TOKEN}).encode()
    return request(port, "POST", "/save/", cookie=f"csrftoken={TOKEN}", body=body)


@dataclass
class Leaf:
    """What one officer saves, again and again, each time something else: a leaf that nobody else types."""

    desk: dict
    place: int
    version: int = 0

    def __call__(self, port: int, number: int) -> bytes:
        """The next save."""
        code, forms = list(self.desk["leaves"].items())[self.place]
        form = {**forms[number % len(forms)], "note": f"{number}", "version": self.version}
        self.version += 1
        return request(
            port,
            "POST",
            f"{self.desk['sheet']}tieu-chi/{code}/",
            cookie=f"sessionid={self.desk['session']}; csrftoken={TOKEN}",
            body=urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode(),
            more="X-Requested-With: fetch\r\n",
        )


@dataclass
class Saver:
    """One connection that saves until it is told to stop; any answer but `good` ends the bench."""

    port: int
    make: Callable[[int, int], bytes]
    number: int = 0
    good: int = 200
    wrong: list[tuple[int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = Connection(self.port)

    def work(self, until: float, pause: float, waits: list[float]) -> None:
        """Save; how long each took."""
        while (begun := time.perf_counter()) < until and not self.wrong:
            self.number += 1
            status, body = self.connection.ask(self.make(self.port, self.number))
            waits.append(time.perf_counter() - begun)
            if status != self.good:
                self.wrong.append((status, body[:300]))
            if pause:
                time.sleep(pause)


def together(savers: list[Saver], *, pause: float = 0.0) -> list[float]:
    """All at once; how long each save took."""
    waits: list[float] = []
    until = time.perf_counter() + (4 * SECONDS if pause else SECONDS)
    threads = [threading.Thread(target=s.work, args=(until, pause, waits)) for s in savers]
    for thread in threads:
        if pause:
            time.sleep(pause / len(threads))  # people do not begin at the same instant
        thread.start()
    for thread in threads:
        thread.join()
    wrong = [w for s in savers for w in s.wrong]
    if wrong:
        raise SystemExit(f"answered with {wrong[0]}")
    return waits
