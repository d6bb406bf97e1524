"""Public pages beside a plain Django page of 100 rows, served the same way in the same run.

Three servers of one process and four threads each: the plain page, the site, the site without its cache.
They are asked in turn, on one connection a page, one request after the other. Each answer is read whole; it
must be a 200, and the same bytes every time. Where the system tells, the processor time that the server spent
on an answer stands beside: it hangs less on what else the machine does.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from importlib.util import find_spec

from common import Row, Say, in_turn, ratio_of
from servers import HERE, Connection, Server, processor_time, request, run, server
from world import RANKING, UNITS


SECONDS, TIMES = 0.8, 5
GOAL = 3
PAGES = {
    f"ranking of {UNITS} units": RANKING,
    "unit page": "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/",
    "criterion page": "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/3.2.4/",
    "home": "/",
}
ANCHOR = "plain page"
NEEDED = ("django", "granian")
Rate = tuple[float, float]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def rows(say: Say) -> list[Row]:
    """Requests per second of every page, from the cache and computed afresh."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return [Row("pages", "not measured", f"{' and '.join(missing)} not installed")]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        plain = {"BENCH_HOME": folder, "PYTHONPATH": str(HERE)}
        site = {"PARINDEX_HOME": folder}
        say("filling the databases")
        run("import plain_page; plain_page.fill()", plain)
        run("import world; world.fill()", site)
        address = "parindex.config.wsgi:application"
        anchor = servers.enter_context(server("plain_page:application", plain))
        warm = servers.enter_context(server(address, {**site, "PARINDEX_CACHE": "1"}))
        cold = servers.enter_context(server(address, {**site, "PARINDEX_CACHE": "0"}))
        sides: dict[str, Callable[[], Rate]] = {ANCHOR: Client(anchor, "/").rate}
        for name, page in PAGES.items():
            sides[f"{name}, from the cache"] = Client(warm, page).rate
            sides[f"{name}, afresh"] = Client(cold, page).rate
        found = in_turn(sides, times=TIMES, say=say)
    return [row(side, found) for side in found if side != ANCHOR]


def row(side: str, found: dict[str, list[Rate]]) -> Row:
    """One page's line; a goal is set for pages from the cache."""
    goal = GOAL if side.endswith("cache") else None
    ratio = ratio_of([rate for rate, _ in found[side]], [rate for rate, _ in found[ANCHOR]])
    return Row(
        side, _figure(found[side]), f"{_figure(found[ANCHOR])} ({ANCHOR})", ratio, goal, more_is_better=True
    )


def _figure(rates: list[Rate]) -> str:
    rate, processor = (statistics.median(values) for values in zip(*rates, strict=True))
    shown = f"{rate:,.0f}/s, {1000 / rate:.{1 if rate < 1000 else 2}f} ms"
    return f"{shown} ({1000 * processor:.{1 if rate < 1000 else 2}f} of a core)" if processor else shown


class Client:
    """One kept connection that asks for one page."""

    def __init__(self, server: Server, page: str, cookie: str = "") -> None:
        self._process, port = server
        self._connection = Connection(port)
        self._request = request(port, "GET", page, cookie=cookie)
        self._expected = self._ask()
        if b"</table>" not in self._expected and b"</html>" not in self._expected:
            raise SystemExit(f"{page} is not a whole page")

    def rate(self) -> Rate:
        """Answers per second over most of a second, and the server's processor time for one."""
        spent, started, answers = processor_time(self._process), time.perf_counter(), 0
        while (taken := time.perf_counter() - started) < SECONDS:
            if self._ask() != self._expected:
                raise SystemExit("a page differs from the one before")
            answers += 1
        return answers / taken, (processor_time(self._process) - spent) / answers

    def _ask(self) -> bytes:
        status, body = self._connection.ask(self._request)
        if status != 200:
            raise SystemExit(f"answered with {status}")
        return TOKEN.sub(b"", body)
