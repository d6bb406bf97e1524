"""Two years of a unit: the parts add up to the difference, and whose doing each is, by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.comparing import leaf_links
from parindex.core.kernel.improvement import Kind, compare_years
from parindex.core.kernel.improvement.contributions import BONUS, PENALTY
from parindex.core.kernel.improvement.years import FULL


HEAD = "unit,criterion,answer\n"
BEFORE = """
tree:
  - {code: A1, name: a, max: 40, rule: {kind: points}}
  - {code: A2, name: b, max: 40, rule: {kind: proportional}}
  - {code: A3, name: c, max: 20, rule: {kind: points}}
penalty: {items: [{code: P1, name: p, max: 3, rule: {kind: points}}]}
"""
MAP = """
code_maps:
  - id: before
    version: "1"
    codes:
      - {relation: same, old: [A1], new: [A1]}
      - {relation: renamed, old: [A2], new: [B2]}
      - {relation: dropped, old: [A3], new: []}
      - {relation: new, old: [], new: [B3]}
"""
NOW = """
tree:
  - {code: A1, name: a, max: 50, rule: {kind: points}}
  - {code: B2, name: b, max: 40, rule: {kind: proportional, full_at: 80}}
  - {code: B3, name: c, max: 10, rule: {kind: points}}
penalty: {items: [{code: P1, name: p, max: 3, rule: {kind: points}}]}
"""


def _years(tiny, before, now, rows_before, rows, *, code_map=MAP):
    old = tiny.assess(before + "id: before\n", HEAD + rows_before)
    return compare_years(tiny.assess(now + code_map, HEAD + rows), old, units=(0, 0))


def test_what_the_rules_did_is_told_from_what_the_unit_did(tiny):
    """A1 weighs more: the quarter it lost weighs more. B2 is full at 80 now: last year's 60 of 100 would have
    been three quarters; that the unit fell to 56 is its own."""
    found = _years(tiny, BEFORE, NOW, "a,A1,30\na,A2,60/100\na,A3,10\n", "a,A1,45\na,B2,56/100\na,B3,8\n")
    changes = {c.codes or c.codes_before: c for c in found.changes}
    kept = changes["A1",]
    assert (kept.kind, kept.rules, kept.unit) == (Kind.RULE, Fraction(-5, 2), Fraction(15, 2))
    read = changes["B2",]
    assert (read.kind, read.rules, read.unit) == (Kind.RULE, 6, -2)
    assert (changes["B3",].kind, changes["B3",].rules) == (Kind.NEW, -2)
    assert (changes["A3",].kind, changes["A3",].rules) == (Kind.DROPPED, 10)
    assert found.difference == found.unit + found.rules == found.index - found.before


def test_a_rule_that_cannot_read_last_years_answer_is_said_to_be_such(tiny):
    """Only the weight is told; the rest is neither the rules' nor the unit's."""
    now = NOW.replace(
        "rule: {kind: proportional, full_at: 80}",
        "rule: {kind: deadline, due: 2025-03-01, in_time: {percent: 100}}",
    )
    found = _years(
        tiny, BEFORE, now, "a,A1,40\na,A2,60/100\na,A3,20\n", "a,A1,50\na,B2,2025-02-01\na,B3,10\n"
    )
    (change,) = (c for c in found.changes if c.is_moved)
    assert (change.kind, change.untold, change.unit, change.rules) == (Kind.RULE_UNTOLD, 16, 0, 0)


def test_dates_move_on_with_the_year(tiny):
    """A deadline a year later asks the same: coming in time after being late is the unit's."""
    rule = "{{kind: deadline, due: {}-01-15, in_time: {{percent: 100}}, late: {{percent: 50}}}}"
    tree = f"tree:\n  - {{{{code: A1, name: a, max: 10, rule: {rule}}}}}\n"
    code_map = MAP.split("      - {relation: renamed")[0]
    found = _years(
        tiny,
        tree.format(2024),
        tree.format(2025),
        "a,A1,2024-02-01\n",
        "a,A1,2025-01-10\n",
        code_map=code_map,
    )
    (change,) = (c for c in found.changes if c.is_moved)
    assert (change.kind, change.unit, change.rules) == (Kind.KEPT, 50, 0)


def test_what_was_split_or_has_no_map_is_not_told_apart(tiny):
    """Two of one; and a criterion that no map names."""
    code_map = (
        MAP.split("      - {relation: renamed")[0] + "      - {relation: split, old: [A2], new: [B2, B3]}\n"
    )
    found = _years(
        tiny,
        BEFORE,
        NOW,
        "a,A1,40\na,A2,50/100\na,A3,0\n",
        "a,A1,50\na,B2,80/100\na,B3,0\n",
        code_map=code_map,
    )
    changes = {c.kind: c for c in found.changes}
    assert (changes[Kind.SPLIT].codes, changes[Kind.SPLIT].untold) == (("B2", "B3"), 10)
    assert (changes[Kind.UNMAPPED].codes_before, changes[Kind.UNMAPPED].untold) == (("A3",), 20)
    assert found.unit == found.rules == 0
    assert found.difference == 30


def test_what_becomes_applicable_is_the_rules_doing(tiny):
    """Not assessed last year: what it loses now is no falling off."""
    links = ", ".join(f"{{relation: same, old: [A{k}], new: [A{k}]}}" for k in (1, 2, 3))
    code_map = f'code_maps: [{{id: before, version: "1", codes: [{links}]}}]\n'
    found = _years(
        tiny,
        BEFORE,
        BEFORE,
        "a,A1,40\na,A2,n/a\na,A3,20\n",
        "a,A1,40\na,A2,50/100\na,A3,20\na,P1,1\n",
        code_map=code_map,
    )
    changes = {c.codes: c for c in found.changes}
    assert (changes["A2",].kind, changes["A2",].rules) == (Kind.APPLIES, -20)
    assert (changes[PENALTY,].kind, changes[PENALTY,].unit) == (Kind.BESIDES, -1)
    assert found.difference == -21


def test_a_map_is_read_from_whichever_set_carries_it(tiny):
    """The older one may be the one that tells; what it calls new is dropped then."""
    told = tiny.framework(NOW + MAP)
    silent = tiny.framework(BEFORE + "id: before\n")
    here = {(link.relation, link.new, link.old) for link in leaf_links(told, silent)}
    there = {(link.relation, link.old, link.new) for link in leaf_links(silent, told)}
    turned = {"new": "dropped", "dropped": "new"}
    assert {(turned.get(r, r), a, b) for r, a, b in here} == there
    assert ("renamed", ("B2",), ("A2",)) in here


def test_a_part_that_is_dropped_takes_only_what_the_map_does_not_name(tiny):
    """A part and one of its criteria are dropped, another lives on under a new code: each leaf once."""
    old = tiny.framework(
        "id: before\ntree:\n  - code: P\n    name: p\n    max: 3\n    children:\n"
        + "".join(f"    - {{code: P{k}, name: p, max: 1, rule: {{kind: points}}}}\n" for k in (1, 2, 3))
    )
    new = tiny.framework(
        "tree: [{code: Q, name: a, max: 1, rule: {kind: points}}]\n"
        "code_maps:\n  - id: before\n    version: '1'\n"
        "    codes: [{relation: dropped, old: [P, P1], new: []}, {relation: renamed, old: [P2], new: [Q]}]\n"
    )
    assert [(link.relation, link.new, link.old) for link in leaf_links(new, old)] == [
        ("dropped", (), ("P3", "P1")),
        ("renamed", ("Q",), ("P2",)),
    ]


shares = st.tuples(*[st.fractions(0, 1, max_denominator=12)] * 3)
policies = st.sampled_from(["applicable_maximum", "rescale_then_add_survey", "total"])
EXTRA = "bonus: {items: [{code: T1, name: t, max: 9, rule: {kind: points}}]}\n"


@pytest.mark.slow
def test_the_parts_add_up_whatever_the_years(tiny):
    """By every policy, with a penalty, a ceiling, and something that was not applicable."""

    @given(shares, shares, policies, policies, st.integers(0, 3), st.booleans())
    def holds(was, now, policy_before, policy, off, out):
        third = "n/a" if out else f"{float(was[2] * 100):.3f}"
        found = _years(
            tiny,
            _surveyed(BEFORE) + f"index: {{policy: {policy_before}}}\n",
            _surveyed(NOW) + EXTRA + f"index: {{policy: {policy}, ceiling: 90}}\n",
            f"a,A1,points:{float(was[0] * 40):.3f}\na,A2,{_text(was[1])}\na,P1,{off}\na,A3,{third}\n",
            f"a,A1,{float(now[0] * 50):.3f}\na,B2,{_text(now[1])}\n"
            f"a,B3,{float(now[2] * 100):.3f}\na,T1,{off * 3}\n",
        )
        assert sum((c.difference for c in found.changes), Fraction(0)) == found.difference
        assert found.unit + found.rules + found.untold == found.index - found.before
        assert {c.codes for c in found.changes if c.is_moved and c.kind is Kind.BESIDES} <= {
            (BONUS,),
            (PENALTY,),
        }
        if policy == policy_before == "applicable_maximum":
            assert (FULL,) not in {c.codes for c in found.changes if c.is_moved}

    holds()


def _text(share):
    return f"{share.numerator}/{share.denominator}"


def _surveyed(tree):
    """The third criterion by a survey."""
    for code in ("A3", "B3"):
        line = next((one for one in tree.splitlines() if f"code: {code}" in one), "")
        if line:
            survey = line.replace("rule: {kind: points}", "method: survey, rule: {kind: satisfaction}")
            tree = tree.replace(line, survey)
    return tree
