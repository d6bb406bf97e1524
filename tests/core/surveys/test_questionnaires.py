"""Questionnaire files and answers to them: what is kept, what is refused, and where."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.problems import FileRefused
from parindex.core.surveys.answering import check_answers, from_form, plain_text
from parindex.core.surveys.questionnaire_file import (
    canonical_text,
    from_mapping,
    kept_questionnaire,
    load_questionnaire,
    parse_questionnaire,
    questionnaire_hash,
    to_mapping,
)
from parindex.core.surveys.targets import weighted_items
from parindex.core.wording.problems import sentence
from parindex.data.surveys import questionnaire_ids, questionnaire_path


EXIT = load_questionnaire(questionnaire_path("one-stop-exit"))
FULL = {
    "done_by": "counter",
    "in_time": "on_day",
    "s": dict.fromkeys(("place", "papers", "attitude", "guidance", "right", "heard"), "4"),
}


def _form(*questions, **more):
    return {
        "questionnaire": 1,
        "code": "t",
        "version": "1",
        "group": "citizens",
        "title": "Thử",
        "sections": [{"title": "Phần", "questions": list(questions)}],
        **more,
    }


def _choice(code, **more):
    options = [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]
    return {"code": code, "kind": "single", "text": code, "options": options, **more}


def _nested(depth):
    """A test of the question a within so many joins."""
    when = {"question": "a", "is": ["a"]}
    for k in range(depth):
        when = {("all", "any")[k % 2]: [when, {"question": "a", "is_not": ["b"]}]}
    return when


def _refused(*questions, **more):
    with pytest.raises(FileRefused) as caught:
        from_mapping(_form(*questions, **more), "f")
    for problem in caught.value.problems:
        assert sentence(problem.code, problem.data, "vi") != sentence(problem.code, problem.data, "en")
    return [p.code for p in caught.value.problems]


@pytest.mark.parametrize("code", questionnaire_ids())
def test_a_ready_questionnaire_is_known_by_what_it_says(code):
    """Kept text and plain values give it back; every text is in both languages, every source is named."""
    form = load_questionnaire(questionnaire_path(code))
    assert form.code == code
    assert kept_questionnaire(canonical_text(form)) == form == from_mapping(to_mapping(form))
    assert len(questionnaire_hash(form)) == 64
    texts = [form.title, *(s.title for s in form.sections), *(f.name for f in form.factors)]
    for question in form.questions:
        texts += [question.text, *(o.text for o in question.options), *(r.text for r in question.rows)]
    assert all(t.vi and t.en for t in texts)
    assert form.sources
    assert form.intro
    assert weighted_items(form, "", "share") or weighted_items(form, "", "index")


def test_the_order_of_keys_changes_no_hash():
    """A word does."""
    first = _form(_choice("a"))
    turned = dict(reversed(first.items()))
    assert questionnaire_hash(from_mapping(first)) == questionnaire_hash(from_mapping(turned))
    assert questionnaire_hash(from_mapping(first)) != questionnaire_hash(
        from_mapping(first | {"title": "Khác"})
    )


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([_choice("a", when={"question": "b", "is": ["a"]}), _choice("b")], "condition_looks_ahead"),
        ([_choice("a", when={"question": "a", "is": ["a"]})], "condition_loops"),
        (
            [
                _choice("a", when={"question": "b", "is": ["a"]}),
                _choice("b", when={"question": "a", "is": ["a"]}),
            ],
            "condition_loops",
        ),
        ([_choice("a", when={"any": [{"question": "b", "is": ["a"]},
                                     {"all": [{"question": "c", "is": ["a"]}]}]}),
          _choice("b"), _choice("c", when={"all": [{"any": [{"question": "a", "is": ["b"]}]}]})],
         "condition_loops"),
        ([_choice("a"), _choice("b", when=_nested(6))], "condition_too_deep"),
        ([_choice("a"), _choice("b", when={"any": [{"question": "a", "is": ["a"]}] * 21})],
         "condition_too_long"),
        ([_choice("a"), _choice("b", when={"all": [{"question": "a", "is": ["a"]}, {}]})],
         "condition_unclear"),
        ([_choice("a"), _choice("b", when={"all": [{"any": [{"question": "a", "is": ["z"]}]}]})],
         "condition_option_unknown"),
        ([_choice("a", when={"question": "z", "is": ["a"]})], "condition_question_unknown"),
        ([_choice("a"), _choice("b", when={"question": "a", "is": ["z"]})], "condition_option_unknown"),
        ([_choice("a"), _choice("b", when={"question": "a", "at_least": 1})], "condition_unfit"),
        ([_choice("a"), _choice("b", when={"question": "a"})], "condition_unfit"),
        ([_choice("a"), _choice("b", when={})], "condition_unclear"),
        ([_choice("a"), _choice("b", once=True, when={"question": "a", "is": ["a"]})], "condition_once"),
        ([_choice("a"), _choice("a")], "survey_code_twice"),
        ([_choice("a", options=[{"code": "x", "text": "1"}] * 2)], "survey_code_twice"),
        ([_choice("a", options=[])], "options_missing"),
        ([_choice("a b")], "code_not_plain"),
        ([{"code": "t", "kind": "text", "text": "t", "rows": [{"code": "r", "text": "r"}]}], "rows_not_for"),
        ([{"code": "t", "kind": "text", "text": "t", "longest": 0}], "longest_range"),
        ([{"code": "n", "kind": "number", "text": "n", "least": 3, "most": 2}], "limits_crossed"),
        ([_choice("a", kind="grid")], "grid_rows_missing"),
        ([_choice("a", factor="f")], "factor_unknown"),
        ([_choice("a", weight=0)], "survey_weight"),
        ([_choice("a", options=[{"code": c, "text": c, "score": 101} for c in "xy"])],
         "score_range"),
        ([_choice("a", options=[{"code": "x", "text": "x", "score": 1}, {"code": "y", "text": "y"}])],
         "scores_in_part"),
        ([_choice("a", options=[{"code": "x", "text": "x", "satisfied": True}, {"code": "y", "text": "y"}])],
         "satisfied_in_part"),
        ([], "questions_number"),
    ],
)  # fmt: skip
def test_what_contradicts_is_named(questions, code):
    """Whatever else is said."""
    assert code in _refused(*questions)


def test_the_line_of_a_mistake_is_told():
    """Of a file that a person wrote."""
    text = canonical_text(EXIT).replace('"kind":"text"', '"kind":"essay"')
    with pytest.raises(FileRefused) as caught:
        parse_questionnaire(text.encode().replace(b',"kind":"essay"', b',\n"kind":"essay"'), "f.yaml")
    assert [(p.line, p.code) for p in caught.value.problems] == [(2, "word_unknown")]


def test_factors_make_no_circle():
    """A part stands after what it is part of."""
    factors = [{"code": "x", "name": "X", "part_of": "y"}, {"code": "y", "name": "Y", "part_of": "x"}]
    assert _refused(_choice("a"), factors=factors) == ["factor_not_before"]


def test_a_full_form_is_kept_as_it_is():
    """Answers to questions that the form does not ask are left out."""
    found = check_answers(EXIT, {**FULL, "online_alone": "alone", "visits": "1,0", "wishes": "  nhanh  "})
    assert found.problems == ()
    assert found.answers == {**FULL, "visits": "1", "wishes": "nhanh"}
    assert "online_alone" not in found.shown


def test_a_posted_form_is_read_by_its_names():
    """Grids by question and row; other fields belong to the page."""
    fields = {"u1-done_by": ["online"], "u1-online_alone": ["paid"], "u1-s.place": ["5"], "csrf": ["x"]}
    assert from_form(EXIT, fields, "u1-") == {
        "done_by": "online",
        "online_alone": "paid",
        "s": {"place": "5"},
    }


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"done_by": "balloon"}, "answer_option_unknown"),
        ({"done_by": ["counter"]}, "answer_unreadable"),
        ({"visits": "nhiều"}, "answer_unreadable"),
        ({"visits": "1.5"}, "answer_not_whole"),
        ({"visits": "-1"}, "answer_number_range"),
        ({"s": {"nobody": "1"}}, "answer_row_unknown"),
        ({"s": {"place": "6"}}, "answer_option_unknown"),
        ({"s": "5"}, "answer_unreadable"),
        ({"wishes": "x" * 2001}, "answer_too_long"),
        ({"wishes": "e\u0301" * 1_000_000}, "answer_too_long"),
        ({"name": "An"}, "answer_question_unknown"),
        ({"in_time": ""}, "answer_required"),
    ],
)
def test_an_answer_that_does_not_fit_is_named(answers, code):
    """With its question, in both languages; nothing of it is kept."""
    found = check_answers(EXIT, {**FULL, **answers})
    (problem,) = [p for p in found.problems if p.code == code]
    assert problem.path[0] == next(iter(answers))
    assert sentence(problem.code, problem.data, "vi") != sentence(problem.code, problem.data, "en")


def test_several_choices_are_kept_in_the_order_of_the_form():
    """No opinion goes with no other; a limit holds."""
    options = [{"code": c, "text": c} for c in "abc"] + [{"code": "x", "text": "x", "no_opinion": True}]
    form = from_mapping(
        _form({"code": "m", "kind": "multiple", "text": "m", "options": options, "most_chosen": 2})
    )
    assert check_answers(form, {"m": ["c", "a"]}).answers == {"m": ["a", "c"]}
    codes = [
        check_answers(form, {"m": given}).problems[0].code for given in (["x", "a"], ["a", "b", "c"], ["q"])
    ]
    assert codes == ["no_opinion_with_others", "answer_too_many", "answer_option_unknown"]


def test_conditions_look_at_numbers_rows_and_several_tests():
    """And a question whose condition looks at one that was not asked is not asked either."""
    form = from_mapping(
        _form(
            {"code": "n", "kind": "number", "text": "n"},
            _choice("g", kind="grid", rows=[{"code": "r", "text": "r"}]),
            _choice(
                "a",
                when={"any": [{"question": "n", "at_least": 5}, {"question": "g", "row": "r", "is": ["b"]}]},
            ),
            _choice("b", when={"question": "a", "is_not": ["b"]}),
        )
    )
    assert check_answers(form, {"n": "5", "a": "a"}).shown == ("n", "g", "a", "b")
    assert check_answers(form, {"g": {"r": "b"}, "a": "b"}).shown == ("n", "g", "a")
    assert check_answers(form, {"n": "4.9", "a": "a", "b": "a"}).shown == ("n", "g")


def test_conditions_within_conditions_look_at_what_was_asked():
    """`c` is asked where b, or else a large number and a; `d` looks at `c`, which is conditional itself."""
    lot = {"all": [{"question": "n", "at_least": 5}, {"question": "a", "is_not": ["b"]}]}
    form = from_mapping(
        _form(
            _choice("a"),
            {"code": "n", "kind": "number", "text": "n"},
            _choice("b", when={"question": "a", "is": ["a"]}),
            _choice("c", when={"any": [{"question": "b", "is": ["b"]}, lot]}),
            _choice("d", when={"all": [{"question": "c", "is": ["a"]}, {"any": [lot, _nested(3)]}]}),
            _choice("e", when=_nested(5)),
        )
    )
    assert from_mapping(to_mapping(form)) == form
    given = {"a": "a", "b": "b", "c": "a", "d": "a"}
    assert check_answers(form, given).shown == ("a", "n", "b", "c", "d", "e")
    assert check_answers(form, given | {"b": "a"}).shown == ("a", "n", "b", "e")
    assert check_answers(form, given | {"b": "a", "n": "6"}).answers == given | {"b": "a", "n": "6"}
    assert check_answers(form, given | {"a": "b", "n": "6"}).answers == {"a": "b", "n": "6"}


def test_text_is_kept_as_text():
    """A script, emoji and Arabic stay; what no database keeps goes; Vietnamese is composed."""
    text = "<script>alert(1)</script> 😀 مرحبا"
    assert plain_text(text) == text
    assert plain_text("a\x00b\r\nc\ud800") == "ab\nc\ufffd"
    assert plain_text("Tie\u0302\u0301ng") == "Tiếng"


def test_a_sitting_asks_about_the_respondent_once():
    """Its own questions for themselves, those of a unit for themselves, conditions across."""
    form = from_mapping(_form(_choice("who", once=True), _choice("a", when={"question": "who", "is": ["b"]})))
    assert check_answers(form, {"who": "b", "a": "a"}, once=True).answers == {"who": "b"}
    assert check_answers(form, {"who": "b", "a": "a"}, once=False).answers == {"a": "a"}
    assert check_answers(form, {"who": "a", "a": "a"}, once=False).answers == {}


def test_weights_of_factors_by_hand():
    """Two contents of one weight: one with three questions, one with a single one: 1/6 each, and 1/2."""
    factors = [
        {"code": "p", "name": "P"},
        {"code": "s", "name": "S"},
        {"code": "s1", "name": "S1", "part_of": "s"},
    ]
    scored = [{"code": "y", "text": "y", "satisfied": True}, {"code": "n", "text": "n", "satisfied": False}]
    form = from_mapping(
        _form(
            *(_choice(f"p{k}", options=scored, factor="p") for k in range(3)),
            _choice("s0", options=scored, factor="s1"),
            _choice("alone", options=scored),
            factors=factors,
        )
    )
    sixth = Fraction(1, 6)
    weights = {i.code: w for i, w in weighted_items(form, "", "share")}
    assert weights == {"p0": sixth, "p1": sixth, "p2": sixth, "s0": Fraction(1, 2)}
    assert [i.code for i, _ in weighted_items(form, "s", "share")] == ["s0"]
    assert weighted_items(form, "", "index") == []


raw = st.dictionaries(
    st.one_of(st.sampled_from([q.code for q in EXIT.questions]), st.text(max_size=5)),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
        max_leaves=5,
    ),
)


@given(raw)
def test_whatever_is_sent_is_cleaned_or_named(given_answers):
    """What is kept comes through the check again unchanged."""
    found = check_answers(EXIT, given_answers)
    again = check_answers(EXIT, found.answers)
    assert again.answers == found.answers
    assert all(p.code == "answer_required" for p in again.problems)


@given(st.permutations(["q0", "q1", "q2", "q3"]), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_conditions_never_loop(order, looks_at):
    """A form that is accepted has conditions that only look back."""
    questions = [_choice(c, when={"question": f"q{looks_at[k]}", "is": ["a"]}) for k, c in enumerate(order)]
    questions[0].pop("when")
    try:
        form = from_mapping(_form(*questions))
    except FileRefused:
        return
    for place, question in enumerate(form.questions):
        assert all(
            [q.code for q in form.questions].index(t.question) < place
            for t in (question.when.tests() if question.when else ())
        )
