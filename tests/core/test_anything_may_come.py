"""Whatever stands in a file, the core refuses it or uses it; it never breaks (Hypothesis)."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework, parse_framework
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.assess import assess
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer
from parindex.core.kernel.rules import Terms
from parindex.core.kernel.rules.language import FormulaRefused, evaluate, parse
from parindex.core.wording.problems import sentence
from parindex.data import framework_path


pytestmark = pytest.mark.slow
SAMPLE = """\
parindex: 1
id: tiny
version: "1"
title: {vi: Bộ, en: Set}
status: constructed
unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]
holidays: [2024-01-01]
tree:
  - code: A
    name: Phần
    max: {so: 10, xa: 7}
    children:
      - {code: A1, name: a, max: {so: 4, xa: 1}, no_case: full, rule: {kind: points, step: 0.25}}
      - code: A2
        name: b
        max: 3
        rule: {kind: steps, steps: [{from: 90, points: 3}, {below: 90, percent: 50}]}
      - code: A3
        name: c
        max: 3
        rule: {kind: formula, inputs: [{id: x, name: x}], expression: "min(maximum, x / 2)"}
bonus: {max: 1, items: [{code: B, name: b, max: 1, rule: {kind: count, each: {points: 0.5}}}]}
index: {policy: applicable_maximum, ceiling: 100}
grades:
  bands:
    - {id: g, name: Tốt, min: 80, needs: [{node: A1, points_at_least: 1}]}
    - {id: k, name: Khá, min: 0}
ranking: {ties: dense, tie_breakers: [A1], precision: 2}
late_submission: {steps: [{from_day: 1, points: 1}], refused_after: 5}
"""
UNTYPED = (
    SAMPLE.replace("unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]\n", "")
    .replace("{so: 10, xa: 7}", "10")
    .replace("{so: 4, xa: 1}", "4")
)
ODD = [
    "", " ", "\n", "  ", "-", "- ",
    ":", ": ", "{", "}", "[", "]", "[]", "{}", "#", "'", '"', "&a", "*a", "!!x",
    "|", ">", "%", "?",
    "null", "~", "yes", "0", "-1", "1/0", "1/3", "1e9", ".nan", "99999999999999999999", "2024-02-30", "so",
    "A", "A1", "kind",
    "rule", "children", "max", "points", "branch", "ồ", "\ufeff", "\x85", "\u2028", "\t", "\0", "<<",
]  # fmt: skip
tokens = st.one_of(st.sampled_from(ODD), st.text(max_size=6))
answers = st.one_of(
    st.text(max_size=20),
    st.text("0123456789.,/%-+=;: abxABCDE", max_size=24),
    st.sampled_from(
        ["none", "all", "yes", "n/a", "no-case", "points:1", "points:", "a;b", "A=1;B=2", "2024-01-31"]
    ),
    st.dates().map(str),
)
LEAVES = [
    leaf
    for name in ("binhthuan-2024", "khanhhoa-2026-annual-commune", "minhhoa-2025-communes")
    for leaf in load_framework(framework_path(name)).leaves.values()
]
KINDS = {leaf.rule.kind: leaf for leaf in LEAVES}


def _told(refusal):
    """Every refusal can be said in both languages."""
    for problem in refusal.problems:
        assert sentence(problem.code, problem.data, "vi")
        assert sentence(problem.code, problem.data, "en")


def _tried(content):
    try:
        return parse_framework(content, "f.yaml")
    except FileRefused as refusal:
        _told(refusal)
        return None


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_as_a_framework(content):
    """Read or refused."""
    _tried(content)


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 12), tokens), min_size=1, max_size=3))
def test_any_slip_of_the_hand_in_a_framework(slips):
    """A sound file with pieces cut out and others put in; what passes the check can score an empty sheet."""
    text = SAMPLE
    for at, cut, new in slips:
        text = text[:at] + new + text[at + cut :]
    framework = _tried(text.encode("utf-8", "surrogatepass"))
    if framework is not None:
        from parindex.core.kernel.answers import AnswerTable, Participant

        table = AnswerTable([Participant("x", t.code) for t in framework.unit_types] or [Participant("x")])
        assert len(assess(framework, table).units) >= 1


@pytest.mark.parametrize("kind", KINDS)
@given(answers)
def test_any_answer_to_a_rule(kind, text):
    """It is refused, or gives points within the maximum."""
    leaf = KINDS[kind]
    with suppress(AnswerRefused):
        answer = read_answer(leaf, text)
        value = getattr(answer, "value", None)
        if value is not None:
            assert leaf.rule.score(value, Terms(Fraction(2), Calendar())).points >= 0


@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    st.sampled_from(["csv", "xlsx"]),
)
def test_any_bytes_as_answers(tmp_path_factory, content, suffix):
    """Under either name."""
    _answered(tmp_path_factory, content, suffix)


rows = st.lists(
    st.tuples(
        st.sampled_from(["x", "y", " X", "Sở", ""]),
        st.sampled_from(["A1", "A2", "A3", "A", "B", ""]),
        answers,
    )
)


@given(
    rows,
    st.sampled_from(
        ["unit,criterion,answer", "unit,A1,A2", "unit,group,type", "unit,unit", "đơn vị,tiêu chí,kết quả"]
    ),
)
def test_any_table_of_answers(tmp_path_factory, given_rows, header):
    """Whatever the cells hold, quoted or not."""
    text = header + "\n" + "\n".join(",".join(row) for row in given_rows)
    _answered(tmp_path_factory, text.encode("utf-8", "surrogatepass"), "csv")


def _answered(folders, content, suffix):
    framework = parse_framework(UNTYPED.encode())
    path = folders.getbasetemp() / f"answers.{suffix}"
    path.write_bytes(content)
    try:
        file = read_answers(framework, path)
        try:
            result = assess(framework, file.table)
        except TableRefused as refusal:
            raise file.locate(refusal) from refusal
    except FileRefused as refusal:
        _told(refusal)
    else:
        assert all(u.points >= 0 for u in result.units)


@given(st.one_of(st.text(max_size=40), st.text("0123456789.+-*/()<>=!, xyminaxorundft", max_size=60)))
def test_any_text_as_a_formula(text):
    """A value, or a refusal with a character inside the text or just after it."""
    at = 1
    try:
        evaluate(parse(text), dict.fromkeys("xyminaxorundft", Fraction(3)))
    except FormulaRefused as refusal:
        at = refusal.data["at"]
    except KeyError:
        pass  # a name that is no input: the check of the framework refuses it before
    assert 1 <= at <= len(text) + 1
