"""Two to four units of a group side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, Ranking, UnitLine
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


MOST = 4
DIFFERENCES = 10


def compare(request: HttpRequest) -> HttpResponse:
    """Choose a group, then two to four of its units."""
    rankings = queries.rankings()
    if not rankings:
        return render(request, "public/empty.html", {"section": "compare"})
    chosen = _chosen(rankings, request.GET.get("group", ""))
    table = pages.find_table(chosen.territory, chosen.year, chosen.code)
    wanted = list(dict.fromkeys(request.GET.getlist("unit")))
    lines = [line for code in wanted[:MOST] for line in table.lines if line.code == code] or list(
        table.lines[:2]
    )
    context = {
        **pages.frame(chosen.place, table, section="compare"),
        "here": reverse("public:compare"),
        "year": chosen.year,
        "table": table,
        "percent": table.percent,
        "groups": _group_choices(rankings, chosen),
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
