"""Every bench beside its yardstick, in one run: ``make bench``, or ``python bench/run.py score`` for one.

A full run writes the table into docs/benchmarks.md. A bench that takes longer than all others together runs
only where it is named.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from common import Row, machine, table


BENCHES = ("score", "verify", "robustness", "pages", "saves", "answers", "surveys", "dossiers", "papers")
LONG = ("night", "day")
DOCS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
START, END = "<!-- bench -->", "<!-- /bench -->"


def main(chosen: list[str]) -> None:
    """Run the chosen benches, all if none is named."""
    unknown = set(chosen) - {*BENCHES, *LONG}
    if unknown:
        raise SystemExit(
            f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES + LONG)}"
        )
    where, rows = machine(), list[Row]()
    for name in chosen or BENCHES:
        rows += importlib.import_module(name).rows(lambda text, name=name: say(f"{name}: {text}"))
    say("")
    print(table(rows))
    missed = [row.what for row in rows if row.met is False]
    print(f"\nGoals missed: {'; '.join(missed)}" if missed else "\nEvery goal that could be measured is met.")
    if not chosen:
        say(f"not run, because they take long: {', '.join(LONG)} (python bench/run.py NAME)")
        write(f"{where}.\n\n{table(rows)}")


def say(text: str) -> None:
    """One line of progress."""
    end = "" if sys.stderr.isatty() else "\n"
    print(f"\r\033[K{text}" if not end else text, end=end, file=sys.stderr, flush=True)


def write(text: str) -> None:
    """Put the figures between their marks."""
    before, _, rest = DOCS.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    if not after:
        raise SystemExit(f"{DOCS} has lost its marks {START} and {END}")
    DOCS.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    print(f"Written to {DOCS.name}.")


if __name__ == "__main__":
    main(sys.argv[1:])
