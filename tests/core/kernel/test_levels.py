"""A level to the year's end: what stands at a day, with moves worked by hand."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.forecast import Light, light
from parindex.core.kernel.levels import forecast_level


END = date(2026, 12, 31)
WINTER = {date(2026, 1, 31): 40, date(2026, 2, 28): 46, date(2026, 3, 31): 44}


def _forecast(levels, *, counted=True):
    return forecast_level({d: Fraction(v) for d, v in levels.items()}, end=END, counted=counted)


def test_three_months_as_the_guide_works_them():
    """Two moves: no trend; the error by the days left."""
    found = _forecast(WINTER)
    assert (found.now, found.end, found.steps, found.trend) == (44, 44, 2, False)
    assert found.error**2 == pytest.approx((Fraction(36, 28) + Fraction(4, 31)) / 2 * 275)
    assert float(found.error) == pytest.approx(13.9474, abs=1e-4)
    assert (float(found.low), float(found.high)) == pytest.approx((3.2736, 84.7264), abs=1e-3)


def test_from_four_moves_on_the_way_so_far_goes_on():
    """Ten fewer each thirty days would be below nothing by the end: nothing is what there will be."""
    days = (date(2026, 1, 30), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 30))
    found = _forecast(dict(zip(days, (100, 90, 80, 70, 60), strict=True)))
    assert (found.trend, found.end, found.low) == (True, 0, 0)
    # all moves alike: as if one case had come or gone in 120 days; 215 days are left
    assert found.error**2 == pytest.approx(Fraction(1, 120) * 215 * (1 + Fraction(215, 120)))
    rising = _forecast(dict(zip(days, (60, 70, 80, 90, 100), strict=True)))
    assert rising.end == 100 + Fraction(40, 120) * 215
    assert light(rising, Fraction(100), higher_is_better=False) is Light.RED


def test_a_level_that_is_known_at_the_end_has_no_error():
    """However it moved."""
    found = _forecast({**WINTER, END: 7})
    assert (found.end, found.error, found.low, found.high) == (7, 0, 7, 7)


def test_one_move_says_too_little_and_a_number_that_never_moved_too():
    """A count that never moved may still move by one."""
    one = _forecast({date(2026, 1, 31): 3, date(2026, 2, 28): 4})
    assert (one.end, one.error, one.low) == (4, None, None)
    still = {date(2026, 1, 31): 5, date(2026, 2, 28): 5, date(2026, 3, 31): 5}
    assert _forecast(still, counted=False).error is None
    assert _forecast(still).error ** 2 == pytest.approx(Fraction(275, 59))
    assert _forecast({}) is None


@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 30)), st.integers(0, 10**6), min_size=1))
def test_whatever_the_level_the_interval_holds_the_forecast_and_is_not_below_nothing(levels):
    """And the order in which values are given says nothing."""
    found = _forecast(levels)
    assert found.end >= 0
    if found.low is not None:
        assert 0 <= found.low <= found.end <= found.high
    assert found == _forecast(dict(reversed(levels.items())))
