"""One A4 page for a unit's head: why this rank, where points were lost and why, what gains most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.apps.assessments.models import Participant
from parindex.apps.results import ahead
from parindex.apps.results.compared import Beside, before_of, beside, bests_of
from parindex.apps.results.queries import group_table_of, unit_nodes
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.framework import Node
from parindex.core.kernel.time import legal_date
from parindex.core.papers.brief import Bar, Brief, Figure, Loss, Step
from parindex.core.wording import brief as words
from parindex.core.wording.full_marks import full_mark_words
from parindex.core.wording.reasons import reason_sentence, remark_sentence


VI = "vi"
LOSSES, STEPS, MANY = 6, 5, 2
LONGEST_NAME, LONGEST_WHY, LONGEST_ASKED = 90, 125, 110
COMPARED = 4  # figures beside a loss
WIDTH = 10  # thousandths of a bar for one percent
ZERO = Fraction(0)


@dataclass(frozen=True)
class Standing:
    """A unit's result with all that the page compares it with."""

    table: GroupTable
    line: UnitLine
    nodes: Mapping[str, NodeLine]
    beside: Mapping[str, Beside]
    as_of: date
    note: str

    @property
    def median(self) -> Fraction | None:
        """Of the group's indexes."""
        return _median([u.index for u in self.table.lines if u.index is not None])


def _median(values: Sequence[Fraction]) -> Fraction | None:
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def standing_of(participant: Participant) -> Standing | None:
    """What the page needs, of the round's newest result; None without one. A fixed number of queries."""
    table = group_table_of(participant.round, participant.group.code)
    if table is None:
        return None
    line = next((u for u in table.lines if u.code == participant.unit.code), None)
    if line is None:
        return None
    compared = beside(table, bests=bests_of(table), before=before_of(participant))
    computed = participant.round.results.order_by("-id").values_list("computed_at", flat=True).first()
    return Standing(
        table,
        line,
        unit_nodes(table, line.code),
        compared,
        legal_date(computed) if computed else date(table.year, 12, 31),
        " ".join(participant.round.note_vi.split()) if participant.unit.illustrative else "",
    )


def brief_of(standing: Standing) -> Brief:
    """The page. Pure: the same result, the same page."""
    table, line = standing.table, standing.line
    losses = _losses(standing)
    year = str(table.compared_year or table.year - 1)
    return Brief(
        above=f"{words.ABOVE} {table.year}",
        beside=words.BESIDE,
        title=line.name.vi,
        about=words.about(table.year, table.name.vi),
        figures=_figures(standing),
        lead=_lead(standing, losses),
        titles=words.TITLES,
        bar_heads=[head.format(year=year) for head in words.BAR_HEADS],
        bars=_bars(standing),
        loss_heads=[head.format(year=year) for head in words.LOSS_HEADS],
        losses=[loss for _, loss in losses[:LOSSES]],
        steps=_steps(standing),
        together=_together(standing),
        nothing=words.NOTHING,
        foot=words.foot(standing.note),
        as_of=standing.as_of,
    )


def _shown(table: GroupTable, index: Fraction | None) -> str:
    return words.points(index) + ("%" if table.percent and index is not None else "")


def _figures(standing: Standing) -> list[Figure]:
    """Rank, grade, index, what it takes for the next place."""
    table, line = standing.table, standing.line
    steps = ahead.steps(table, line, standing.nodes)
    grade = next((s for s in steps if s.grade is not None), None)
    place = next((s for s in steps if s.rank is not None), None)
    found = [
        Figure(
            words.RANK,
            words.place(line.rank, table.ranked),
            words.moved(line.rank_change, table.compared_year) if line.rank else words.UNRANKED,
        )
    ]
    if table.framework.grades.bands:
        note = words.to_grade(grade.grade.name.vi, grade.gain) if grade and grade.grade else ""
        if line.grade_position == 0:
            note = words.BEST_GRADE
        found.append(Figure(words.GRADE, line.grade.name.vi if line.grade else words.DASH, note))
    note = words.changed(line.index_change, table.compared_year) or words.held(line.points, line.maximum)
    found.append(Figure(words.INDEX if table.percent else words.TOTAL, _shown(table, line.index), note))
    beyond = _beyond(standing, place)
    return [*found, beyond] if beyond else found


def _beyond(standing: Standing, place: ahead.Step | None) -> Figure | None:
    """The next place above; of the first, how far ahead it is."""
    table, line = standing.table, standing.line
    if place is not None and place.holder is not None:
        note = words.passing(place.holder.name.vi, _shown(table, place.holder.index))
        return Figure(words.NEXT.format(rank=place.rank), words.more(place.gain), note)
    if line.rank != 1 or line.index is None:
        return None
    after = next((u for u in table.lines if u.rank is not None and u.rank > 1 and u.index is not None), None)
    if after is None or after.index is None:
        return None
    return Figure(words.LEAD, f"+{words.points(line.index - after.index)}", words.ahead_of(after.name.vi))


def _lead(standing: Standing, losses: Sequence[tuple[Fraction, Loss]]) -> str:
    """Why this rank, in three sentences."""
    table, line = standing.table, standing.line
    if line.index is None:
        return words.no_index()
    ranked = [u for u in table.lines if u.rank is not None and u.index is not None]
    best = ranked[0] if ranked else None
    compared = []
    if best is not None and best.index is not None and best.code != line.code:
        compared.append(words.against(words.best_of(best.name.vi), line.index, best.index))
    if standing.median is not None:
        compared.append(words.against(words.MEDIAN, line.index, standing.median))
    away = sorted(
        (index - median, area.name.vi)
        for area, index in zip(table.framework.areas, line.areas, strict=True)
        if index is not None and (median := table.medians.get(area.code)) is not None
    )
    ends = [(name, by) for by, name in (away[-1], away[0])] if away else [None, None]
    total = sum((points for points, _ in losses), ZERO)
    shown = sum((points for points, _ in losses[:LOSSES]), ZERO)
    sentences = [
        words.standing(compared, percent=table.percent),
        words.strengths(ends[0], ends[1]),
        words.lost_in_all(total, line.maximum, count=len(losses), shown=shown, names=len(losses[:LOSSES]))
        if losses
        else "",
    ]
    return " ".join(filter(None, sentences))


def _bars(standing: Standing) -> list[Bar]:
    found = []
    for area, index in zip(standing.table.framework.areas, standing.line.areas, strict=True):
        if index is None:
            continue
        here = standing.beside[area.code]
        cells = [words.share(v) for v in (index, here.before, here.median, here.best)]
        mark = None if here.median is None else _length(here.median)
        found.append(Bar(area.name.vi, cells, _length(index), mark))
    return found


def _length(index: Fraction) -> int:
    return min(max(round(index * WIDTH), 0), 1000)


def _losses(standing: Standing) -> list[tuple[Fraction, Loss]]:
    """Leaves below their maximum, what was taken off, and lateness; the largest first."""
    table, nodes = standing.table, standing.nodes
    if standing.line.index is None:
        return []
    rows = [
        (nodes[code].lost, _loss(standing, node, nodes[code].lost))
        for code, node in table.framework.nodes.items()
        if node.is_leaf and nodes[code].lost
    ]
    rows += [
        (-nodes[code].points, _loss(standing, node, -nodes[code].points))
        for code, node in table.framework.extras.items()
        if nodes[code].points < 0
    ]
    for remark in standing.line.remarks:
        if remark.code == "late":
            why = remark_sentence(remark, table.framework, VI)
            lost = Fraction(str(remark.data["points"]))
            rows.append((lost, Loss(words.LATE, _minus(lost), why, [words.DASH] * COMPARED)))
    return sorted(rows, key=lambda row: -row[0])


def _loss(standing: Standing, node: Node, lost: Fraction) -> Loss:
    kept = standing.nodes[node.code]
    why = (
        reason_sentence(kept.reason, node, VI, decimals=standing.table.framework.decimals)
        if kept.reason
        else ""
    )
    here = standing.beside.get(node.code)
    cells = (
        [words.share(v) for v in (kept.index, here.before, here.median, here.best)]
        if here
        else [words.DASH] * COMPARED
    )
    return Loss(_named(node), _minus(lost), _cut(why, LONGEST_WHY), cells)


def _minus(points: Fraction) -> str:
    return f"−{words.points(points)}"


def _named(node: Node) -> str:
    return f"{node.code} {_cut(node.name.vi, LONGEST_NAME)}"


def _cut(text: str, most: int) -> str:
    """At a word, with a mark that something is left out; the whole stands on the unit's page."""
    said = " ".join(text.split())
    return said if len(said) <= most else f"{said[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:.')} …"


def _steps(standing: Standing) -> list[Step]:
    """Full marks where they would give most, surveys apart: what they ask for, what then follows."""
    table = standing.table
    return [
        Step(
            _named(table.framework.nodes[code]),
            _cut(full_mark_words(table.framework.nodes[code].rule, VI), LONGEST_ASKED),
            words.gives(lost, *_after(standing, lost)),
        )
        for code, lost in _to_gain(standing)
    ]


def _together(standing: Standing) -> str:
    """What all of them would do; empty for one alone."""
    gains = [lost for _, lost in _to_gain(standing)]
    if len(gains) < MANY:
        return ""
    total = sum(gains, ZERO)
    index, rank = _after(standing, total)
    return words.together(len(gains), total, index=index, rank=rank)


def _to_gain(standing: Standing) -> list[tuple[str, Fraction]]:
    if standing.line.index is None:
        return []
    return ahead.appraised_losses(standing.table.framework, standing.nodes)[:STEPS]


def _after(standing: Standing, gain: Fraction) -> tuple[Fraction | None, int | None]:
    """Index and rank with so many points more."""
    index = ahead.index_with(standing.table, standing.line, gain)
    return index, None if index is None else ahead.rank_with(standing.table, standing.line, index)
