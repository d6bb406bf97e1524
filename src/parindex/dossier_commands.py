"""The subcommands on dossiers; they need no Django, and import what they do when they run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.site_commands import Adds


if TYPE_CHECKING:
    from parindex.core.dossiers.problems import DossiersRefused

MISSING = 1
STORE = "folder of the store (default: dossiers)"


def add_dossier_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`dossiers ingest`."""
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

        done, refused = ingest(
            options.paths,
            store=options.store,
            mapping=read_mapping(options.mapping) if options.mapping else None,
            units=read_units(options.units) if options.units else (),
            progress=_progress(options.lang),
        )
    _clear()
    for found in done:
        for line in ingested_lines(found, options.lang):
            _say(line)
    if refused:
        raise FileRefused([_problem(r) for r in refused])
    return 0


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
