"""Everything the core can say has a sentence in both languages, and none is left over."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import parindex
from parindex.core.kernel.rules import KINDS
from parindex.core.wording import reasons
from parindex.core.wording.problems import EXPECTED, SENTENCES, sentence
from parindex.core.wording.reasons import reason_sentence, remark_sentence
from parindex.core.wording.rules import rule_in_words


PACKAGE = Path(parindex.__file__).parent
SOURCES = [
    *(PACKAGE / "core").rglob("*.py"),
    *(PACKAGE / "config" / "keeping").rglob("*.py"),
    *(PACKAGE / "apps" / "surveys" / "actions").rglob("*.py"),
    PACKAGE / "cli.py",
    PACKAGE / "dossier_commands.py",
]
# the position of the code among a call's arguments, and of a dict of data where data are not keywords
CALLS = {
    "Problem": (0, 1),
    "AnswerRefused": (0, None),
    "FormulaRefused": (0, None),
    "SurveyRefused": (0, None),
    "refuse": (1, None),
    "complain": (1, None),
    "FileProblem": (2, 3),
}
ADDED = {"file", "line", "unit", "criterion", "text"}
RULES = {
    "points": ("kind: points", ["1"]),
    "choice": ("kind: choice, options: [{id: a, name: {vi: đúng hạn, en: on time}, points: 2}]", ["a"]),
    "level_range": (
        "kind: level_range, options: [{id: a, name: A, from: 1, to: 2}, {id: b, name: B, from: 0, to: 0}]",
        ["a:1", "b"],
    ),
    "all_or_nothing": (
        "kind: all_or_nothing, conditions: [{id: a, name: A}, {id: b, name: B}]",
        ["all", "a"],
    ),
    "conditions": (
        "kind: conditions, conditions: [{id: a, name: A, points: 1}, {id: b, name: B, percent: 50}]",
        ["a", "none", "all"],
    ),
    "deadline": (
        "kind: deadline, due: 2024-01-31, in_time: {points: 2}, late: {percent: 50}",
        ["2024-01-31", "2024-02-01", "none"],
    ),
    "days_after": (
        "kind: days_after, base: 2024-01-01, count: working, steps: [{within: 3, points: 2}]",
        ["2024-01-02", "2024-05-01", "none"],
    ),
    "per_day_late": (
        "kind: per_day_late, due: 2024-01-31, each: 0.5, free_days: 1",
        ["2024-01-31", "2024-02-03", "none"],
    ),
    "steps": (
        "kind: steps, input: number, unit: ngày, "
        "steps: [{from: 90, points: 2}, {above: 50, below: 90, points: 1}, "
        "{equals: 3, points: 1}, {to: 2, points: 0}]",
        ["90", "60", "3", "1", "40"],
    ),
    "proportional": ("kind: proportional, full_at: 80, zero_below: 40, round: 2", ["9/10", "50", "10"]),
    "linear": ("kind: linear, zero_at: 10, full_at: 50", ["5", "30", "60"]),
    "count": ("kind: count, each: {points: 0.5}, unit: sáng kiến", ["1", "9"]),
    "deduct": ("kind: deduct, each: {points: 0.5}", ["0", "1", "9"]),
    "survey_options": (
        "kind: survey_options, options: [{id: A, name: {vi: tốt, en: good}, weight: 100}]",
        ["A=3", "80"],
    ),
    "satisfaction": ("kind: satisfaction, round: 1", ["340/400", "80"]),
    "branch": (
        "kind: branch, branches: [{id: x, name: có kế hoạch, rule: {kind: satisfaction}}]",
        ["x: 80"],
    ),
    "formula": (
        "kind: formula, inputs: [{id: a, name: số hồ sơ, unit: hồ sơ}], expression: a / 2, round: 1",
        ["a=2"],
    ),
}
GENERAL = ["", "n/a", "no-case", "points:1"]
LEFTOVER = re.compile(r"[{}]|None|Fraction|<|tuple")


def _said(text):
    """A whole sentence: a capital or a number first, a full stop last, nothing of Python in it."""
    assert text[0].isupper() or not text[0].isalpha(), text
    assert text.endswith("."), text
    assert not LEFTOVER.search(text), text
    return text


def test_every_kind_of_rule_stands_in_this_table():
    """A new kind must be given a line."""
    assert set(RULES) == set(KINDS)


@pytest.mark.parametrize("kind", RULES)
def test_every_reason_of_a_rule_has_a_sentence_in_both_languages(tiny, kind):
    """The table's answers reach every code that the rule declares, each with the data it declares."""
    rule, answers = RULES[kind]
    leaf = tiny.one_leaf(rule).leaves["L"]
    scored = [tiny.score(rule, answer)[1] for answer in answers]
    for reason in scored:
        assert _said(reason_sentence(reason, leaf, "vi")) != _said(reason_sentence(reason, leaf, "en"))
    declared = KINDS[kind].REASONS
    if declared:
        assert {r.code for r in scored} == set(declared)
        assert all(set(declared[r.code]) <= set(r.data) for r in scored)


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_reads_as_a_scale_in_both_languages(tiny, kind):
    """A line a step, in the words of its options."""
    rule = tiny.one_leaf(RULES[kind][0]).leaves["L"].rule
    vietnamese, english = rule_in_words(rule, "vi"), rule_in_words(rule, "en")
    assert vietnamese
    assert len(vietnamese) == len(english)
    assert not any(LEFTOVER.search(line) for line in [*vietnamese, *english])
    assert vietnamese != english


@pytest.mark.parametrize("answer", GENERAL)
@pytest.mark.parametrize("gives", ["full", "zero", "not_applicable"])
def test_what_stands_for_any_leaf_has_a_sentence(tiny, answer, gives):
    """The nothings and a ruling."""
    leaf = tiny.one_leaf("kind: points", more=f"no_case: {gives}").leaves["L"]
    reason = tiny.score("kind: points", answer, more=f"no_case: {gives}")[1]
    assert _said(reason_sentence(reason, leaf, "vi")) != _said(reason_sentence(reason, leaf, "en"))


ROUND = """
unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]
tree:
  - {code: L, name: Lá, max: 50, exempt: [{units: [e], ground: QĐ 1}], rule: {kind: points}}
  - {code: M, name: Lá, max: {so: 30, xa: 0}, rule: {kind: points}}
  - {code: S, name: Lá, max: 20, method: survey, rule: {kind: satisfaction}}
bonus: {max: 2, items: [{code: B, name: b, max: 3, rule: {kind: points}}]}
penalty: {max: 2, items: [{code: P, name: p, max: 3, rule: {kind: points}}]}
index: {policy: POLICY, ceiling: 100}
grades:
  bands:
    - {id: xs, name: {vi: Xuất sắc, en: Excellent}, min: 90, needs: [{node: M, points_at_least: 31}]}
    - {id: tot, name: {vi: Tốt, en: Good}, min: 50}
    - {id: kha, name: {vi: Khá, en: Fair}, min: 0}
  caps: [{at_most: kha, when: [{node: P, points_below: -1}], ground: kỷ luật}]
  quotas: [{grade: tot, percent: 10, ground: QĐ 2}]
ranking: {not_ranked: [{units: [e], ground: mới lập}]}
late_submission: {steps: [{from_day: 1, points: 1}], refused_after: 3}
"""
ROWS = """unit,type,late_days,criterion,answer
a,so,0,L,50
a,so,0,M,30
a,so,0,S,100
a,so,0,B,3
b,so,1,L,50
b,so,1,M,0
b,so,1,S,100
b,so,1,B,1
c,so,9,L,40
d,so,0,L,50
d,so,0,M,30
d,so,0,S,90
d,so,0,P,3
e,so,0,M,20
f,so,0,L,50
f,so,0,M,20
f,so,0,S,50
f,so,0,P,1
g,xa,0,L,n/a
g,xa,0,S,n/a
"""


def test_every_remark_has_a_sentence_in_both_languages(tiny):
    """A round in which each of them falls."""
    said = set()
    for policy in ("applicable_maximum", "rescale_then_add_survey"):
        result = tiny.assess(ROUND.replace("POLICY", policy), ROWS)
        for unit in range(len(result.units)):
            for remark in result.units[unit].remarks:
                said.add(remark.code)
                pair = [_said(remark_sentence(remark, result.framework, lang)) for lang in ("vi", "en")]
                assert pair[0] != pair[1]
            for node in result.nodes(unit).values():
                if node.reason:
                    said.add(node.reason.code)
                    leaf = result.framework.leaves[node.code]
                    assert _said(reason_sentence(node.reason, leaf, "en"))
    assert said >= set(reasons._REMARKS) | {"exempt", "not_for_type"}


def test_every_reason_that_has_words_is_one_the_kernel_gives():
    """No sentence is left over from a rule that is gone."""
    declared = {code for kind in KINDS.values() for code in kind.REASONS}
    general = {"no_answer", "no_survey", "not_applicable", "no_case", "ruled", "exempt", "not_for_type"}
    assert set(reasons._TELL) == declared | general


def _literal(node):
    """Codes a call may be given: a word, or one of two."""
    if isinstance(node, ast.IfExp):
        return _literal(node.body) + _literal(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _sites():
    """Every place that raises or notes a problem: (code, names of its data or None, place)."""
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(
                getattr(call, "func", None), "id", getattr(getattr(call, "func", None), "attr", "")
            )
            if not isinstance(call, ast.Call) or name not in CALLS:
                continue
            at, data_at = CALLS[name]
            codes = _literal(call.args[at]) if len(call.args) > at else []
            for code in codes:
                yield code, _data(call, data_at), f"{path.name}:{call.lineno}"


def _data(call, data_at):
    """The names of a call's data; None where they are not written out."""
    if data_at is None:
        named = {k.arg for k in call.keywords}
        return None if None in named else named
    if len(call.args) <= data_at:
        return set()
    given = call.args[data_at]
    if isinstance(given, ast.Dict) and all(isinstance(k, ast.Constant) for k in given.keys):
        return {k.value for k in given.keys}
    return None


def _fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_problem_has_a_sentence_and_none_is_left_over():
    """The codes in the source are the codes in the table."""
    raised = {code for code, _, _ in _sites()}
    assert raised - set(SENTENCES) == set()
    words = {
        node.value
        for path in SOURCES
        if not (path.name.endswith("problems.py") and "wording" in path.parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(SENTENCES) - words == set()


def test_every_sentence_is_given_the_data_it_speaks_of():
    """At every place that raises it; both languages speak of the same."""
    wrong = [
        (place, code, missing)
        for code, data, place in _sites()
        if data is not None and (missing := _fields(SENTENCES[code][0]) - data - ADDED)
    ]
    assert wrong == []
    assert [c for c, (vi, en) in SENTENCES.items() if _fields(vi) != _fields(en)] == []


@pytest.mark.parametrize("code", SENTENCES)
def test_problem_sentences_are_whole_in_both_languages(code):
    """Whatever the data are."""
    data = dict.fromkeys(_fields(SENTENCES[code][0]), "x")
    vietnamese, english = sentence(code, data, "vi"), sentence(code, data, "en")
    assert vietnamese.endswith((".", "?"))
    assert english.endswith((".", "?"))
    assert vietnamese != english


def test_every_expected_type_has_words():
    """The reader's own names for what it wanted."""
    source = (PACKAGE / "core/formats/shapes.py").read_text(encoding="utf-8")
    wanted = set(re.findall(r'expected="(\w+)"', source)) | set(
        re.findall(r'^    \w+: \("(\w+)",', source, re.M)
    )
    assert wanted == set(EXPECTED)
