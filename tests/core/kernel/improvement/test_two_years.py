"""Two years of a unit: the parts add up to the difference, and whose doing each is, by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.comparing import leaf_links
from parindex.core.kernel.improvement import Kind, compare_years
from parindex.core.kernel.improvement.contributions import BONUS, PENALTY
from parindex.core.kernel.improvement.years import FULL
from parindex.core.kernel.numbers import decimal_text


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


def test_a_split_into_what_asks_otherwise_and_what_has_no_map_is_not_told_apart(tiny):
    """Two of one, scored otherwise: only the weight is told, the half lost of 40 points and now of 50; and a
    criterion that no map names."""
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
    split = changes[Kind.SPLIT_UNTOLD]
    assert (split.codes, split.untold, split.rules, split.unit) == (("B2", "B3"), 15, -5, 0)
    assert (changes[Kind.UNMAPPED].codes_before, changes[Kind.UNMAPPED].untold) == (("A3",), 20)
    assert (found.unit, found.rules, found.untold) == (0, -5, 35)
    assert found.difference == 30


GROUP = """
tree:
  - {code: S1, name: a, max: 20, method: survey, rule: {kind: satisfaction}}
  - {code: S2, name: b, max: 10, method: survey, rule: {kind: satisfaction}}
  - {code: A1, name: c, max: 70, rule: {kind: points}}
"""
WHOLE = """
tree:
  - {code: S, name: a, max: 40, method: survey, rule: {kind: satisfaction}}
  - {code: A1, name: c, max: 60, rule: {kind: points}}
"""
MERGED = (
    "{relation: same, old: [A1], new: [A1]}, {relation: merged, old: [S1, S2], new: [S]}",
    "{relation: same, old: [A1], new: [A1]}, {relation: split, old: [S], new: [S1, S2]}",
)


def _map(links):
    return f'code_maps: [{{id: before, version: "1", codes: [{links}]}}]\n'


def test_what_was_merged_of_criteria_that_ask_alike_is_compared_as_a_group(tiny):
    """12 and 9 of 20 and 10 are 70 %; 80 % of 40 now: a tenth of 40 is the unit's; 30 % of 10 more weigh."""
    rows = "a,S1,60\na,S2,90\na,A1,70\n", "a,S,80\na,A1,60\n"
    found = _years(tiny, GROUP, WHOLE, *rows, code_map=_map(MERGED[0]))
    change = next(c for c in found.changes if c.kind is Kind.MERGED)
    assert (change.codes, change.codes_before) == (("S",), ("S1", "S2"))
    assert (change.year_before.points, change.year_before.maximum) == (21, 30)
    assert (change.unit, change.rules, change.untold) == (4, -3, 0)
    assert found.difference == 1


def test_what_was_split_into_criteria_that_ask_alike_is_compared_as_a_group(tiny):
    """The same year, turned round."""
    rows = "a,S,80\na,A1,60\n", "a,S1,60\na,S2,90\na,A1,70\n"
    found = _years(tiny, WHOLE, GROUP, *rows, code_map=_map(MERGED[1]))
    change = next(c for c in found.changes if c.kind is Kind.SPLIT)
    assert (change.unit, change.rules, change.untold) == (-3, 2, 0)
    assert found.difference == -1


def test_a_group_of_which_a_part_was_not_assessed_is_not_told_apart(tiny):
    """The other part alone asked something else; points that were all ruled are what they are."""
    rows = "a,S1,60\na,S2,n/a\na,A1,70\n", "a,S,80\na,A1,60\n"
    found = _years(tiny, GROUP, WHOLE, *rows, code_map=_map(MERGED[0]))
    change = next(c for c in found.changes if c.kind is Kind.MERGED_UNTOLD)
    assert change.unit == 0
    assert change.untold != 0
    other = WHOLE.replace("method: survey, rule: {kind: satisfaction}", "rule: {kind: proportional}")
    rows = "a,S1,points:10\na,S2,points:5\na,A1,70\n", "a,S,80/100\na,A1,60\n"
    found = _years(tiny, GROUP, other, *rows, code_map=_map(MERGED[0]))
    change = next(c for c in found.changes if c.kind is Kind.MERGED)
    assert (change.unit, change.rules) == (12, -5)


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


SEVERAL = {"A1": 36, "A2": 12, "A3": 24, "S": 24}
ONE = {"W": 30, "R": 18}
LINKS = (
    "{relation: merged, old: [A1, A2, A3], new: [W]}, {relation: renamed, old: [S], new: [R]}",
    "{relation: split, old: [W], new: [A1, A2, A3]}, {relation: renamed, old: [R], new: [S]}",
)
GROUPED = (Kind.MERGED, Kind.SPLIT)
GROUPED_UNTOLD = (Kind.MERGED_UNTOLD, Kind.SPLIT_UNTOLD)
answers = st.tuples(st.sampled_from(["{0}/12", "{0}/12", "points:{1}", "n/a", ""]), st.integers(0, 12))
kinds = st.sampled_from(["proportional", "proportional, full_at: 50", "linear, zero_at: 0, full_at: 100"])
several = st.lists(answers, min_size=4, max_size=4)
ruled = st.lists(kinds, min_size=4, max_size=4) | kinds.map(lambda kind: [kind] * 4)


def _tree(maxima, rules):
    """One leaf for each maximum; S and R by a survey."""
    lines = ["tree:"]
    for (code, maximum), rule in zip(maxima.items(), rules, strict=False):
        method = "method: survey, " if code in "SR" else ""
        lines.append(f"  - {{code: {code}, name: x, max: {maximum}, {method}rule: {{kind: {rule}}}}}")
    return "\n".join(lines) + "\n"


def _rows(maxima, given):
    return "".join(
        f"a,{code},{text.format(k, decimal_text(Fraction(maximum * k, 12)))}\n"
        for (code, maximum), (text, k) in zip(maxima.items(), given, strict=False)
    )


def _grouped(change):
    """A group tells all its points lost, and either what the unit did or that it cannot be told."""
    whole = change.difference == change.year_before.lost - change.year.lost
    return whole and not (change.untold if change.kind in GROUPED else change.unit)


@pytest.mark.slow
def test_groups_add_up_whatever_the_years(tiny):
    """Split and merged, by rules alike and not, parts that do not apply or were ruled, by every policy."""
    seen = set()

    @given(several, several, st.tuples(ruled, ruled), st.tuples(policies, policies), st.integers(0, 1))
    def holds(was, now, rules, policy, turned):
        before, after = (ONE, SEVERAL) if turned else (SEVERAL, ONE)
        old, new = (
            f"{_tree(maxima, chosen)}index: {{policy: {one}}}\n"
            for maxima, chosen, one in zip((before, after), rules, policy, strict=True)
        )
        told = _map(LINKS[turned])
        found = _years(tiny, old, new, _rows(before, was), _rows(after, now), code_map=told)
        if found is not None:
            assert sum((c.difference for c in found.changes), Fraction(0)) == found.difference
            assert found.unit + found.rules + found.untold == found.index - found.before
            groups = [c for c in found.changes if c.kind in GROUPED + GROUPED_UNTOLD]
            assert all(_grouped(change) for change in groups)
            seen.update(change.kind for change in groups)

    holds()
    assert seen == {*GROUPED, *GROUPED_UNTOLD}


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
