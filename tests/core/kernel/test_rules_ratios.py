"""Rules on a ratio or a number: steps, proportional, linear."""

from fractions import Fraction

import pytest

from parindex.core.kernel.problems import AnswerRefused


STEPS = (
    "kind: steps, steps: [{from: 90, points: 2}, {from: 70, below: 90, percent: 50}, "
    "{above: 50, below: 70, points: 0.5}, {equals: 0, points: 0.1}]"
)
NUMBER = "kind: steps, input: number, steps: [{to: 2, points: 2}, {above: 2, to: 3.5, points: 1}]"
SHARE = "kind: proportional, full_at: 80, zero_below: 40"
LINE = "kind: linear, zero_at: 50, full_at: 90"
DOWN = "kind: linear, input: number, zero_at: 10, full_at: 2"


@pytest.mark.parametrize(
    ("rule", "answer", "points"),
    [
        (STEPS, "90", "2"),
        (STEPS, "90%", "2"),
        (STEPS, "9/10", "2"),
        (STEPS, "89,999999999999999999", "1"),
        (STEPS, "70", "1"),
        (STEPS, "69.99", "1/2"),
        (STEPS, "50", "0"),
        (STEPS, "0", "1/10"),
        (STEPS, "0/7", "1/10"),
        (STEPS, "2/3", "1/2"),
        (NUMBER, "2", "2"),
        (NUMBER, "2.0001", "1"),
        (NUMBER, "3,5", "1"),
        (NUMBER, "3.6", "0"),
        (SHARE, "80", "2"),
        (SHARE, "100", "2"),
        (SHARE, "79", "79/40"),
        (SHARE, "40", "1"),
        (SHARE, "39.99", "0"),
        (SHARE, "1/3", "0"),
        ("kind: proportional", "1/3", "2/3"),
        ("kind: proportional, round: 2", "1/3", "67/100"),
        ("kind: proportional, round: 1", "97,5", "2"),
        ("kind: proportional, over_100: allow, full_at: 120", "6/5", "2"),
        ("kind: proportional, input: number, full_at: 30", "12", "4/5"),
        (LINE, "50", "0"),
        (LINE, "49", "0"),
        (LINE, "70", "1"),
        (LINE, "90", "2"),
        (LINE, "99", "2"),
        (DOWN, "10", "0"),
        (DOWN, "6", "1"),
        (DOWN, "2", "2"),
        (DOWN, "0", "2"),
        ("kind: linear, zero_at: 0, full_at: 90, round: 2", "50", "111/100"),
    ],
)
def test_points_at_and_beside_every_bound(tiny, rule, answer, points):
    """`from` and `to` belong to a step, `above` and `below` do not; rounding only where it is declared."""
    assert tiny.score(rule, answer)[0] == Fraction(points)


@pytest.mark.parametrize(
    ("rule", "answer", "code"),
    [
        (STEPS, "16/15", "ratio_over_100"),
        (STEPS, "100,01", "ratio_over_100"),
        (STEPS, "3/0", "ratio_of_nothing"),
        (STEPS, "-3/5", "number_negative"),
        (STEPS, "-1", "number_negative"),
        (STEPS, "1e3", "number_unreadable"),
        (STEPS, "1/2/3", "number_unreadable"),
        (STEPS, "½", "number_unreadable"),
        (STEPS, "9" * 61, "number_unreadable"),
        (NUMBER, "-1", "number_negative"),
        (LINE, "nan", "number_unreadable"),
    ],
)
def test_a_value_no_office_can_have_is_refused(tiny, rule, answer, code):
    """More than all, parts of nothing, negative shares, numbers that are not plain."""
    with pytest.raises(AnswerRefused) as refusal:
        tiny.score(rule, answer)
    assert refusal.value.code == code


def test_the_reason_keeps_numerator_and_denominator(tiny):
    """A ratio is explained by its counts, not only by its percentage."""
    _, reason = tiny.score(STEPS, "12/15")
    assert (reason.code, reason.data["part"], reason.data["whole"]) == ("steps.step", 12, 15)
    assert (reason.data["value"], reason.data["step"]) == (80, 1)


@pytest.mark.parametrize(
    ("rule", "answer", "code"),
    [
        (STEPS, "50", "steps.outside"),
        (SHARE, "80", "proportional.full"),
        (SHARE, "60", "proportional.share"),
        (SHARE, "39", "proportional.below"),
        (LINE, "50", "linear.zero"),
        (LINE, "51", "linear.between"),
        (LINE, "90", "linear.full"),
    ],
)
def test_the_reason_says_which_part_of_the_scale_held(tiny, rule, answer, code):
    """One code a case."""
    assert tiny.score(rule, answer)[1].code == code
