"""Framework files: read whole, every problem at once with its line, nothing that can grow."""

import unicodedata
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest

from parindex.core.formats.framework_file import framework_hash, load_framework, parse_framework
from parindex.core.formats.problems import FileRefused


LEAF = "tree: [{code: L, name: Lá, max: 2, rule: {kind: points}}]\n"


def _lines(problems):
    return [(p.line, p.code) for p in problems]


def _refused(content):
    with pytest.raises(FileRefused) as refusal:
        parse_framework(content if isinstance(content, bytes) else content.encode(), "f.yaml")
    return _lines(refusal.value.problems)


def test_every_problem_is_named_with_its_line(tiny):
    """Unknown keys, wrong types, missing keys, unknown words and kinds: one reading finds them all."""
    text = dedent("""\
        decimals: two
        periode: {start: 2024-01-01, end: 2024-12-31}
        holidays: [2024-02-30]
        index: {policy: averige}
        tree:
          - code: A
            name: {vi: Phần, fr: Partie}
            max: mười
            children:
              - {code: A1, max: 4, rule: {kind: point}}
              - {code: A2, name: [x], max: 4, rule: points}
        """)
    assert _lines(tiny.problems(text)) == [
        (1, "wrong_type"),
        (2, "key_unknown"),
        (3, "wrong_type"),
        (4, "word_unknown"),
        (7, "key_unknown"),
        (8, "wrong_type"),
        (10, "kind_unknown"),
        (10, "key_missing"),
        (11, "wrong_type"),
        (11, "wrong_type"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("max: 2", "max: 1/0", "wrong_type"),
        ("max: 2", "max: .inf", "wrong_type"),
        ("max: 2", "max: 1e400", "wrong_type"),
        ("max: 2", "max: 1_000", "wrong_type"),
        ("max: 2", "max: [2]", "wrong_type"),
        ("max: 2", "max: ''", "key_empty"),
        ("max: 2", "max: ", "key_empty"),
        ("max: 2", "max: ~", "key_empty"),
        ("max: 2", "max: 010", "wrong_type"),
        ("max: 2", "max: 1:30", "wrong_type"),
        ("name: Lá", "name: null", "key_empty"),
        ("name: Lá", r'name: "\e[31m"', "wrong_type"),
        ("name: Lá", r'name: "\0"', "wrong_type"),
        ("name: Lá", "name: ' '", "key_empty"),
        ("name: Lá", "name: {en: Leaf}", "key_missing"),
        ("code: L", "code: ~", "key_empty"),
        ("{kind: points}", "{kind: points}, evidence: [~]", "key_empty"),
        ("tree: [", "decimals: 02\ntree: [", "wrong_type"),
        ("max: 2", "max: " + "9" * 5000, "wrong_type"),
        ("max: 2", "max: 1/" + "9" * 5000, "wrong_type"),
        ("code: L", "code: {a: b}", "wrong_type"),
        ("{kind: points}", "[points]", "wrong_type"),
        ("{kind: points}", "{kind: [points]}", "wrong_type"),
        ("{kind: points}", "{step: 1}", "key_missing"),
        ("{kind: points}", "{kind: points, steps: 1}", "key_unknown"),
        ("tree: [", "decimals: 1_0\ntree: [", "wrong_type"),
        ("tree: [", "decimals: " + "9" * 5000 + "\ntree: [", "wrong_type"),
        ("tree: [", "period: {start: 2024, end: 2024-01-01}\ntree: [", "wrong_type"),
        ("tree: [", "period: {start: 2024-W01-1, end: 2024-12-31}\ntree: [", "wrong_type"),
        ("tree: [", "period: 2024\ntree: [", "wrong_type"),
        ("tree: [", "? [a]\n: 1\ntree: [", "key_not_text"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_where_it_stands(tiny, old, new, code):
    """No traceback, no guess."""
    assert code in [p.code for p in tiny.problems(LEAF.replace(old, new))]


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        ("a: &x [1]\n", 1, "yaml_anchor"),
        ("a: 1\nb: *x\n", 2, "yaml_anchor"),
        ("a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 1, "yaml_anchor"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "yaml_tag"),
        ("\na: !secret x\n", 2, "yaml_tag"),
        ("a: 1\n---\nb: 2\n", 2, "yaml_documents"),
        ("a: " + "[" * 70 + "]" * 70, 1, "yaml_too_deep"),
        ("a: " + "[" * 200_000, 1, "yaml_broken"),
        ("a: {b: 1\nc", 2, "yaml_broken"),
        ("a: 1\nb: 'x\n\n\n", 2, "yaml_broken"),
        ("\ta: 1\n", 1, "yaml_broken"),
        ("b: 1\na: \x01\n", 2, "yaml_broken"),
        ("", 0, "file_empty"),
        ("# chỉ có ghi chú\n", 0, "file_empty"),
        (b"a: 1\nb: \xe0 \xff\n", 2, "not_utf8"),
        ("tên: Bộ".encode("utf-16"), 1, "not_utf8"),
        (b" " * 4_000_001, 0, "file_too_large"),
    ],
)
def test_what_could_grow_or_say_two_things_is_refused(content, line, code):
    """Anchors (and the bombs made of them), tags, several documents, depth, broken text."""
    assert _refused(content) == [(line, code)]


def test_a_key_that_stands_twice_is_refused():
    """The second would silently win."""
    assert (4, "key_twice") in _refused(
        f"parindex: 1\nid: a\n{LEAF}id: b\nversion: 1\ntitle: t\nstatus: official\n"
    )


def test_a_file_that_is_not_a_mapping_is_refused():
    """A list or a word at the root."""
    assert _refused("- a\n") == [(1, "wrong_type")]
    assert _refused("chỉ một câu\n") == [(1, "wrong_type")]


def test_a_format_of_the_future_is_refused():
    """Its rules may mean something else."""
    text = f"parindex: 2\nid: a\nversion: 1\ntitle: t\nstatus: official\n{LEAF}"
    assert _refused(text) == [(1, "word_unknown")]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """With the system's own word for it."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(FileRefused) as refusal:
            load_framework(path)
        assert [p.code for p in refusal.value.problems] == ["file_unreadable"]


def test_a_bom_changes_nothing(tiny):
    """As an editor on Windows leaves it."""
    text = f"parindex: 1\nid: a\nversion: 1\ntitle: t\nstatus: official\n{LEAF}"
    assert framework_hash(parse_framework(text.encode("utf-8-sig"))) == framework_hash(
        parse_framework(text.encode())
    )


def test_numbers_are_read_from_their_digits(tiny):
    """28.1 is 281/10, 1.10 as a code keeps its zero."""
    framework = tiny.framework("tree: [{code: 1.10, name: Lá, max: 28.1, rule: {kind: points}}]\n")
    assert framework.nodes["1.10"].max == Fraction(281, 10)


def test_a_bare_string_is_vietnamese(tiny):
    """English falls back on it."""
    framework = tiny.framework("title: {vi: Bộ, en: Set}\n" + LEAF)
    assert (framework.title.in_("en"), framework.nodes["L"].name.in_("en")) == ("Set", "Lá")


def test_the_hash_knows_what_is_said_not_how(tiny):
    """Comments, layout and the order of keys are free; a point more is another set."""
    one = tiny.framework(LEAF)
    same = tiny.framework(
        "# ghi chú\ndecimals: 2\ntree:\n- {rule: {kind: points}, max: 2.0, name: Lá, code: L}\n"
    )
    other = tiny.framework(LEAF.replace("max: 2", "max: 3"))
    assert framework_hash(one) == framework_hash(same) != framework_hash(other)


def test_names_match_whatever_unicode_form_either_file_has(tiny):
    """A set written decomposed still exempts the unit that is written composed."""
    text = (
        "unit_types: [{code: sở, name: Sở}]\n"
        "tree:\n"
        "- {code: Đ1, name: a, max: {sở: 2}, rule: {kind: points},"
        " exempt: [{units: [Sở Nội vụ], ground: g}]}\n"
        "- {code: Đ2, name: b, max: 3, rule: {kind: choice, options: [{id: đủ, name: đ, points: 3}]}}\n"
    )
    rows = "unit,criterion,answer\nSở Nội vụ,Đ2,đủ\n"
    result = tiny.assess(unicodedata.normalize("NFD", text), rows)
    assert (result.units[0].points, result.units[0].applicable_max) == (3, 3)
    again = tiny.assess(text, unicodedata.normalize("NFD", rows))
    assert again.units[0].points == 3


def test_a_key_without_a_value_is_as_if_it_were_not_there(tiny):
    """Where the key may be left out."""
    bare = tiny.framework(LEAF + "bonus:\nindex: ~\nperiod: null\nsources:\n")
    assert framework_hash(bare) == framework_hash(tiny.framework(LEAF))


def test_a_word_in_quotation_marks_is_a_word(tiny):
    """A criterion may be called null."""
    assert tiny.framework(LEAF.replace("Lá", '"null"')).nodes["L"].name.vi == "null"


def test_never_more_is_read_than_a_criteria_set_can_be():
    """A device without end is too large, and so told."""
    with pytest.raises(FileRefused) as refusal:
        load_framework(Path("/dev/zero"))
    assert [p.code for p in refusal.value.problems] == ["file_too_large"]
