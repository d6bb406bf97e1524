"""From what was measured to the year's end: worked by hand, and what must hold whatever was measured."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.forecast import Forecast, Light, Reading, forecast, light, steps_of, year_of


YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def _month(number, part, whole):
    start = date(2026, number, 1)
    reach = date(2026, number + 1, 1) - timedelta(days=1)
    return Reading(start, reach, Fraction(part), None if whole is None else Fraction(whole))


def test_two_months_of_a_share_worked_by_hand():
    """January 80 of 100, February 90 of 100: pooled 0.85; 59 of 365 days gone, so 200·306/59 cases to come.

    Residual spread per case: (100·0.05² + 100·0.05²)/1 = 0.5.
    """
    found = forecast([_month(1, 80, 100), _month(2, 90, 100)], **YEAR)
    coming = Fraction(200 * 306, 59)
    assert (found.now, found.end, found.steps, found.trend) == (Fraction(17, 20), Fraction(17, 20), 2, False)
    exact = float(coming / (200 + coming)) * float(Fraction(1, 2) * (1 / coming + Fraction(1, 200))) ** 0.5
    assert float(found.error) == pytest.approx(exact, abs=1e-11)
    assert float(found.error) == pytest.approx(0.045780, abs=1e-6)
    # t of one degree of freedom: 6.314; cut above at what can still happen, all of what is to come
    assert float(found.low) == pytest.approx(0.85 - 6.314 * exact, abs=1e-10)
    assert found.high == (170 + coming) / (200 + coming)


def test_a_steady_rise_is_carried_on():
    """Four months of a count that grows by the same each day: the line meets every point, chance remains."""
    months = [_month(n, 0, None) for n in range(1, 5)]
    days = [(r.reach - r.start).days + 1 for r in months]
    first = YEAR["start"].toordinal()
    rates = [Fraction(r.start.toordinal() + r.reach.toordinal(), 2) - first for r in months]
    grown = [
        Reading(r.start, r.reach, rate * n, None) for r, rate, n in zip(months, rates, days, strict=True)
    ]
    found = forecast(grown, **YEAR)
    assert found.trend
    assert found.end == sum(range(365))
    assert found.low < found.end < found.high


def test_few_equal_months_are_not_certain():
    """Chance alone would let the rest differ."""
    found = forecast([_month(1, 10, 10), _month(2, 10, 10)], **YEAR)
    assert found.end == found.high == 1
    assert found.low < 1


def test_a_year_measured_whole_is_its_value():
    """Nothing is left to guess."""
    found = forecast([Reading(YEAR["start"], YEAR["end"], part=Fraction(9), whole=Fraction(10))], **YEAR)
    assert found == Forecast(
        Fraction(9, 10), Fraction(9, 10), Fraction(0), Fraction(9, 10), Fraction(9, 10), 1
    )


def test_one_reading_in_mid_year_has_no_interval():
    """Its spread is unknown."""
    found = forecast([_month(1, 8, 10)], **YEAR)
    assert (found.end, found.error, found.low) == (Fraction(4, 5), None, None)
    assert light(found, Fraction(1, 2), higher_is_better=True) is Light.GREY


@pytest.mark.parametrize("readings", [[], [_month(1, 0, 0)]])
def test_nothing_that_arose_gives_nothing(readings):
    """No value, and no share of nothing."""
    assert forecast(readings, **YEAR) is None


def test_what_has_grown_since_january_is_taken_apart():
    """January–March less January–February is March; a correction downwards is no stretch of its own."""
    begun = [Reading(YEAR["start"], date(2026, m, 28), Fraction(m * 8), Fraction(m * 10)) for m in (1, 2, 3)]
    assert [(s.start, s.part, s.weight) for s in steps_of(begun)] == [
        (date(2026, 1, 1), 8, 10),
        (date(2026, 1, 29), 8, 10),
        (date(2026, 3, 1), 8, 10),
    ]
    fell = [begun[0], Reading(YEAR["start"], date(2026, 2, 28), Fraction(7), Fraction(10))]
    assert [s.part for s in steps_of(fell)] == [7]


def test_months_go_before_the_quarter_that_holds_them():
    """The most days first, then the most stretches; a quarter stands where months are missing."""
    quarter = Reading(date(2026, 1, 1), date(2026, 3, 31), Fraction(30), None)
    assert len(steps_of([quarter, *(_month(n, 10, None) for n in (1, 2, 3))])) == 3
    assert len(steps_of([quarter, _month(2, 10, None)])) == 1


def test_a_year_may_begin_in_december():
    """A set's own year stands for the year it ends in."""
    own = date(2025, 12, 15), date(2026, 11, 30)
    assert year_of([own, (date(2026, 1, 1), date(2026, 3, 31))], 2026) == own
    assert year_of([(date(2026, 1, 1), date(2026, 3, 31))], 2026) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("goal", "up", "found"),
    [
        (Fraction(7, 10), True, Light.GREEN),
        (Fraction(8, 10), True, Light.AMBER),
        (Fraction(9, 10), True, Light.AMBER),
        (Fraction(91, 100), True, Light.RED),
        (Fraction(9, 10), False, Light.GREEN),
        (Fraction(8, 10), False, Light.AMBER),
        (Fraction(69, 100), False, Light.RED),
        (None, True, Light.GREY),
    ],
)
def test_the_light_follows_the_interval_and_the_direction(goal, up, found):
    """Of 0.7 to 0.9."""
    made = Forecast(Fraction(8, 10), Fraction(8, 10), Fraction(1, 20), Fraction(7, 10), Fraction(9, 10), 5)
    assert light(made, goal, higher_is_better=up) is found


@st.composite
def _months_of(draw, *, share):
    months = draw(st.lists(st.integers(1, 11), unique=True, min_size=1))
    found = []
    for number in months:
        whole = draw(st.integers(0, 500))
        found.append(_month(number, draw(st.integers(0, whole)), whole if share else None))
    return found


@given(_months_of(share=True))
def test_a_share_stays_a_share_and_inside_its_interval(readings):
    """Whatever was measured, in whatever order."""
    found = forecast(readings, **YEAR)
    if found is None:
        assert not any(r.whole for r in readings)
        return
    assert found == forecast(readings[::-1], **YEAR)
    assert 0 <= found.now <= 1
    assert 0 <= found.end <= 1
    if found.low is not None:
        assert 0 <= found.low <= found.end <= found.high <= 1


@given(_months_of(share=False), st.integers(0, 10_000), st.booleans())
def test_a_count_is_never_less_than_what_was_counted(readings, goal, up):
    """So a goal that is reached stays green, and a limit that is passed stays red."""
    found = forecast(readings, **YEAR)
    assert found.end >= found.now
    if found.low is not None:
        assert found.now <= found.low <= found.end <= found.high
        shown = light(found, Fraction(goal), higher_is_better=up)
        if up and goal <= found.now:
            assert shown is Light.GREEN
        if not up and goal < found.now:
            assert shown is Light.RED
