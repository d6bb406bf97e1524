"""``parindex score`` as a whole process beside LibreOffice, in one run.

Imports and reading included, CSV out. The yardstick recalculates an office's workbook of the same size
(answers, points by nested IF, sums per part, index, rank, grade) and converts it to CSV; its ranks must be
ours, so that it is known to have calculated. Answers stand in a wide .xlsx, or in long form. Each side runs
once before it is timed.
"""

from __future__ import annotations

import csv
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from common import Row, Say, in_turn, ratio_of, whole_process


SMALL, LARGE = (63, 88), (3_321, 60)
PARTS, TIMES = 8, 5
WIDE, LONG_CSV, LONG_XLSX = "wide .xlsx", "long .csv", "long .xlsx"
GOALS = {SMALL: {WIDE: 0.35}, LARGE: {WIDE: 0.35, LONG_CSV: 0.8, LONG_XLSX: 0.8}}
OFFICE, UTF8_CSV = "LibreOffice", "csv:Text - txt - csv (StarCalc):44,34,76"
NAME = "Ủy ban nhân dân xã số"


def codes(leaves: int) -> list[str]:
    """Leaf codes, in eight parts."""
    return [f"{k * PARTS // leaves + 1}.{k + 1}" for k in range(leaves)]


def write_framework(path: Path, leaves: int) -> None:
    """Every leaf 2 points by four steps."""
    steps = "{from: 90, points: 2}, {from: 70, below: 90, points: 1}, {from: 50, below: 70, points: 0.5}"
    tree = ""
    for part in range(1, PARTS + 1):
        inside = [c for c in codes(leaves) if c.startswith(f"{part}.")]
        tree += f"  - code: '{part}'\n    name: p{part}\n    max: {2 * len(inside)}\n    children:\n"
        for code in inside:
            tree += f"      - {{code: '{code}', name: c, max: 2, rule: {{kind: steps, steps: [{steps}]}}}}\n"
    bands = "[{id: a, name: A, min: 60}, {id: b, name: B, min: 45}, {id: c, name: C, min: 0}]"
    head = "parindex: 1\nid: bench\nversion: '1'\ntitle: Bench\nstatus: constructed\n"
    path.write_text(f"{head}tree:\n{tree}grades: {{bands: {bands}}}\n", encoding="utf-8")


def percentages(units: int, leaves: int) -> list[list[float]]:
    """Answers to a tenth, from a seed."""
    import numpy as np

    found: list[list[float]] = (np.random.default_rng(1).integers(0, 1001, (units, leaves)) / 10).tolist()
    return found


def write_answers(folder: Path, given: Sequence[Sequence[float]]) -> None:
    """The same answers, wide and long."""
    leaves = codes(len(given[0]))
    wide = [["unit", *leaves], *([f"{NAME} {u}", *row] for u, row in enumerate(given, start=1))]
    long = [["unit", "criterion", "answer"]]
    for unit, *row in wide[1:]:
        long += [[unit, code, value] for code, value in zip(leaves, row, strict=True)]
    write_sheet(folder / f"{WIDE}.xlsx", wide)
    write_sheet(folder / f"{LONG_XLSX}.xlsx", long)
    with (folder / f"{LONG_CSV}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(long)


def write_sheet(path: Path, table: Sequence[Sequence[object]]) -> None:
    """Rows as the only sheet of a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for k, row in enumerate(table):
        sheet.write_row(k, 0, row)
    book.close()


def write_office_workbook(path: Path, given: Sequence[Sequence[float]]) -> None:
    """An office's workbook without kept values, so that it must be calculated."""
    import xlsxwriter
    from xlsxwriter.utility import xl_col_to_name as name

    units, leaves = len(given), codes(len(given[0]))
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    summary, criteria, sheet, points = (
        book.add_worksheet(n) for n in ("Summary", "Criteria", "Input", "Points")
    )
    for k, code in enumerate(leaves):
        criteria.write_row(k, 0, [code, 2])
    for u, row in enumerate(given, start=1):
        sheet.write_row(u - 1, 0, row)
        for k in range(len(leaves)):
            cell, full = f"Input!{name(k)}{u}", f"Criteria!$B${k + 1}"
            formula = f"=IF({cell}>=90,{full},IF({cell}>=70,{full}*0.5,IF({cell}>=50,{full}*0.25,0)))"
            points.write_formula(u - 1, k, formula, value="")
        summary.write_string(u - 1, 0, f"{NAME} {u}")
        for column, formula in enumerate(summary_formulas(u, units, leaves), start=1):
            summary.write_formula(u - 1, column, formula, value="")
    book.close()


def summary_formulas(row: int, units: int, leaves: Sequence[str]) -> Iterator[str]:
    """A unit's line: the sum of each part, the whole, index, rank, grade."""
    from xlsxwriter.utility import xl_col_to_name as name

    for part in range(1, PARTS + 1):
        inside = [k for k, code in enumerate(leaves) if code.startswith(f"{part}.")]
        yield f"=SUM(Points!{name(inside[0])}{row}:{name(inside[-1])}{row})"
    yield f"=SUM(B{row}:I{row})"
    yield f"=J{row}/SUM(Criteria!$B$1:$B${len(leaves)})*100"
    yield f"=RANK(J{row},J$1:J${units},0)"
    yield f'=IF(K{row}>=60,"A",IF(K{row}>=45,"B","C"))'


def rows(say: Say) -> list[Row]:
    """Seconds of every form of the answers, and the yardstick's."""
    office = shutil.which("soffice")
    return [row for size in (SMALL, LARGE) for row in sized(size, office, say)]


def sized(size: tuple[int, int], office: str | None, say: Say) -> list[Row]:
    """The rows of one size."""
    title = f"{size[0]:,} × {size[1]}"
    with TemporaryDirectory() as name:
        folder = Path(name)
        given = percentages(*size)
        write_framework(folder / "framework.yaml", size[1])
        write_answers(folder, given)
        sides: dict[str, Callable[[], list[float]]] = {}
        if office:
            write_office_workbook(folder / "office.xlsx", given)
            profile = (folder / "profile").as_uri()
            command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", UTF8_CSV]
            command += ["--outdir", str(folder), str(folder / "office.xlsx")]
            sides[OFFICE] = partial(whole_process, command)
        for form in GOALS[size]:
            sides[form] = partial(whole_process, score(folder, form))
        in_turn(sides, times=1, say=lambda text: say(f"{title}, {text} to warm up"))
        runs = in_turn(sides, times=TIMES, say=lambda text: say(f"{title}, {text}"))
        if office and (wrong := ranks_differ(folder, GOALS[size])):
            raise SystemExit(f"score, {title}: {wrong} ranks differ from LibreOffice's")
    return [row(title, form, runs, goal=goal) for form, goal in GOALS[size].items()]


def score(folder: Path, form: str) -> list[str]:
    """The command."""
    answers = folder / f"{form}{'.csv' if form == LONG_CSV else '.xlsx'}"
    command = [sys.executable, "-m", "parindex", "score", str(folder / "framework.yaml"), str(answers)]
    return [*command, "--format", "csv", "--output", str(folder / f"{form} result.csv")]


def ranks_differ(folder: Path, forms: Sequence[str]) -> int:
    """How many units have another rank by ours than by the office's workbook."""
    with (folder / "office.csv").open(encoding="utf-8") as file:
        expected = {row[0]: row[11] for row in csv.reader(file)}
    wrong = 0
    for form in forms:
        with (folder / f"{form} result.csv").open(encoding="utf-8") as file:
            wrong += sum(expected[row["unit"]] != row["rank"] for row in csv.DictReader(file))
    return wrong


def row(title: str, form: str, runs: dict[str, list[list[float]]], *, goal: float) -> Row:
    """One line of the table."""
    what = f"score, {title}, {form}"
    if OFFICE not in runs:
        return Row(what, figure(runs[form]), f"{OFFICE} is not installed", goal=goal)
    ratio = ratio_of([r[0] for r in runs[form]], [r[0] for r in runs[OFFICE]])
    return Row(what, figure(runs[form]), f"{figure(runs[OFFICE])} ({OFFICE})", ratio, goal)


def figure(runs: list[list[float]]) -> str:
    """Medians of the times, the greatest memory."""
    seconds, processor, megabytes = zip(*runs, strict=True)
    times = f"{statistics.median(seconds):.2f} s ({statistics.median(processor):.2f} of a core)"
    return f"{times}, {max(megabytes):.0f} MB"
