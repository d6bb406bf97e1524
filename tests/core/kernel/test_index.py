"""From points to the index: totals, both treatments of what is not applicable, bonus, penalty, lateness."""

from fractions import Fraction

import pytest

from parindex.core.kernel.assessment import TableRefused


TREE = """
tree:
  - code: A
    name: Thẩm định
    max: 75
    children:
      - {code: A1, name: a1, max: 45, rule: {kind: points}}
      - {code: A2, name: a2, max: 30, rule: {kind: points}}
  - {code: S, name: Điều tra, max: 25, method: survey, rule: {kind: satisfaction}}
"""
RESCALE = TREE + "index: {policy: rescale_then_add_survey}\n"
HEAD = "unit,criterion,answer\n"


def _unit(tiny, framework, rows):
    result = tiny.assess(framework, HEAD + rows)
    return result.units[0]


def test_points_and_maxima_add_up_at_every_node(tiny):
    """45 + 12.5 of 75, 80 % of 25."""
    result = tiny.assess(TREE, HEAD + "x,A1,45\nx,A2,12.5\nx,S,80\n")
    found = {c: (n.points, n.max) for c, n in result.nodes(0).items()}
    assert found == {"A": (Fraction(115, 2), 75), "A1": (45, 45), "A2": (Fraction(25, 2), 30), "S": (20, 25)}
    assert result.node(0, "").index == Fraction(155, 2)


def test_not_applicable_lowers_the_maximum(tiny):
    """Policy one: 40 + 20 of 45 + 25 is 85.71 %."""
    unit = _unit(tiny, TREE, "x,A1,40\nx,A2,n/a\nx,S,80\n")
    assert (unit.points, unit.applicable_max, unit.index) == (60, 70, Fraction(600, 7))


def test_not_applicable_rescales_the_appraised_part(tiny):
    """Policy two: 40 of 45 becomes 66 2/3 of 75; with 20 survey points the index is 86 2/3 on 100."""
    unit = _unit(tiny, RESCALE, "x,A1,40\nx,A2,n/a\nx,S,80\n")
    assert (unit.points, unit.applicable_max, unit.index) == (Fraction(260, 3), 100, Fraction(260, 3))
    assert [r.code for r in unit.remarks] == ["index_rescaled"]


@pytest.mark.parametrize(("without", "index"), [("rescale", Fraction(800, 9)), ("zero", Fraction(200, 3))])
def test_a_unit_that_was_not_surveyed(tiny, without, index):
    """40 of 45: rescaled to the whole it is 88.89 %; with the survey's maximum kept, 66 2/3 of 100."""
    text = TREE + f"index: {{policy: rescale_then_add_survey, without_survey: {without}}}\n"
    assert _unit(tiny, text, "x,A1,40\nx,A2,n/a\nx,S,n/a\n").index == index


def test_nothing_applicable_gives_no_index(tiny):
    """Neither 0 nor a division by nothing."""
    for text in (TREE, RESCALE):
        unit = _unit(tiny, text, "x,A1,n/a\nx,A2,n/a\nx,S,n/a\n")
        assert (unit.index, unit.rank) == (None, None)
        assert "no_index" in [r.code for r in unit.remarks]


def test_the_total_policy_divides_by_nothing(tiny):
    """The sum of points is the index, whatever applies (PAPI, Decision 766)."""
    text = TREE + "index: {policy: total}\n"
    assert _unit(tiny, text, "x,A1,40\nx,A2,n/a\nx,S,80\n").index == 60


@pytest.mark.parametrize(("policy", "index"), [("zero", 40), ("unranked", None)])
def test_a_missing_answer_by_policy(tiny, policy, index):
    """It counts 0, or the unit goes without index and rank."""
    unit = _unit(tiny, TREE + f"index: {{no_answer: {policy}}}\n", "x,A1,40\n")
    assert unit.index == index
    assert ("incomplete", 2) in [(r.code, r.data.get("count")) for r in unit.remarks]


@pytest.mark.parametrize(
    ("policy", "index", "maximum"),
    [("no_answer", 40, 100), ("not_applicable", Fraction(160, 3), 75), ("unranked", None, 100)],
)
def test_a_unit_without_a_survey_is_treated_as_the_set_declares(tiny, policy, index, maximum):
    """As any unanswered leaf, left out with its maximum, or without an index; a survey that found 0 is 0."""
    text = TREE + f"index: {{no_survey: {policy}}}\n"
    unit = _unit(tiny, text, "x,A1,20\nx,A2,20\n")
    assert (unit.index, unit.applicable_max) == (index, maximum)
    assert _unit(tiny, text, "x,A1,20\nx,A2,20\nx,S,0\n").index == 40


def test_a_survey_that_is_left_out_says_so_and_leaves_nothing_open(tiny):
    """Its reason is "no survey"; the unit does not count as incomplete for it, but does for other leaves."""
    text = TREE + "index: {no_survey: not_applicable}\n"
    result = tiny.assess(text, HEAD + "x,A1,20\n")
    assert result.node(0, "S").reason.code == "no_survey"
    assert ("incomplete", 1) in [(r.code, r.data.get("count")) for r in result.units[0].remarks]


EXTRAS = """
tree: [{code: L, name: Lá, max: 50, rule: {kind: points}}]
bonus:
  max: 2
  items:
  - {code: B1, name: b, max: 2, rule: {kind: points}}
  - {code: B2, name: b, max: 1.5, rule: {kind: points}}
penalty:
  max: 5
  items:
  - {code: P1, name: p, max: 4, rule: {kind: points}}
  - {code: P2, name: p, max: 3, rule: {kind: points}}
"""


@pytest.mark.parametrize(
    ("rows", "index", "codes"),
    [
        ("", 80, []),
        ("x,B1,0.5\nx,B2,1.5\n", 84, ["bonus"]),
        ("x,B1,1\nx,B2,1.5\n", 84, ["bonus_capped"]),
        ("x,P1,4\nx,P2,1\n", 70, ["penalty"]),
        ("x,P1,4\nx,P2,3\n", 70, ["penalty_capped"]),
        ("x,B1,1\nx,P1,2\n", 78, ["bonus", "penalty"]),
    ],
)
def test_bonus_and_penalty_stay_inside_their_caps(tiny, rows, index, codes):
    """On points: 40 of 50 with at most +2 and −5; a cap that is just reached is not said to bite."""
    unit = _unit(tiny, EXTRAS, "x,L,40\n" + rows)
    assert (unit.index, [r.code for r in unit.remarks]) == (index, codes)


def test_bonus_and_penalty_may_count_on_the_index(tiny):
    """In percentage points: 80 + 2 − 5."""
    unit = _unit(tiny, EXTRAS + "index: {extras: index}\n", "x,L,40\nx,B1,2\nx,B2,1\nx,P1,4\nx,P2,3\n")
    assert (unit.index, unit.points) == (77, 40)


def test_an_unanswered_bonus_makes_nobody_incomplete(tiny):
    """Bonus and penalty items are answered only where something arose."""
    assert _unit(tiny, EXTRAS, "x,L,40\n").remarks == ()


def test_a_penalty_item_shows_negative_points(tiny):
    """As a table prints it; the rule gives the size."""
    result = tiny.assess(EXTRAS, HEAD + "x,L,40\nx,P1,3\n")
    assert result.node(0, "P1").points == -3


def test_the_index_never_falls_below_zero_nor_above_its_ceiling(tiny):
    """50 points and 2 bonus are 104 %, counted 100; 3 points and 5 off are 0."""
    text = EXTRAS + "index: {ceiling: 100}\n"
    assert _unit(tiny, text, "x,L,50\nx,B1,2\n").index == 100
    assert _unit(tiny, text, "x,L,3\nx,P1,4\nx,P2,1\n").index == 0
    assert _unit(tiny, EXTRAS, "x,L,50\nx,B1,2\n").index == 104


LATE = """
tree: [{code: L, name: Lá, max: 100, rule: {kind: points}}]
late_submission: {steps: [{from_day: 1, points: 1}, {from_day: 3, per_day: 0.5}], refused_after: 5}
"""


@pytest.mark.parametrize(
    ("days", "index", "code"),
    [
        (0, 90, None),
        (1, 89, "late"),
        (2, 89, "late"),
        (3, Fraction(177, 2), "late"),
        (5, Fraction(175, 2), "late"),
        (6, None, "late_refused"),
    ],
)
def test_late_sheets_cost_by_the_day_and_are_refused_in_the_end(tiny, days, index, code):
    """One point from day 1, half a point for each day from day 3, refused beyond day 5."""
    result = tiny.assess(LATE, f"unit,criterion,answer,late_days\nx,L,90,{days}\n")
    unit = result.units[0]
    assert unit.index == index
    assert code is None or code in [r.code for r in unit.remarks]
    assert (unit.rank is None) == (index is None)


TYPES = """
unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]
tree:
  - code: A
    name: A
    max: {so: 10, xa: 6}
    exempt: []
    children:
      - {code: A1, name: a1, max: {so: 4, xa: 0}, rule: {kind: points}}
      - {code: A2, name: a2, max: 6, exempt: [{units: [Thanh tra], ground: QĐ 1}], rule: {kind: points}}
"""
TYPED = "unit,type,criterion,answer\n"


def test_a_leaf_that_is_not_for_a_type_or_a_unit_leaves_the_maximum(tiny):
    """By unit type, and by an exemption with its ground."""
    rows = "Sở Y tế,so,A1,4\nSở Y tế,so,A2,3\nxã An,xa,A2,3\nThanh tra,so,A1,2\n"
    result = tiny.assess(TYPES, TYPED + rows)
    assert [(u.points, u.applicable_max) for u in result.units] == [(7, 10), (3, 6), (2, 4)]
    assert result.node(1, "A1").reason.code == "not_for_type"
    assert result.node(2, "A2").reason.code == "exempt"


@pytest.mark.parametrize("row", ["xã An,xa,A1,1\n", "Thanh tra,so,A2,1\n"])
def test_an_answer_where_none_is_due_is_refused(tiny, row):
    """It would otherwise vanish silently."""
    framework = tiny.framework(TYPES)
    with pytest.raises(TableRefused) as refusal:
        tiny.assess(framework, TYPED + row)
    assert [c.problem.code for c in refusal.value.cells] == ["answer_for_exempt"]


def test_every_answer_that_cannot_be_scored_is_named_at_once(tiny):
    """Nothing is computed from the rest."""
    framework = tiny.framework(TREE)
    with pytest.raises(TableRefused) as refusal:
        tiny.assess(framework, HEAD + "x,A1,46\ny,A2,31\nz,A1,46\nz,A2,1\n")
    assert [(c.unit, c.leaf) for c in refusal.value.cells] == [(0, "A1"), (1, "A2"), (2, "A1")]
