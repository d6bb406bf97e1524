"""Each table as CSV, XLSX and JSON: exact numbers, the hashes of what they were computed from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from parindex.apps.assessments.queries import standing_rows
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.formats.results_file import numbers, plain_data, rows_as_csv, rows_as_xlsx
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


Cell = str | int | Fraction | None
TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
FILES = tuple(TYPES)
BOM = "\ufeff"


def ranking(request: HttpRequest, *, territory: str, year: int, group: str, kind: str) -> HttpResponse:
    """A group's ranking as a file."""
    table = pages.find_table(territory, year, group)
    header = [
        "rank",
        "unit",
        "type",
        "points",
        "applicable_max",
        "index",
        "grade",
        *(f"index:{a.code}" for a in table.framework.areas),
    ]
    rows: list[list[Cell]] = [
        [
            line.rank,
            said(line.name),
            line.type,
            line.points,
            line.maximum,
            line.index,
            line.grade.id if line.grade else None,
            *line.areas,
        ]
        for line in table.lines
    ]
    name = f"{territory}-{year}-{group}"
    if kind == "json":
        units = [_unit(line) for line in table.lines]
        return _file(kind, name, _json({**_head(table), "units": units}))
    return _table(kind, name, header=header, rows=rows, note=_note(table))


def unit(
    request: HttpRequest, *, territory: str, year: int, group: str, unit: str, kind: str
) -> HttpResponse:
    """A unit's nodes as a file."""
    table = pages.find_table(territory, year, group)
    line = pages.find_line(table, unit)
    nodes = queries.unit_nodes(table, unit)
    names = {**table.framework.nodes, **table.framework.extras}
    if kind == "json":
        said_nodes = {
            code: _node(kept) | {"text": pages.why(table, names[code], kept.reason)}
            for code, kept in nodes.items()
        }
        return _file(
            kind, f"{territory}-{year}-{unit}", _json({**_head(table), **_unit(line), "nodes": said_nodes})
        )
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
    return _table(kind, f"{territory}-{year}-{unit}", header=header, rows=rows, note=_note(table))


def answers(request: HttpRequest, *, territory: str, year: int, group: str) -> HttpResponse:
    """A group's answers as `parindex score` reads them: with the criteria set, all it takes to recompute."""
    table = pages.find_table(territory, year, group)
    stream = io.StringIO()
    stream.write(f"# {table.framework.id} {table.framework.version}, {table.framework_hash}\n")
    if note := _note(table):
        stream.write(f"# {note}\n")
    csv.writer(stream, lineterminator="\n").writerows(
        standing_rows(territory=territory, year=year, group=group)
    )
    return _file("csv", f"{territory}-{year}-{group}-answers", stream.getvalue().encode())


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


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _table(kind: str, name: str, *, header: list[str], rows: list[list[Cell]], note: str) -> HttpResponse:
    """Rows as CSV (with a mark that makes spreadsheets read UTF-8) or as a workbook; each with its note."""
    if note:
        header, rows = [*header, "note"], [[*row, note] for row in rows]
    if kind == "csv":
        return _file(kind, name, (BOM + rows_as_csv(header, rows)).encode())
    if kind == "xlsx":
        return _file(kind, name, rows_as_xlsx(header, rows, title=name))
    raise Http404(kind)


def _file(kind: str, name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )
