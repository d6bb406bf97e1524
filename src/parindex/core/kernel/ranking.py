"""Order inside a ranking group: exact keys, declared ties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Literal


MANAGEABLE = 10**40


def rank(keys: Sequence[tuple[object, ...]], ties: Literal["competition", "dense"]) -> list[int]:
    """Ranks of comparable keys, the greatest first.

    Args:
        keys: one tuple per unit; equal tuples share a rank.
        ties: `competition` 1,2,2,4; `dense` 1,2,2,3.
    """
    order = sorted(range(len(keys)), key=lambda u: keys[u], reverse=True)
    ranks = [0] * len(keys)
    place = 0
    for position, unit in enumerate(order):
        if position == 0 or keys[unit] != keys[order[position - 1]]:
            place = position + 1 if ties == "competition" else place + 1
        ranks[unit] = place
    return ranks


def sortable(values: Sequence[Fraction | None]) -> list[tuple[int, int | Fraction]]:
    """Keys that order as the fractions do, None below all; integers where one denominator stays small."""
    common = 1
    for denominator in {v.denominator for v in values if v is not None}:
        common = lcm(common, denominator)
        if common > MANAGEABLE:
            return [(0, Fraction(0)) if v is None else (1, v) for v in values]
    return [(0, 0) if v is None else (1, v.numerator * (common // v.denominator)) for v in values]
