"""Two to four units of a group side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, Ranking, UnitLine
from parindex.web.parts import charts, files
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages


MOST = 4
DIFFERENCES = 10


def compare(request: HttpRequest) -> HttpResponse:
    """Choose a group, then two to four of its units."""
    rankings = queries.rankings()
    if not rankings:
        return render(request, "public/empty.html", {"section": "compare"})
    chosen, table, lines = _asked(request, rankings)
    asked = urlencode([("group", _address(chosen)), *(("unit", line.code) for line in lines)])
    context = {
        **pages.frame(chosen.place, table, section="compare"),
        "here": reverse("public:compare"),
        "year": chosen.year,
        "table": table,
        "percent": table.percent,
        "groups": _group_choices(rankings, chosen),
        "choices": sorted(table.lines, key=lambda line: pages.plain(said(line.name))),
        "slots": [lines[k].code if k < len(lines) else "" for k in range(MOST)],
        "lines": [
            {"line": line, "url": pages.unit_url(table, line.code), "position": k}
            for k, line in enumerate(lines)
        ],
        "areas": _areas(table, lines),
        "differences": _differences(table, lines),
        "too_few": len(lines) < 2,
        "group_url": pages.group_url(table),
        "files": files.links(reverse("public:compare"), asked),
    }
    return render(request, "public/compare.html", context)


def file(request: HttpRequest, *, kind: str) -> HttpResponse:
    """The comparison as a file: index, areas, and every leaf in points, as far as they are public."""
    rankings = queries.rankings()
    if not rankings:
        raise Http404
    chosen, table, lines = _asked(request, rankings)
    nodes = [queries.unit_nodes(table, line.code) for line in lines]
    leaves = table.framework.leaves.items() if table.publicity.shows_reasons else ()
    rows: list[list[files.Cell]] = [["", gettext("Chỉ số"), "index", *(line.index for line in lines)]]
    areas = [pages.area_values(table, line) for line in lines]
    rows += [
        [area.code, said(area.name), "index", *(values[k].index for values in areas)]
        for k, area in enumerate(table.areas)
    ]
    rows += [
        [code, said(leaf.name), "points", *(n[code].points if n[code].maximum else "n/a" for n in nodes)]
        for code, leaf in leaves
    ]
    return files.table_file(
        kind,
        f"{chosen.territory}-{chosen.year}-{chosen.code}-so-sanh",
        header=["code", "name", "measure", *(said(line.name) for line in lines)],
        rows=rows,
        note=" ".join(said(table.note).split()),
        group=said(table.name),
        year=table.year,
    )


def _asked(request: HttpRequest, rankings: Sequence[Ranking]) -> tuple[Ranking, GroupTable, list[UnitLine]]:
    """The group of the address and the units to compare; the first two where none is named."""
    chosen = _chosen(rankings, request.GET.get("group", ""))
    table = pages.find_table(chosen.territory, chosen.year, chosen.code)
    wanted = list(dict.fromkeys(request.GET.getlist("unit")))
    found = [line for code in wanted for line in table.lines if line.code == code]
    return chosen, table, found[:MOST] or list(table.lines[:2])


def _areas(table: GroupTable, lines: list[UnitLine]) -> list[dict[str, Any]]:
    """Each area with the units' indexes, on one scale for all areas."""
    columns = [pages.area_values(table, line) for line in lines]
    known = [v.index for column in columns for v in column if v.index is not None and v.answered]
    span = (min(known), max(known)) if known and min(known) < max(known) else (Fraction(0), Fraction(100))
    rows = []
    for k, area in enumerate(table.areas):
        values = [column[k].index if column[k].answered else None for column in columns]
        title = "; ".join(f"{said(line.name)} {points(v)}" for line, v in zip(lines, values, strict=True))
        chart = charts.mark_strip(values, span, title)
        rows.append({"name": area.name, "code": area.code, "cells": _cells(lines, values), "chart": chart})
    return rows


def _chosen(rankings: Sequence[Ranking], address: str) -> Ranking:
    """The ranking at ``territory/year/group``; the first when none is named. Raises Http404."""
    found = rankings[0] if not address else next((r for r in rankings if _address(r) == address), None)
    if found is None:
        raise Http404(address)
    return found


def _address(ranking: Ranking) -> str:
    return f"{ranking.territory}/{ranking.year}/{ranking.code}"


def _group_choices(rankings: Sequence[Ranking], chosen: Ranking) -> list[dict[str, Any]]:
    """Every group that can be compared, newest year first, for the first select."""
    return [
        {
            "value": _address(r),
            "label": f"{said(r.place.name)} {r.year}: {said(r.name)}",
            "current": r == chosen,
        }
        for r in sorted(rankings, key=lambda r: -r.year)
    ]


def _cells(lines: Sequence[UnitLine], values: Sequence[Fraction | None]) -> list[dict[str, Any]]:
    """Values with their unit's name, the best one marked."""
    known = [v for v in values if v is not None]
    best = max(known) if known and min(known) != max(known) else None
    return [
        {"label": said(line.name), "value": v, "best": v is not None and v == best}
        for line, v in zip(lines, values, strict=True)
    ]


def _differences(table: GroupTable, lines: list[UnitLine]) -> list[dict[str, Any]]:
    """The leaves on which the chosen units differ most, in points; none where leaves are not public."""
    if not table.publicity.shows_reasons:
        return []
    nodes: list[dict[str, NodeLine]] = [queries.unit_nodes(table, line.code) for line in lines]
    rows: list[dict[str, Any]] = []
    for code, leaf in table.framework.nodes.items():
        held = [pages.held(table, n[code]) for n in nodes]
        known = [h for h in held if h is not None]
        if leaf.is_leaf and len(known) > 1 and (spread := max(known) - min(known)):
            cells = _cells(lines, held)
            for cell, line in zip(cells, lines, strict=True):
                cell["url"] = pages.leaf_url(table, line.code, code)
            rows.append({"code": code, "name": leaf.name, "spread": spread, "cells": cells})
    return sorted(rows, key=lambda row: -row["spread"])[:DIFFERENCES]
