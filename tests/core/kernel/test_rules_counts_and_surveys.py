"""Counts, deductions, surveys, branches and formulas as rules of a leaf."""

from fractions import Fraction

import pytest

from parindex.core.kernel.problems import AnswerRefused


COUNT = "kind: count, each: {points: 0.5}, unit: sáng kiến"
CAPPED = "kind: count, each: {percent: 25}, cap: 1.2"
DEDUCT = "kind: deduct, each: {points: 0.25}, floor: 0.5"
STARTED = "kind: deduct, each: {percent: 10}, start: {points: 1}"
OPTIONS = (
    "kind: survey_options, options: [{id: A, name: Rất tốt, weight: 100}, {id: B, name: Tốt, weight: 60}, "
    "{id: C, name: Trung bình, weight: 20}, {id: D, name: Kém, weight: 0}]"
)
BRANCH = (
    "kind: branch, branches: [{id: with-plan, name: có kế hoạch, rule: {kind: proportional}}, "
    "{id: without, name: không, rule: {kind: choice, options: [{id: ok, name: đạt, points: 1}]}}]"
)
FORMULA = (
    "kind: formula, inputs: [{id: a, name: đúng hạn}, {id: b, name: tổng}], "
    "expression: 'if(b = 0, 0, min(maximum, a / b * maximum))'"
)


@pytest.mark.parametrize(
    ("rule", "answer", "points"),
    [
        (COUNT, "0", "0"),
        (COUNT, "3", "3/2"),
        (COUNT, "4", "2"),
        (COUNT, "40", "2"),
        (CAPPED, "2", "1"),
        (CAPPED, "3", "6/5"),
        (DEDUCT, "0", "2"),
        (DEDUCT, "1", "7/4"),
        (DEDUCT, "6", "1/2"),
        (DEDUCT, "7", "1/2"),
        (STARTED, "0", "1"),
        (STARTED, "5", "0"),
        (STARTED, "6", "0"),
        (OPTIONS, "A=120;B=60;C=10;D=2", "79/48"),
        (OPTIONS, "D=0;C=0;B=5;A=0", "6/5"),
        (OPTIONS, "82,5", "33/20"),
        (OPTIONS, "100%", "2"),
        (OPTIONS + ", round: 1", "82.5", "17/10"),
        ("kind: satisfaction", "340/400", "17/10"),
        ("kind: satisfaction", "85", "17/10"),
        ("kind: satisfaction, round: 2", "1/3", "67/100"),
        (BRANCH, "with-plan: 12/15", "8/5"),
        (BRANCH, "without:ok", "1"),
        (FORMULA, "a=3;b=4", "3/2"),
        (FORMULA, "b=4;a=9", "2"),
        (FORMULA, "a=3;b=0", "0"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: x / 3, round: 2", "4", "133/100"),
    ],
)
def test_points_of_an_answer(tiny, rule, answer, points):
    """Exact awards; caps and floors at and beyond their bound."""
    assert tiny.score(rule, answer)[0] == Fraction(points)


def test_the_weighted_mean_of_a_survey_is_worked_by_hand(tiny):
    """120 A, 60 B, 10 C, 2 D by 100/60/20/0: 15 800 / 192 = 82.2917 %, of 2 points 1.6458.

    Weights: the survey of one province, A 100, B 60, C 20, D 0 percent (issue 2, section 2).
    """
    points, reason = tiny.score(OPTIONS, "A=120;B=60;C=10;D=2")
    assert reason.data["percent"] == Fraction(120 * 100 + 60 * 60 + 10 * 20, 192)
    assert reason.data["respondents"] == 192
    assert points == reason.data["percent"] / 100 * 2


@pytest.mark.parametrize(
    ("rule", "answer", "code"),
    [
        (COUNT, "1.5", "count_unreadable"),
        (COUNT, "-1", "count_unreadable"),
        (OPTIONS, "A=1;B=2", "input_missing"),
        (OPTIONS, "A=1;B=2;C=3;E=4", "option_unknown"),
        (OPTIONS, "A=1;A=2;C=3;D=4", "option_twice"),
        (OPTIONS, "A=0;B=0;C=0;D=0", "survey_empty"),
        (OPTIONS, "A=1.5;B=0;C=0;D=0", "count_unreadable"),
        (OPTIONS, "A=1;B;C=3;D=4", "input_unreadable"),
        (OPTIONS, "101", "ratio_over_100"),
        ("kind: satisfaction", "401/400", "ratio_over_100"),
        (BRANCH, "12/15", "branch_unknown"),
        (BRANCH, "other: 12/15", "branch_unknown"),
        (BRANCH, "without: 12", "option_unknown"),
        (FORMULA, "a=3", "input_missing"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: x", "3", "points_out_of_range"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: 0 - x", "1", "points_out_of_range"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: 1 / x", "0", "formula_division_by_zero"),
    ],
)
def test_what_cannot_be_scored_is_refused_by_name(tiny, rule, answer, code):
    """A result outside the leaf's range is refused, not cut."""
    with pytest.raises(AnswerRefused) as refusal:
        tiny.score(rule, answer)
    assert refusal.value.code == code


def test_a_branch_tells_its_case_beside_the_inner_reason(tiny):
    """The inner rule's code, with the case's id."""
    _, reason = tiny.score(BRANCH, "with-plan: 50")
    assert (reason.code, reason.data["branch"]) == ("proportional.share", "with-plan")


@pytest.mark.parametrize(
    ("rule", "answer", "code"),
    [
        (COUNT, "4", "count.each"),
        (COUNT, "5", "count.capped"),
        (DEDUCT, "0", "deduct.none"),
        (DEDUCT, "6", "deduct.cases"),
        (DEDUCT, "7", "deduct.floor"),
        (OPTIONS, "80", "survey_options.percent"),
        (FORMULA, "a=3;b=4", "formula.value"),
    ],
)
def test_the_reason_says_whether_a_cap_or_floor_bit(tiny, rule, answer, code):
    """Exactly at the bound it did not."""
    assert tiny.score(rule, answer)[1].code == code
