"""The Monte Carlo itself: batches of draws through the model, counted as they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.robustness.draws import Normals, Uniforms
from parindex.core.kernel.robustness.grades import Grader, breakers
from parindex.core.kernel.robustness.model import Batch, Group, Model
from parindex.core.kernel.robustness.ranks import Flags, Integers, Order, RankCounts
from parindex.core.kernel.robustness.result import Robustness, UnitSpread, tiers
from parindex.core.kernel.robustness.weights import Multipliers


Progress = Callable[[int, int], None]

# a batch's matrix stays in a core's cache; 255 is the most an 8-bit counter holds
BATCH = 1 << 18
LEAST_BATCH, MOST_BATCH = 32, 255
SHOWN_RANKS = 200
PERCENTS = (5, 50, 95)


def simulate(
    assessment: Assessment, *, draws: int, weights: float, seed: int, progress: Progress | None = None
) -> Robustness:
    """How sure ranks and grades are if weights, and survey answers within their errors, could be others.

    In each draw every leaf's maximum is multiplied by its own uniform number from 1 - `weights` to 1 +
    `weights` and renormalised to its parent's total (`weights.Multipliers`); the share of the maximum that a
    unit earned stays, as does what is not applicable. A survey answer with a standard error moves by it,
    normally distributed, before its rule. Index policy, grades and ranking rules then work as in the exact
    result, in floats: indexes within `ranks.TOLERANCE` are equal. Bonus, penalty and lateness keep their
    points.

    Where nothing can vary (`weights` 0, no standard errors) every draw is the exact result, and is counted as
    such.

    Args:
        draws: how many; memory does not grow with them.
        weights: 0 to below 1.
        seed: equal seeds give equal draws, whatever the machine's batches.
        progress: called with draws done and to do.

    Raises:
        ValueError: `draws` below 1, or `weights` outside 0 to below 1.
    """
    if draws < 1 or not 0 <= weights < 1:
        raise ValueError(f"draws {draws}, weights {weights}")
    model = Model(assessment)
    spreads = {
        u: UnitSpread(o.participant.name, o.participant.group, o.rank, o.grade.id if o.grade else None)
        for u, o in enumerate(assessment.units)
    }
    if model.units and (weights or model.cells):
        spreads |= _spread(Simulation(model, (draws, weights, seed)).run(progress), spreads)
    else:
        spreads |= _certain(model, spreads)
    return Robustness([spreads[u] for u in range(len(spreads))], draws, weights, seed, model.normals)


class Simulation:
    """One run: its random numbers, and the counts they lead to."""

    def __init__(self, model: Model, recipe: tuple[int, float, int]) -> None:
        self.draws, spread, seed = recipe
        self.model = model
        policy = model.framework.ranking
        bound = model.bound(spread)
        self._uniforms = Uniforms(seed, len(model.codes), spread)
        self._normals = Normals(seed, model.normals)
        self._multipliers = Multipliers(model.framework, model.codes, model.kinds)
        self._breakers = [model.node(code) for code in policy.tie_breakers]
        sizes = {g.name: g.ranked - g.start for g in model.groups if g.ranked > g.start}
        self._orders = {name: Order(size, bound, policy.precision) for name, size in sizes.items()}
        by_index = {name: Order(size, bound, None) for name, size in sizes.items()}
        self.ranks = {name: RankCounts(size, policy.ties, self.draws) for name, size in sizes.items()}
        self.grader = Grader(model, by_index) if model.framework.grades.bands else None

    def run(self, progress: Progress | None = None) -> Simulation:
        """All draws, batch by batch."""
        size = min(max(BATCH // len(self.model.units), LEAST_BATCH), MOST_BATCH)
        for first in range(0, self.draws, size):
            self.count(self.batch(min(size, self.draws - first)))
            if progress:
                progress(min(first + size, self.draws), self.draws)
        return self

    def batch(self, draws: int) -> Batch:
        """The next draws."""
        multipliers = self._multipliers.take(self._uniforms.take(draws))
        return self.model.batch(multipliers, self._normals.take(draws))

    def count(self, batch: Batch) -> None:
        """Add a batch's grades and ranks to the counts."""
        if self.grader:
            self.grader.add(batch)
        for group in self.model.groups:
            if group.name in self.ranks:
                self.ranks[group.name].add(*self.order(batch, group))

    def order(self, batch: Batch, group: Group) -> tuple[Integers, Flags]:
        """A group's ranked units, best first, in each draw."""
        columns = batch.index[:, group.start : group.ranked]
        return self._orders[group.name].sort(columns, breakers(self._breakers, batch, group))


def _spread(done: Simulation, known: Mapping[int, UnitSpread]) -> dict[int, UnitSpread]:
    """Every drawn unit's line from the counts."""
    model = done.model
    found = {u: replace(known[u], grades=g) for u, g in _grades(done).items()}
    for group in model.groups:
        counts = done.ranks.get(group.name)
        if counts is None:
            continue
        units = model.units[group.start : group.ranked]
        low, median, high = (row.tolist() for row in counts.quantiles(PERCENTS))
        levels = tiers([(known[u].rank or 0, a, b) for u, a, b in zip(units, low, high, strict=True)])
        shares = counts.shares().tolist() if counts.size <= SHOWN_RANKS else [()] * counts.size
        for k, u in enumerate(units):
            line = found[u]
            found[u] = UnitSpread(
                line.name,
                line.group,
                line.rank,
                line.grade,
                median[k],
                low[k],
                high[k],
                line.grades,
                tuple(shares[k]),
                levels[k],
            )
    return found


def _grades(done: Simulation) -> dict[int, Mapping[str, float]]:
    """The share of each grade, by unit."""
    units = done.model.units
    if done.grader is None:
        return {u: {} for u in units}
    ids = [b.id for b in done.model.framework.grades.bands]
    shares = (done.grader.counts[: len(ids)].T / done.draws).tolist()
    return {u: dict(zip(ids, row, strict=True)) for u, row in zip(units, shares, strict=True)}


def _certain(model: Model, known: Mapping[int, UnitSpread]) -> dict[int, UnitSpread]:
    """Every unit's line where no draw can differ from the exact result."""
    ids = [b.id for b in model.framework.grades.bands]
    found: dict[int, UnitSpread] = {}
    for group in model.groups:
        units = model.units[group.start : group.stop]
        size = group.ranked - group.start
        levels = tiers([(r, r, r) for u in units[:size] if (r := known[u].rank) is not None])
        for k, u in enumerate(units):
            line = replace(known[u], grades={g: float(g == known[u].grade) for g in ids})
            if line.rank is not None:
                sure = tuple(float(r == line.rank) for r in range(1, size + 1)) if size <= SHOWN_RANKS else ()
                line = replace(
                    line,
                    median_rank=line.rank,
                    low_rank=line.rank,
                    high_rank=line.rank,
                    ranks=sure,
                    tier=levels[k],
                )
            found[u] = line
    return found
