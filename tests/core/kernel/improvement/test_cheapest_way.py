"""The cheapest way up: exact, against every combination of small cases; by hand on worked ones."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.improvement import Move, Plan, alternatives, cheapest


def _moves(**leaves):
    """Moves by leaf from (gain, effort) pairs."""
    return {
        leaf: [Move(leaf, Fraction(gain), Fraction(gain), Fraction(effort)) for gain, effort in options]
        for leaf, options in leaves.items()
    }


def _every_plan(moves):
    """Each combination of at most one move a leaf."""
    for picked in product(*([None, *options] for options in moves.values())):
        yield Plan([move for move in picked if move is not None])


gains = st.fractions(Fraction(1, 50), 5, max_denominator=60)
efforts = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3)])
leaves = st.lists(st.lists(st.tuples(gains, efforts), min_size=1, max_size=3), min_size=1, max_size=5)


@pytest.mark.slow
@given(leaves, st.fractions(0, 12, max_denominator=40), st.booleans())
def test_no_combination_is_cheaper(options, need, above):
    """Nor gains more at the same effort; and where none suffices, none is given."""
    moves = _moves(**{f"c{k}": o for k, o in enumerate(options)})
    enough = [p for p in _every_plan(moves) if (p.gain > need if above else p.gain >= need)]
    found = cheapest(moves, need, above=above)
    if not enough:
        assert found is None
        return
    least = min(plan.effort for plan in enough)
    assert found.gain > need if above else found.gain >= need
    assert found.effort == least
    if need > 0 or above:
        assert found.gain == max(p.gain for p in enough if p.effort == least)
    assert len(found.leaves) == len(found.moves)


def test_two_small_moves_beat_one_great_one_that_costs_more():
    """0.6 + 0.5 for 2 against 1.2 for 3."""
    moves = _moves(a=[("1.2", 3)], b=[("0.6", 1)], c=[("0.5", 1)])
    assert cheapest(moves, Fraction("1.1")).leaves == {"b", "c"}
    assert cheapest(moves, Fraction("1.1"), above=True).leaves == {"a"}


def test_what_is_reached_already_costs_nothing():
    """An empty plan; to pass somebody with equal points it takes something."""
    moves = _moves(a=[("0.1", 1)])
    assert cheapest(moves, Fraction(0)) == Plan(())
    assert cheapest(moves, Fraction(-1), above=True) == Plan(())
    assert cheapest(moves, Fraction(0), above=True).leaves == {"a"}
    assert cheapest({}, Fraction(1)) is None


def test_other_ways_do_without_a_leaf_of_the_first():
    """The cheapest first; every other one leaves something of it alone; none twice."""
    moves = _moves(a=[("2", 1)], b=[("1", 1), ("2", 2)], c=[("1.5", 2)])
    plans = alternatives(moves, Fraction(2))
    assert [sorted(plan.leaves) for plan in plans] == [["a"], ["b"]]
    assert [plan.effort for plan in plans] == [1, 2]
    assert alternatives(moves, Fraction(9)) == []
    assert alternatives(moves, Fraction(0)) == [Plan(())]
