"""What the benches share: a row of the table, sides in turn, whole processes, and what machine this is."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import TypeVar


Say = Callable[[str], None]
T = TypeVar("T")

# bytecode is kept from run to run, as where parindex is installed
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
WATCH = (
    "import json,resource,subprocess,sys,time; t=time.perf_counter();"
    "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
    "t=time.perf_counter()-t; r=resource.getrusage(resource.RUSAGE_CHILDREN);"
    "print(json.dumps([t,r.ru_utime+r.ru_stime,r.ru_maxrss/1024]))"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its yardstick.

    Attributes:
        ratio: ours over the yardstick's; None where the yardstick could not be measured.
        goal: what the ratio may be at most (at least, where `more_is_better`); None where none is set.
    """

    what: str
    ours: str
    anchor: str
    ratio: float | None = None
    goal: float | None = None
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or nothing to compare with."""
        if self.ratio is None or self.goal is None:
            return None
        return self.ratio >= self.goal if self.more_is_better else self.ratio <= self.goal

    def cells(self) -> list[str]:
        """As text."""
        goal = "–" if self.goal is None else f"{'≥' if self.more_is_better else '≤'} {self.goal:g}"
        ratio = "–" if self.ratio is None else f"{self.ratio:.2f}" if self.ratio < 10 else f"{self.ratio:.0f}"
        met = {None: "–", True: "yes", False: "**no**"}[self.met]
        return [self.what, self.ours, self.anchor, ratio, goal, met]


def table(rows: Iterable[Row]) -> str:
    """Rows as a Markdown table."""
    head = ["what", "parindex", "yardstick", "ratio", "goal", "met"]
    lines = [head, ["---", "---:", "---:", "---:", "---:", ":---:"], *(r.cells() for r in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def in_turn(sides: Mapping[str, Callable[[], T]], *, times: int, say: Say) -> dict[str, list[T]]:
    """All sides in turn, several times: what else the machine does meets every side alike."""
    found: dict[str, list[T]] = {name: [] for name in sides}
    for k in range(times):
        for name, run in sides.items():
            say(f"{name}: {k + 1} of {times}")
            found[name].append(run())
    return found


def whole_process(command: Sequence[str]) -> list[float]:
    """Seconds, seconds of a core and greatest megabytes of a process; its parent does nothing else."""
    return run_json([sys.executable, "-c", WATCH, *command])


def run_json(command: Sequence[str], **environment: str) -> list[float]:
    """What a process prints as JSON."""
    done = subprocess.run(command, env={**ENVIRONMENT, **environment}, check=True, capture_output=True)
    found: list[float] = json.loads(done.stdout)
    return found


def peak_megabytes() -> float:
    """The greatest memory of this process since its program began; what the process that started it held is
    not counted, as `ru_maxrss` would."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def ratio_of(ours: Sequence[float], anchor: Sequence[float]) -> float:
    """The median of the ratios of runs that followed each other."""
    return statistics.median(a / b for a, b in zip(ours, anchor, strict=True))


def machine() -> str:
    """When, on what, with which versions, and how busy it is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name.lower())}" for name in ("NumPy", "Django"))
    today = date.today().isoformat()  # noqa: DTZ011  the day where the machine stands
    return (
        f"{today}, {cores} cores, {memory:.0f} GiB, Python {python_version()}, {packages}; "
        f"{os.getloadavg()[0]:.1f} processes wanted a core in the minute before"
    )
