"""Two markings of the same things."""

from fractions import Fraction

import pytest

from parindex.core.kernel.agreement import Marks, agreement, kappa, level_of


def _pairs(counts):
    return [pair for pair, n in counts.items() for _ in range(n)]


def test_kappa_of_a_table_worked_by_hand():
    """50 cases, 35 alike: 0.7 observed; expected 25/50 x 30/50 + 25/50 x 20/50 = 0.5; kappa 0.2/0.5."""
    assert kappa(_pairs({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15})) == Fraction(2, 5)


def test_kappa_is_one_zero_or_negative():
    """Full agreement; what chance would give; systematic disagreement."""
    assert kappa(_pairs({("a", "a"): 3, ("b", "b"): 2})) == 1
    assert kappa(_pairs({("a", "a"): 1, ("a", "b"): 1, ("b", "a"): 1, ("b", "b"): 1})) == 0
    assert kappa(_pairs({("a", "b"): 2, ("b", "a"): 2})) == -1


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * 4])
def test_kappa_is_not_defined_without_variety(pairs):
    assert kappa(pairs) is None


@pytest.mark.parametrize(
    ("points", "maximum", "level"),
    [(0, 2, "none"), (1, 2, "part"), (2, 2, "full"), (-1, -2, "part"), (-2, -2, "full")],
)
def test_levels(points, maximum, level):
    assert level_of(Fraction(points), Fraction(maximum)) == level


def test_agreement_counts_equal_points_exactly():
    """A third is a third; half a point apart in the same category is no agreement on points."""
    marks = [
        Marks(Fraction(1, 3), Fraction(1, 3), Fraction(1)),
        Marks(Fraction(1), Fraction(1, 2), Fraction(2)),
        Marks(Fraction(2), Fraction(0), Fraction(2)),
    ]
    found = agreement(marks)
    assert (found.size, found.same, found.level) == (3, 1, 2)
    assert found.share == Fraction(100, 3)
    assert found.points == Fraction(-5, 2)


def test_nothing_marked_says_nothing():
    found = agreement([])
    assert (found.size, found.share, found.kappa, found.points) == (0, None, None, 0)
