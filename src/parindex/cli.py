"""The `parindex` command. What a subcommand does not need is not imported: scoring runs without Django."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from parindex import __version__
from parindex.core.formats.problems import FileProblem, FileRefused, refuse
from parindex.core.wording.problems import sentence


if TYPE_CHECKING:
    from parindex.core.formats.answers_file import AnswersFile
    from parindex.core.kernel.assess import Assessment
    from parindex.core.kernel.framework import Framework

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[argparse.Namespace], int]
REFUSED = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0; 2 where the input is refused, with every problem on standard error; 130 after Ctrl-C.
    """
    options = _parser().parse_args(arguments)
    run: Run = options.run
    try:
        return run(options)
    except FileRefused as refusal:
        for problem in refusal.problems:
            print(problem_line(problem, options.lang), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def problem_line(problem: FileProblem, language: str) -> str:
    """``file:line: message``; the criterion stands before a message that does not name it."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    criterion = problem.data.get("criterion")
    about = f"{criterion}: " if criterion and problem.code not in _NAMED else ""
    return f"{place}: {about}{sentence(problem.code, problem.data, language)}"


_NAMED = frozenset({"criterion_unknown", "criterion_not_found", "answer_twice"})


def _parser() -> argparse.ArgumentParser:
    """Every subcommand with its options."""
    parser = argparse.ArgumentParser(
        prog="parindex",
        description="Criteria sets as data; exact scores, grades, ranks; the reason for every point.",
    )
    parser.add_argument("--version", action="version", version=f"parindex {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = _command(commands, "check", _check, about="read a framework file and name every problem")
    check.add_argument(
        "framework", metavar="FRAMEWORK", help="path of a framework file, or the id of a shipped one"
    )
    schema = _command(commands, "schema", _schema, about="print the JSON Schema of framework files")
    schema.set_defaults(lang="en")
    score = _scoring(commands, "score", _score, about="score answers: points, index, grade, rank")
    score.add_argument("--format", choices=("table", "csv", "json"), default="table")
    score.add_argument(
        "--output", type=Path, metavar="FILE", help="write there instead of printing (.xlsx makes a workbook)"
    )
    explain = _scoring(commands, "explain", _explain, about="say why a unit has its result")
    explain.add_argument("--unit", required=True, metavar="NAME")
    explain.add_argument("--criterion", metavar="CODE")
    robust = _scoring(
        commands,
        "robustness",
        _robustness,
        about="how sure the ranks are: a seeded Monte Carlo on the weights",
    )
    robust.add_argument("--draws", type=_whole(1, 10_000_000), default=10_000)
    robust.add_argument(
        "--weights",
        type=_share,
        default=0.25,
        metavar="W",
        help="each maximum varies by up to this share, 0 to 0.99",
    )
    robust.add_argument("--seed", type=_whole(0, 2**63 - 1), default=1)
    robust.add_argument("--format", choices=("table", "csv", "json"), default="table")

    demo = _command(commands, "demo", _demo, about="load the demonstration and serve it")
    demo.add_argument("--port", type=_whole(1, 65535), default=8000)
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser")
    demo.add_argument("--reset", action="store_true", help="load everything again")
    serve = _command(commands, "serve", _serve, about="serve the site on its configured database")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_whole(1, 65535), default=8000)
    return parser


def _command(commands: Commands, name: str, run: Run, *, about: str) -> argparse.ArgumentParser:
    """A subcommand with the options all of them share."""
    parser = commands.add_parser(name, help=about, description=about)
    parser.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="language of sentences (default: vi)"
    )
    parser.set_defaults(run=run)
    return parser


def _scoring(commands: Commands, name: str, run: Run, *, about: str) -> argparse.ArgumentParser:
    """A subcommand that reads a framework and answers."""
    parser = _command(commands, name, run, about=about)
    parser.add_argument(
        "framework", metavar="FRAMEWORK", help="path of a framework file, or the id of a shipped one"
    )
    parser.add_argument("answers", type=Path, metavar="ANSWERS", help=".csv or .xlsx")
    return parser


def _whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not within {low} to {high}")
        return value

    return read


def _share(text: str) -> float:
    """A share below 1."""
    value = float(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not within 0 to 0.99")
    return value


def _load_framework(name: str) -> Framework:
    """A framework by path, or by the id of a shipped one."""
    from parindex.core.formats.framework_file import load_framework
    from parindex.data import framework_ids, framework_path

    path = Path(name)
    if not path.exists() and name in framework_ids():
        path = framework_path(name)
    return load_framework(path)


def _load(options: argparse.Namespace) -> tuple[AnswersFile, Assessment]:
    """Read and assess; a scoring refusal is given its place in the file."""
    from parindex.core.formats.answers_file import read_answers
    from parindex.core.kernel.assess import assess
    from parindex.core.kernel.assessment import TableRefused

    # a command's objects live until it ends; looking for garbage among them is a third of its time
    gc.disable()
    framework = _load_framework(options.framework)
    answers = read_answers(framework, options.answers)
    try:
        return answers, assess(framework, answers.table)
    except TableRefused as refusal:
        raise answers.locate(refusal) from refusal


def _check(options: argparse.Namespace) -> int:
    from parindex.core.wording.tables import framework_summary

    print(framework_summary(_load_framework(options.framework), options.lang))
    return 0


def _schema(options: argparse.Namespace) -> int:
    import json

    from parindex.core.formats.schema import framework_schema

    print(json.dumps(framework_schema(), ensure_ascii=False, indent=1))
    return 0


def _score(options: argparse.Namespace) -> int:
    from parindex.core.formats import results_file
    from parindex.core.wording.reasons import reason_sentence
    from parindex.core.wording.tables import ranking_table

    _, assessment = _load(options)
    decimals = assessment.framework.decimals
    if options.output and options.output.suffix.lower() == ".xlsx":
        results_file.write_whole(
            options.output, results_file.rows_as_xlsx(*results_file.table_rows(assessment))
        )
        return 0
    if options.format == "json":
        text = results_file.as_json(
            assessment, lambda reason, leaf: reason_sentence(reason, leaf, options.lang, decimals=decimals)
        )
    elif options.format == "csv":
        text = results_file.as_csv(assessment)
    else:
        text = ranking_table(assessment, options.lang)
    if options.output:
        results_file.write_whole(options.output, text.encode())
    else:
        sys.stdout.write(text)
    return 0


def _explain(options: argparse.Namespace) -> int:
    import unicodedata

    from parindex.core.wording.explain import explain_unit

    answers, assessment = _load(options)
    names = [p.name for p in assessment.table.participants]
    wanted = " ".join(unicodedata.normalize("NFC", options.unit).split())
    unit = next((k for k, n in enumerate(names) if n.casefold() == wanted.casefold()), None)
    if unit is None:
        near = get_close_matches(wanted, names, n=1, cutoff=0.4)
        raise refuse(answers.file, "unit_not_found", unit=options.unit, near=near[0] if near else "")
    known = {**assessment.framework.nodes, **assessment.framework.extras}
    if options.criterion and options.criterion not in known:
        near = get_close_matches(options.criterion, known, n=1)
        raise refuse(
            options.framework,
            "criterion_not_found",
            criterion=options.criterion,
            near=near[0] if near else "",
        )
    print(explain_unit(assessment, unit, options.criterion, language=options.lang))
    return 0


def _robustness(options: argparse.Namespace) -> int:
    from parindex.core.kernel.robustness import simulate
    from parindex.core.wording.tables import robustness_report

    _, assessment = _load(options)
    progress = _progress if sys.stderr.isatty() else None
    result = simulate(
        assessment, draws=options.draws, weights=options.weights, seed=options.seed, progress=progress
    )
    if progress:
        print("\r\033[K", end="", file=sys.stderr)
    sys.stdout.write(robustness_report(assessment, result, options.format, language=options.lang))
    return 0


def _progress(done: int, total: int) -> None:
    print(f"\r{done:,}/{total:,}", end="", file=sys.stderr, flush=True)


def _demo(options: argparse.Namespace) -> int:
    _need_site()
    from parindex.config.demo import run

    return run(port=options.port, open_browser=not options.no_browser, reset=options.reset)


def _serve(options: argparse.Namespace) -> int:
    _need_site()
    from parindex.config.server import serve

    return serve(host=options.host, port=options.port)


def _need_site() -> None:
    """Say plainly what to install where the site's packages are missing."""
    try:
        import django  # noqa: F401  whether it is there is the question
    except ModuleNotFoundError:
        raise SystemExit("parindex: the site needs more packages: pip install 'parindex[site]'") from None


if __name__ == "__main__":
    sys.exit(main())
