"""Grades of a batch of draws: bands with needs, caps and quotas, as in the exact result.

A test on an index sees the draw's index. A test on points sees the draw's share of the applicable maximum
times the nominal one, so that full marks stay full marks when a weight falls. Answers, bonus and penalty
items do not change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from parindex.core.kernel.framework import Condition, Quota
from parindex.core.kernel.grading import allowed_by, holds
from parindex.core.kernel.robustness.draws import Floats
from parindex.core.kernel.robustness.model import Batch, Group, Model, Part
from parindex.core.kernel.robustness.ranks import TOLERANCE, Flags, Integers, Order


Positions = npt.NDArray[np.int8]
Test = Callable[[Batch], Flags]

WHOLE = ""


class Grader:
    """Positions of the bands in a batch; a unit below every band has the position after the last."""

    def __init__(self, model: Model, orders: Mapping[str, Order]) -> None:
        policy = model.framework.grades
        self._model = model
        self._orders = orders
        self._bands = policy.bands
        self._ids = [b.id for b in policy.bands]
        self._needs = [[_test(model, c) for c in b.needs] for b in policy.bands]
        self._caps = [(self._ids.index(c.at_most), [_test(model, w) for w in c.when]) for c in policy.caps]
        self._quotas = sorted(policy.quotas, key=lambda q: self._ids.index(q.grade))
        self._simple = not (any(self._needs) or self._caps or self._quotas)
        self.counts = np.zeros((len(self._bands) + 1, len(model.units)), np.int64)

    def add(self, batch: Batch) -> None:
        """Count a batch of at most 255 draws."""
        if self._simple:
            self._count_bands(batch.index)
            return
        positions = self.positions(batch)
        for k in range(len(self.counts)):
            self.counts[k] += _count(np.asarray(positions == k))

    def _count_bands(self, index: Floats) -> None:
        """Where only the index decides, those at or above each band's least index."""
        before = np.zeros(index.shape[1], np.int64)
        for k, band in enumerate(self._bands):
            reached = _count(index >= float(band.min) - TOLERANCE)
            self.counts[k] += reached - before
            before = reached
        self.counts[-1] += len(index) - before

    def positions(self, batch: Batch) -> Positions:
        """Every unit's band, draws x units."""
        found: Positions = np.full(batch.index.shape, len(self._bands), np.int8)
        for k in reversed(range(len(self._bands))):
            held = batch.index >= float(self._bands[k].min) - TOLERANCE
            for need in self._needs[k]:
                held &= need(batch)
            found[held] = k
        for limit, tests in self._caps:
            hit = np.zeros(found.shape, np.bool_)
            for test in tests:
                hit |= test(batch)
            found[hit & (found < limit)] = limit
        if self._quotas:
            for group in self._model.groups:
                self._apply_quotas(found, batch.index, group)
        return found

    def _apply_quotas(self, found: Positions, index: Floats, group: Group) -> None:
        """Lower, in place, what exceeds a quota among a group's ranked units."""
        columns = slice(group.start, group.ranked)
        if group.start == group.ranked:
            return
        units, lower = self._orders[group.name].sort(index[:, columns])
        places = np.cumsum(lower, axis=1, dtype=np.int64)
        graded = np.take_along_axis(found[:, columns], units, axis=1)
        for quota in self._quotas:
            position = self._ids.index(quota.grade)
            allowed = self._allowed(quota, graded)
            at: Flags = np.asarray(graded == position)
            fallen = _over(at, places, allowed, keep=quota.ties == "keep")
            graded[fallen] = min(position + 1, len(self._ids) - 1)
        ranked = np.empty_like(graded)
        np.put_along_axis(ranked, units, graded, axis=1)
        found[:, columns] = ranked

    def _allowed(self, quota: Quota, graded: Positions) -> Integers:
        """How many units of the group may hold the quota's grade, per draw."""
        position = self._ids.index(quota.grade)
        counted = graded < len(self._bands)
        if quota.of is not None:
            other = self._ids.index(quota.of)
            counted = (graded <= position) | (graded == other)
        table = np.array([allowed_by(quota, n) for n in range(graded.shape[1] + 1)], np.int64)
        found: Integers = table[counted.sum(axis=1)]
        return found


def _over(at: Flags, places: Integers, allowed: Integers, *, keep: bool) -> Flags:
    """Which units at the grade fall, in ranking order; `places` are equal for equal units."""
    order = np.cumsum(at, axis=1, dtype=np.int64)
    beyond: Flags = np.logical_and(at, order > allowed[:, None])
    some = np.asarray(beyond.any(axis=1))
    first_out = np.take_along_axis(places, beyond.argmax(axis=1)[:, None], axis=1)
    fallen: Flags = np.logical_and(at, places >= first_out)
    if keep:
        last_in: Flags = np.logical_and(at, order == allowed[:, None])
        tied = np.asarray(np.logical_and(last_in, places == first_out).any(axis=1))
        fallen &= (places > first_out) | ~tied[:, None]
    fallen &= some[:, None]
    return fallen


def _count(flags: Flags) -> Integers:
    """True values per column, of at most 255 rows."""
    found: Integers = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint8).astype(np.int64)
    return found


def _test(model: Model, condition: Condition) -> Test:
    """A condition as a function of a batch."""
    if condition.answered or condition.node in model.framework.extras:
        look = model.assessment.node
        fixed = np.array([[holds(condition, partial(look, u)) for u in model.units]], np.bool_)
        return lambda batch: fixed
    tests = [
        (condition.index_below, True, True),
        (condition.index_at_least, False, True),
        (condition.points_below, True, False),
        (condition.points_at_least, False, False),
    ]
    limit, below, on_index = next(t for t in tests if t[0] is not None)
    return _threshold(model, condition.node, (limit or Fraction(0), below, on_index))


def _threshold(model: Model, code: str, test: tuple[Fraction, bool, bool]) -> Test:
    """A test on a node's index or points."""
    limit, below, on_index = test
    least = float(limit) - TOLERANCE
    part = None if code == WHOLE else model.node(code)
    nominal = model.nominal_maximum if part is None else node_maxima(model, code)

    def run(batch: Batch) -> Flags:
        if part is None:
            value = batch.index if on_index else batch.points / batch.maximum * nominal
        else:
            share = shares(part, batch)
            value = share * 100.0 if on_index else np.nan_to_num(share) * nominal
        return np.asarray(value < least if below else value >= least)

    return run


def shares(part: Part, batch: Batch) -> Floats:
    """A node's points over its applicable maximum; not a number where it does not apply."""
    with np.errstate(invalid="ignore"):
        return part.points(batch) / part.maxima(batch)


def node_maxima(model: Model, code: str) -> Floats:
    """A node's applicable maximum in the exact result, by column."""
    exact = model.assessment.totals.maxima[code]
    return np.array([float(exact[u]) for u in model.units])


def breakers(parts: Sequence[Part], batch: Batch, group: Group) -> list[Floats]:
    """Tie-breakers' indexes for a group's ranked units; -1 where one does not apply."""
    found = []
    for part in parts:
        index = shares(part, batch)[:, group.start : group.ranked] * 100.0
        found.append(np.where(np.isnan(index), -1.0, index))
    return found
