"""The explanation of a unit, as an official reads it: lost points first, what a leaf states, good English."""

import pytest

from parindex.core.wording.explain import explain_unit
from parindex.core.wording.notation import some
from parindex.core.wording.reasons import reason_sentence
from parindex.core.wording.rules import rule_in_words


SET = """
unit_types: [{code: so, name: {vi: Sở, en: Department}}]
tree:
  - code: A
    name: {vi: Phần, en: Part}
    max: 10
    children:
      - {code: A1, name: Một, max: 1, rule: {kind: points}}
      - code: A2
        name: Hai
        max: 4
        no_case: full
        period: {start: 2024-01-01, end: 2024-12-31, cutoff: 2024-11-30}
        window: {start: 2023-12-15, end: 2024-12-14}
        not_applicable_if: {vi: không có thủ tục, en: no procedures}
        exempt: [{types: [so], units: [Thanh tra tỉnh], ground: {vi: Quyết định 1, en: Decision 1}}]
        rule: {kind: points}
      - {code: A3, name: Ba, max: 5, rule: {kind: points}}
bonus: {max: 2, items: [{code: B, name: {vi: T, en: Extra}, max: 3, rule: {kind: count, each: {points: 1}}}]}
"""
ROWS = "unit,criterion,answer\nx,A1,0\nx,A3,2\nx,B,1\n"


def _explained(tiny, text, code=None, language="en"):
    return explain_unit(tiny.assess(text, ROWS), 0, code, language=language)


def test_what_a_node_lost_comes_largest_first(tiny):
    """Below one node as well."""
    lines = _explained(tiny, SET.replace("types: [so], ", ""), "A").splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  −")] == ["−4.00", "−3.00", "−1.00"]


def test_bonus_and_penalty_stand_apart(tiny):
    """They are nothing lost, and do not belong to the tree."""
    text = _explained(tiny, SET.replace("types: [so], ", ""))
    assert "  B Extra: 1.00/3\n" in text
    parts = ["Nothing lost, or not applicable:", "Bonus and penalty:", "B Extra"]
    assert [text.index(p) for p in parts] == sorted(text.index(p) for p in parts)


def test_a_leaf_says_what_it_states(tiny):
    """Its dates, when nothing arose, when it does not apply and to whom."""
    assert _explained(tiny, SET, "A2").splitlines()[-5:] == [
        "Data period: 1 January 2024 – 31 December 2024, cut off on 30 November 2024",
        "Evidence dated: 15 December 2023 – 14 December 2024",
        "No case arose: the full mark",
        "Not applicable when: no procedures",
        "Exempt: Thanh tra tỉnh, Department (Decision 1)",
    ]
    assert "Miễn đánh giá: Thanh tra tỉnh, Sở (Quyết định 1)" in _explained(tiny, SET, "A2", "vi")


@pytest.mark.parametrize(
    ("policy", "line"),
    [
        ("{}", "Index = 3.00 points / 6 applicable maximum × 100 = 50.00%."),
        ("{extras: index}", "Share = 2.00 points / 6 applicable maximum × 100 = 33.33%."),
        ("{ceiling: 40}", "Share = 3.00 points / 6 applicable maximum × 100 = 50.00%."),
    ],
)
def test_the_division_is_told_as_it_is_made(tiny, policy, line):
    """What is added to the index itself, or cut off it, is no part of it."""
    assert line in _explained(tiny, SET + f"index: {policy}\n").splitlines()


@pytest.mark.parametrize(
    ("rule", "answer", "said"),
    [
        (
            "kind: days_after, base: 2024-01-10, steps: [{within: 1, points: 2}]",
            "2024-01-08",
            "2 days before 10 January",
        ),
        (
            "kind: days_after, base: 2024-01-10, steps: [{within: 1, points: 2}]",
            "2024-01-10",
            "on the day it counts from",
        ),
        (
            "kind: days_after, base: 2024-01-10, steps: [{within: 1, points: 2}]",
            "2024-01-11",
            "1 day after 10 January",
        ),
        ("kind: per_day_late, due: 2024-01-10, each: 1, free_days: 2", "2024-01-12", "after the deadline"),
        ("kind: per_day_late, due: 2024-01-10, each: 1, free_days: 2", "2024-01-10", "in time"),
        ("kind: deduct, each: {points: 1}", "1", "1 case, 1 off for each"),
    ],
)
def test_days_and_cases_read_well(tiny, rule, answer, said):
    """Before as well as after; one day, two days; late without a day that counts."""
    leaf = tiny.one_leaf(rule).leaves["L"]
    reason = tiny.score(rule, answer)[1]
    assert said in reason_sentence(reason, leaf, "en")
    assert "-" not in reason_sentence(reason, leaf, "vi").replace("2024-", "")


def test_one_is_no_plural(tiny):
    """In numbers that are shown as they are."""
    assert (some(1, "leaf", "leaves"), some(2, "leaf", "leaves"), some(1, "day")) == (
        "1 leaf",
        "2 leaves",
        "1 day",
    )
    rule = tiny.one_leaf("kind: choice, options: [{id: a, name: a, points: 1}, {id: b, name: b, points: 2}]")
    assert rule_in_words(rule.leaves["L"].rule, "en") == ["a: 1 point", "b: 2 points"]
