"""The numbers worked by hand in docs/computation.md are what the kernel computes."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from invented_round import answers_file

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.answers import NoCase
from parindex.core.kernel.assess import assess
from parindex.core.kernel.numbers import fixed_text, half_up
from parindex.core.kernel.reading import written
from parindex.core.kernel.robustness import simulate
from parindex.data import minhhoa


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "computation.md").read_text(encoding="utf-8")
UNIT = "Sở Văn hóa, Thể thao và Du lịch"


@pytest.fixture(scope="module")
def year_2024(tmp_path_factory):
    """The demonstration's round of 2024, from a file as any other."""
    sample = next(r for r in minhhoa.ROUNDS if r.code == "2024")
    path = tmp_path_factory.mktemp("round") / "answers.csv"
    path.write_text(answers_file(sample), encoding="utf-8")
    framework = parse_framework(minhhoa.framework_file(sample), "framework.yaml")
    return assess(framework, read_answers(framework, path).table)


def position(assessment, name: str) -> int:
    """A unit's place in the table."""
    return [p.name for p in assessment.table.participants].index(name)


def tables(mark: str) -> list[list[list[str]]]:
    """The rows of each table after a marking comment."""
    found = []
    for text in re.findall(rf"<!-- {mark} -->\n\n((?:\|.*\n)+)", PAGE):
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines()]
        found.append([[c.removesuffix(" |") for c in row] for row in rows[2:]])
    return found


def test_every_leaf_of_the_area_has_its_answer_and_points(year_2024):
    """All ten leaves of area 1 stand in the table, none is left out."""
    (rows,) = tables("leaves: 1")
    unit = position(year_2024, UNIT)
    leaves = [n.code for n in year_2024.framework.nodes["1"].walk() if n.is_leaf]
    assert [row[0] for row in rows] == leaves
    for code, _, answer, _, points, maximum in rows:
        node = year_2024.node(unit, code)
        assert (written(node.answer), node.points, node.max) == (
            answer,
            Fraction(points),
            Fraction(maximum),
        ), code


def test_every_sum_adds_up_and_is_the_node(year_2024):
    """The sums of the criteria, the area and the parts: addends, total, and what the kernel has."""
    unit = position(year_2024, UNIT)
    rows = [row for table in tables("nodes") for row in table]
    assert len(rows) == 7
    for code, addends, points, maximum in rows:
        children = [year_2024.node(unit, c.code) for c in year_2024.framework.nodes[code].children]
        assert [Fraction(a) for a in addends.split(" + ")] == [c.points for c in children], code
        node = year_2024.node(unit, code)
        assert (node.points, node.max) == (Fraction(points), Fraction(maximum)), code


def test_index_grade_rank_of_the_unit(year_2024):
    """The end of the path, with the neighbours and the penalty named there."""
    outcome = year_2024.units[position(year_2024, UNIT)]
    group = year_2024.groups()[outcome.participant.group]
    assert (outcome.points, outcome.applicable_max, outcome.index) == (
        Fraction("88.18"),
        100,
        Fraction("88.18"),
    )
    assert (outcome.grade.name.vi, outcome.grade.min, outcome.rank, len(group)) == ("Tốt", 80, 6, 19)
    assert year_2024.node(position(year_2024, UNIT), "P1").points == Fraction("-0.5")
    assert year_2024.framework.penalty.max == 3
    for name, index in re.findall(r"(Ban Quản lý các khu công nghiệp|Sở Công Thương) with ([\d.]+)", PAGE):
        assert fixed_text(year_2024.units[position(year_2024, name)].index, 2) == index
    assert "88.18 ÷ 100 × 100 = 88.18 percent: Tốt (from 80), sixth of 19" in PAGE
    area = year_2024.node(position(year_2024, UNIT), "1")
    assert f"11.66 ÷ 13 × 100 = {fixed_text(area.index, 2)} percent" in PAGE


def test_survey_criterion_worked_out(year_2024):
    """B.1: the counts, the weighted percentage and the points."""
    node = year_2024.node(position(year_2024, UNIT), "B.1")
    assert written(node.answer) == "A=108;B=16;C=5;D=0"
    percent = Fraction(108 * 100 + 16 * 60 + 5 * 20, 129)
    assert (fixed_text(percent, 2), node.points) == ("91.94", half_up(percent * 4 / 100, 2))
    assert "= 91.94 percent of 4 points,\nrounded by the rule to 3.68." in PAGE
    assert node.points == Fraction("3.68")


def test_both_treatments_of_not_applicable(year_2024):
    """Ban Dân tộc under both policies, with the arithmetic shown."""
    (rows,) = tables("variants: Ban Dân tộc")
    unit = position(year_2024, "Ban Dân tộc")
    parts = [(year_2024.node(unit, c).points, year_2024.node(unit, c).max) for c in "ABC"]
    assert parts == [(Fraction("46.45"), Fraction("55.5")), (Fraction("11.71"), 15), (0, 0)]
    assert Fraction("58.16") / Fraction("70.5") * 100 == year_2024.units[unit].index
    for policy, _, index in rows:
        policies = replace(year_2024.framework.index, policy=policy.strip("`"))
        again = assess(replace(year_2024.framework, index=policies), year_2024.table)
        assert fixed_text(again.units[unit].index, 2) == index
    assert (Fraction("46.45") * 75 / Fraction("55.5") + Fraction("11.71")) == again.units[unit].index


def test_rank_band_of_the_unit(year_2024):
    """2,000 draws, weights within 25 percent, seed 1: ranks 5 to 7."""
    spread = simulate(year_2024, draws=2000, weights=0.25, seed=1).units[position(year_2024, UNIT)]
    assert (spread.low_rank, spread.high_rank) == (5, 7)
    assert "90 percent of the ranks of our department lie from 5 to 7" in PAGE


def test_nothing_is_not_applicable_to_the_unit(year_2024):
    """The applicable maximum is 100 because every leaf applies; where no case arose the maximum stays."""
    unit = position(year_2024, UNIT)
    nodes = year_2024.nodes(unit)
    assert all(nodes[c].max for c in year_2024.framework.leaves)
    assert any(isinstance(nodes[c].answer, NoCase) for c in year_2024.framework.leaves)
