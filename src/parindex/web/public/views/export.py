"""Each table as CSV, XLSX and JSON: exact numbers, the hashes of what they were computed from."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from parindex.apps.assessments.queries import standing_rows
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.formats.results_file import csv_cell, numbers, plain_data
from parindex.web.parts import files
from parindex.web.parts.files import Cell
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


NOT_APPLICABLE = "n/a"


def ranking(request: HttpRequest, *, territory: str, year: int, group: str, kind: str) -> HttpResponse:
    """A group's ranking as a file."""
    table = pages.find_table(territory, year, group)
    name = f"{territory}-{year}-{group}"
    if kind == "json":
        units = [{**_unit(line), **_context(table, line)} for line in table.lines]
        return files.json_file(name, {**_head(table), "units": units})
    header = [
        *("rank", "unit", "type", "points", "applicable_max", "index", "grade"),
        *(f"index:{a.code}" for a in table.areas),
        *("rank_low", "rank_high", "rank_before", "index_before"),
    ]
    rows = [_ranking_row(table, line) for line in table.lines]
    return files.table_file(kind, name, header=header, rows=rows, note=_note(table))


def _ranking_row(table: GroupTable, line: UnitLine) -> list[Cell]:
    band = line.band if line.band and line.rank else {}
    return [
        line.rank,
        said(line.name),
        line.type,
        line.points,
        line.maximum,
        line.index,
        line.grade.id if line.grade else None,
        *(_area(a) for a in pages.area_values(table, line)),
        band.get("low"),
        band.get("high"),
        line.rank_before,
        line.index_before,
    ]


def _area(value: pages.AreaValue) -> Cell:
    """An area's index; not applicable and not answered are told apart, and neither is zero."""
    if value.index is None:
        return NOT_APPLICABLE
    return value.index if value.answered else None


def _context(table: GroupTable, line: UnitLine) -> dict[str, Any]:
    """What a ranking shows beside a unit's result: its areas, the band of its rank, the year before."""
    shown = {a.area.code: _area(a) for a in pages.area_values(table, line)}
    return {
        "areas": {**shown, **numbers({c: v for c, v in shown.items() if isinstance(v, Fraction)})},
        "rank_band": {k: line.band[k] for k in ("low", "median", "high")}
        if line.band and line.rank
        else None,
        "before": None
        if line.rank_before is None
        else {"rank": line.rank_before, **numbers({"index": line.index_before})},
    }


def year(request: HttpRequest, *, territory: str, year: int, kind: str) -> HttpResponse:
    """A year's counted shares by ranking group as a file: what the measures of its page are added up from."""
    tables = queries.group_tables(territory, year)
    if not tables:
        raise Http404(territory)
    rows: list[list[Cell]] = [
        [said(t.name), code, said(t.framework.nodes[code].name), part, whole, part * 100 / whole]
        for t in tables
        for code, (part, whole) in t.measures.items()
        if whole
    ]
    header = ["group", "criterion", "name", "part", "whole", "percent"]
    note = " ".join(dict.fromkeys(filter(None, map(_note, tables))))
    return files.table_file(kind, f"{territory}-{year}", header=header, rows=rows, note=note, year=year)


def unit(
    request: HttpRequest, *, territory: str, year: int, group: str, unit: str, kind: str
) -> HttpResponse:
    """A unit's nodes as a file, as far as they are public; none where not even the areas are."""
    table = pages.find_table(territory, year, group)
    line = pages.find_line(table, unit)
    nodes = queries.unit_nodes(table, unit)
    if not nodes:
        raise Http404(unit)
    names = {**table.framework.nodes, **table.framework.extras}
    name = f"{territory}-{year}-{unit}"
    if kind == "json":
        said_nodes = {
            code: _node(kept) | {"text": pages.why(table, names[code], kept.reason)}
            for code, kept in nodes.items()
        }
        return files.json_file(name, {**_head(table), **_unit(line), "nodes": said_nodes})
    rows: list[list[Cell]] = [
        [
            code,
            said(names[code].name),
            kept.points,
            kept.maximum,
            kept.index,
            pages.why(table, names[code], kept.reason),
        ]
        for code, kept in nodes.items()
    ]
    header = ["criterion", "name", "points", "max", "index", "reason"]
    return files.table_file(kind, name, header=header, rows=rows, note=_note(table))


def criterion(
    request: HttpRequest, *, territory: str, year: int, group: str, unit: str, code: str, kind: str
) -> HttpResponse:
    """One leaf over all units of the group as a file."""
    table = pages.find_reasons(territory, year, group)
    pages.find_line(table, unit)
    leaf = table.framework.leaves.get(code)
    if leaf is None:
        raise Http404(code)
    names = {line.code: said(line.name) for line in table.lines}
    rows: list[list[Cell]] = [
        [names[who], kept.points, kept.maximum, pages.why(table, leaf, kept.reason)]
        for who, kept in queries.node_of_units(table, code).items()
    ]
    header = ["unit", "points", "max", "reason"]
    head = {**_head(table), "criterion": code, "name": said(leaf.name)}
    name = f"{territory}-{year}-{group}-{pages.plain(code)}"
    return files.table_file(kind, name, header=header, rows=rows, **head)


def answers(request: HttpRequest, *, territory: str, year: int, group: str) -> HttpResponse:
    """A group's answers as `parindex score` reads them: with the criteria set, all it takes to recompute."""
    table = pages.find_reasons(territory, year, group)
    stream = io.StringIO()
    stream.write(f"# {table.framework.id} {table.framework.version}, {table.framework_hash}\n")
    if note := _note(table):
        stream.write(f"# {note}\n")
    rows = standing_rows(territory=territory, year=year, group=group)
    csv.writer(stream, lineterminator="\n").writerows([csv_cell(unit), *cells] for unit, *cells in rows)
    return files.content_file("csv", f"{territory}-{year}-{group}-answers", stream.getvalue().encode())


def _note(table: GroupTable) -> str:
    """What readers must know of the data, in one line: a file goes on without the page it came from."""
    return " ".join(said(table.note).split())


def _head(table: GroupTable) -> dict[str, Any]:
    framework = table.framework
    return {
        "framework": {"id": framework.id, "version": framework.version, "hash": table.framework_hash},
        "answers_hash": table.answers_hash,
        "year": table.year,
        "group": said(table.name),
        "note": _note(table),
    }


def _unit(line: UnitLine) -> dict[str, Any]:
    values = numbers({"points": line.points, "applicable_max": line.maximum, "index": line.index})
    return {
        "unit": said(line.name),
        **values,
        "grade": line.grade.id if line.grade else None,
        "rank": line.rank,
    }


def _node(kept: NodeLine) -> dict[str, Any]:
    values = numbers({"points": kept.points, "max": kept.maximum, "index": kept.index})
    if kept.reason is None:
        return values
    return {**values, "reason": {"code": kept.reason.code, "data": plain_data(kept.reason.data)}}
