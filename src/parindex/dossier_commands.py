"""The subcommands on dossiers; they need no Django, and import what they do when they run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.site_commands import Adds


if TYPE_CHECKING:
    from parindex.core.dossiers.problems import DossiersRefused

MISSING = 1
STORE = "folder of the store (default: dossiers)"


def add_dossier_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`dossiers ingest`, `dossiers measure`, and the others below it."""
    about = "read dossiers as one-stop systems export them, and count them"
    parser = commands.add_parser("dossiers", help=about, description=about)
    acts = parser.add_subparsers(required=True, metavar="ACT")
    ingest = add(acts, "ingest", _ingest, about="read files of dossiers into a store")
    ingest.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="file or folder: .csv .xlsx .parquet .jsonl"
    )
    ingest.add_argument("--mapping", type=Path, metavar="FILE", help="which column is which field")
    ingest.add_argument("--units", type=Path, metavar="FILE", help="units that may occur; others are refused")
    ingest.add_argument("--store", type=Path, metavar="DIR", default=Path("dossiers"), help=STORE)
    ingest.add_argument(
        "--territory", metavar="CODE", help="into the site's own store of a territory, with its units"
    )
    measure = add(acts, "measure", _measure, about="count the dossiers of a store")
    measure.add_argument("--store", type=Path, metavar="DIR", default=Path("dossiers"), help=STORE)
    measure.add_argument(
        "--as-of", metavar="DATE", help="a day, to its last minute, or a moment such as 2025-06-30T17:00"
    )
    measure.add_argument(
        "--by",
        default="unit,month",
        metavar="KEYS",
        help="unit, procedure, field, division, officer, week, month, year",
    )
    measure.add_argument("--units", type=Path, metavar="FILE", help="the tree of units")
    measure.add_argument("--successors", choices=("keep", "carry"), default="keep")
    measure.add_argument("--of", choices=("unit", "centre"), default="unit")
    measure.add_argument("--holidays", type=Path, metavar="FILE", help="days off and days worked in exchange")
    measure.add_argument("--engine", default="duckdb", metavar="URL", help="duckdb or the address of a Spark")
    measure.add_argument("--output", type=Path, metavar="FILE", help="write every figure there, as CSV")
    _add_figures(acts, add)
    generate = add(acts, "generate", _generate, about="invent dossiers of a fictional province")
    generate.add_argument("rows", metavar="N", type=_count, help="how many: 1,000 to 100,000,000")
    generate.add_argument("--seed", type=int, default=1, help="the same seed invents the same")
    generate.add_argument("--output", type=Path, metavar="DIR", required=True)


def _add_figures(acts: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`dossiers report`, `dossiers record-values`."""
    report = add(acts, "report", _report, about="compare the one-stop system's report with our own count")
    report.add_argument("file", metavar="FILE", type=Path, help="the report: .xlsx, a row for each unit")
    report.add_argument(
        "--period", metavar="PERIOD", required=True, help="2025, 2025-Q1, 2025-03 or 2025-01-01/2025-03-15"
    )
    report.add_argument("--store", type=Path, metavar="DIR", default=Path("dossiers"), help=STORE)
    report.add_argument("--units", type=Path, metavar="FILE", help="the tree of units")
    report.add_argument("--holidays", type=Path, metavar="FILE", help="days off and days worked in exchange")
    about = "record the site's own count of a territory's dossiers as values of indicators"
    record = add(acts, "record-values", _record, about=about)
    record.add_argument("--territory", metavar="CODE", help="needed where there is more than one")
    record.add_argument(
        "--period", metavar="PERIOD", help="2025, 2025-Q1, 2025-03; without it the last year and two months"
    )


@contextmanager
def _ready() -> Iterator[None]:
    """Refusals as the command line tells them; what to install where DuckDB is missing."""
    try:
        from parindex.core.dossiers.problems import DossiersRefused
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    try:
        yield
    except DossiersRefused as refusal:
        raise FileRefused([_problem(refusal)]) from refusal
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error


def _not_installed(error: ModuleNotFoundError) -> SystemExit:
    """Where a package of the extra is missing."""
    print(f"parindex: {error.name}: pip install 'parindex[dossiers]'", file=sys.stderr)  # noqa: T201
    return SystemExit(MISSING)


def _problem(refusal: DossiersRefused) -> FileProblem:
    return FileProblem(refusal.file, refusal.line, refusal.code, refusal.data)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _ingest(options: argparse.Namespace) -> int:
    with _ready():
        from parindex.core.dossiers.mapping import read_mapping
        from parindex.core.dossiers.store import ingest
        from parindex.core.dossiers.units import read_units
        from parindex.core.wording.dossiers import ingested_lines

        store, units = options.store, read_units(options.units) if options.units else ()
        if options.territory:
            from parindex.config.dossier_stores import site_store

            store, units = site_store(options.territory, options.lang)
        done, refused = ingest(
            options.paths,
            store=store,
            mapping=read_mapping(options.mapping) if options.mapping else None,
            units=units,
            progress=_progress(options.lang),
        )
    _clear()
    for found in done:
        for line in ingested_lines(found, options.lang):
            _say(line)
    if refused:
        raise FileRefused([_problem(r) for r in refused])
    return 0


def _measure(options: argparse.Namespace) -> int:
    with _ready():
        from parindex.core.dossiers.calendar import read_working_days
        from parindex.core.dossiers.measures import measure
        from parindex.core.dossiers.problems import refuse
        from parindex.core.dossiers.tables import as_csv
        from parindex.core.dossiers.units import read_units
        from parindex.core.formats.results_file import write_whole
        from parindex.core.wording.dossiers import measured_line, measures_table

        found = measure(
            options.store,
            as_of=_moment(options.as_of) if options.as_of else None,
            by=tuple(key.strip() for key in options.by.split(",")),
            working_days=read_working_days(options.holidays) if options.holidays else None,
            units=read_units(options.units) if options.units else (),
            successors=options.successors,
            of=options.of,
            engine=options.engine,
        )
        if not found.dossiers:
            raise refuse(str(options.store), "store_empty")
    if options.output:
        write_whole(options.output, as_csv(found).encode())
        _say(measured_line(found, options.lang))
    else:
        _say(measured_line(found, options.lang) + "\n\n" + measures_table(found, options.lang).rstrip("\n"))
    return 0


def _report(options: argparse.Namespace) -> int:
    """Returns 0 where everything agrees, 1 where the report parts from our count or from itself."""
    with _ready():
        from parindex.core.dossiers.calendar import read_working_days
        from parindex.core.dossiers.periods import activity, read_span
        from parindex.core.dossiers.problems import refuse
        from parindex.core.dossiers.report import differences, read_report
        from parindex.core.dossiers.units import read_units
        from parindex.core.wording.dossier_reports import reconciled_lines

        units = read_units(options.units) if options.units else ()
        first, last = read_span(options.period)
        report = read_report(options.file, units)
        counted = activity(
            options.store,
            first=first,
            last=last,
            units=units,
            working_days=read_working_days(options.holidays) if options.holidays else None,
        )
        if not counted:
            raise refuse(str(options.store), "store_empty")
        found = differences(report, counted)
    for line in reconciled_lines(report, found, options.lang):
        _say(line)
    return 1 if found or report.doubts else 0


def _record(options: argparse.Namespace) -> int:
    with _ready():
        from parindex.config.dossier_stores import record

        return record(territory=options.territory, period=options.period, language=options.lang)


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last minute."""
    from parindex.core.dossiers.problems import refuse

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise refuse("--as-of", "moment_unreadable", text=text) from error
    return moment if "T" in text or " " in text else moment.replace(hour=23, minute=59)


def _count(text: str) -> int:
    """How many dossiers to invent."""
    digits = text.replace(",", "").replace("_", "")
    if not (digits.isascii() and digits.isdigit() and 1_000 <= int(digits[:12]) <= 100_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1,000 to 100,000,000")
    return int(digits)


def _generate(options: argparse.Namespace) -> int:
    with _ready():
        from parindex.core.dossiers.generate import generate
        from parindex.core.wording.dossiers import generated_lines

        found = generate(options.rows, seed=options.seed, output=options.output, progress=_counted)
    _clear()
    for line in generated_lines(found, options.lang):
        _say(line)
    return 0


def _counted(done: int) -> None:
    if _on_terminal():
        sys.stderr.write(f"\r\033[K{done:,}")
        sys.stderr.flush()


def _progress(language: str) -> Callable[[str, str, int], None]:
    """A line on the terminal, written over itself; silence anywhere else."""
    from parindex.core.wording.dossiers import STEPS

    def tell(file: str, step: str, rows: int) -> None:
        if _on_terminal():
            word = STEPS[step][language != "vi"]
            sys.stderr.write(f"\r\033[K{file}: {word}" + (f" {rows:,}" if rows else ""))
            sys.stderr.flush()

    return tell


def _clear() -> None:
    if _on_terminal():
        sys.stderr.write("\r\033[K")


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
