"""A level to the end of the year: what stands at a day, such as overdue dossiers, and adds up to nothing.

It is taken for a walk: what it moved by from one day to another is chance, spread in proportion to the days
between. See ``docs/indicators.md`` for the formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

from parindex.core.kernel.forecast import NEEDED, TREND_FROM, Forecast, root, student


def forecast_level(levels: Mapping[date, Fraction], *, end: date, counted: bool) -> Forecast | None:
    """The level at the end of a year.

    Args:
        levels: what stood at the end of each day that anything is known of, none after `end`.
        counted: whether it counts cases; then it moved at least as if one case had come or gone.

    Returns:
        None where nothing is known. `steps` are the moves that it rests on.
    """
    known = sorted(levels.items())
    if not known:
        return None
    last, now = known[-1]
    moves = [(day - before, one - other) for (before, other), (day, one) in pairwise(known)]
    if last >= end:
        return Forecast(now, now, Fraction(0), now, now, len(moves))
    if len(moves) < NEEDED:
        return Forecast(now, now, None, None, None, len(moves))
    left, span = (end - last).days, (last - known[0][0]).days
    drift, freedom, far = Fraction(0), len(moves), Fraction(1)
    if len(moves) >= TREND_FROM:
        drift, freedom = (now - known[0][1]) / span, len(moves) - 1
        far = 1 + Fraction(left, span)
    misses = ((moved - drift * gap.days) ** 2 / gap.days for gap, moved in moves)
    spread = max(sum(misses, Fraction(0)) / freedom, Fraction(int(counted), span))
    value = max(Fraction(0), now + drift * left)
    error = root(spread * left * far)
    if not error:  # a number that never moved says nothing of how much it may
        return Forecast(now, value, None, None, None, len(moves))
    margin = error * student(freedom)
    low, high = max(Fraction(0), value - margin), value + margin
    return Forecast(now, value, error, low, high, len(moves), freedom < len(moves))
