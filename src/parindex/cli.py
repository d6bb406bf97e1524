"""The `parindex` command. What a subcommand does not need is not imported: scoring runs without Django."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parindex import __version__
from parindex.bundle_commands import add_bundle_commands
from parindex.core.formats.problems import FileProblem, FileRefused, nearest, refuse
from parindex.core.wording.backup_problems import SENTENCES as OF_BACKUPS
from parindex.core.wording.problems import sentence
from parindex.dossier_commands import add_dossier_commands
from parindex.site_commands import add_site_commands


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
    _speak_utf8()
    options = _parser().parse_args(arguments)
    run: Run = options.run
    try:
        code = run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except FileRefused as refusal:
        _complain(refusal, options.lang)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read has had enough; what is still to be written goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        _complain(_unwritable(error.strerror or ""), options.lang)
        return REFUSED


def _speak_utf8() -> None:
    """Vietnamese leaves whole through any pipe, whatever the machine's own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _print(text: str) -> None:
    """A result to standard output. Raises FileRefused where that is closed."""
    if sys.stdout is None:
        raise _unwritable("Bad file descriptor")
    sys.stdout.write(text)


def _unwritable(detail: str) -> FileRefused:
    return refuse("stdout", "output_unwritable", detail=detail)


def _complain(refusal: FileRefused, language: str) -> None:
    """Every problem as a line of standard error."""
    if sys.stderr is not None:
        for problem in refusal.problems:
            print(problem_line(problem, language), file=sys.stderr)


def problem_line(problem: FileProblem, language: str) -> str:
    """``file:line: message``; the criterion stands before a message that does not name it.

    What is wrong with a file as a whole is told at its first line; what is not in a file has none.
    """
    place = problem.file if problem.code in _NOWHERE else f"{problem.file}:{problem.line or 1}"
    criterion = problem.data.get("criterion")
    about = f"{criterion}: " if criterion and problem.code not in _NAMED else ""
    return f"{place}: {about}{sentence(problem.code, problem.data, language)}"


_NAMED = frozenset({"criterion_unknown", "code_is_number", "criterion_not_found", "answer_twice"})
_NOWHERE = frozenset(
    {
        *("not_a_bundle", "key_unreadable", "file_unreadable", "output_unwritable", "output_is_input"),
        *("unit_not_found", "criterion_not_found"),
        *OF_BACKUPS,
    }
)


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
    score.add_argument("--format", choices=("table", "csv", "json"), help="default: table")
    score.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write there instead of printing; a name that ends in .xlsx, and no --format, makes a workbook",
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
    add_bundle_commands(commands, _command)
    add_dossier_commands(commands, _command)
    add_site_commands(commands, _command)
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
        if not (text.isascii() and text.isdigit() and low <= int(text[:30]) <= high):
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


def _share(text: str) -> float:
    """A share below 1."""
    from parindex.core.kernel.numbers import read_number
    from parindex.core.kernel.problems import AnswerRefused

    try:
        value = float(read_number(text))
    except AnswerRefused:
        value = 1.0
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 0.99")
    return value


def _load_framework(name: str) -> Framework:
    """A framework by path, or by the id of a shipped one."""
    from parindex.core.formats.framework_file import load_framework
    from parindex.data import framework_ids, framework_path

    path = Path(name)
    if name in framework_ids() and not path.exists():
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

    _print(framework_summary(_load_framework(options.framework), options.lang) + "\n")
    return 0


def _schema(options: argparse.Namespace) -> int:
    import json

    from parindex.core.formats.schema import framework_schema

    _print(json.dumps(framework_schema(), ensure_ascii=False, indent=1) + "\n")
    return 0


def _score(options: argparse.Namespace) -> int:
    from parindex.core.formats.results_file import write_whole

    target: Path | None = options.output
    if target and _same_file(target, [options.answers, Path(options.framework)]):
        raise refuse(str(target), "output_is_input")
    _, assessment = _load(options)
    content = _result(assessment, options)
    if target:
        write_whole(target, content)
    else:
        _print(content.decode())
    return 0


def _same_file(target: Path, inputs: Sequence[Path]) -> bool:
    """Whether writing would destroy what is read."""
    try:
        return any(target.samefile(path) for path in inputs if path.exists())
    except OSError:
        return False


def _result(assessment: Assessment, options: argparse.Namespace) -> bytes:
    """A result in the form that is asked for."""
    from parindex.core.formats import results_file
    from parindex.core.wording.reasons import reason_sentence
    from parindex.core.wording.tables import ranking_table

    decimals = assessment.framework.decimals
    if options.format == "json":
        return results_file.as_json(
            assessment, lambda reason, leaf: reason_sentence(reason, leaf, options.lang, decimals=decimals)
        ).encode()
    if options.format == "csv":
        return results_file.as_csv(assessment).encode()
    if options.format is None and options.output and options.output.suffix.lower() == ".xlsx":
        return results_file.rows_as_xlsx(*results_file.table_rows(assessment))
    return ranking_table(assessment, options.lang).encode()


def _explain(options: argparse.Namespace) -> int:
    import unicodedata

    from parindex.core.kernel.text import name_key
    from parindex.core.wording.explain import explain_unit

    answers, assessment = _load(options)
    names = {name_key(p.name): k for k, p in enumerate(assessment.table.participants)}
    unit = names.get(name_key(options.unit))
    if unit is None:
        near = nearest(options.unit, [p.name for p in assessment.table.participants])
        raise refuse(answers.file, "unit_not_found", unit=options.unit, near=near)
    code = unicodedata.normalize("NFC", options.criterion or "").strip()
    known = {**assessment.framework.nodes, **assessment.framework.extras}
    if code and code not in known:
        near = nearest(code, known)
        raise refuse(options.framework, "criterion_not_found", criterion=code, near=near)
    _print(explain_unit(assessment, unit, code or None, language=options.lang) + "\n")
    return 0


def _robustness(options: argparse.Namespace) -> int:
    from parindex.core.kernel.robustness import simulate
    from parindex.core.wording.tables import robustness_report

    _, assessment = _load(options)
    progress = _progress if sys.stderr is not None and sys.stderr.isatty() else None
    try:
        result = simulate(
            assessment, draws=options.draws, weights=options.weights, seed=options.seed, progress=progress
        )
    finally:
        if progress:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
    _print(robustness_report(assessment, result, options.format, language=options.lang))
    return 0


def _progress(done: int, total: int) -> None:
    print(f"\r{done:,}/{total:,}", end="", file=sys.stderr, flush=True)


def _demo(options: argparse.Namespace) -> int:
    from parindex.config.site import need_site

    need_site()
    from parindex.config.demo import run

    return run(port=options.port, open_browser=not options.no_browser, reset=options.reset)


def _serve(options: argparse.Namespace) -> int:
    from parindex.config.site import need_site

    need_site()
    from parindex.config.server import serve

    return serve(host=options.host, port=options.port)


if __name__ == "__main__":
    sys.exit(main())
