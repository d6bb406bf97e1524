"""Shares and their errors, against figures that others published and arithmetic shown by hand."""

import csv
from fractions import Fraction
from math import isinf, isnan, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey_forms import NO, NONE, UNSURE, YES, counting, item, scores

from parindex.core.surveys.estimation import Counting, Forms, Frame, estimate, exact_value
from parindex.core.surveys.intervals import t_quantile, two_sided


CASES = Path(__file__).parents[2] / "cases" / "surveys"
ONE = Fraction(1)
ITEM = item()
ALONE = [(ITEM, ONE)]


def _share(found):
    return estimate(found, ALONE, "share")


def _schools(name):
    """(values, column beside them) of a reference sample."""
    with (CASES / name).open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))[1:]
    return [int(r[1]) for r in rows], [r[0] for r in rows]


def _positions(values):
    known = sorted(set(values))
    return known, np.array([known.index(v) for v in values], np.int64)


def test_a_stratified_sample_gives_what_r_prints():
    """662.29, standard error 9.4089, 197 degrees of freedom (see the cases' README)."""
    values, types = _schools("api-stratified.csv")
    known, codes = _positions(values)
    population, drawn = {"E": 4421, "H": 755, "M": 1018}, {"E": 100, "H": 50, "M": 50}
    strata, at = _positions(types)
    frame = Frame(
        tuple(population[s] for s in strata), tuple(Fraction(population[s], drawn[s]) for s in strata)
    )
    found = Counting(Forms(np.zeros(200, int), at, {"q": codes.astype(np.int16)}), frame, 1)
    whole = estimate(found, [(scores(known), ONE)], "index")
    assert round(whole.value[0] * 1000, 2) == 662.29
    assert round(whole.se[0] * 1000, 4) == 9.4089
    assert whole.df[0] == 197
    exact = exact_value(found, [(scores(known), ONE)], "index", unit=0)
    sums = {s: sum(v for v, t in zip(values, types, strict=True) if t == s) for s in strata}
    assert exact == sum(Fraction(population[s], drawn[s]) * sums[s] for s in strata) / (6194 * 1000)


def test_a_sample_of_whole_clusters_gives_what_r_prints():
    """644.17, standard error 23.542: 15 districts of 757, with all their schools."""
    values, districts = _schools("api-clusters.csv")
    known, codes = _positions(values)
    _, cluster = _positions(districts)
    nobody = np.zeros(len(values), int)
    frame = Frame((757,), (Fraction(6194, 183),))
    found = Counting(Forms(nobody, nobody, {"q": codes.astype(np.int16)}, cluster), frame, 1)
    whole = estimate(found, [(scores(known), ONE)], "index")
    assert round(whole.value[0] * 1000, 2) == 644.17
    assert round(whole.se[0] * 1000, 3) == 23.542
    assert whole.df[0] == 14
    assert whole.deff[0] > 9


def test_two_strata_by_hand():
    """30 of 300 with 24 satisfied, 20 of 100 with 8 satisfied.

    Weights 10 and 5: share = (10*24 + 5*8) / (300 + 100) = 280/400 = 0.7.
    Variance = (3/4)² (1 - 30/300) s1²/30 + (1/4)² (1 - 20/100) s2²/20,
    s1² = 30/29 * 0.8 * 0.2, s2² = 20/19 * 0.4 * 0.6.
    """
    rows = [(0, 0, YES)] * 24 + [(0, 0, NO)] * 6 + [(0, 1, YES)] * 8 + [(0, 1, NO)] * 12
    found = _share(counting(rows, [300, 100], [10, 5]))
    first, second = 30 / 29 * 0.8 * 0.2, 20 / 19 * 0.4 * 0.6
    by_hand = (3 / 4) ** 2 * (1 - 30 / 300) * first / 30 + (1 / 4) ** 2 * (1 - 20 / 100) * second / 20
    assert found.value[0] == pytest.approx(0.7, abs=1e-15)
    assert found.se[0] == pytest.approx(sqrt(by_hand), rel=1e-12)
    assert (found.n[0], found.df[0]) == (50, 48)
    assert exact_value(counting(rows, [300, 100], [10, 5]), ALONE, "share", unit=0) == Fraction(7, 10)


def test_a_fpc_example_by_hand():
    """Five of 15 and three of 12 sampling units, R's small data set `fpc`: 5.448, 0.7413 and 0.6160.

    Values 2.8 4.1 6.8 6.8 9.2 with weight 3, and 3.7 6.6 4.2 with weight 4, here as thousandths of 10.
    """
    values = [280, 410, 680, 680, 920, 370, 660, 420]
    known, codes = _positions(values)
    stratum = np.array([0] * 5 + [1] * 3)
    forms = Forms(np.zeros(8, int), stratum, {"q": codes.astype(np.int8)})
    weight = (Fraction(3), Fraction(4))
    with_it = estimate(Counting(forms, Frame((15, 12), weight), 1), [(scores(known), ONE)], "index")
    without = estimate(Counting(forms, Frame((None, None), weight), 1), [(scores(known), ONE)], "index")
    assert with_it.value[0] * 10 == pytest.approx((3 * 29.7 + 4 * 14.5) / 27)
    s1 = sum((v - 5.94) ** 2 for v in (2.8, 4.1, 6.8, 6.8, 9.2)) / 4
    s2 = sum((v - 14.5 / 3) ** 2 for v in (3.7, 6.6, 4.2)) / 2
    by_hand = [
        (15 / 27) ** 2 * s1 / 5 * f1 + (12 / 27) ** 2 * s2 / 3 * f2 for f1, f2 in ((2 / 3, 3 / 4), (1, 1))
    ]
    assert with_it.se[0] * 10 == pytest.approx(sqrt(by_hand[0]))
    assert without.se[0] * 10 == pytest.approx(sqrt(by_hand[1]))
    assert without.deff[0] > 0


def test_who_has_no_opinion_is_counted_and_part_of_no_share():
    """Six satisfied, two not, two without opinion: 6 of 8, and ten sampling units for the variance.

    z is w (y - R) / Σw for the eight, 0 for the two: Σz² = (6 * 0.25² + 2 * 0.75²) / 64 with w = 1.
    """
    rows = [(0, 0, YES)] * 6 + [(0, 0, NO)] * 2 + [(0, 0, UNSURE)] * 2
    found = _share(counting(rows, [None], [1]))
    assert (found.forms[0], found.n[0], found.no_opinion[0]) == (10, 8, 2)
    assert found.value[0] == 0.75
    assert found.se[0] == pytest.approx(sqrt(10 / 9 * (6 * 0.25**2 + 2 * 0.75**2) / 64))


def test_a_unit_that_nobody_rated_has_no_survey():
    """Not a number, never zero."""
    found = counting([(0, 0, YES), (0, 0, NO), (1, 1, NONE), (1, 1, UNSURE)], [9, 9, 9], [1, 1, 1], units=3)
    shares = _share(found)
    assert shares.value[0] == 0.5
    assert all(isnan(x) for x in [*shares.value[1:], *shares.se[1:], *shares.low[1:], *shares.high[1:]])
    assert [exact_value(found, ALONE, "share", unit=u) for u in range(3)] == [Fraction(1, 2), None, None]


def test_a_stratum_with_one_answer_has_no_known_spread():
    """It is said, and no error is invented; the share stands."""
    found = _share(counting([(0, 0, YES), (0, 0, NO), (0, 1, YES)], [10, 10], [5, 10]))
    assert found.single[0]
    assert found.value[0] == pytest.approx(0.75)
    assert isnan(found.se[0])
    assert isnan(found.low[0])


def test_a_whole_population_has_no_error():
    """All ten of ten and the one of one."""
    found = _share(counting([(0, 0, YES)] * 7 + [(0, 0, NO)] * 3 + [(0, 1, YES)], [10, 1], [1, 1]))
    assert found.se[0] == 0
    assert found.low[0] == found.high[0] == pytest.approx(8 / 11)
    assert not found.single[0]


def test_more_answers_than_people_are_said():
    """An open link can bring them; the correction is left out then, not turned round."""
    found = _share(counting([(0, 0, YES), (0, 0, NO), (0, 0, NO)], [2], [1]))
    assert found.beyond[0]
    assert found.se[0] == pytest.approx(sqrt(3 / 2 * (2 / 3) ** 2 * 1 / 9 + 3 / 2 * 2 * (1 / 3) ** 2 / 9))


def test_twelve_satisfied_people_do_not_make_everybody_satisfied():
    """The lower limit is the exact binomial one: 0.025 to the power of 1/12, about 73.5 %."""
    found = _share(counting([(0, 0, YES)] * 12, [None], [1]))
    assert found.se[0] == 0
    assert found.low[0] == pytest.approx(0.025 ** (1 / 12))
    assert found.high[0] == 1


def test_the_interval_of_a_share_by_hand():
    """24 of 30: logit 1.3863, t at 29 degrees 2.0452, se 0.07428 / 0.16."""
    found = _share(counting([(0, 0, YES)] * 24 + [(0, 0, NO)] * 6, [None], [1]))
    se = sqrt(0.8 * 0.2 / 29)
    step = 2.0452296 * se / 0.16
    limits = [1 / (1 + np.exp(-(np.log(4) + s))) for s in (-step, step)]
    assert [found.low[0], found.high[0]] == pytest.approx(limits, rel=1e-6)


def test_a_mean_of_questions_has_one_value_for_each_respondent():
    """Two questions answered alike give the error of one; answered against each other, none."""
    two = [(item("a"), Fraction(1, 2)), (item("b"), Fraction(1, 2))]
    alike = [(0, 0, {"a": k, "b": k}) for k in (YES, YES, NO, YES)]
    against = [(0, 0, {"a": k, "b": 1 - k}) for k in (YES, YES, NO, YES)]
    one = _share(counting([(0, 0, k) for k in (YES, YES, NO, YES)], [None], [1]))
    assert estimate(counting(alike, [None], [1]), two, "share").se[0] == pytest.approx(one.se[0])
    assert estimate(counting(against, [None], [1]), two, "share").se[0] == pytest.approx(0, abs=1e-12)
    assert estimate(counting(against, [None], [1]), two, "share").value[0] == pytest.approx(0.5)


def test_a_question_without_opinions_leaves_the_mean_to_the_others():
    """Marked as a mean in part, here and in the exact value."""
    two = [(item("a"), Fraction(3, 4)), (item("b"), Fraction(1, 4))]
    found = counting([(0, 0, {"a": UNSURE, "b": YES}), (0, 0, {"a": UNSURE, "b": NO})], [None], [1])
    assert estimate(found, two, "share").in_part[0]
    assert estimate(found, two, "share").value[0] == 0.5
    assert exact_value(found, two, "share", unit=0) == Fraction(1, 2)


def test_one_sitting_that_rates_many_units_is_one_sampling_unit_of_each():
    """Three officials rate two units; the third knows nothing of the second unit and does not rate it."""
    rows = [(0, 0, YES, 0), (1, 0, NO, 0), (0, 0, NO, 1), (1, 0, YES, 1), (0, 0, YES, 2)]
    found = _share(counting(rows, [None], [1], units=2))
    assert found.value.tolist() == pytest.approx([2 / 3, 1 / 2])
    assert found.se[1] == pytest.approx(
        sqrt(3 / 2 * 2 * (0.5 / 2) ** 2)
    )  # three sampling units, one with z = 0


def test_quantiles_of_t_are_those_of_the_tables():
    """12.706, 4.303, 2.262, 1.984 and 1.96 as every table has them."""
    got = [round(t_quantile(k), 3) for k in (1, 2, 9, 99, 10_000)]
    assert got == [12.706, 4.303, 2.262, 1.984, 1.960]
    assert two_sided(t_quantile(200), 200) == pytest.approx(0.95)
    assert abs(t_quantile(201) - t_quantile(200)) < 1e-4
    assert isnan(t_quantile(0))
    assert not isinf(t_quantile(1))


rows_of_units = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([YES, NO, UNSURE, NONE])),
    min_size=1,
    max_size=40,
)


@given(rows_of_units, st.randoms())
def test_the_order_of_answers_does_not_matter(rows, random):
    """To the last figure that is shown, and to the exact value."""
    mixed = random.sample(rows, len(rows))
    first, second = (counting(r, [50, 60, None], [2, 3, 1], units=3) for r in (rows, mixed))
    for name in ("value", "se", "low", "high", "deff"):
        pair = [getattr(_share(c), name) for c in (first, second)]
        np.testing.assert_allclose(*pair, rtol=1e-9, atol=1e-12)
    assert [exact_value(first, ALONE, "share", unit=u) for u in range(3)] == [
        exact_value(second, ALONE, "share", unit=u) for u in range(3)
    ]


@given(st.lists(st.sampled_from([YES, NO]), min_size=2, max_size=50), st.integers(1, 9))
def test_equal_weights_give_the_plain_share_and_error(answers, weight):
    """p, and the square root of p (1 - p) / (n - 1)."""
    found = _share(counting([(0, 0, a) for a in answers], [None], [weight]))
    p, n = answers.count(YES) / len(answers), len(answers)
    assert found.value[0] == pytest.approx(p)
    assert found.se[0] == pytest.approx(sqrt(p * (1 - p) / (n - 1)), abs=1e-12)
    if 0 < p < 1:
        assert found.deff[0] == pytest.approx(1)


@given(st.lists(st.sampled_from([YES, NO, UNSURE]), min_size=1, max_size=30))
def test_a_census_has_no_error_whatever_was_said(answers):
    """Everybody of the stratum answered."""
    found = _share(counting([(0, 0, a) for a in answers], [len(answers)], [1]))
    if not isnan(found.value[0]):
        assert found.se[0] == 0


@given(rows_of_units)
def test_the_exact_value_is_the_estimate_and_limits_hold_it(rows):
    """Two ways to one number; shares and limits within 0 and 1, in order."""
    found = counting(rows, [50, 60, None], [Fraction(7, 3), 3, 1], units=3)
    shares = _share(found)
    for unit in range(3):
        exact = exact_value(found, ALONE, "share", unit=unit)
        assert isnan(shares.value[unit]) == (exact is None)
        if exact is not None:
            assert shares.value[unit] == pytest.approx(float(exact), abs=1e-12)
        if not isnan(shares.se[unit]):
            low, high = shares.low[unit], shares.high[unit]
            assert 0 <= low <= float(exact) + 1e-12
            assert float(exact) - 1e-12 <= high <= 1
