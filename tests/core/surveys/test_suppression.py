"""Small parts are hidden so that no sum, and no difference of sums, tells of them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from parindex.core.surveys.suppression import shown


def test_a_small_part_takes_the_smallest_other_with_it():
    """Where what is hidden would be worked out from the whole."""
    assert shown({"a": 20, "b": 10, "c": 2}, 5) == {"a"}
    assert shown({"a": 20, "b": 2}, 5) == set()
    assert shown({"a": 20, "b": 3, "c": 3}, 5) == {"a"}
    assert shown({"a": 20, "b": 10}, 5) == {"a", "b"}
    assert shown({"a": 20, "b": 0}, 5) == {"a"}
    assert shown({"a": 4}, 5) == set()
    assert shown({}, 5) == set()


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(1, 12))
def test_the_whole_less_any_that_are_shown_is_nobody_or_enough(counts, limit):
    """For every choice of shown parts, too."""
    parts = dict(enumerate(counts))
    may = shown(parts, limit)
    assert all(parts[k] >= limit for k in may)
    for size in range(len(may) + 1):
        for some in combinations(may, size):
            left = sum(counts) - sum(parts[k] for k in some)
            assert left == 0 or left >= limit or not may
