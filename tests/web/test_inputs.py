"""A rule's form says the answer it was filled in with."""

import pytest
from django.http import QueryDict

from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.reading import read_answer
from parindex.data import minhhoa
from parindex.web.parts.inputs import answer_in, controls_of
from parindex.web.parts.templatetags.parts import cited_page


def posted_by(controls):
    """What a browser sends for controls as they are filled in."""
    sent = QueryDict(mutable=True)
    _fill(sent, controls)
    return sent


def _fill(sent, controls):
    for control in controls:
        for option in control.options:
            if option.checked:
                sent.appendlist(control.name, option.value)
            _fill(sent, option.controls)
        for key, value in control.values.items():
            sent[f"{control.name}.{key}" if key else control.name] = value


@pytest.mark.parametrize("sample", minhhoa.ROUNDS, ids=lambda r: r.code)
def test_a_form_that_is_sent_back_untouched_says_the_same(sample):
    """Through every kind of rule that the rounds hold."""
    framework = parse_framework(minhhoa.framework_file(sample), "f.yaml")
    _, answers = minhhoa.answers_of(sample)
    kinds = set()
    for row in answers:
        leaf = framework.leaves[row.leaf]
        if framework.method_of(row.leaf) == "survey" or row.text == "n/a":
            continue
        kinds.add(type(leaf.rule).__name__)
        said = answer_in(leaf, "x", posted_by(controls_of(leaf, "x", row.text)))
        read, again = read_answer(leaf, row.text), read_answer(leaf, said)
        assert getattr(again, "value", again) == getattr(read, "value", read), (row.leaf, row.text, said)
    assert len(kinds) >= 5


@pytest.mark.parametrize(
    ("rule", "posted", "said"),
    [
        ("kind: proportional", "x.part=12&x.whole=15", "12/15"),
        ("kind: proportional", "x.part=12&x.whole=", "12/"),
        (
            "kind: conditions, conditions: [{id: a, name: A, points: 1}, {id: b, name: B, points: 1}]",
            "x=a&x=b",
            "a;b",
        ),
        ("kind: conditions, conditions: [{id: a, name: A, points: 1}]", "x=none", "none"),
        ("kind: conditions, conditions: [{id: a, name: A, points: 1}]", "", ""),
        ("kind: deadline, due: 2024-01-31, in_time: {points: 2}", "x=2024-01-30", "2024-01-30"),
        ("kind: deadline, due: 2024-01-31, in_time: {points: 2}", "x.none=none&x=2024-01-30", "none"),
        (
            "kind: days_after, steps: [{within: 5, points: 2}]",
            "x=2024-02-03&x.base=2024-02-01",
            "2024-02-03;base=2024-02-01",
        ),
        ("kind: branch, branches: [{id: y, name: Y, rule: {kind: points}}]", "x=y&x.y=1,5", "y: 1,5"),
        (
            "kind: formula, inputs: [{id: a, name: A}, {id: b, name: B}], expression: a / b",
            "x.a=1&x.b=2",
            "a=1;b=2",
        ),
    ],
)
def test_a_filled_in_form_says_its_answer(tiny, rule, posted, said):
    """Half-filled ones say so much, for the rule to refuse."""
    leaf = tiny.one_leaf(rule).leaves["L"]
    assert answer_in(leaf, "x", QueryDict(posted)) == said


def test_nothing_arose_goes_before_what_else_is_filled_in(tiny):
    """Where the set foresees it."""
    leaf = tiny.one_leaf("kind: points", more="no_case: full").leaves["L"]
    assert answer_in(leaf, "x", QueryDict("x=1&x.instead=no-case")) == "no-case"
    (_, instead) = controls_of(leaf, "x", "no-case")
    assert instead.options[0].checked


@pytest.mark.parametrize(
    ("typed", "shown"), [("5", "tr. 5"), ("5-7", "tr. 5-7"), ("mục II.3", "mục II.3"), ("", "")]
)
def test_a_bare_number_cites_a_page(typed, shown):
    """Whatever else was typed stands as it is."""
    assert cited_page(typed) == shown
