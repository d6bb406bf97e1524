"""Rules on what is the case: points given, levels, conditions."""

from fractions import Fraction

import pytest

from parindex.core.kernel.problems import AnswerRefused


CHOICE = "kind: choice, options: [{id: full, name: đủ, points: 2}, {id: part, name: một phần, percent: 25}]"
RANGE = (
    "kind: level_range, options: [{id: a, name: A, from: 1.5, to: 2}, "
    "{id: b, name: B, from: 0.5, to: 1.25}, {id: c, name: C, from: 0, to: 0}]"
)
ALL = "kind: all_or_nothing, conditions: [{id: plan, name: kế hoạch}, {id: report, name: báo cáo}]"
SUM = (
    "kind: conditions, conditions: [{id: plan, name: kế hoạch, points: 0.5}, "
    "{id: report, name: báo cáo, percent: 50}, {id: site, name: trang tin, points: 0.25}]"
)


@pytest.mark.parametrize(
    ("rule", "answer", "points"),
    [
        ("kind: points", "0", "0"),
        ("kind: points", "2", "2"),
        ("kind: points", "1,75", "7/4"),
        ("kind: points, step: 0.25", "1.75", "7/4"),
        (CHOICE, "full", "2"),
        (CHOICE, " FULL ", "2"),
        (CHOICE, "part", "1/2"),
        (RANGE, "a:1.5", "3/2"),
        (RANGE, "a:2", "2"),
        (RANGE, "b:1,25", "5/4"),
        (RANGE, "c", "0"),
        (ALL, "yes", "2"),
        (ALL, "có", "2"),
        (ALL, "plan;report", "2"),
        (ALL, "report", "0"),
        (ALL, "no", "0"),
        (SUM, "plan", "1/2"),
        (SUM, "report;plan", "3/2"),
        (SUM, "all", "7/4"),
        (SUM, "report ; site", "5/4"),
        (SUM, "none", "0"),
        (SUM, "không", "0"),
    ],
)
def test_points_of_an_answer(tiny, rule, answer, points):
    """The award, exactly, at both ends of every range."""
    assert tiny.score(rule, answer)[0] == Fraction(points)


@pytest.mark.parametrize(
    ("rule", "answer", "code"),
    [
        ("kind: points", "2.01", "points_out_of_range"),
        ("kind: points", "-0.1", "points_out_of_range"),
        ("kind: points", "hai", "number_unreadable"),
        ("kind: points", "1.000,5", "number_unreadable"),
        ("kind: points, step: 0.25", "1.7", "points_off_step"),
        (CHOICE, "none", "option_unknown"),
        (CHOICE, "full;part", "option_one"),
        (CHOICE, "full;full", "option_twice"),
        (RANGE, "a", "level_needs_points"),
        (RANGE, "a:1.4", "level_out_of_range"),
        (RANGE, "b:1.26", "level_out_of_range"),
        (RANGE, "a;b:1", "option_one"),
        (ALL, "plan;budget", "option_unknown"),
        (SUM, "plan;plan", "option_twice"),
    ],
)
def test_what_cannot_be_scored_is_refused_by_name(tiny, rule, answer, code):
    """Nothing is guessed, cut or rounded into range."""
    with pytest.raises(AnswerRefused) as refusal:
        tiny.score(rule, answer)
    assert refusal.value.code == code


def test_a_percentage_award_follows_the_maximum_of_the_unit_type(tiny):
    """25 % of 8 is 2; the same rule under 2 gives 0.5."""
    assert tiny.score(CHOICE, "part", max="8")[0] == 2


@pytest.mark.parametrize(
    ("rule", "answer", "code", "data"),
    [
        (CHOICE, "part", "choice.option", {"option": "part", "award": Fraction(1, 2)}),
        (ALL, "plan", "all_or_nothing.some", {"met": ("plan",), "missing": ("report",)}),
        (ALL, "đủ", "all_or_nothing.all", {"met": ("plan", "report")}),
        (
            SUM,
            "report",
            "conditions.sum",
            {"met": ("report",), "missing": ("plan", "site"), "award": Fraction(1)},
        ),
        (
            RANGE,
            "b:1",
            "level_range.level",
            {"option": "b", "given": Fraction(1), "from": Fraction(1, 2), "to": Fraction(5, 4)},
        ),
    ],
)
def test_the_reason_names_what_decided(tiny, rule, answer, code, data):
    """Codes and data, from which wording makes the sentence."""
    reason = tiny.score(rule, answer)[1]
    assert (reason.code, dict(reason.data)) == (code, data)


def test_an_id_wins_over_a_general_word(tiny):
    """Where a condition is itself called `all`, naming it means only that one."""
    rule = "kind: conditions, conditions: [{id: all, name: A, points: 1}, {id: b, name: B, points: 1}]"
    assert tiny.score(rule, "all")[0] == 1
