"""What a leader is told: lost points, medians, and which codes of two years may be compared."""

from fractions import Fraction

import pytest

from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.insights import group_medians, losses, median


SET = """
tree:
  - code: A
    name: a
    max: 10
    children:
      - {code: A1, name: b, max: 4, rule: {kind: points}}
      - {code: A2, name: c, max: 6, rule: {kind: points}}
  - {code: B, name: d, max: 5, rule: {kind: points}}
"""


def test_losses_come_largest_first_and_leave_out_what_does_not_apply(tiny):
    """6 − 1, then 4 − 2.5; the leaf that does not apply lost nothing."""
    result = tiny.assess(SET, "unit,criterion,answer\nx,A1,2.5\nx,A2,1\nx,B,n/a\n")
    assert losses(result, 0) == [("A2", 5), ("A1", Fraction(3, 2))]


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([3], 3), ([1, 9, 2], 2), ([1, 2, 3, 10], Fraction(5, 2))]
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_middle_values(values, middle):
    """Exactly."""
    assert median([Fraction(v) for v in values]) == middle


def test_medians_of_a_group_skip_units_to_which_a_node_does_not_apply(tiny):
    """20, 60 and none: 40."""
    result = tiny.assess(SET, "unit,criterion,answer\nx,B,1\ny,B,3\nz,B,n/a\n")
    assert group_medians(result, [0, 1, 2])["B"] == 40


def _next_year(tiny, links):
    return tiny.framework(f'id: next\n{SET}code_maps: [{{id: tiny, version: "1", codes: [{links}]}}]\n')


def test_the_same_set_is_comparable_throughout(tiny):
    """Every code and the whole."""
    one = tiny.framework(SET)
    assert comparable_codes(one, tiny.framework(SET)) == {c: c for c in ("", "A", "A1", "A2", "B")}


def test_only_what_is_called_the_same_or_renamed_is_comparable(tiny):
    """Split, merged, new and unlisted codes are not; the whole only where every root is."""
    links = "{relation: same, old: [A], new: [A]}, {relation: renamed, old: [A1], new: [A2]}"
    assert comparable_codes(_next_year(tiny, links), tiny.framework(SET)) == {"A": "A", "A2": "A1"}
    links += ", {relation: renamed, old: [B], new: [B]}"
    assert "" in comparable_codes(_next_year(tiny, links), tiny.framework(SET))


def test_a_map_reads_in_both_directions(tiny):
    """The earlier year looks at the later one through the later one's map."""
    later = _next_year(tiny, "{relation: renamed, old: [A1], new: [A2]}")
    assert comparable_codes(tiny.framework(SET), later) == {"A1": "A2"}


def test_sets_without_a_map_are_not_comparable(tiny):
    """Equal codes alone mean nothing."""
    assert comparable_codes(tiny.framework("id: other\n" + SET), tiny.framework(SET)) == {}
