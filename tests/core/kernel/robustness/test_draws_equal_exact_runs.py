"""A draw is the exact result of a criteria set with other weights: same indexes, grades, ranks, ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from robustness_rounds import perturbed, rounds

from parindex.core.kernel.robustness import simulate
from parindex.core.kernel.robustness.model import Model
from parindex.core.kernel.robustness.ranks import RankCounts
from parindex.core.kernel.robustness.simulation import Simulation


pytestmark = pytest.mark.slow


def _check_draw(simulation, batch, row, exact):
    """Everything a draw says against an exact assessment."""
    model = simulation.model
    bands = [b.id for b in exact.framework.grades.bands] + [None]
    grades = simulation.grader.positions(batch)[row] if simulation.grader else None
    for column, unit in enumerate(model.units):
        outcome = exact.units[unit]
        assert batch.index[row, column] == pytest.approx(float(outcome.index), abs=1e-9)
        if grades is not None:
            assert bands[grades[column]] == (outcome.grade.id if outcome.grade else None)
    for group in model.groups:
        if group.ranked > group.start:
            counts = RankCounts(group.ranked - group.start, exact.framework.ranking.ties, 1)
            order, lower = simulation.order(batch, group)
            counts.add(order[row : row + 1], lower[row : row + 1])
            ranks = [exact.units[u].rank for u in model.units[group.start : group.ranked]]
            assert counts.quantiles([50])[0].tolist() == ranks


@given(rounds())
def test_nominal_weights_give_the_exact_indexes_grades_ranks_and_ties(assessment):
    model = Model(assessment)
    if model.units:
        simulation = Simulation(model, (1, 0.0, 1))
        _check_draw(simulation, simulation.batch(1), 0, assessment)


@given(rounds(), st.sampled_from([0.1, 0.25, 0.9]), st.integers(0, 2**63 - 1))
def test_a_draw_is_the_exact_result_under_its_weights(assessment, spread, seed):
    model = Model(assessment)
    if not model.units:
        return
    simulation = Simulation(model, (2, spread, seed))
    batch = simulation.batch(2)
    for row in range(2):
        _check_draw(
            simulation, batch, row, perturbed(assessment, _multipliers(model, batch.multipliers[row]))
        )


def _multipliers(model, row):
    """Multipliers of a draw by leaf and unit type, as fractions."""
    nodes = model.framework.nodes
    found = {}
    for t in "ab":
        alike = [
            k for k in model.kinds if all(nodes[c].max_for(k) == nodes[c].max_for(t) for c in model.codes)
        ]
        place = model.kinds.index(alike[0]) * len(model.codes) if alike else 0
        found |= {(c, t): Fraction(float(row[place + j])) for j, c in enumerate(model.codes)}
    return found


@given(rounds())
def test_without_spread_every_draw_counts_the_exact_rank_and_grade(assessment):
    result = simulate(assessment, draws=7, weights=0, seed=3)
    for unit, outcome in zip(result.units, assessment.units, strict=True):
        assert (unit.median_rank, unit.low_rank, unit.high_rank) == (outcome.rank,) * 3
        if outcome.grade:
            assert unit.grades[outcome.grade.id] == 1
        assert sum(unit.grades.values()) == (outcome.grade is not None)
        if outcome.rank:
            assert unit.ranks[outcome.rank - 1] == sum(unit.ranks) == 1


@given(rounds(), st.integers(0, 99))
def test_shares_are_probabilities_and_ranks_lie_in_the_group(assessment, seed):
    result = simulate(assessment, draws=300, weights=0.25, seed=seed)
    sizes = {}
    for unit in result.units:
        sizes[unit.group] = sizes.get(unit.group, 0) + (unit.rank is not None)
    for unit in result.units:
        assert sum(unit.grades.values()) <= 1 + 1e-12
        if unit.rank is not None:
            assert sum(unit.ranks) == pytest.approx(1)
            assert 1 <= unit.low_rank <= unit.median_rank <= unit.high_rank <= sizes[unit.group]
            assert len(unit.ranks) == sizes[unit.group]
        else:
            assert (unit.median_rank, unit.tier, unit.ranks) == (None, None, ())
