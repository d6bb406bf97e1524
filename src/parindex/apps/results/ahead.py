"""What stands between a unit and the places above it: said only where it can be said exactly.

Everything else stays as it is: the other units' results, the criteria that do not apply, bonus and penalty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.framework import Band, Framework, RankPolicy
from parindex.core.kernel.numbers import half_up


ZERO = Fraction(0)
CENT = 100  # points are asked for in hundredths
PLACES = 3

Enough = Callable[[Fraction], bool]
Losses = Sequence[tuple[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Step:
    """A place or a grade above, and what it takes.

    Attributes:
        rank: the place then held at least, whatever breaks ties; None for a grade.
        holder: the best placed of those who must be passed for it.
        grade: the grade then held; None for a place.
        gain: the smallest number of hundredths of a point that suffices.
        leaves: the fewest appraised or measured criteria whose full marks suffice, largest loss first; empty
            where all of them together do not.
    """

    gain: Fraction
    leaves: Sequence[str]
    rank: int | None = None
    holder: UnitLine | None = None
    grade: Band | None = None


def steps(table: GroupTable, line: UnitLine, nodes: Mapping[str, NodeLine]) -> list[Step]:
    """The next places above a unit, nearest first, then its next grade."""
    scale = points_per_percent(table.framework, line)
    if scale is None or line.index is None:
        return []
    losses = appraised_losses(table.framework, nodes)
    found = places(table, line, losses, scale=scale)
    band = next_grade(table.framework, line)
    if band is not None:
        wanted = (band.min - line.index) * scale
        gain = Fraction(ceil(wanted * CENT), CENT)
        found.append(Step(gain, fewest(losses, lambda points: points >= wanted), grade=band))
    return found


def points_per_percent(framework: Framework, line: UnitLine) -> Fraction | None:
    """Points that move the unit's index by one; None where one more point does not always move it alike."""
    policy = framework.index
    if line.index is None or line.points <= 0 or not _within(framework, line.index):
        return None
    if policy.policy == "total":
        return Fraction(1)
    return line.maximum / 100 if policy.policy == "applicable_maximum" else None


def index_with(table: GroupTable, line: UnitLine, gain: Fraction) -> Fraction | None:
    """The unit's index with so many points more; None where that cannot be said exactly."""
    scale = points_per_percent(table.framework, line)
    if scale is None or line.index is None:
        return None
    index, ceiling = line.index + gain / scale, table.framework.index.ceiling
    return index if ceiling is None else min(index, ceiling)


def rank_with(table: GroupTable, line: UnitLine, index: Fraction) -> int | None:
    """The rank that the unit would surely hold with an index, the others as they are; None where it is not
    ranked."""
    if line.rank is None:
        return None
    policy = table.framework.ranking
    mine = _key(index, policy)
    keys = [_key(u.index or ZERO, policy) for u in table.lines if u.rank is not None and u.code != line.code]
    better = [k for k in keys if k >= mine]
    return min(line.rank, 1 + len(set(better) if policy.ties == "dense" else better))


def _within(framework: Framework, index: Fraction) -> bool:
    """Whether an index lies below what the set lets an index be."""
    ceiling = framework.index.ceiling
    return ceiling is None or index < ceiling


def places(table: GroupTable, line: UnitLine, losses: Losses, *, scale: Fraction) -> list[Step]:
    """The next places a unit would surely hold, nearest first, and whom it passes for each."""
    policy, mine = table.framework.ranking, line.index or ZERO
    above = {
        u.code: (_key(u.index or ZERO, policy), u)
        for u in table.lines
        if u.rank is not None and line.rank is not None and u.rank < line.rank
    }
    found: dict[int, Step] = {}
    for passed in sorted({key for key, _ in above.values()}):
        gain, enough = _beyond(passed, mine, policy.precision, scale=scale)
        index = mine + gain / scale
        if len(found) == PLACES or not _within(table.framework, index):
            break
        key = _key(index, policy)
        better = [k for k, _ in above.values() if k >= key]
        rank = 1 + len(set(better) if policy.ties == "dense" else better)
        beaten = next(u for k, u in above.values() if k < key)
        found.setdefault(rank, Step(gain, fewest(losses, enough), rank=rank, holder=beaten))
    return list(found.values())


def _key(index: Fraction, policy: RankPolicy) -> Fraction:
    """An index as ranks compare it."""
    return index if policy.precision is None else half_up(index, policy.precision)


def next_grade(framework: Framework, line: UnitLine) -> Band | None:
    """The grade above, where the index alone decides on it."""
    grades = framework.grades
    if not line.grade_position or not grades.bands or grades.caps or grades.quotas:
        return None
    band = grades.bands[line.grade_position - 1]
    return None if band.needs or line.index is None or line.index >= band.min else band


def appraised_losses(framework: Framework, nodes: Mapping[str, NodeLine]) -> list[tuple[str, Fraction]]:
    """Points lost on the tree's leaves that are not surveyed, largest first: a survey's full mark is out of
    reach."""
    lost = [
        (code, nodes[code].lost)
        for code, node in framework.nodes.items()
        if node.is_leaf and nodes[code].lost and framework.method_of(code) != "survey"
    ]
    return sorted(lost, key=lambda pair: -pair[1])


def fewest(losses: Losses, enough: Enough) -> tuple[str, ...]:
    """The shortest head of the losses whose sum is enough; empty where none is."""
    total = ZERO
    for count, (_, lost) in enumerate(losses, start=1):
        total += lost
        if enough(total):
            return tuple(code for code, _ in losses[:count])
    return ()


def _beyond(
    other: Fraction, mine: Fraction, precision: int | None, *, scale: Fraction
) -> tuple[Fraction, Enough]:
    """The least gain in hundredths that passes another index as ranks compare it, and which gains do."""
    if precision is None:
        wanted = (other - mine) * scale
        return Fraction(floor(wanted * CENT) + 1, CENT), lambda points: points > wanted
    half = Fraction(1, 2 * 10**precision)
    wanted = (other + half - mine) * scale
    return Fraction(ceil(wanted * CENT), CENT), lambda points: points >= wanted
