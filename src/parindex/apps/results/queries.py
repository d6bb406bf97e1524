"""What pages read of results. Every page costs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries import published
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.results.models import GroupResult, PublishedFigure, Result, UnitResult
from parindex.apps.results.rows import AssessedUnit, GroupTable, NodeLine, Place, Ranking, UnitLine
from parindex.core.formats.publicity import Publicity
from parindex.core.formats.stored import from_stored
from parindex.core.kernel.comparing import WHOLE, comparable_codes
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.text import Text


LIGHT = ("nodes",)
TEXTS = ("round__framework__source", "round__previous__framework__source")
"""Whole criteria sets as their files have them, which are read by their hash."""
WITHIN = ("bonus", "penalty", "bonus_capped", "penalty_capped", "late", "index_rescaled")
"""Remarks that say how many points came from where: for those who may see the parts of a result."""
RankAndIndex = tuple[int | None, Fraction | None]


def newest_stamp() -> str:
    """What changes whenever anything kept changes: every act writes to the ledger. Coming in and going out
    changes nothing that a page shows.

    The count is there because of two writers at once: the entry with the lower number may appear last.
    """
    found = Entry.objects.exclude(chain__startswith="access:").aggregate(
        newest=Max("id"), entries=Count("id")
    )
    return f"{found['newest']}/{found['entries']}"


def places() -> list[Place]:
    """Territories that have results; invented ones first, as a demonstration is about them."""
    years: dict[int, set[int]] = defaultdict(set)
    for territory, year in (
        Round.objects.filter(published(), audience=Round.Audience.PUBLIC, results__isnull=False)
        .values_list("territory_id", "year")
        .distinct()
    ):
        years[territory].add(year)
    units = Unit.objects.filter(pk__in=years)
    found = [Place(u.code, u.name, u.illustrative, sorted(years[u.pk], reverse=True)) for u in units]
    return sorted(found, key=lambda p: (not p.illustrative, p.code))


def standing_results(**where: object) -> list[Result]:
    """The newest published result of each round that matches: what runs is nobody's to see yet."""
    results = Result.objects.filter(pk__in=_newest(**where)).select_related(
        "round__territory", "round__framework", "round__previous__framework"
    )
    return list(results.defer(*TEXTS).order_by("round_id"))


def _newest(**where: object) -> QuerySet[Result, Any]:
    """The keys of those results, for other queries."""
    public = Result.objects.filter(
        published("round__", "computed_at"), round__audience=Round.Audience.PUBLIC, **where
    )
    return public.values("round").annotate(newest=Max("id")).values("newest")


def rankings(among: Sequence[Place] | None = None) -> list[Ranking]:
    """Every ranking there is, without its lines: territories in the order of `places`, newest year first.

    Args:
        among: territories already at hand, where no others are asked for.
    """
    known = {p.code: p for p in (places() if among is None else among)}
    found_in = standing_results(round__territory__parent=None, round__territory__code__in=known)
    results = {r.pk: r for r in found_in}
    kept = GroupResult.objects.filter(result__in=results).select_related("group")
    order = {code: k for k, code in enumerate(known)}
    found = [(g, results[g.result_id].round) for g in kept]
    found.sort(
        key=lambda pair: (
            order[pair[1].territory.code],
            -pair[1].year,
            pair[1].pk,
            pair[0].group.position,
        )
    )
    return [
        Ranking(
            place=known[round_.territory.code],
            round=round_.code,
            year=round_.year,
            code=kept.group.code,
            name=kept.group.name,
            framework=by_hash(results[kept.result_id].framework_hash),
            publicity=round_.level,
        )
        for kept, round_ in found
    ]


def group_tables(territory: str, year: int, *, group: str | None = None) -> list[GroupTable]:
    """The rankings of a territory and year (or one group's), each line with the year before where
    comparable."""
    newest = _newest(round__territory__code=territory, round__territory__parent=None, round__year=year)
    return _tables(newest, group)


def group_table_of(round_: Round, group: str, *, told: bool = False) -> GroupTable | None:
    """One ranking of a round by its newest result, whole, for those who see the units' sheets; `told`: by
    what is published of it. None where there is none."""
    which = published("round__", "computed_at") if told else Q()
    newest = Result.objects.filter(which, round=round_).order_by("-id").values("pk")[:1]
    return next(iter(_tables(newest, group, level=Publicity.EVIDENCE)), None)


def _tables(
    results: QuerySet[Result, Any], group: str | None, *, level: Publicity | None = None
) -> list[GroupTable]:
    """Rankings of some results, given by their keys; `level`: None: what everybody may see of each round."""
    kept = GroupResult.objects.filter(result__in=results).select_related(
        "group", "result__round__territory", "result__round__framework", "result__round__previous__framework"
    )
    kept = kept.defer(*(f"result__{text}" for text in TEXTS))
    if group is not None:
        kept = kept.filter(group__code=group)
    groups = sorted(kept, key=lambda g: (g.result.round_id, g.group.position))
    lines = _lines_by_group(
        UnitResult.objects.filter(
            result__in=[g.result_id for g in groups], group__in=[g.group_id for g in groups]
        )
    )
    before = _before([g.result for g in groups])
    return [_table(g, g.result, rows=lines[g.group_id], before=before, level=level) for g in groups]


def _lines_by_group(rows: QuerySet[UnitResult]) -> dict[int, list[UnitResult]]:
    found: dict[int, list[UnitResult]] = defaultdict(list)
    for row in rows.defer(*LIGHT).select_related("participant__unit").order_by("position"):
        found[row.group_id].append(row)
    return found


def _before(results: Sequence[Result]) -> dict[tuple[int, str, str], RankAndIndex]:
    """Ranks and indexes of the rounds before, by round, group code and unit code, where the whole index may
    be compared."""
    previous = {
        r.round.previous_id
        for r in results
        if r.round.previous is not None
        and r.round.previous.is_out
        and not r.round.previous.is_inside
        and WHOLE
        in comparable_codes(by_hash(r.framework_hash), by_hash(r.round.previous.framework.content_hash))
    }
    if not previous:
        return {}
    newest = (
        Result.objects.filter(published("round__", "computed_at"), round__in=previous)
        .values("round")
        .annotate(newest=Max("id"))
        .values("newest")
    )
    rows = UnitResult.objects.filter(result__in=newest).values_list(
        "result__round_id", "group__code", "participant__unit__code", "rank", "index"
    )
    return {(round_, group, unit): (rank, index) for round_, group, unit, rank, index in rows}


def _table(
    kept: GroupResult,
    result: Result,
    *,
    rows: Sequence[UnitResult],
    before: dict[tuple[int, str, str], RankAndIndex],
    level: Publicity | None,
) -> GroupTable:
    framework, round_ = by_hash(result.framework_hash), result.round
    level = level or round_.level
    lines = [
        unit_line(
            row,
            framework,
            before.get((round_.previous_id or 0, kept.group.code, row.participant.unit.code)),
            level=level,
        )
        for row in rows
    ]
    shown = shown_nodes(framework, level)
    return GroupTable(
        result=result.pk,
        round=round_.code,
        code=kept.group.code,
        name=kept.group.name,
        year=round_.year,
        territory=round_.territory.code,
        round_title=round_.title,
        note=round_.note,
        framework=framework,
        framework_hash=result.framework_hash,
        answers_hash=result.answers_hash,
        robustness=result.robustness,
        size=kept.size,
        ranked=kept.ranked,
        counts=kept.grades,
        medians={c: None if m is None else exact(m) for c, m in kept.medians.items() if c in shown},
        measures={c: (exact(p), exact(whole)) for c, (p, whole) in kept.measures.items() if c in shown},
        compared_year=round_.previous.year
        if round_.previous and any(k[0] == round_.previous_id for k in before)
        else None,
        lines=lines,
        publicity=level,
    )


def shown_nodes(framework: Framework, level: Publicity) -> Collection[str]:
    """Codes of the nodes that everybody sees at a level: all, the areas and what they lie in, or none."""
    if level.shows_reasons:
        return {*framework.nodes, *framework.extras}
    if level.shows_areas:
        return {node.code for node in (*framework.tree, *framework.areas)}
    return ()


def unit_line(
    row: UnitResult, framework: Framework, before: RankAndIndex | None = None, *, level: Publicity
) -> UnitLine:
    """A kept line as everybody may read it."""
    remarks = [r for r in map(from_stored, row.remarks) if level.shows_areas or r.code not in WITHIN]
    rank_before, index_before = before or (None, None)
    position = next((k for k, b in enumerate(framework.grades.bands) if b.id == row.grade), None)
    return UnitLine(
        code=row.participant.unit.code,
        name=row.participant.name,
        type=row.participant.type,
        index=row.index,
        points=row.points,
        maximum=row.applicable_max,
        grade=None if position is None else framework.grades.bands[position],
        grade_position=position,
        rank=row.rank,
        areas=[None if a is None else exact(a) for a in row.areas] if level.shows_areas else [],
        remarks=remarks,
        band=row.band,
        rank_before=rank_before,
        index_before=index_before,
    )


def unit_nodes(table: GroupTable, unit: str) -> dict[str, NodeLine]:
    """Every node of one unit that everybody may see, without its reason where reasons are not public."""
    shown = shown_nodes(table.framework, table.publicity)
    if not shown:
        return {}
    kept = _kept_units(table).filter(participant__unit__code=unit).values_list("nodes", flat=True).first()
    lines = [_node_line(code, node) for code, node in (kept or {}).items() if code in shown]
    reasons = table.publicity.shows_reasons
    return {line.code: line if reasons else replace(line, reason=None) for line in lines}


def node_of_units(table: GroupTable, code: str) -> dict[str, NodeLine]:
    """One node of every unit of a group, in ranking order; none where reasons are not public."""
    if not table.publicity.shows_reasons:
        return {}
    rows = _kept_units(table).order_by("position").values_list("participant__unit__code", "nodes")
    return {unit: _node_line(code, nodes[code]) for unit, nodes in rows}


def _kept_units(table: GroupTable) -> QuerySet[UnitResult]:
    return UnitResult.objects.filter(result_id=table.result, group__code=table.code)


def _node_line(code: str, kept: list[Any]) -> NodeLine:
    points, maximum, rank, reason = kept
    return NodeLine(code, exact(points), exact(maximum), rank, from_stored(reason) if reason else None)


def history(territory: str, unit: str) -> list[tuple[int, str, Framework, UnitLine]]:
    """A unit through the years, oldest first: year, group, criteria set, line. One query."""
    newest = _newest(round__territory__code=territory, round__territory__parent=None)
    rows = UnitResult.objects.filter(result__in=newest, participant__unit__code=unit).defer(*LIGHT)
    found = [
        (round_.year, row.group.code, framework, unit_line(row, framework, level=round_.level))
        for row in rows.select_related("participant__unit", "group", "result__round")
        for framework in [by_hash(row.result.framework_hash)]
        for round_ in [row.result.round]
    ]
    return sorted(found, key=lambda item: item[0])


def assessed_units() -> list[AssessedUnit]:
    """Every unit of every published round, the newest year first. Two queries."""
    rounds = {r.pk: r.round for r in standing_results(round__territory__parent=None)}
    rows = UnitResult.objects.filter(result__in=rounds).order_by("-result__round__year", "position")
    named = rows.values_list(
        "result_id",
        "group__code",
        "participant__unit__code",
        "participant__name_vi",
        "participant__name_en",
    )
    return [
        AssessedUnit(
            territory=rounds[result].territory.code,
            place=rounds[result].territory.name,
            year=rounds[result].year,
            group=group,
            code=code,
            name=Text(vi, en),
        )
        for result, group, code, vi, en in named
    ]


def published_figures() -> list[PublishedFigure]:
    """Every published figure, in the order of its sources."""
    return list(PublishedFigure.objects.order_by("position"))
