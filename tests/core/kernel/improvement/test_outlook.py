"""The year ahead: computed by the whole arithmetic, the likely end between the low and the high one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.improvement import Measure, outlook, what_if
from parindex.core.kernel.reading import read_answer


SET = """
tree:
  - {code: A1, name: a, max: 50, rule: {kind: proportional}}
  - {code: A2, name: b, max: 30, rule: {kind: points}}
  - {code: A3, name: c, max: 20, rule: {kind: linear, zero_at: 100, full_at: 0}}
penalty: {items: [{code: P1, name: p, max: 5, rule: {kind: points}}]}
ranking: {ties: competition}
"""
ROWS = "unit,criterion,answer\na,A1,1/2\na,A2,10\na,A3,1/2\na,P1,4\nb,A1,3/5\nb,A2,15\nb,A3,1/2\n"


def _measure(result, code, *texts):
    leaf = result.framework.leaves[code]
    return Measure(*(read_answer(leaf, text) for text in texts))


def test_measures_and_tasks_are_put_in_and_the_rest_stays(tiny):
    """By hand: half to 60, then 70 of 50 points; a finished task brings 5, an open one 10 at most."""
    result = tiny.assess(SET, ROWS)
    assert result.units[0].index == 41
    measures = {"A1": _measure(result, "A1", "60/100", "70/100", "65/100", "75/100")}
    found = outlook(
        result, 0, measures, done={"A2": Fraction(5)}, coming={"A2": Fraction(30), "P1": Fraction(9)}
    )
    assert (found.so_far.index, found.end.index) == (51, 56)
    assert (found.low.index, found.high.index) == (Fraction(107, 2), Fraction(155, 2))
    assert found.points["A2"] == (15, 15, 15, 30)
    assert (found.so_far.rank, found.high.rank) == (2, 1)


def test_the_worse_end_is_the_one_that_gives_less(tiny):
    """Where less is better, the high value is the bad one."""
    result = tiny.assess(SET, ROWS)
    measures = {"A3": _measure(result, "A3", "40/100", "40/100", "20/100", "60/100")}
    found = outlook(result, 0, measures, done={}, coming={})
    assert found.points["A3"] == (12, 12, 8, 16)


def test_what_is_measured_is_not_counted_by_its_task_as_well(tiny):
    """The measure alone says how far it is; what does not apply or cannot be read stays."""
    result = tiny.assess(SET, ROWS.replace("a,A2,10", "a,A2,n/a"))
    measures = {
        "A1": _measure(result, "A1", *["60/100"] * 4),
        "A2": _measure(result, "A2", *["20"] * 4),
    }
    found = outlook(result, 0, measures, done={"A1": Fraction(9), "X": Fraction(1)}, coming={})
    assert set(found.points) == {"A1"}
    assert found.points["A1"] == (30, 30, 30, 30)


shares = st.integers(0, 100)


@pytest.mark.slow
def test_the_end_lies_between_low_and_high_and_each_view_is_a_full_recomputation(tiny):
    """Whatever is measured, whatever tasks bring."""
    result = tiny.assess(SET, ROWS)
    gains = st.fractions(0, 60, max_denominator=8)

    @given(st.tuples(shares, shares, shares), gains, gains)
    def holds(values, done, coming):
        measure = _measure(result, "A1", *(f"{v}/100" for v in (values[0], *values)))
        found = outlook(result, 0, {"A1": measure}, done={"A2": done}, coming={"A2": coming, "P1": coming})
        assert found.low.index <= found.end.index <= found.high.index
        again = what_if(result, 0, {"A1": measure.end}).node(0, "A1").points
        assert found.points["A1"][1] == again

    holds()
