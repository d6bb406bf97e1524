"""The least effort that reaches a gain: a multiple-choice knapsack, solved exactly.

A table over the effort, not over the points, so that gains need no grid: at each effort it holds the greatest
gain there is. Efforts are whole multiples of a common unit; a quick solution first bounds the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

from parindex.core.kernel.improvement.moves import Move


ZERO = Fraction(0)
Moves = Mapping[str, Sequence[Move]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of moves, at most one on a leaf.

    Attributes:
        moves: the greatest gain first.
    """

    moves: Sequence[Move]

    @property
    def effort(self) -> Fraction:
        """What all of it costs."""
        return sum((move.effort for move in self.moves), ZERO)

    @property
    def gain(self) -> Fraction:
        """By how much the index rises, in percentage points."""
        return sum((move.gain for move in self.moves), ZERO)

    @property
    def leaves(self) -> frozenset[str]:
        """The leaves it touches."""
        return frozenset(move.leaf for move in self.moves)


def cheapest(moves: Moves, need: Fraction, *, above: bool = False) -> Plan | None:
    """The plan of least effort whose gain is at least `need` (more than it, where `above`); of those the
    one that gains most. None where all moves together do not suffice.

    Efforts must be > 0.
    """
    if need < 0 or (need == 0 and not above):
        return Plan(())
    leaves = [list(options) for options in moves.values() if options]
    if not leaves:
        return None
    scale = lcm(*(m.gain.denominator for options in leaves for m in options))
    wanted = floor(need * scale) + 1 if above else ceil(need * scale)
    unit = lcm(*(m.effort.denominator for options in leaves for m in options))
    sized = [[(int(m.effort * unit), int(m.gain * scale)) for m in options] for options in leaves]
    bound = _enough(sized, wanted)
    if bound is None:
        return None
    picked = _table(sized, bound, wanted)
    chosen = [leaves[k][j] for k, j in picked]
    return Plan(sorted(chosen, key=lambda move: -move.gain))


Sized = Sequence[Sequence[tuple[int, int]]]


def _enough(leaves: Sized, wanted: int) -> int | None:
    """An effort that surely suffices: the most rewarding move of each leaf, the most rewarding leaf first,
    and where those do not do, every leaf at its best. None where even that is too little."""
    best = [max(options, key=lambda option: option[1]) for options in leaves]
    if sum(gain for _, gain in best) < wanted:
        return None
    rewarding = [max(options, key=lambda option: Fraction(option[1], option[0])) for options in leaves]
    gained = spent = 0
    for effort, gain in sorted(rewarding, key=lambda option: Fraction(option[1], option[0]), reverse=True):
        gained, spent = gained + gain, spent + effort
        if gained >= wanted:
            return spent
    return sum(effort for effort, _ in best)


def _table(leaves: Sized, bound: int, wanted: int) -> list[tuple[int, int]]:
    """Which option of which leaf, by the least effort that reaches what is wanted."""
    best = [0] * (bound + 1)
    taken: list[list[int]] = []
    for options in leaves:
        before = best
        best, choice = before[:], [-1] * (bound + 1)
        for j, (effort, gain) in enumerate(options):
            for spent in range(effort, bound + 1):
                if (total := before[spent - effort] + gain) > best[spent]:
                    best[spent], choice[spent] = total, j
        taken.append(choice)
    spent = next(e for e, gain in enumerate(best) if gain >= wanted)
    picked = []
    for k in range(len(leaves) - 1, -1, -1):
        j = taken[k][spent]
        if j >= 0:
            picked.append((k, j))
            spent -= leaves[k][j][0]
    return picked


def alternatives(moves: Moves, need: Fraction, *, above: bool = False, most: int = 3) -> Sequence[Plan]:
    """The cheapest plan, then the cheapest ones that each do without a leaf of the first: other ways for
    whoever cannot move that one. Least effort first, no two that touch the same leaves.
    """
    first = cheapest(moves, need, above=above)
    if first is None or not first.moves:
        return [] if first is None else [first]
    found = {first.leaves: first}
    for move in first.moves:
        left = {code: options for code, options in moves.items() if code != move.leaf}
        other = cheapest(left, need, above=above)
        if other is not None:
            found.setdefault(other.leaves, other)
    rest = sorted((p for p in found.values() if p is not first), key=lambda p: (p.effort, -p.gain))
    return [first, *rest][:most]
