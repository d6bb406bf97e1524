"""Annexes of a result: one table per ranking group, and one with the areas where they are to be shown."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.core.papers.paper import Appendix, Block, Column, Paragraph, Row, Table
from parindex.core.papers.rounds.facts import Group, Line, RoundFacts
from parindex.core.papers.rounds.phrases import (
    NONE,
    UNITS,
    VI,
    annex_title,
    result_of,
    shown,
)
from parindex.core.wording.notation import listing


UNIT = UNITS.capitalize()
TIES = "Các đơn vị có cùng kết quả được xếp cùng một thứ hạng."
WIDE = 6  # areas that a table on its side holds in letters of 12; beyond it they are smaller


def annexes_of(facts: RoundFacts) -> list[Appendix]:
    """Every annex in its order, numbered where there is more than one."""
    told = [(group, False) for group in facts.groups]
    if facts.with_areas and facts.areas:
        told += [(group, True) for group in facts.groups]
    return [
        Appendix(
            annex_title(k, len(told)),
            _named(facts, group, areas=areas),
            body=list(_by_area(facts, group) if areas else _ranking(facts, group)),
            landscape=areas,
            attached=True,
        )
        for k, (group, areas) in enumerate(told, start=1)
    ]


def _named(facts: RoundFacts, group: Group, *, areas: bool) -> str:
    said = f"{result_of(facts)}, khối {group.name}"
    said = f"Chỉ số thành phần theo lĩnh vực, {said}" if areas else said
    return said[:1].upper() + said[1:]


def _ranking(facts: RoundFacts, group: Group) -> Iterator[Block]:
    """Unit, points, index, grade and rank, in ranking order; what needs saying below."""
    figures = [Column("Điểm đạt được", 16, "centre")]
    if facts.percent:
        figures.insert(0, Column("Điểm tối đa áp dụng", 16, "centre"))
        figures.append(Column("Chỉ số (%)", 15, "centre"))
    graded = [Column("Xếp loại", 20, "centre")] if any(line.grade for line in group.lines) else []
    columns = [
        Column("TT", 11, "centre"),
        Column(UNIT, 58),
        *figures,
        *graded,
        Column("Xếp hạng", 13, "centre"),
    ]
    yield Table(columns, [_row(facts, k, line, graded=bool(graded)) for k, line in enumerate(group.lines, 1)])
    yield from _notes(group)


def _row(facts: RoundFacts, position: int, line: Line, *, graded: bool) -> Row:
    figures = [shown(line.points, facts)]
    if facts.percent:
        figures = [shown(line.maximum, facts), *figures, shown(line.index, facts)]
    grade = [line.grade or NONE] if graded else []
    return Row([str(position), line.unit, *figures, *grade, str(line.rank or NONE)])


def _notes(group: Group) -> Iterator[Block]:
    said = [f"{line.unit}: {line.note}" for line in group.lines if line.note]
    ranks = [line.rank for line in group.lines if line.rank is not None]
    if len(ranks) > len(set(ranks)):
        said.insert(0, TIES)
    for k, text in enumerate(said):
        yield Paragraph(text, lead="" if k else "Ghi chú:")


def _by_area(facts: RoundFacts, group: Group) -> Iterator[Block]:
    """Each unit's index of every area."""
    heads = [Column(f"{k}. {name}", 22, "centre") for k, name in enumerate(facts.areas, 1)]
    rows = [
        Row([str(k), line.unit, *(shown(value, facts) for value in line.areas)])
        for k, line in enumerate(group.lines, 1)
    ]
    size = 12 if len(heads) <= WIDE else 10
    yield Table([Column("TT", 11, "centre"), Column(UNIT, 48), *heads], rows, size=size)
    yield Paragraph("Đơn vị tính: % điểm tối đa áp dụng của lĩnh vực.", lead="Ghi chú:")


def counted(facts: RoundFacts) -> Iterator[Paragraph]:
    """How many units of each group hold which grade, one line a group."""
    for k, group in enumerate(facts.groups, start=1):
        grades = listing([f"{count} đơn vị xếp loại {name}" for name, count in group.grades if count], VI)
        lead = f"{k}. " if len(facts.groups) > 1 else ""
        said = f"{lead}{group.name}: {len(group.lines)} đơn vị"
        yield Paragraph(f"{said}, trong đó {grades}." if grades else f"{said}.")
