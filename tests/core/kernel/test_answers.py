"""What can stand for a leaf: an input, ruled points, and four different nothings."""

from fractions import Fraction

import pytest

from parindex.core.kernel.answers import NO_ANSWER, Input, NoCase, NotApplicable, Ruled
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer, written


FOUR = """
tree:
  - code: A
    name: Phần
    max: 10
    children:
      - {code: L, name: Lá, max: 4, no_case: GIVES, rule: {kind: points}}
      - {code: M, name: Lá, max: 6, rule: {kind: points}}
"""


def _leaf(tiny, more="no_case: full", rule="kind: points"):
    return tiny.one_leaf(rule, more=more).leaves["L"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", NO_ANSWER),
        ("   ", NO_ANSWER),
        ("n/a", NotApplicable()),
        ("N/A", NotApplicable()),
        ("Không áp dụng", NotApplicable()),
        ("Kho\u0302ng a\u0301p du\u0323ng", NotApplicable()),
        ("no-case", NoCase()),
        ("không phát sinh", NoCase()),
        ("points:1.5", Ruled(Fraction(3, 2))),
        ("điểm: 1,5", Ruled(Fraction(3, 2))),
        ("0", Input(Fraction(0), "0")),
    ],
)
def test_words_are_read_in_either_language_and_any_unicode_form(tiny, text, answer):
    """Nothing said, not applicable, nothing arose, ruled, and the value 0 are five different things."""
    assert read_answer(_leaf(tiny), text) == answer


@pytest.mark.parametrize("text", ["", "n/a", "no-case", "points:1.5", "0", "1.25"])
def test_what_was_read_can_be_written_again(tiny, text):
    """The written form reads back as the same answer."""
    leaf = _leaf(tiny)
    answer = read_answer(leaf, text)
    assert read_answer(leaf, written(answer)) == answer


@pytest.mark.parametrize(
    ("answer", "gives", "points", "maximum", "index"),
    [
        ("", "full", 3, 10, 30),
        ("n/a", "full", 3, 6, 50),
        ("no-case", "full", 7, 10, 70),
        ("no-case", "zero", 3, 10, 30),
        ("no-case", "not_applicable", 3, 6, 50),
        ("0", "full", 3, 10, 30),
        ("points:4", "full", 7, 10, 70),
    ],
)
def test_each_nothing_changes_points_and_maximum_in_its_own_way(tiny, answer, gives, points, maximum, index):
    """With 3 of 6 elsewhere: no answer keeps the maximum, n/a lowers it, no-case does as declared."""
    result = tiny.assess(FOUR.replace("GIVES", gives), f"unit,criterion,answer\nA,L,{answer}\nA,M,3\n")
    unit = result.units[0]
    assert (unit.points, unit.applicable_max, unit.index) == (points, maximum, index)


def test_only_an_unanswered_leaf_makes_a_unit_incomplete(tiny):
    """Zero, n/a and no-case are answers."""
    text = FOUR.replace("GIVES", "zero")
    given = (
        "unit,criterion,answer\nnone,M,3\nzero,L,0\nzero,M,3\nna,L,n/a\nna,M,3\ncase,L,no-case\ncase,M,3\n"
    )
    result = tiny.assess(text, given)
    incomplete = {u.participant.name for u in result.units if any(r.code == "incomplete" for r in u.remarks)}
    assert incomplete == {"none"}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "no_answer"),
        ("n/a", "not_applicable"),
        ("no-case", "no_case"),
        ("points:1", "ruled"),
        ("1", "points.given"),
    ],
)
def test_the_reason_tells_the_nothings_apart(tiny, answer, reason):
    """Even where the points are the same."""
    assert tiny.score("kind: points", answer, more="no_case: zero")[1].code == reason


@pytest.mark.parametrize(
    ("rule", "text", "extra", "code"),
    [
        ("kind: points", "points:hai", {}, "number_unreadable"),
        ("kind: points", "1", {"se": "0.1"}, "se_not_survey"),
        ("kind: satisfaction", "80", {"se": "-1"}, "se_negative"),
        ("kind: satisfaction", "80", {"n": "0"}, "n_unreadable"),
        ("kind: satisfaction", "80", {"n": "12.5"}, "n_unreadable"),
    ],
)
def test_what_makes_no_sense_beside_an_answer_is_refused(tiny, rule, text, extra, code):
    """A standard error belongs to a surveyed or measured share, respondents are whole and positive."""
    with pytest.raises(AnswerRefused) as refusal:
        read_answer(_leaf(tiny, rule=rule), text, **extra)
    assert refusal.value.code == code


def test_no_case_is_refused_where_the_set_does_not_foresee_it(tiny):
    """The file, not the office, decides what an empty period gives."""
    with pytest.raises(AnswerRefused) as refusal:
        read_answer(_leaf(tiny, more=""), "no-case")
    assert refusal.value.code == "no_case_not_foreseen"


def test_ruled_points_stay_inside_the_leaf(tiny):
    """A ruling cannot give more than the maximum."""
    with pytest.raises(AnswerRefused) as refusal:
        tiny.score("kind: points", "points:2.01")
    assert refusal.value.code == "points_out_of_range"


def test_a_survey_value_keeps_its_error_and_respondents(tiny):
    """They stand beside the value for the robustness analysis and change no point."""
    answer = read_answer(_leaf(tiny, rule="kind: satisfaction"), "80%", se="1,5", n="400")
    assert answer == Input(Fraction(80), "80%", Fraction(3, 2), 400)
