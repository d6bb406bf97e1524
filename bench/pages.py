"""Public pages beside a plain Django page of 100 rows, served the same way in the same run.

Three servers of one process and four threads each: the plain page, the site, the site without its cache.
They are asked in turn, on one connection a page, one request after the other. Each answer is read whole; it
must be a 200, and the same bytes every time. Where the system tells, the processor time that the server spent
on an answer stands beside: it hangs less on what else the machine does.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from common import ENVIRONMENT, Row, Say, in_turn, ratio_of
from world import RANKING, UNITS


HERE = Path(__file__).parent
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
Server = tuple[int, int]
Rate = tuple[float, float]


def rows(say: Say) -> list[Row]:
    """Requests per second of every page, from the cache and computed afresh."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return [Row("pages", "not measured", f"{' and '.join(missing)} not installed")]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        plain = {"BENCH_HOME": folder, "PYTHONPATH": str(HERE)}
        site = {"PARINDEX_HOME": folder}
        say("filling the databases")
        _run("import plain_page; plain_page.fill()", plain)
        _run("import world; world.fill()", site)
        address = "parindex.config.wsgi:application"
        anchor = servers.enter_context(_server("plain_page:application", plain))
        warm = servers.enter_context(_server(address, {**site, "PARINDEX_CACHE": "1"}))
        cold = servers.enter_context(_server(address, {**site, "PARINDEX_CACHE": "0"}))
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

    def __init__(self, server: Server, page: str) -> None:
        self._process, port = server
        self._request = f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        self._connection = socket.create_connection(("127.0.0.1", port))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
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
        """The body of one answer."""
        self._connection.sendall(self._request)
        answer = bytearray()
        while (at := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = bytes(answer[:at]).lower()
        if not head.startswith(b"http/1.1 200"):
            raise SystemExit(head.decode())
        length = at + 4 + int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(answer) < length:
            answer += self._more()
        return bytes(answer[at + 4 :])

    def _more(self) -> bytes:
        found = self._connection.recv(1 << 18)
        if not found:
            raise SystemExit("the server closed the connection")
        return found


def _run(code: str, environment: dict[str, str]) -> None:
    """A few lines in a process of their own, beside the benches."""
    environment = {**ENVIRONMENT, "PYTHONPATH": str(HERE), **environment}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def processor_time(process: int) -> float:
    """Seconds of processor time of a process and its children so far; 0 where the system does not tell."""
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        stats = [Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in (process, *children)]
        return sum(int(s[11]) + int(s[12]) for s in stats) / os.sysconf("SC_CLK_TCK")
    return 0.0


@contextmanager
def _server(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """One worker process with four threads, the same for all; gives its process and port."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"]
    command += ["--no-access-log", "--log-level", "error", "--port", str(port), application]
    process = subprocess.Popen(command, env={**ENVIRONMENT, **environment})
    try:
        _until_up(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def _until_up(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
