"""A million survey answers of 3,321 units counted, with errors and replicates, beside NumPy in one run.

A million forms in three strata of each unit, one scale of five options and “no opinion”, from a seed. The
yardstick of counting is what one would write in NumPy for the shares alone: a weight of each row, two
bincounts and a division; ours also gives each unit's standard error with the finite-population correction,
design effect and interval. The yardstick of replicates is a bootstrap of 200 times by rows, of which ten are
run and their time is multiplied; ours draws counts. Time is that of the call, on arrays in memory, one
thread; both sides begin from the rows. Their shares are compared first.

Wanted are less than one and five seconds; as ratios, at most 4 and 0.35 of the yardsticks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from statistics import median
from typing import Any

from common import Row, Say, in_turn, ratio_of


UNITS, STRATA, FORMS, TIMES, ROUNDS = 3_321, 3, 1_000_000, 200, 5
ROWWISE = 10
ANCHOR, OURS = "NumPy", "parindex"


def world() -> tuple[Any, Any, Any]:
    """Forms, their frame, and the item."""
    import numpy as np

    from parindex.core.kernel.text import Text
    from parindex.core.surveys.estimation import Forms, Frame
    from parindex.core.surveys.questionnaire import Item, Option, Question

    options = tuple(Option(str(k), Text(str(k)), score=Fraction(25 * k), satisfied=k >= 3) for k in range(5))
    question = Question("q", "scale", Text("q"), options=(*options, Option("x", Text("x"), no_opinion=True)))
    random = np.random.default_rng(7)
    stratum = random.integers(0, UNITS * STRATA, FORMS)
    answers = random.choice(6, FORMS, p=(0.03, 0.05, 0.12, 0.35, 0.35, 0.1)).astype(np.int8)
    population = tuple(int(n) for n in np.bincount(stratum, minlength=UNITS * STRATA) * 4 + 1)
    weight = tuple(Fraction(k % 3 + 2) for k in range(UNITS * STRATA))
    forms = Forms(stratum // STRATA, stratum, {"q": answers})
    return forms, Frame(population, weight), Item("q", question, None, "", Fraction(1))


def plain(forms: Any, frame: Any) -> Any:
    """Weighted shares and nothing else."""
    import numpy as np

    answers = forms.answers["q"]
    weight = frame.weights[forms.stratum] * (answers < 5)
    whole = np.bincount(forms.unit, weights=weight, minlength=UNITS)
    return np.bincount(forms.unit, weights=weight * (answers >= 3), minlength=UNITS) / whole


def counted(forms: Any, frame: Any, item: Any) -> Any:
    """Our whole call: counts, shares, errors, effects, intervals."""
    from parindex.core.surveys.estimation import Counting, estimate

    return estimate(Counting(forms, frame, UNITS), [(item, Fraction(1))], "share")


def rowwise(forms: Any, frame: Any) -> float:
    """Seconds that 200 replicates by rows would take, from ten."""
    import numpy as np

    random, start = np.random.default_rng(1), time.perf_counter()
    for _ in range(ROWWISE):
        take = random.integers(0, FORMS, FORMS)
        weight = frame.weights[forms.stratum] * np.bincount(take, minlength=FORMS)
        answers = forms.answers["q"]
        weight = weight * (answers < 5)
        whole = np.bincount(forms.unit, weights=weight, minlength=UNITS)
        np.bincount(forms.unit, weights=weight * (answers >= 3), minlength=UNITS) / whole
    return (time.perf_counter() - start) * TIMES / ROWWISE


def replicated(forms: Any, frame: Any, item: Any) -> float:
    """Seconds of our 200 replicates, counting included."""
    from parindex.core.surveys.bootstrap import replicates
    from parindex.core.surveys.estimation import Counting

    start = time.perf_counter()
    replicates(Counting(forms, frame, UNITS), item, "share", times=TIMES, seed=1)
    return time.perf_counter() - start


def seconds(run: Callable[[], object]) -> float:
    """Of one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def rows(say: Say) -> list[Row]:
    """Counting, and replicates."""
    import numpy as np

    forms, frame, item = world()
    ours, theirs = partial(counted, forms, frame, item), partial(plain, forms, frame)
    np.testing.assert_allclose(ours().value, theirs(), rtol=1e-9)
    times = in_turn({ANCHOR: partial(seconds, theirs), OURS: partial(seconds, ours)}, times=ROUNDS, say=say)
    repeated = in_turn(
        {ANCHOR: partial(rowwise, forms, frame), OURS: partial(replicated, forms, frame, item)},
        times=2,
        say=say,
    )
    return [
        _row("survey: 1 million answers, 3,321 units, share with error (below 1 s)", times, goal=4),
        _row("survey: 200 replicates of them (below 5 s)", repeated, goal=0.35),
    ]


def _row(what: str, times: dict[str, list[float]], *, goal: float) -> Row:
    """Medians of both sides, and the ratio of runs that followed each other."""
    ours, anchor = (median(times[side]) for side in (OURS, ANCHOR))
    ratio = ratio_of(times[OURS], times[ANCHOR])
    return Row(what, f"{ours * 1000:,.0f} ms", f"{anchor * 1000:,.0f} ms", ratio, goal)
