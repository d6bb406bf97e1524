"""Order inside a ranking group."""

from fractions import Fraction

import pytest

from parindex.core.kernel.ranking import rank, sortable


PLAIN = "tree: [{code: L, name: Lá, max: 100, rule: {kind: points}}]\n"
TWO = """
tree:
  - {code: "1", name: a, max: 50, rule: {kind: points}}
  - {code: "2", name: b, max: 50, rule: {kind: points}}
"""
HEAD = "unit,criterion,answer\n"


def _ranks(result):
    return {u.participant.name: u.rank for u in result.units}


@pytest.mark.parametrize(("ties", "ranks"), [("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3])])
def test_equals_share_a_rank(tiny, ties, ranks):
    """1, 2, 2, 4 or 1, 2, 2, 3."""
    text = PLAIN + f"ranking: {{ties: {ties}}}\n"
    result = tiny.assess(text, HEAD + "a,L,90\nb,L,80\nc,L,80\nd,L,70\n")
    assert list(_ranks(result).values()) == ranks


def test_declared_tie_breakers_part_equals_in_turn(tiny):
    """Equal wholes: the greater index of the first differing node is ahead; still equal units share."""
    text = TWO + 'ranking: {tie_breakers: ["2", "1"]}\n'
    rows = "a,1,40\na,2,40\nb,1,39\nb,2,41\nc,1,39\nc,2,41\nd,1,41\nd,2,39\n"
    assert _ranks(tiny.assess(text, HEAD + rows)) == {"b": 1, "c": 1, "a": 3, "d": 4}


@pytest.mark.parametrize(("precision", "ranks"), [("", [1, 2, 3]), ("precision: 2", [1, 1, 3])])
def test_units_are_compared_exactly_unless_a_precision_is_declared(tiny, precision, ranks):
    """80.004 and 80.00 differ; at two decimals they do not; 79.994 rounds to 79.99."""
    text = PLAIN + f"ranking: {{{precision}}}\n"
    result = tiny.assess(text, HEAD + "a,L,80.004\nb,L,80\nc,L,79.994\n")
    assert list(_ranks(result).values()) == ranks


def test_precision_rounds_half_up(tiny):
    """79.995 is 80.00."""
    result = tiny.assess(PLAIN + "ranking: {precision: 2}\n", HEAD + "a,L,80\nb,L,79.995\n")
    assert list(_ranks(result).values()) == [1, 1]


def test_groups_are_ranked_apart(tiny):
    """Departments among departments, districts among districts."""
    rows = "unit,group,criterion,answer\na,sở,L,50\nb,huyện,L,90\nc,sở,L,60\nd,huyện,L,40\n"
    result = tiny.assess(PLAIN, rows)
    assert _ranks(result) == {"a": 2, "b": 1, "c": 1, "d": 2}
    assert {g: list(m) for g, m in result.groups().items()} == {"huyện": [1, 3], "sở": [2, 0]}


def test_a_unit_may_be_graded_and_not_ranked(tiny):
    """It takes no place from the others."""
    text = PLAIN + (
        "ranking: {not_ranked: [{units: [Thanh tra], ground: mới lập}]}\n"
        "grades: {bands: [{id: tot, name: Tốt, min: 80}]}\n"
    )
    result = tiny.assess(text, HEAD + "Thanh tra,L,95\nb,L,90\n")
    first, second = result.units
    assert (first.grade.id, first.rank, second.rank) == ("tot", None, 1)
    assert [r.code for r in first.remarks] == ["not_ranked"]


def test_nodes_rank_by_their_own_index(tiny):
    """A unit to which a node does not apply has no rank there."""
    result = tiny.assess(TWO, HEAD + "a,1,40\na,2,10\nb,1,n/a\nb,2,50\nc,1,45\nc,2,10\n")
    assert result.node_ranks("1") == [2, None, 1]
    assert result.node_ranks("2") == [2, 1, 2]


def test_keys_order_as_fractions_do_whatever_their_denominators():
    """Integers over one denominator where it stays small, fractions where it does not."""
    small = [Fraction(1, 3), None, Fraction(2, 7), Fraction(1, 3)]
    huge = [Fraction(k, 10**9 + k) for k in (7, 33, 87, 93, 97, 103)] + [None]
    assert rank([(k,) for k in sortable(small)], "competition") == [1, 4, 3, 1]
    assert rank([(k,) for k in sortable(huge)], "dense") == [6, 5, 4, 3, 2, 1, 7]
