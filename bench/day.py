"""A day of a site in minutes: whether its processes grow.

``python bench/day.py`` serves an invented province as ever (`parindex serve`, two worker processes, the tick,
each second instead of each minute) and lets 24 "hours" of the same work pass over it: public pages, sheets,
saves, uploads, notices, dossiers that another system hands in. After each hour the resident memory and the
open files of every process are read. What is kept on purpose (pages, sheets, criteria sets) is there after a
third of the day; from then on nothing may grow. SQLite, or the empty database of PARINDEX_DATABASE_URL.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clerks import TOKEN, Clerk, Crowd, files
from common import Row, Say, machine, table
from night import Night, Size
from servers import HERE, Connection, request


HOURS, WARM = 24, 8
COMMUNES, LEAVES, DOCUMENTS = 600, 60, 20
CLERKS_STEPS, PUBLIC, NOTICES = 160, 80, 20  # requests of one hour
DELIVERIES, DOSSIERS = 2, 25  # and what another system hands in, of so many rows
CONNECTIONS = 8
ALLOWED = 1.05  # what is held in the last third of the day, of what was in the second
PAGES = (
    "/",
    "/bench/2025/cap-xa/",
    "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/",
    "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/3.2.4/",
)
Held = Mapping[int, tuple[float, int]]
"""Resident megabytes and open files of each process."""


def rows(say: Say) -> list[Row]:
    """How much memory and how many files the processes hold after a third of the day, and at its end."""
    if not Path("/proc/self/fd").exists():
        return [Row("day", "not measured", "this system does not list open files")]
    with tempfile.TemporaryDirectory() as folder:
        return Day(Path(folder), say).run()


class Day(Night):
    """One day; the world is that of the deadline night beside the published one of the pages."""

    def __init__(self, home: Path, say: Say) -> None:
        super().__init__(home, Size(COMMUNES, LEAVES, DOCUMENTS), say)
        self.environment["DJANGO_SETTINGS_MODULE"] = "day_settings"

    def run(self) -> list[Row]:
        """See the module."""
        self.ahead.write_text("0")
        self.say("the province, its people and a round")
        self._ran([sys.executable, str(HERE / "world.py")])
        size = (COMMUNES, LEAVES, self.closes.isoformat())
        world = self._told("deadline_world.py", "fill", *map(str, size))
        secret = self._ran([sys.executable, str(HERE / "deadline_world.py"), "token"]).strip()
        kept = files()
        clerks = [Clerk(d, world["leaves"], DOCUMENTS, kept) for d in world["desks"]]
        sessions = [desk["session"] for desk in world["desks"]]
        with self._serving() as port:
            crowd, held = Crowd(port, iter(clerks)), list[Held]()
            for hour in range(HOURS):
                begun = time.perf_counter()
                self._hour(crowd, sessions, secret, hour)
                held.append(held_by(self.server))
                told = ", ".join(f"{mb:.0f} MB and {files} files" for mb, files in held[-1].values())
                self.say(f"hour {hour + 1} of {HOURS} ({time.perf_counter() - begun:.0f} s): {told}")
        failures = self.log.read_text(errors="replace").count("Traceback")
        if crowd.wrong or failures:
            raise SystemExit(
                "\n".join(["day:", *crowd.wrong[:10], self.log.read_text(errors="replace")[-3000:]])
            )
        return list(self._rows(held))

    def _hour(self, crowd: Crowd, sessions: Sequence[str], secret: str, hour: int) -> None:
        """The same work as in any other hour, by other people."""
        crowd.so_many(CLERKS_STEPS, CONNECTIONS)
        line = Connection(crowd.port)
        for k in range(PUBLIC):
            self._asked(line, request(crowd.port, "GET", PAGES[k % len(PAGES)]))
        for k in range(NOTICES):
            session = sessions[(hour * NOTICES + k) % len(sessions)]
            cookie = f"sessionid={session}; csrftoken={TOKEN}"
            self._asked(line, request(crowd.port, "GET", "/thong-bao/", cookie=cookie))
        more = f"Authorization: Bearer {secret}\r\n"
        for k in range(DELIVERIES):
            body = json.dumps(
                {"rows": [_dossier(DELIVERIES * hour + k, n) for n in range(DOSSIERS)]}
            ).encode()
            asked = {"body": body, "more": more, "form": "application/json"}
            self._asked(Connection(crowd.port), request(crowd.port, "POST", "/api/v1/dossiers", **asked))

    def _asked(self, line: Connection, sent: bytes) -> None:
        status, body = line.ask(sent)
        if status != 200:
            raise SystemExit(f"day: {sent[:80]!r} was answered with {status}: {body[:300]!r}")

    def _rows(self, held: Sequence[Held]) -> Iterator[Row]:
        """Each process: after the first third, at the end, and by how much it grows in an hour."""
        for k, process in enumerate(held[0]):
            who = f"day, {self.engine}: " + ("the tick's process" if k == 0 else f"worker {k}")
            memory = [hour[process][0] for hour in held]
            opened = [hour[process][1] for hour in held]
            warm, end = statistics.median(memory[WARM : 2 * WARM]), statistics.median(memory[-WARM:])
            slope = statistics.linear_regression(range(HOURS - WARM), memory[WARM:]).slope
            yield Row(
                f"{who}: memory",
                f"{end:.1f} MB; {1000 * slope:+.0f} kB an hour",
                f"{warm:.1f} MB in the second third",
                end / warm,
                goal=ALLOWED,
            )
            before, after = statistics.median(opened[WARM : 2 * WARM]), statistics.median(opened[-WARM:])
            shown = f"{before:.0f} in the second third"
            yield Row(f"{who}: open files", f"{after:.0f}", shown, after / before, goal=ALLOWED)


def held_by(server: int) -> dict[int, tuple[float, int]]:
    """What the server and its workers hold; the tick's process first."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    workers = [int(p) for p in children if b"spawn_main" in Path(f"/proc/{p}/cmdline").read_bytes()]
    return {process: _held(process) for process in (server, *sorted(workers))}


def _held(process: int) -> tuple[float, int]:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024, len(
        list(Path(f"/proc/{process}/fd").iterdir())
    )


def _dossier(delivery: int, number: int) -> dict[str, object]:
    day = datetime.now(UTC) - timedelta(days=2)
    return {
        "code": f"H01-{delivery:03}-{number:04}",
        "procedure": "1.001",
        "unit": "xa-0001",
        "status": 4,
        "received": f"{day:%Y-%m-%d}T08:00",
        "due": f"{day + timedelta(days=9):%Y-%m-%d}T17:00",
    }


if __name__ == "__main__":
    where = machine()
    found = rows(lambda text: print(f"day: {text}", file=sys.stderr, flush=True))
    print(f"{where}.\n\n{table(found)}")
