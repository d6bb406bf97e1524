"""The robustness analysis beside idiomatic NumPy, in one run.

Sizes: 1,000 draws of 63 units x 88 leaves, and 10,000 draws of 3,321 x 60. Each side runs in a process of its
own, on one thread. The yardstick holds everything in memory: weights, one matrix product, argsort with ties,
and np.percentile of all ranks; it knows neither grades nor tiers, nor what is not applicable. Ours is the
whole call on an exact assessment: matrices, draws, grades, ranks, odds, tiers. Inputs come from a seed.

Time is that of the call alone, the median of several after one that warms up. Memory is the greatest resident
size of the whole process: interpreter, imports, and, for ours, the framework and 3,321 x 60 exact answers.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from common import Row, Say, in_turn, peak_megabytes, ratio_of, run_json


SIZES = {"63 × 88": (63, 88, 1_000, 15), "3,321 × 60": (3_321, 60, 10_000, 2)}
SMALL, LARGE = SIZES
PILLARS = 8
SURVEYED = 3
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
MORE = 4
TIMES = 3
ANCHOR, OURS, SURVEY, LONGER = "NumPy", "parindex", "parindex, survey error", "parindex, four times the draws"


def leaf(pillar: int, number: int, *, surveyed: bool) -> str:
    """A leaf of 2 points, by steps or by survey."""
    steps = "{from: 90, points: 2}, {from: 70, below: 90, points: 1}, {from: 50, below: 70, points: 0.5}"
    rule = "kind: satisfaction" if surveyed else f"kind: steps, steps: [{steps}]"
    return f"      - {{code: '{pillar}.{number}', name: c{number}, max: 2, rule: {{{rule}}}}}\n"


def write_inputs(folder: Path, units: int, leaves: int) -> None:
    """A framework of eight parts; percentages to a tenth, three leaves with an error in the second file."""
    import numpy as np

    codes: list[str] = []
    tree = ""
    for pillar, numbers in enumerate(np.array_split(np.arange(1, leaves + 1), PILLARS), start=1):
        tree += f"  - code: '{pillar}'\n    name: p{pillar}\n    max: {2 * len(numbers)}\n    children:\n"
        for n in numbers.tolist():
            tree += leaf(pillar, n, surveyed=len(codes) < SURVEYED)
            codes.append(f"{pillar}.{n}")
    bands = "[{id: a, name: A, min: 60}, {id: b, name: B, min: 45}, {id: c, name: C, min: 0}]"
    head = "parindex: 1\nid: bench\nversion: '1'\ntitle: Bench\nstatus: constructed\n"
    (folder / "framework.yaml").write_text(
        f"{head}tree:\n{tree}grades: {{bands: {bands}}}\n", encoding="utf-8"
    )
    percents = np.random.default_rng(1).integers(0, 1001, (units, leaves)) / 10
    for name, error in (("plain.csv", ""), ("survey.csv", "3")):
        rows = ["unit,criterion,answer,se"]
        for u, row in enumerate(percents.tolist(), start=1):
            rows += [
                f"unit {u},{c},{v},{error if k < SURVEYED else ''}"
                for k, (c, v) in enumerate(zip(codes, row, strict=True))
            ]
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def anchor(units: int, leaves: int, draws: int) -> Callable[[], object]:
    """Weights, product, ranks with ties, percentiles, as one would write it in NumPy."""
    import numpy as np

    random = np.random.default_rng(1)
    rates = random.integers(0, 4, (units, leaves)) / 3 * 100
    part = np.arange(leaves) * PILLARS // leaves
    first = np.flatnonzero(np.r_[True, np.diff(part) > 0])
    sizes = np.bincount(part)

    def run() -> object:
        weights = random.uniform(0.75, 1.25, (draws, leaves))
        weights *= (sizes / np.add.reduceat(weights, first, axis=1))[:, part] / leaves
        scores = weights @ rates.T
        order = np.argsort(-scores, axis=1)
        ordered = np.take_along_axis(scores, order, axis=1)
        new = np.ones(ordered.shape, bool)
        new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
        in_order = np.maximum.accumulate(np.where(new, np.arange(1, units + 1), 0), axis=1)
        ranks = np.empty_like(in_order)
        np.put_along_axis(ranks, order, in_order, axis=1)
        return np.percentile(ranks, [5, 50, 95], axis=0)

    return run


def ours(folder: Path, answers: str, draws: int) -> Callable[[], object]:
    """The analysis of the written inputs."""
    from parindex.core.formats.answers_file import read_answers
    from parindex.core.formats.framework_file import load_framework
    from parindex.core.kernel.assess import assess
    from parindex.core.kernel.robustness import simulate

    framework = load_framework(folder / "framework.yaml")
    assessment = assess(framework, read_answers(framework, folder / answers).table)
    return lambda: simulate(assessment, draws=draws, weights=0.25, seed=1)


def measure(side: str, size: str, folder: Path) -> None:
    """Print one side's seconds and megabytes as JSON."""
    units, leaves, draws, times = SIZES[size]
    if side == ANCHOR:
        run = anchor(units, leaves, draws)
    else:
        answers = "survey.csv" if side == SURVEY else "plain.csv"
        run = ours(folder, answers, draws * MORE if side == LONGER else draws)
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    print(json.dumps([statistics.median(taken), peak_megabytes()]))


def rows(say: Say) -> list[Row]:
    """Time and memory of every side of both sizes."""
    found: list[Row] = []
    for size, (units, leaves, draws, _) in SIZES.items():
        sides = (ANCHOR, OURS, SURVEY, *([LONGER] if size == LARGE else []))
        with TemporaryDirectory() as name:
            write_inputs(Path(name), units, leaves)
            commands = {side: [sys.executable, __file__, side, size, name] for side in sides}
            runs = in_turn(
                {side: partial(run_json, command, **ONE_THREAD) for side, command in commands.items()},
                times=TIMES,
                say=lambda text, size=size: say(f"{size}, {text}"),
            )
        found += compared(f"robustness, {size}, {draws:,} draws", runs, goals=GOALS[size])
    return found


GOALS = {SMALL: (1.5, None), LARGE: (0.5, 0.15)}


def compared(
    what: str, runs: dict[str, list[list[float]]], *, goals: tuple[float, float | None]
) -> list[Row]:
    """Rows of one size."""
    seconds = {side: [r[0] for r in runs[side]] for side in runs}
    memory = {side: [r[1] for r in runs[side]] for side in runs}

    def row(title: str, side: str, other: str, *, of: dict[str, list[float]], goal: float) -> Row:
        unit = "MB" if of is memory else "ms"
        ours, base = (statistics.median(of[s]) * (1 if of is memory else 1000) for s in (side, other))
        digits = 0 if min(ours, base) >= 100 else 1
        return Row(
            f"{what}{title}",
            f"{ours:.{digits}f} {unit}",
            f"{base:.{digits}f} {unit} ({other})",
            ratio_of(of[side], of[other]),
            goal,
        )

    speed, space = goals
    found = [
        row(": time", OURS, ANCHOR, of=seconds, goal=speed),
        row(", with survey error: time", SURVEY, ANCHOR, of=seconds, goal=3 * speed),
    ]
    if space:
        found += [
            row(": memory", OURS, ANCHOR, of=memory, goal=space),
            row(", with survey error: memory", SURVEY, ANCHOR, of=memory, goal=3 * space),
            row(", four times as many: memory", LONGER, OURS, of=memory, goal=1.05),
        ]
    return found


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
