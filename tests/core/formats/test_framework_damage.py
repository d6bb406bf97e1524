"""Slips of the hand and contradictions of a framework file are told together, and none that is not there."""

from textwrap import dedent

import pytest


BROKEN = dedent("""\
    colour: red
    decimals: 9
    tree:
      - code: A
        name: Phần
        max: 9
        children:
          - {code: A1, name: a, max: 4, rule: {kind: points}}
          - {code: A2, name: a, max: 4, no_case: ful, rule: {kind: count, each: {points: 1}, cap: 5}}
      - code: B
        name: Phần
        max: 9
        children:
          - {code: B1, name: a, max: bốn, rule: {kind: points}}
          - {code: B2, name: a, max: 4, rule: {kind: poits}}
    grades: {bands: [{id: k, name: K, min: 10}, {id: t, name: T, min: 20}]}
    ranking: {tie_breakers: [B1, A1]}
    """)


def _found(tiny, text):
    return [(p.line, p.code) for p in tiny.problems(text)]


def test_everything_is_told_at_once(tiny):
    """Unknown keys, wrong types and contradictions in one list, in the file's order."""
    assert _found(tiny, BROKEN) == [
        (1, "key_unknown"),
        (2, "decimals_range"),
        (6, "children_do_not_add_up"),
        (9, "word_unknown"),
        (9, "rule_exceeds_max"),
        (14, "wrong_type"),
        (15, "kind_unknown"),
        (16, "bands_overlap"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max: bốn", "max: 5"),
        ("kind: poits", "kind: points"),
        ("no_case: ful", "no_case: full"),
        ("colour: red", "subject: red"),
        ("min: 20", "min: 2"),
        ("max: 9", "max: 8"),
        ("decimals: 9", "decimals: 2"),
        ("cap: 5", "cap: 4"),
    ],
)
def test_mending_one_thing_never_brings_out_another(tiny, old, new):
    """What was told before holds what is left."""
    assert old in BROKEN
    assert set(_found(tiny, BROKEN.replace(old, new, 1))) <= set(_found(tiny, BROKEN))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "tree: [{code: A, name: a, max: 4, children: [{code: B, max: 4, rule: {kind: points}}]}]",
            "key_missing",
        ),
        (
            "tree: [{code: A, name: a, max: 1, rule: {kind: points}}, {code: B, name: b}]\n"
            "ranking: {tie_breakers: [B]}",
            "key_missing",
        ),
        (
            "tree: [{code: A, name: a, max: {so: 1}, rule: {kind: points}}]\nunit_types: [{code: so}]",
            "key_missing",
        ),
        (
            "tree: [{code: A, name: a, max: 1, rule: {kind: points}}]\n"
            "grades: {bands: [{id: a, name: a, min: x}], caps: [{at_most: a, when: [{points_below: 1}]}]}",
            "wrong_type",
        ),
        (
            "tree: [{code: A, name: a, max: 1, "
            "rule: {kind: choice, options: [{id: x, name: x, poins: 1}]}}]\n"
            "grades: {bands: [{id: a, name: a, min: 5, needs: [{node: A, answered: [x]}]}]}",
            "key_unknown",
        ),
        (
            "tree: [{code: A, name: a, max: 1, rule: {kind: formula, inputs: [{id: x}], expression: x}}]",
            "key_missing",
        ),
        (
            "tree: [{code: A, name: a, max: 1, method: surve, rule: {kind: points}}]\n"
            "index: {policy: rescale_then_add_survey}",
            "word_unknown",
        ),
        ("tree: 5\nranking: {tie_breakers: [A]}", "wrong_type"),
        (
            "tree: [{code: A, name: a, max: 1, rule: {kind: points}}]\n"
            "grades: {bands: [{id: a, name: a, min: x}, {id: b, name: b, min: 5}, {id: c, name: c, min: 0}],"
            " caps: [{at_most: b, when: [{points_below: 1}]}], quotas: [{grade: b, percent: 5}]}",
            "wrong_type",
        ),
        (
            "tree: [{code: A, name: a, max: 1, rule: {kind: points}}]\n"
            "units: [{name: Sở A}, {name: [Sở B]}]\nranking: {not_ranked: [{units: [Sở B], ground: g}]}",
            "wrong_type",
        ),
        ("id: [a]\ntree: [{code: A, name: a, max: 1, rule: {kind: points}}]", "wrong_type"),
    ],
)
def test_what_follows_from_a_slip_is_not_told_as_well(tiny, text, code):
    """A sum, a code, a grade, a type, an option may be sound once the slip is mended."""
    assert [c for _, c in _found(tiny, text)] == [code]


def test_a_missing_head_hides_nothing(tiny):
    """Without a title the tree is still looked at."""
    content = "parindex: 1\nversion: 1\nstatus: official\ntree: [{code: A, name: a, max: 1}]\n"
    assert [p.code for p in tiny.problems(content.encode())] == ["key_missing", "key_missing", "rule_missing"]
