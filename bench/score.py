"""``parindex score`` as a whole process beside today's tool, in one run: ``python bench/score.py``.

3,321 units x 60 leaves in a wide .xlsx, imports and reading included; CSV out. The anchor is LibreOffice,
where it is installed: it recalculates an office workbook of the same size (input, points by nested IF, sum,
index, rank, grade) and writes it as .xlsx. Otherwise a stand-in of the same shape: openpyxl reads the same
answers, plain Python scores every cell with Fraction, sums, ranks and writes CSV; its ranks are compared with
ours. Much leaner than an office program, it only guards against getting slower.

Goal: at most 0.35 x LibreOffice.
"""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory


UNITS, LEAVES, PARTS, TIMES = 3_321, 60, 8, 3
STEPS = ((90, Fraction(1)), (70, Fraction(1, 2)), (50, Fraction(1, 4)))


def codes() -> list[str]:
    """Leaf codes, in eight parts."""
    return [f"{k * PARTS // LEAVES + 1}.{k + 1}" for k in range(LEAVES)]


def write_framework(path: Path) -> None:
    """Every leaf 2 points by four steps."""
    steps = "{from: 90, points: 2}, {from: 70, below: 90, points: 1}, {from: 50, below: 70, points: 0.5}"
    tree = ""
    for part in range(1, PARTS + 1):
        inside = [c for c in codes() if c.startswith(f"{part}.")]
        tree += f"  - code: '{part}'\n    name: p{part}\n    max: {2 * len(inside)}\n    children:\n"
        for code in inside:
            tree += f"      - {{code: '{code}', name: c, max: 2, rule: {{kind: steps, steps: [{steps}]}}}}\n"
    bands = "[{id: a, name: A, min: 60}, {id: b, name: B, min: 45}, {id: c, name: C, min: 0}]"
    head = "parindex: 1\nid: bench\nversion: '1'\ntitle: Bench\nstatus: constructed\n"
    path.write_text(f"{head}tree:\n{tree}grades: {{bands: {bands}}}\n", encoding="utf-8")


def answers() -> list[list[float]]:
    """Percentages to a tenth, from a seed."""
    import numpy as np

    found: list[list[float]] = (np.random.default_rng(1).integers(0, 1001, (UNITS, LEAVES)) / 10).tolist()
    return found


def write_answers(path: Path, given: Sequence[Sequence[float]]) -> None:
    """The wide sheet."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["unit", *codes()])
    for u, row in enumerate(given, start=1):
        sheet.write_row(u, 0, [f"unit {u}", *row])
    book.close()


def write_office_workbook(path: Path, given: Sequence[Sequence[float]]) -> None:
    """An office's workbook without kept values, so that it must be calculated."""
    import xlsxwriter
    from xlsxwriter.utility import xl_col_to_name as name

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    summary, sheet, points = (book.add_worksheet(n) for n in ("Summary", "Input", "Points"))
    last = name(LEAVES)
    for u, row in enumerate(given, start=1):
        sheet.write_row(u, 0, [f"unit {u}", *row])
        for k in range(1, LEAVES + 1):
            cell = f"Input!{name(k)}{u + 1}"
            points.write_formula(u, k, f"=IF({cell}>=90,2,IF({cell}>=70,1,IF({cell}>=50,0.5,0)))", value="")
        summary.write_string(u, 0, f"unit {u}")
        summary.write_formula(u, 1, f"=SUM(Points!B{u + 1}:{last}{u + 1})", value="")
        summary.write_formula(u, 2, f"=B{u + 1}/{2 * LEAVES}*100", value="")
        summary.write_formula(u, 3, f"=RANK(B{u + 1},B$2:B${UNITS + 1},0)", value="")
        summary.write_formula(u, 4, f'=IF(C{u + 1}>=60,"A",IF(C{u + 1}>=45,"B","C"))', value="")
    book.close()


def stand_in(source: Path, target: Path) -> None:
    """openpyxl and Fraction, one cell after the other."""
    import openpyxl

    rows = (
        openpyxl.load_workbook(source, read_only=True, data_only=True)
        .worksheets[0]
        .iter_rows(values_only=True)
    )
    next(rows)
    sums = []
    for row in rows:
        total = Fraction(0)
        for value in row[1:]:
            number = Fraction(str(value))
            total += 2 * next((award for least, award in STEPS if number >= least), Fraction(0))
        sums.append((str(row[0]), total, total / (2 * LEAVES) * 100))
    ordered = sorted((s[1] for s in sums), reverse=True)
    first = {total: place for place, total in reversed(list(enumerate(ordered, start=1)))}
    with target.open("w", newline="", encoding="utf-8") as file:
        grades = ["A" if i >= 60 else "B" if i >= 45 else "C" for _, _, i in sums]
        csv.writer(file).writerows(
            (n, float(i), first[t], g) for (n, t, i), g in zip(sums, grades, strict=True)
        )


def timed(command: Sequence[str]) -> dict[str, float]:
    """Median seconds and greatest memory of a whole process, in a parent that runs nothing else."""
    watch = (
        "import json,resource,subprocess,sys,time; t=time.perf_counter();"
        "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);"
        "print(json.dumps([time.perf_counter()-t,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024]))"
    )
    runs = [
        json.loads(
            subprocess.run([sys.executable, "-c", watch, *command], check=True, capture_output=True).stdout
        )
        for _ in range(TIMES)
    ]
    return {"seconds": statistics.median(r[0] for r in runs), "megabytes": max(r[1] for r in runs)}


def ranks_differ(ours: Path, other: Path) -> int:
    """Units whose rank by ours is another than by the stand-in."""
    with ours.open(encoding="utf-8") as file:
        mine = {row["unit"]: row["rank"] for row in csv.DictReader(file)}
    with other.open(encoding="utf-8") as file:
        return sum(mine[row[0]] != row[2] for row in csv.reader(file))


def main() -> None:
    """Both sides, and the ratio."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        given = answers()
        write_framework(folder / "framework.yaml")
        write_answers(folder / "answers.xlsx", given)
        paths = [str(folder / n) for n in ("framework.yaml", "answers.xlsx", "ours.csv")]
        score = ["-m", "parindex", "score", paths[0], paths[1], "--format", "csv", "--output", paths[2]]
        office = shutil.which("soffice")
        if office:
            write_office_workbook(folder / "office.xlsx", given)
            out = ["--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / "office.xlsx")]
            base, label = timed([office, "--headless", *out]), "LibreOffice"
        else:
            plain = [sys.executable, __file__, paths[1], str(folder / "plain.csv")]
            base, label = timed(plain), "stand-in: openpyxl and Fraction (LibreOffice is not installed)"
        ours = timed([sys.executable, *score])
        if not office:
            print(
                f"ranks that differ: {ranks_differ(folder / 'ours.csv', folder / 'plain.csv')} of {UNITS:,}\n"
            )
    print("| whole process, 3,321 x 60 | s | x anchor | MB |\n|---|---|---|---|")
    for side, found in ((label, base), ("parindex score", ours)):
        ratio = found["seconds"] / base["seconds"]
        print(f"| {side} | {found['seconds']:.2f} | {ratio:.2f} | {found['megabytes']:.0f} |")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        stand_in(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main()
