"""Odds worked out by hand: two leaves against each other, survey error at a threshold, policies."""

from statistics import NormalDist

import numpy as np
import pytest

from parindex.core.kernel.assess import assess
from parindex.core.kernel.robustness import simulate
from parindex.core.kernel.robustness.model import Model


TWO = """
    tree:
      - {{code: P, name: P, max: {p}, rule: {{kind: points}}}}
      - {{code: Q, name: Q, max: 2, rule: {{kind: points}}}}
    {more}
    """


def _two(p, more=""):
    """A set of two leaves, P and Q (2 points)."""
    return TWO.format(p=p, more=more)


@pytest.mark.parametrize(("maximum", "odds"), [("2", 0.5), ("3", 47 / 48), ("4", 1.0)])
def test_who_leads_when_each_is_full_on_one_leaf(tiny, maximum, odds):
    """One unit has all of P, the other all of Q, 2 points; P leads where u1 P > u2 2, u even on 0.75..1.25.

    P = 2: by symmetry 1/2. P = 3: it loses in the triangle u1 < 5/6, u2 > 1.5 u1, whose area is
    (1/12 x 1/8) / 2 = 1/192 of 1/4, so 1/48. P = 4: 3 > 2.5, always.
    """
    assessment = tiny.assess(_two(maximum), f"unit,P,Q\nmột,{maximum},0\nhai,0,2\n")
    first, second = simulate(assessment, draws=20_000, weights=0.25, seed=1).units
    assert first.ranks[0] == pytest.approx(odds, abs=0.012)
    assert second.ranks[0] == pytest.approx(1 - odds, abs=0.012)


def test_equal_answers_share_their_rank_in_every_draw(tiny):
    assessment = tiny.assess(_two("3"), "unit,P,Q\nmột,1,2\nhai,1,2\nba,1.3,1.8\n")
    one, two, _ = simulate(assessment, draws=2_000, weights=0.5, seed=4).units
    assert one.ranks == two.ranks
    assert one.ranks[1] + one.ranks[0] == 1


def test_a_rate_and_what_is_not_applicable_stay(tiny):
    """Full marks on all that applies is 100 % under any weights; half of everything is 50 %."""
    answers = "unit,P,Q\nmột,3,n/a\nhai,1.5,1\nba,n/a,1\n"
    grades = "grades: {bands: [{id: hon, name: h, min: 100}, {id: nua, name: n, min: 50}]}"
    assessment = tiny.assess(_two("3", grades), answers)
    odds = [dict(u.grades) for u in simulate(assessment, draws=500, weights=0.9, seed=1).units]
    assert odds == [{"hon": 1, "nua": 0}, {"hon": 0, "nua": 1}, {"hon": 0, "nua": 1}]


SURVEY = """
    tree:
      - {code: S, name: S, max: 10, method: survey, rule: {RULE}}
    grades: {bands: [{id: dat, name: Đạt, min: 80}, {id: chua, name: Chưa, min: 0}]}
    """


@pytest.mark.parametrize(
    ("rule", "number", "error", "odds"),
    [
        ("kind: satisfaction", "80", "2", 0.5),
        ("kind: satisfaction", "78", "2", 1 - NormalDist().cdf(1)),
        ("kind: satisfaction", "83", "1.5", NormalDist().cdf(2)),
        (
            "kind: steps, steps: [{from: 90, points: 10}, {below: 90, points: 5}]",
            "88",
            "2",
            1 - NormalDist().cdf(1),
        ),
        ("kind: linear, zero_at: 0, full_at: 50", "43", "3", NormalDist().cdf(1)),
    ],
)
def test_survey_error_enters_before_the_rule(tiny, rule, number, error, odds):
    """80 % of the maximum is reached where the moved number crosses the rule's own threshold for it."""
    framework = tiny.framework(SURVEY.replace("RULE", rule))
    answers = tiny.answers(framework, f"unit,criterion,answer,se\nmột,S,{number},{error}\n")
    result = simulate(assess(framework, answers.table), draws=20_000, weights=0, seed=1)
    assert result.survey_errors == 1
    assert result.units[0].grades["dat"] == pytest.approx(odds, abs=0.011)


WITHOUT_SURVEY = """
    index: {policy: rescale_then_add_survey, without_survey: POLICY}
    tree:
      - {code: P, name: P, max: 6, rule: {kind: points}}
      - {code: S, name: S, max: 4, method: survey, rule: {kind: satisfaction}}
    """


@pytest.mark.parametrize(("policy", "index"), [("rescale", 50), ("zero", 30)])
def test_a_unit_without_survey_is_rescaled_or_not_as_the_policy_says(tiny, policy, index):
    """Half of the 6 appraised points: 50 % of what applies, 30 % of the whole."""
    assessment = tiny.assess(WITHOUT_SURVEY.replace("POLICY", policy), "unit,P,S\nmột,3,n/a\n")
    model = Model(assessment)
    assert model.batch(np.ones((1, 2)), np.empty((1, 0))).index.tolist() == [[pytest.approx(index)]]


def test_full_marks_stay_full_marks_for_a_test_on_points(tiny):
    """P holds 3 of 3 whatever its weight, so the need of the best band is met; Q's 1 of 2 never is."""
    bands = (
        "grades: {bands: [{id: t, name: T, min: 1, needs: [{node: P, points_at_least: 3}]}, "
        "{id: k, name: K, min: 0}]}"
    )
    assessment = tiny.assess(_two("3", bands), "unit,P,Q\nmột,3,1\nhai,2,2\n")
    one, two = simulate(assessment, draws=300, weights=0.5, seed=1).units
    assert (one.grades["t"], two.grades["t"]) == (1, 0)


def test_a_round_in_which_nobody_has_an_index_has_no_odds(tiny):
    assessment = tiny.assess(_two("3"), "unit,P,Q\nmột,n/a,n/a\n")
    result = simulate(assessment, draws=10, weights=0.2, seed=1)
    assert result.units[0].median_rank is None
    assert not result.units[0].grades
