"""Sorting and counting of ranks against counting one by one; quotas in draws against the exact ones."""

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.framework import Band, GradePolicy, Quota
from parindex.core.kernel.grading import allowed_by, apply_quotas
from parindex.core.kernel.ranking import rank
from parindex.core.kernel.robustness import ranks, simulate
from parindex.core.kernel.robustness.grades import _over
from parindex.core.kernel.robustness.ranks import Order, RankCounts
from parindex.core.kernel.robustness.result import tiers
from parindex.core.kernel.text import Text


def _counted(index, ties, *, batch=50, precision=None):
    """Rank counts of a matrix of indexes, in batches."""
    draws, size = index.shape
    order, counts = Order(size, 100, precision), RankCounts(size, ties, draws)
    for first in range(0, draws, batch):
        counts.add(*order.sort(index[first : first + batch].copy()))
    return counts


@pytest.mark.slow
@pytest.mark.parametrize("ties", ["competition", "dense"])
@pytest.mark.parametrize("levels", [3, 10_000])
def test_counts_are_those_of_ranking_every_draw_by_itself(monkeypatch, ties, levels):
    monkeypatch.setattr(ranks, "KEPT_DRAWS", 120)
    monkeypatch.setattr(ranks, "BLOCK", 200)
    index = np.random.default_rng(3).integers(0, levels, (400, 37)) / levels * 100
    each = np.array([rank([(v,) for v in row], ties) for row in index.tolist()])
    counts = _counted(index, ties)
    assert np.allclose(counts.shares(), [np.bincount(c, minlength=38)[1:] / 400 for c in each.T])
    expected = np.sort(each, axis=0)[[19, 199, 379]]
    assert counts.quantiles([5, 50, 95]).tolist() == expected.tolist()


@pytest.mark.slow
def test_groups_above_4096_are_counted_in_bins_of_neighbouring_ranks():
    index = np.random.default_rng(3).random((60, 9000)) * 100
    counts = _counted(index, "competition")
    places = (-index).argsort(axis=1).argsort(axis=1) + 1
    expected = np.sort(places, axis=0)[29]
    assert np.abs(counts.quantiles([50])[0] - expected).max() <= 2


def test_sums_that_floats_miss_by_a_hair_are_ties_and_a_millionth_is_not():
    third = 100 / 3
    index = np.array([[third, third + 1e-13, third + 1e-6, 0.0]])
    assert _counted(index, "competition").quantiles([50])[0].tolist() == [2, 2, 1, 4]


def test_an_exact_half_is_rounded_up_before_ranking_though_its_float_lies_below():
    index = np.array([[80.125 - 1e-13, 80.13, 80.1349, 80.1251, 80.12]])
    assert _counted(index, "competition", precision=2).quantiles([50])[0].tolist() == [1, 1, 1, 1, 5]


BANDS = tuple(Band(i, Text(i), Fraction(m)) for i, m in (("a", 80), ("b", 60), ("c", 0)))


@pytest.mark.slow
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.sampled_from([0, 10, 25, 50]),
    st.sampled_from(["keep", "fall"]),
    st.sampled_from(["down", "up", "half_up"]),
)  # fmt: skip
def test_who_falls_by_a_quota_is_as_in_the_exact_run(levels, percent, ties, rounding):
    """Indexes in steps of 10 from 60, so that many are equal at the limit."""
    indexes = {u: Fraction(60 + 10 * n) for u, n in enumerate(levels)}
    quota = Quota("a", Fraction(percent), rounding=rounding, ties=ties)
    graded = {u: int(i < 80) for u, i in indexes.items()}
    before = dict(graded)
    apply_quotas(GradePolicy(BANDS, (), (quota,)), graded, indexes=indexes, remarks={u: [] for u in indexes})
    units, lower = Order(len(levels), 100, None).sort(np.array([[float(i) for i in indexes.values()]]))
    at = np.array([[before[u] == 0 for u in units[0].tolist()]])
    allowed = np.array([allowed_by(quota, len(levels))])
    fallen = _over(at, np.cumsum(lower, axis=1), allowed, keep=ties == "keep")
    expected = {u for u in graded if graded[u] != before[u]}
    assert {u for u, f in zip(units[0].tolist(), fallen[0], strict=True) if f} == expected


@pytest.mark.parametrize(
    ("spreads", "expected"),
    [
        ([(1, 1, 1), (2, 2, 2)], [1, 2]),
        ([(1, 1, 2), (2, 1, 3), (3, 3, 4), (4, 3, 4)], [1, 1, 2, 2]),
        ([(3, 2, 3), (1, 1, 2), (2, 1, 3)], [1, 1, 1]),
        ([], []),
    ],
)
def test_a_tier_holds_those_that_overlap_its_first_unit(spreads, expected):
    assert tiers(spreads) == expected


@pytest.mark.slow
def test_memory_does_not_grow_with_the_draws(tiny):
    codes = [f"L{k}" for k in range(8)]
    leaves = ", ".join(f"{{code: {c}, name: {c}, max: 1, rule: {{kind: points}}}}" for c in codes)
    rows = np.random.default_rng(2).integers(0, 101, (300, 8)) / 100
    lines = [f"u{k}," + ",".join(map(str, row)) for k, row in enumerate(rows.tolist())]
    assessment = tiny.assess(f"tree: [{leaves}]", "\n".join(["unit," + ",".join(codes), *lines]) + "\n")

    def peak(draws):
        tracemalloc.start()
        simulate(assessment, draws=draws, weights=0.25, seed=1)
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)
    assert peak(16_000) < 1.1 * peak(5_000)
    assert all(not u.ranks for u in simulate(assessment, draws=9, weights=0.25, seed=1).units)
