"""Two to four units of a group side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


MOST = 4
DIFFERENCES = 10


def compare(request: HttpRequest) -> HttpResponse:
    """Choose a group, then two to four of its units."""
    places = queries.places()
    if not places:
        return render(request, "public/empty.html", {"section": "compare"})
    territory, year, group = _chosen_group(request.GET.get("group", ""))
    place = next((p for p in places if p.code == territory), places[0])
    year = year if year in place.years else place.years[0]
    tables = queries.group_tables(place.code, year)
    table = next((t for t in tables if t.code == group), tables[0])
    wanted = list(dict.fromkeys(request.GET.getlist("unit")))
    lines = [line for code in wanted[:MOST] for line in table.lines if line.code == code] or list(
        table.lines[:2]
    )
    context = {
        **pages.frame(place.name, table, section="compare"),
        "here": reverse("public:compare"),
        "year": year,
        "table": table,
        "percent": table.percent,
        "groups": _group_choices(places, table),
        "choices": table.lines,
        "slots": [lines[k].code if k < len(lines) else "" for k in range(MOST)],
        "lines": [
            {"line": line, "url": pages.unit_url(table, line.code), "css": f"c{k}"}
            for k, line in enumerate(lines, start=1)
        ],
        "areas": [
            {"name": area.name, "code": area.code, "cells": _cells([line.areas[k] for line in lines])}
            for k, area in enumerate(table.framework.areas)
        ],
        "differences": _differences(table, lines),
        "too_few": len(lines) < 2,
    }
    return render(request, "public/compare.html", context)


def _chosen_group(text: str) -> tuple[str, int, str]:
    """``territory/year/group`` from the address. Raises Http404 for a year that is no number."""
    parts = text.split("/")
    if len(parts) != 3:
        return "", 0, ""
    if not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) == 4):
        raise Http404(text)
    return parts[0], int(parts[1]), parts[2]


def _group_choices(places: list[Any], table: GroupTable) -> list[dict[str, Any]]:
    """Every group that can be compared, for the first select."""
    found = []
    for place in places:
        for result in queries.standing_results(
            round__territory__code=place.code, round__territory__parent=None
        ):
            found += [
                {
                    "value": f"{place.code}/{result.round.year}/{g.code}",
                    "label": f"{said(place.name)} {result.round.year}: {said(g.name)}",
                    "current": (place.code, result.round.year, g.code)
                    == (table.territory, table.year, table.code),
                    "year": result.round.year,
                }
                for g in result.round.groups.all()
            ]
    return sorted(found, key=lambda c: -c["year"])


def _cells(values: list[Any]) -> list[dict[str, Any]]:
    """Values with the best one marked."""
    known = [v for v in values if v is not None]
    best = max(known) if known and min(known) != max(known) else None
    return [{"value": v, "best": v is not None and v == best} for v in values]


def _differences(table: GroupTable, lines: list[UnitLine]) -> list[dict[str, Any]]:
    """The leaves on which the chosen units differ most, in points."""
    nodes: list[dict[str, NodeLine]] = [queries.unit_nodes(table, line.code) for line in lines]
    rows: list[dict[str, Any]] = []
    for code, leaf in table.framework.nodes.items():
        held = [n[code] for n in nodes]
        points = [h.points for h in held if h.maximum]
        if leaf.is_leaf and len(points) > 1 and (spread := max(points) - min(points)):
            cells = [
                {
                    "value": h.points if h.maximum else None,
                    "url": pages.leaf_url(table, line.code, code),
                    "best": bool(h.maximum) and h.points == max(points),
                }
                for h, line in zip(held, lines, strict=True)
            ]
            rows.append({"code": code, "name": leaf.name, "spread": spread, "cells": cells})
    return sorted(rows, key=lambda row: -row["spread"])[:DIFFERENCES]
