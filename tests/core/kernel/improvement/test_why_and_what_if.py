"""Where a difference of two indexes comes from, what a leaf could still hold, what another answer gives."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.kernel.answers import Input, Ruled
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.improvement import (
    Goal,
    alternatives,
    by_area,
    contributions,
    falls_of,
    gaps,
    index_per_point,
    is_reached,
    moves_of,
    needed,
    what_if,
)
from parindex.core.kernel.improvement.contributions import BONUS, LATE, LIMITS, PENALTY
from parindex.core.kernel.improvement.moves import levels, levels_below
from parindex.core.kernel.reading import read_answer
from parindex.core.kernel.rules import AllOrNothing, Conditions, Deadline, Points, Proportional, Steps
from parindex.core.kernel.rules.base import Award, Branched, Chosen
from parindex.core.kernel.rules.branching import Branch, Case
from parindex.core.kernel.rules.choices import Option, Requirement
from parindex.core.kernel.rules.ratios import Step
from parindex.core.kernel.text import Text


X = Text("x")
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
GRADES = """
grades:
  bands:
    - {id: tot, name: Tốt, min: 80}
    - {id: kha, name: Khá, min: 65, }
    - {id: kem, name: Kém, min: 0}
"""
EXTRAS = """
bonus: {max: 2, items: [{code: T1, name: t, max: 2, rule: {kind: points}}]}
penalty: {items: [{code: P1, name: p, max: 3, rule: {kind: points}}]}
late_submission: {steps: [{from_day: 1, points: 1}]}
"""
HEAD = "unit,criterion,answer\n"
TWO = "a,A1,40\na,A2,20\na,S,80\nb,A1,45\nb,A2,15\nb,S,60\n"


@pytest.mark.parametrize("policy", ["applicable_maximum", "rescale_then_add_survey", "total"])
def test_what_leaves_put_in_is_the_index(tiny, policy):
    """By every policy, where something is not applicable as well."""
    rows = "a,A1,40\na,A2,n/a\na,S,80\nb,A1,45\nb,A2,15\nb,S,60\n"
    result = tiny.assess(f"{TREE}index: {{policy: {policy}}}\n", HEAD + rows)
    for unit in (0, 1):
        assert sum(contributions(result, unit).values()) == result.units[unit].index
    assert sum(g.difference for g in gaps(result, 0, 1)) == result.units[0].index - result.units[1].index


def test_a_gap_is_told_leaf_by_leaf_and_area_by_area(tiny):
    """60 of 75 each: what A1 lost A2 brought; the survey makes the difference of 5."""
    result = tiny.assess(TREE, HEAD + TWO)
    found = gaps(result, 1, 0)
    assert [(g.code, g.difference) for g in found] == [("A2", -5), ("S", -5), ("A1", 5)]
    assert by_area(result, found) == {"A": 0, "S": -5}


def test_bonus_penalty_and_lateness_are_parts_of_their_own(tiny):
    """And what a ceiling takes away is said as such."""
    rows = "a,A1,45\na,A2,30\na,S,100\na,T1,2\nb,A1,40\nb,A2,20\nb,S,80\nb,P1,3\nb,T1,1\n"
    result = tiny.assess(TREE + EXTRAS + "index: {ceiling: 100}\n", HEAD + rows)
    best, other = contributions(result, 0), contributions(result, 1)
    assert (best[BONUS], best[LIMITS]) == (2, -2)
    assert (other[BONUS], other[PENALTY]) == (1, -3)
    assert LATE not in other
    assert sum(best.values()) == 100
    assert sum(other.values()) == result.units[1].index


def _held(points, maximum, answer=None):
    return NodeOutcome("x", Fraction(points), Fraction(maximum), None, None, answer)


def test_a_rule_with_levels_gives_its_levels_above():
    """Those of steps, one condition more at a time, quarters of a share."""
    steps = Steps(
        (Step(percent=Fraction(50), from_=Fraction(60)), Step(percent=Fraction(100), from_=Fraction(90)))
    )
    assert levels(steps, _held(0, 2)) == [1, 2]
    assert levels(steps, _held(1, 2)) == [2]
    awards = (("k", 1), ("l", 2), ("m", "1/2"))
    conditions = Conditions(tuple(Option(points=Fraction(p), id=i, name=X) for i, p in awards))
    met = Input(Chosen(("k",)), "k")
    assert levels(conditions, _held(1, "7/2", met)) == [3, Fraction(7, 2)]
    assert levels(AllOrNothing((Requirement("k", X),)), _held(0, 2)) == [2]
    deadline = Deadline(date(2024, 1, 1), Award(percent=Fraction(100)), Award(percent=Fraction(50)))
    assert levels(deadline, _held(0, 2)) == [1, 2]
    assert levels(Proportional(), _held(1, 2)) == [Fraction(5, 4), Fraction(3, 2), Fraction(7, 4), 2]
    assert levels(Points(step=Fraction(1, 2)), _held(1, 2)) == [Fraction(3, 2), 2]
    assert len(levels(Points(step=Fraction(1, 100)), _held(0, 2))) == 20


def test_a_rule_with_levels_gives_its_levels_below():
    """The nearest first, down to nothing; conditions are lost the lightest first, inside a branch too."""
    steps = Steps(
        (Step(percent=Fraction(50), from_=Fraction(60)), Step(percent=Fraction(100), from_=Fraction(90)))
    )
    assert levels_below(steps, _held(2, 2)) == [1, 0]
    assert levels_below(steps, _held(0, 2)) == []
    awards = (("k", 1), ("l", 2), ("m", "1/2"))
    conditions = Conditions(tuple(Option(points=Fraction(p), id=i, name=X) for i, p in awards))
    all_met = Input(Chosen(("k", "l", "m")), "all")
    assert levels_below(conditions, _held("7/2", "7/2", all_met)) == [3, 2, 0]
    assert levels(conditions, _held(1, "7/2", Input(Chosen(("k",)), "k"))) == [3, Fraction(7, 2)]
    assert levels_below(conditions, _held(1, "7/2", Input(Chosen(("k",)), "k"))) == [0]
    assert levels_below(AllOrNothing((Requirement("k", X),)), _held(2, 2)) == [0]
    assert levels_below(Proportional(), _held(1, 2)) == [Fraction(3, 4), Fraction(1, 2), Fraction(1, 4), 0]
    assert levels_below(Points(step=Fraction(1, 2)), _held("5/4", 2)) == [Fraction(3, 4), Fraction(1, 4), 0]
    branch = Branch((Case(id="z", name=X, rule=steps),))
    assert levels_below(branch, _held(2, 2, Input(Branched("z", Fraction(95)), "z: 95"))) == [1, 0]
    many = levels_below(Points(step=Fraction(1, 100)), _held(2, 2))
    assert (len(many), many[0], many[-1]) == (20, Fraction("1.99"), 0)


@pytest.mark.parametrize("policy", ["applicable_maximum", "rescale_then_add_survey", "total"])
def test_a_level_below_says_what_the_index_loses(tiny, policy):
    """As the whole computed anew says; also at full marks, and of what nobody decides on."""
    result = tiny.assess(f"{TREE}index: {{policy: {policy}}}\n", HEAD + TWO)
    falls = falls_of(result, 1)
    assert set(falls) == {"A1", "A2", "S"}
    for code, moves in falls.items():
        for move in moves:
            anew = what_if(result, 1, {code: Ruled(move.points)})
            assert anew.units[1].index - result.units[1].index == move.gain < 0
            assert anew.units[0].index == result.units[0].index
        assert moves[-1].points == 0


def test_a_move_says_what_the_index_gains(tiny):
    """As the whole computed anew says."""
    result = tiny.assess(
        f"{TREE}index: {{policy: rescale_then_add_survey}}\n",
        HEAD + TWO,
    )
    for code, moves in moves_of(result, 0).items():
        for move in moves:
            anew = what_if(result, 0, {code: Ruled(move.points)})
            assert anew.units[0].index - result.units[0].index == move.gain
            assert anew.units[1] == result.units[1]


def test_a_plan_reaches_its_goal_when_all_is_computed_anew(tiny):
    """A place, a grade, an index; the others stay as they are."""
    rows = TWO + "c,A1,30\nc,A2,10\nc,S,50\n"
    result = tiny.assess(TREE + GRADES, HEAD + rows)
    assert [u.rank for u in result.units] == [1, 2, 3]
    for goal in (
        Goal("rank", Fraction(2)),
        Goal("rank", Fraction(1)),
        Goal("grade", grade="kha"),
        Goal("grade", grade="tot"),
        Goal("index", Fraction(90)),
    ):
        need = needed(result, 2, goal)
        assert not is_reached(result, 2, goal)
        (plan, *others) = alternatives(
            moves_of(result, 2), need.gain(result.units[2].index), above=need.above
        )
        for one in (plan, *others):
            anew = what_if(result, 2, {m.leaf: Ruled(m.points) for m in one.moves})
            assert is_reached(anew, 2, goal)
            assert anew.units[2].index == result.units[2].index + one.gain


def test_a_place_is_taken_by_passing_whoever_holds_it(tiny):
    """More than equal; on a rounded ranking, what rounds up to more; with a margin, more by as much."""
    rows = "a,A1,45\na,S,0\nb,A1,40\nb,S,0\n"
    result = tiny.assess(TREE, HEAD + rows)
    assert (
        needed(result, 1, Goal("rank", Fraction(1))).index,
        needed(result, 1, Goal("rank", Fraction(1))).above,
    ) == (45, True)
    assert needed(result, 1, Goal("rank", Fraction(1), margin=Fraction(2))).index == 47
    assert needed(result, 1, Goal("rank", Fraction(2))) is None
    rounded = tiny.assess(TREE + "ranking: {precision: 2}\n", HEAD + rows)
    need = needed(rounded, 1, Goal("rank", Fraction(1)))
    assert (need.index, need.above) == (Fraction("45.005"), False)


def test_a_leaf_left_alone_is_not_moved(tiny):
    """A survey cannot be decided on; an effort counts for each level up."""
    result = tiny.assess(TREE, HEAD + TWO)
    found = moves_of(result, 0, without={"S"}, efforts={"A1": Fraction(3)})
    assert set(found) == {"A1", "A2"}
    assert [m.effort for m in found["A1"]] == [3, 6, 9, 12]
    assert [m.effort for m in found["A2"]] == [1, 2, 3, 4]
    assert set(index_per_point(result, 0).values()) == {1}


def test_another_answer_is_scored_by_its_rule(tiny):
    """What if the survey had said 100, or the answer were withdrawn."""
    result = tiny.assess(TREE, HEAD + TWO)
    full = read_answer(result.framework.leaves["S"], "100")
    assert what_if(result, 0, {"S": full}).units[0].index == 85
    assert result.units[0].index == 80


@pytest.mark.parametrize("policy", ["applicable_maximum", "rescale_then_add_survey", "total"])
def test_what_if_is_the_whole_computed_from_a_file_with_that_answer(tiny, policy):
    """Every unit's index, grade, rank and remarks, by every policy; also where the answer is withdrawn."""
    head = f"{TREE}{GRADES}{EXTRAS}index: {{policy: {policy}}}\n"
    rows = TWO + "c,A1,30\nc,A2,10\nc,S,50\nc,P1,1\n"
    result = tiny.assess(head, HEAD + rows)
    for code, was, then in (
        ("A1", "30", "44"),
        ("S", "50", "99"),
        ("A2", "10", "n/a"),
        ("A2", "10", ""),
        ("P1", "1", "3"),
    ):
        answer = read_answer(result.framework.leaves[code], then)
        line = f"c,{code},{then}\n" if then else ""
        whole = tiny.assess(head, HEAD + rows.replace(f"c,{code},{was}\n", line))
        assert what_if(result, 2, {code: answer}).units == whole.units


OTHERS = (
    (None, "0", "10", "30", "45", "points:12.5"),
    (None, "0", "7", "15", "30", "n/a"),
    (None, "0", "33.3", "60", "100", "80"),
)
answered = st.tuples(*(st.sampled_from(options) for options in OTHERS))


@pytest.mark.slow
def test_any_number_of_other_answers_is_the_whole_computed_from_a_file(tiny):
    """Better, worse or withdrawn, several leaves at once: every unit's index, grade and rank."""
    codes = ("A1", "A2", "S")

    def whole(answers):
        rows = "".join(
            f"u{k},{code},{text or ''}\n"
            for k, texts in enumerate(answers)
            for code, text in zip(codes, texts, strict=True)
        )
        return tiny.assess(TREE + GRADES + EXTRAS, HEAD + rows)

    @given(
        st.lists(answered, min_size=2, max_size=4), answered, st.integers(0, 3), st.sets(st.integers(0, 2))
    )
    def holds(units, other, who, changed):
        who %= len(units)
        result = whole(units)
        then = [list(texts) for texts in units]
        for k in changed:
            then[who][k] = other[k]
        leaves = result.framework.leaves
        answers = {codes[k]: read_answer(leaves[codes[k]], other[k] or "") for k in changed}
        assert what_if(result, who, answers).units == whole(then).units

    holds()
