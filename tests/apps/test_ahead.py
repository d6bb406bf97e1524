"""What it takes for a higher rank or grade, checked by ranking once more with just so many points."""

from dataclasses import replace
from fractions import Fraction

import pytest

from parindex.apps.results import ahead, queries
from parindex.core.kernel.framework import Band, GradePolicy, IndexPolicy, Quota, RankPolicy
from parindex.core.kernel.numbers import half_up
from parindex.core.kernel.ranking import rank
from parindex.core.kernel.text import Text


CENT = Fraction(1, 100)
RANKINGS = [
    ("minh-hoa", 2023, "co-quan"),
    ("minh-hoa", 2024, "co-quan"),
    ("minh-hoa", 2024, "cap-huyen"),
    ("minh-hoa", 2025, "cap-xa"),
    ("viet-nam", 2024, "tinh"),
]
FEW = 12  # units of a ranking


def _table(where):
    territory, year, group = where
    return queries.group_tables(territory, year, group=group)[0]


def _index(table, line, gain):
    """The unit's index with so many points more, from its own definition."""
    if table.framework.index.policy == "total":
        return line.index + gain
    return (line.points + gain) / line.maximum * 100


def _rank(table, line, gain):
    """The rank the unit would surely hold: whom it equals may stand before it."""
    policy = table.framework.ranking

    def key(index):
        return index if policy.precision is None else half_up(index, policy.precision)

    others = [key(u.index) for u in table.lines if u.rank is not None and u.code != line.code]
    mine = key(_index(table, line, gain))
    keys = [(k, 1) for k in others] + [(mine, 0)]
    return rank(keys, policy.ties)[-1]


def _some(table):
    """Units spread over the ranking, the last among them."""
    return [*table.lines[:: max(len(table.lines) // FEW, 1)], table.lines[-1]]


@pytest.mark.parametrize("where", RANKINGS, ids=str)
def test_the_points_named_for_a_rank_give_it_and_a_hundredth_less_does_not(world, where):
    """In every kind of ranking, for units all over it."""
    table = _table(where)
    found = 0
    for line in _some(table):
        for step in ahead.steps(table, line, queries.unit_nodes(table, line.code)):
            if step.rank is not None:
                assert step.gain >= CENT
                assert _rank(table, line, step.gain) == step.rank < line.rank
                assert _rank(table, line, step.gain - CENT) > step.rank
                assert step.holder.rank >= step.rank
                found += 1
    assert found > 10


@pytest.mark.parametrize("where", RANKINGS, ids=str)
def test_the_criteria_named_suffice_and_one_less_does_not(world, where):
    """Full marks on them; surveys are never among them."""
    table = _table(where)
    for line in _some(table):
        nodes = queries.unit_nodes(table, line.code)
        for step in ahead.steps(table, line, nodes):
            lost = [nodes[code].lost for code in step.leaves]
            assert all(table.framework.method_of(code) != "survey" for code in step.leaves)
            if lost and step.rank is not None:
                assert _rank(table, line, sum(lost)) <= step.rank
                assert sum(lost[:-1], Fraction(0)) < step.gain


def test_the_points_named_for_a_grade_give_it_and_a_hundredth_less_does_not(world):
    """Where bands on the index are all there is to a grade."""
    table = _table(RANKINGS[2])
    found = 0
    for line in table.lines:
        for step in ahead.steps(table, line, queries.unit_nodes(table, line.code)):
            if step.grade is not None:
                assert (
                    _index(table, line, step.gain) >= step.grade.min > _index(table, line, step.gain - CENT)
                )
                assert table.framework.grades.bands.index(step.grade) == line.grade_position - 1
                found += 1
    assert found > 3


def test_nothing_is_said_of_a_higher_place_to_the_first_and_to_the_unranked(world):
    """Neither has one above."""
    agencies = queries.group_tables("minh-hoa", 2025, group="co-quan")[0]
    for line in (agencies.lines[0], next(u for u in agencies.lines if u.rank is None)):
        found = ahead.steps(agencies, line, queries.unit_nodes(agencies, line.code))
        assert [s for s in found if s.rank is not None] == []


@pytest.mark.parametrize(
    "index",
    [IndexPolicy(policy="rescale_then_add_survey"), IndexPolicy(ceiling=Fraction(50))],
    ids=["rescaled", "at-the-ceiling"],
)
def test_nothing_is_said_where_a_point_more_may_not_move_the_index(world, index):
    """A point of the appraised part weighs otherwise than one of the survey; at the ceiling none counts."""
    table = _table(RANKINGS[1])
    table = replace(table, framework=replace(table.framework, index=index))
    line = table.lines[5]
    assert ahead.steps(table, line, queries.unit_nodes(table, line.code)) == []


def test_a_place_above_the_ceiling_is_out_of_reach(world):
    """Places below it are still named."""
    table = _table(RANKINGS[1])
    line = table.lines[5]
    ceiling = (table.lines[4].index + table.lines[3].index) / 2
    policy = replace(table.framework.index, ceiling=ceiling)
    table = replace(table, framework=replace(table.framework, index=policy))
    steps = ahead.steps(table, line, queries.unit_nodes(table, line.code))
    assert [s.holder.code for s in steps if s.holder] == [table.lines[4].code]


def test_a_grade_is_not_promised_where_more_than_the_index_decides(world):
    """Quotas, caps and conditions see other things."""
    table = _table(RANKINGS[2])
    line = table.lines[-1]
    bands = table.framework.grades.bands
    quota = Quota(grade=bands[0].id, percent=Fraction(20), ground=Text("Quy chế"))
    for grades in (GradePolicy(bands=bands, quotas=(quota,)), GradePolicy(bands=())):
        changed = replace(table, framework=replace(table.framework, grades=grades))
        assert ahead.next_grade(changed.framework, line) is None
    assert isinstance(ahead.next_grade(table.framework, line), Band)


def test_dense_ranks_count_equal_units_once(world):
    """1, 2, 2, 3: who passes the two seconds becomes second, not third."""
    table = _table(RANKINGS[1])
    lines = list(table.lines)
    lines[2] = replace(lines[2], rank=2, index=lines[1].index)
    nodes = queries.unit_nodes(table, lines[4].code)
    for ties, ranks in (("competition", [4, 2, 1]), ("dense", [3, 2, 1])):
        framework = replace(table.framework, ranking=RankPolicy(ties=ties, precision=2))
        changed = replace(table, framework=framework, lines=lines)
        assert [step.rank for step in ahead.steps(changed, lines[4], nodes) if step.rank] == ranks
