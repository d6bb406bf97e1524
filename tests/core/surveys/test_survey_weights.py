"""What an answer stands for, what figures are handed on, and groups of respondents together: by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey_forms import NO, YES, counting, item

from parindex.core.surveys.estimation import estimate, exact_value
from parindex.core.surveys.problems import SurveyRefused
from parindex.core.surveys.targets import Figure, combine, figure
from parindex.core.surveys.weights import design_weights, kish_effect, response_rate, response_weights


HALF = Fraction(1, 2)


def _figure(value, se, n=100):
    return Figure(Fraction(value), None if se is None else Decimal(se), Decimal(0), Decimal(100), n)


def test_a_weight_is_population_over_drawn():
    """120 of 30, nobody of 50."""
    assert design_weights([120, 50], [30, 0]) == (4, 0)


def test_a_silent_stratum_is_spoken_for_by_its_unit():
    """Unit a: 100 with 20 answers, 50 with none: 100/20 * 150/100 = 7.5. Unit b stands alone, c is silent."""
    found = response_weights([100, 50, 40, 30], [20, 0, 10, 0], ["a", "a", "b", "c"])
    assert found.weight == (Fraction(15, 2), 0, 4, 0)
    assert found.silent == (1, 3)
    assert found.unheard == ("c",)


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9), st.sampled_from("ab")), min_size=1, max_size=9)
)
def test_weights_of_a_unit_add_up_to_its_population(strata):
    """Where anybody of a stratum with a population answered."""
    population, answered, units = (list(column) for column in zip(*strata, strict=True))
    found = response_weights(population, answered, units)
    for unit in set(units) - set(found.unheard):
        mine = [k for k, u in enumerate(units) if u == unit]
        heard = sum(found.weight[k] * answered[k] for k in mine)
        assert heard == sum(population[k] for k in mine)


def test_unequal_weights_cost_precision():
    """Weights 1 and 3, ten answers each: 20 * (10 + 90) / 40² = 1.25; equal ones cost nothing."""
    assert kish_effect([Fraction(1), Fraction(3)], [10, 10]) == Fraction(5, 4)
    assert kish_effect([Fraction(2), Fraction(2)], [3, 9]) == 1
    assert kish_effect([Fraction(2)], [0]) is None


def test_a_rate_of_nothing_is_no_rate():
    """Nobody asked, nobody answered."""
    assert response_rate(30, 40) == Fraction(3, 4)
    assert response_rate(0, 0) is None


def test_counts_that_do_not_fit_are_refused():
    """Lists of other lengths, numbers below zero."""
    with pytest.raises(SurveyRefused, match="counts_unlike"):
        design_weights([1], [1, 2])
    with pytest.raises(SurveyRefused, match="count_below_zero"):
        response_weights([5], [-1], ["a"])
    with pytest.raises(SurveyRefused, match="counts_unlike"):
        response_weights([5], [1], [])


def test_a_figure_is_handed_on_exactly_in_percent():
    """24 of 30: 80 %, its error with six decimals in percentage points."""
    found = counting([(0, 0, YES)] * 24 + [(0, 0, NO)] * 6, [None], [1])
    alone = [(item(), Fraction(1))]
    told = figure(estimate(found, alone, "share"), 0, exact_value(found, alone, "share", unit=0))
    assert told.value == 80
    assert told.se == Decimal("7.427814")  # 100 * sqrt(0.8 * 0.2 / 29)
    assert told.spread == told.se
    assert told.n == 30
    assert figure(estimate(found, alone, "share"), 0, None) is None


def test_an_error_of_zero_among_few_is_not_handed_on_as_certainty():
    """Twelve satisfied: half of the interval over 1.96; of a census of twelve, nothing."""
    alone = [(item(), Fraction(1))]
    for population, spread in ((None, Decimal("6.75")), (12, Decimal(0))):
        found = counting([(0, 0, YES)] * 12, [population], [1])
        told = figure(estimate(found, alone, "share"), 0, exact_value(found, alone, "share", unit=0))
        assert told.se == 0
        assert round(told.spread, 2) == spread


def test_groups_together_by_their_weights():
    """(2 * 80 + 1 * 50) / 3 = 70, error the root of (2/3 * 3)² + (1/3 * 6)²."""
    found = combine([(Fraction(2), _figure(80, "3")), (Fraction(1), _figure(50, "6"))], missing="no_survey")
    assert found.value == 70
    assert found.se == Decimal("2.828427")
    assert found.n == 200
    assert found.low < 70 < found.high


def test_a_group_without_a_survey_is_never_zero():
    """The unit has no survey, or the others share the weight, as the survey declares."""
    groups = [(Fraction(2), _figure(80, "3")), (Fraction(1), None)]
    none, rescaled = combine(groups, missing="no_survey"), combine(groups, missing="rescale")
    assert (none.value, none.missing) == (None, (1,))
    assert (rescaled.value, rescaled.se, rescaled.missing) == (80, Decimal("3.000000"), (1,))
    assert combine([(Fraction(1), None)], missing="rescale").value is None


def test_a_group_of_unknown_spread_leaves_the_whole_without_an_error():
    """The value stands, the error is not guessed; a weight of zero is refused."""
    found = combine([(HALF, _figure(80, "3")), (HALF, _figure(60, None))], missing="no_survey")
    assert (found.value, found.se) == (70, None)
    with pytest.raises(SurveyRefused, match="group_weight"):
        combine([(Fraction(0), _figure(80, "3"))], missing="rescale")
