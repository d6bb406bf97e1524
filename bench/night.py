"""The last hour before the deadline: 3,321 communes fill in 60 criteria each, with documents, and submit.

``python bench/night.py`` runs it whole on SQLite, or on the empty database of PARINDEX_DATABASE_URL; the
time is compressed: everybody comes as fast as the server answers. ``--minutes 6`` ends after so many minutes
of it, with those who were at work then; ``--communes``, ``--leaves``, ``--documents`` make it smaller.

Before that, the offered rate is raised until 95 of 100 saves take longer than 300 ms. At the end the last
minute passes while people work. Then what every one of them was told is laid beside what stands, and the
ledger is verified. Two worker processes of `parindex serve`, the tick beside them as ever.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from clerks import SAVE, SHEET, UPLOAD, Clerk, Crowd, files
from common import ENVIRONMENT, Row, Say, machine, table
from saves import NEEDED
from servers import HERE, free_port, until_up


CONNECTIONS = 64
LIMIT = 0.3  # seconds
STEP_SECONDS = 15.0
RATES = (10, 20, 30, 40, 60, 80, 100, 130, 160, 200)  # saves a second that are offered, one after the other
LAST_SECONDS = 8.0  # of work while the last minute passes
LAST_COME = 150  # communes at most that begin only then
UNITS, PEAK = 190, 5
"""A large province: 168 communes and some twenty departments; how much more than the hour's mean comes in
its busiest minute."""
TICK = (
    "import sys; from datetime import datetime; from parindex.config.site import ready; ready('en');"
    "from parindex.apps.schedule.tick import tick; from parindex.config.jobs import jobs;"
    "print([f'{r.name}: {r.error}' for r in tick(jobs(), at=datetime.fromisoformat(sys.argv[1])) if r.error])"
)


@dataclass(frozen=True)
class Size:
    """How large the night is. `minutes`: how long people come, None: until all are done."""

    communes: int = 3321
    leaves: int = 60
    documents: int = 20
    minutes: float | None = None
    rates: Sequence[int] = RATES

    @property
    def needed(self) -> float:
        """Saves a second in the busiest minute of one large province."""
        return UNITS * self.leaves / 3600 * PEAK

    @property
    def requests(self) -> float:
        """How many requests of a clerk there are to each save."""
        saves = self.leaves * 1.1
        return (saves + 2 * self.documents + 2) / saves


def rows(say: Say, size: Size = Size()) -> list[Row]:
    """Rates of saves and how long they take; what was lost, which must be nothing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return [Row("night", "not measured", f"{' and '.join(missing)} not installed")]
    with tempfile.TemporaryDirectory() as folder:
        return Night(Path(folder), size, say).run()


class Night:
    """One night, from an empty database to what was found afterwards."""

    def __init__(self, home: Path, size: Size, say: Say) -> None:
        self.home, self.size, self.say = home, size, say
        self.ahead, self.log = home / "ahead", home / "log"
        self.environment = {
            **os.environ,
            **ENVIRONMENT,
            "PARINDEX_HOME": str(home),
            "PYTHONPATH": str(HERE),
            "DJANGO_SETTINGS_MODULE": "night_settings",
            "NIGHT_AHEAD": str(self.ahead),
            "PARINDEX_WORKERS": "2",
        }
        self.engine = "PostgreSQL" if ENVIRONMENT.get("PARINDEX_DATABASE_URL") else "SQLite"
        self.closes = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=3)
        self.late = self.server = 0

    def run(self) -> list[Row]:
        """See the module."""
        self.ahead.write_text("0")
        self.say("communes, people and a round")
        size = (self.size.communes, self.size.leaves, self.closes.isoformat())
        world = self._told("deadline_world.py", "fill", *map(str, size))
        kept = files()
        clerks = [Clerk(d, world["leaves"], self.size.documents, kept) for d in world["desks"]]
        last = max(1, min(LAST_COME, len(clerks) // 10))
        with self._serving() as port:
            crowd = Crowd(port, iter(clerks[:-last]))
            steps = list(self._steps(crowd))
            whole, seconds = self._evening(crowd)
            crowd.admit(clerks[-last:])
            self._deadline(crowd)
        return [*self._rate_rows(steps), self._evening_row(crowd, whole, seconds), self._kept_row(crowd)]

    def _steps(self, crowd: Crowd) -> Iterator[tuple[float, float, float]]:
        """What a province needs, then more and more: offered, done and the wait of 95 of 100 saves."""
        for rate in sorted({self.size.needed, *(r for r in self.size.rates if r > self.size.needed)}):
            self.say(f"{rate:.0f} saves a second")
            waits = crowd.at_rate(rate * self.size.requests, STEP_SECONDS, CONNECTIONS).get(SAVE)
            if not waits:  # everybody is done
                return
            yield rate, len(waits) / STEP_SECONDS, p95(waits)
            if p95(waits) > LIMIT:
                return

    def _evening(self, crowd: Crowd) -> tuple[Mapping[str, list[float]], float]:
        """Everybody, as fast as the server answers."""
        self.say("everybody comes")
        begun = time.perf_counter()
        left = 60 * self.size.minutes if self.size.minutes is not None else 24 * 3600.0
        waits = crowd.flat_out(left, CONNECTIONS)
        return waits, time.perf_counter() - begun

    def _deadline(self, crowd: Crowd) -> None:
        """The last minute ends while people work; then the tick closes the phase."""
        self.say("the last minute")
        over = self.closes + timedelta(minutes=1)  # the stated minute is included
        put = over.timestamp() - time.time() - LAST_SECONDS / 2
        self.ahead.write_text(str(put))
        crowd.flat_out(LAST_SECONDS, CONNECTIONS)
        self.late = sum(clerk.late for clerk in crowd.seen)
        at = max(over, datetime.fromtimestamp(time.time() + put, UTC))
        ticked = self._ran([sys.executable, "-c", TICK, at.isoformat()])
        if ticked.strip() != "[]":
            crowd.wrong.append(f"tick: {ticked}")

    def _kept_row(self, crowd: Crowd) -> Row:
        """What everybody was told beside what stands; anything else than all of it ends the bench."""
        self.say("what stands")
        told = {
            "saves": [[c.unit, leaf, *said] for c in crowd.seen for leaf, said in c.told.saves.items()],
            "documents": [[c.unit, *row] for c in crowd.seen for row in c.told.documents],
            "submissions": [c.unit for c in crowd.seen if c.told.submitted],
            "unheard": crowd.unheard(),
            "over": (self.closes + timedelta(minutes=1)).isoformat(),
        }
        found = self._told("deadline_world.py", "kept", given=json.dumps(told))
        verified = self._ran([sys.executable, "-m", "parindex", "ledger", "verify", "--lang", "en"])
        self.say(verified.strip())
        failures = self.log.read_text(errors="replace").count("Traceback")
        wrong = [*crowd.wrong[:10], *found["first"], *[f"{failures} × Traceback in the log"] * bool(failures)]
        if wrong:
            raise SystemExit("\n".join(["night:", *wrong, self.log.read_text(errors="replace")[-3000:]]))
        counts = {name: len(told[name]) for name in ("saves", "documents", "submissions")}
        return Row(
            f"deadline night, {self.engine}: lost, wrong or answered with an error",
            "0",
            f"of {counts['saves']:,} criteria, {counts['documents']:,} documents, "
            f"{counts['submissions']:,} sheets; {self.late:,} saves after the last minute, all refused",
        )

    def _rate_rows(self, steps: Sequence[tuple[float, float, float]]) -> Iterator[Row]:
        """What a province needs, and where it bends."""
        if not steps:
            return
        need, _, waited = steps[0]
        yield Row(
            f"deadline night, {self.engine}: 95 of 100 saves at {need:.0f}/s, which one large province needs",
            f"{1000 * waited:.0f} ms",
            f"{1000 * LIMIT:.0f} ms",
            waited / LIMIT,
            goal=1,
        )
        held = [offered for offered, _, waited in steps if waited <= LIMIT]
        bent = [(offered, done, waited) for offered, done, waited in steps if waited > LIMIT]
        said = "; ".join(f"{done:.0f}/s of {o:.0f}/s, within {1000 * w:.0f} ms" for o, done, w in bent)
        yield Row(
            f"deadline night, {self.engine}: saves a second up to which 95 of 100 take 300 ms at most",
            f"{max(held, default=0):.0f}/s" + (f"; then {said}" if said else ""),
            f"{need:.0f}/s needed",
            max(held, default=0) / need,
            goal=1,
            more_is_better=True,
        )

    def _evening_row(self, crowd: Crowd, waits: Mapping[str, list[float]], seconds: float) -> Row:
        """What all at once gives."""
        if not waits:
            return Row(f"deadline night, {self.engine}: all at once", "everybody was done before", "–")
        shown = ", ".join(
            f"{len(waits[kind]) / seconds:,.0f} {words}/s (95 of 100 in {1000 * p95(waits[kind]):,.0f} ms)"
            for kind, words in ((SAVE, "saves"), (UPLOAD, "uploads"), (SHEET, "sheets"))
            if kind in waits
        )
        mean = self.size.communes * self.size.leaves / 3600
        rate = len(waits.get(SAVE, ())) / seconds
        who = f"{len(crowd.seen):,} of {self.size.communes:,} communes in {seconds / 60:.0f} min"
        return Row(
            f"deadline night, {self.engine}: all at once, {CONNECTIONS} connections, {who}",
            shown,
            f"{mean:.0f} saves/s, the country in an hour",
            rate / mean if mean else None,
        )

    @contextmanager
    def _serving(self) -> Iterator[int]:
        """The site as it is served; gives its port."""
        port = free_port()
        with self.log.open("ab") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "parindex", "serve", "--port", str(port)],
                env=self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.server = server.pid
        try:
            until_up(port)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()

    def _told(self, script: str, *arguments: str, given: str = "") -> dict:
        """What a script beside this one prints."""
        found: dict = json.loads(self._ran([sys.executable, str(HERE / script), *arguments], given=given))
        return found

    def _ran(self, command: Sequence[str], *, given: str = "") -> str:
        done = subprocess.run(
            command, env=self.environment, input=given, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(
                f"{command[-1]} ended with {done.returncode}: {done.stdout}{done.stderr[-3000:]}"
            )
        return done.stdout


def p95(waits: Sequence[float]) -> float:
    """Within how many seconds 95 of 100 were answered."""
    return sorted(waits)[int(len(waits) * 0.95)]


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name, kind, usual in (
        ("communes", int, Size.communes),
        ("leaves", int, Size.leaves),
        ("documents", int, Size.documents),
        ("minutes", float, None),
    ):
        options.add_argument(f"--{name}", type=kind, default=usual)
    given = options.parse_args()
    where = machine()
    found = rows(lambda text: print(f"night: {text}", file=sys.stderr, flush=True), Size(**vars(given)))
    print(f"{where}.\n\n{table(found)}")


if __name__ == "__main__":
    main()
