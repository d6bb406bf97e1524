"""A year at a glance: leaders, grades, the ranking of the first group, the theme's measures, movers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, Place
from parindex.web.parts import charts
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages


MOVERS = 6
MEASURES = 4
SHOWN_UNITS = 30


def latest(request: HttpRequest) -> HttpResponse:
    """The newest year of the first territory."""
    places = queries.places()
    if not places:
        return render(request, "public/empty.html", {"section": "home"})
    return _overview(request, places[0], year=places[0].years[0], places=places)


def year(request: HttpRequest, *, territory: str, year: int) -> HttpResponse:
    """One year of one territory."""
    places = queries.places()
    place = next((p for p in places if p.code == territory), None)
    if place is None or year not in place.years:
        raise Http404(territory)
    return _overview(request, place, year=year, places=places)


def _overview(request: HttpRequest, place: Place, *, year: int, places: list[Place]) -> HttpResponse:
    tables = queries.group_tables(place.code, year)
    context = {
        **pages.frame(place, *tables),
        "year": year,
        "years": [
            {"url": pages.year_url(place.code, y), "label": str(y), "current": y == year} for y in place.years
        ],
        "territories": [
            {
                "url": pages.year_url(p.code, p.years[0]),
                "label": said(p.name),
                "current": p.code == place.code,
            }
            for p in places
        ],
        "groups": [_group(t) for t in tables],
        "table": _first_table(tables[0]),
        "measures": _measures(tables),
        "movers": _movers(tables),
        "percent": tables[0].percent,
    }
    return render(request, "public/home.html", context)


def _group(table: GroupTable) -> dict[str, Any]:
    """A card: who leads, how many of each grade."""
    bands = table.framework.grades.bands
    counts: list[dict[str, Any]] = [
        {"band": b, "position": k, "count": n}
        for k, b in enumerate(bands)
        if (n := table.counts.get(b.id, 0))
    ]
    segments = [
        charts.Segment(c["count"], f"gr{min(c['position'] + 1, 4)}", f"{said(c['band'].name)}: {c['count']}")
        for c in counts
    ]
    leader = next((line for line in table.lines if line.rank is not None), None)
    return {
        "code": table.code,
        "name": table.name,
        "size": table.size,
        "percent": table.percent,
        "leader": leader
        and {"url": pages.unit_url(table, leader.code), "name": leader.name, "index": leader.index},
        "counts": counts,
        "chart": charts.stacked_bar(segments, ", ".join(s.label for s in segments), height=14)
        if segments
        else "",
        "url": pages.group_url(table),
    }


def _first_table(table: GroupTable) -> dict[str, Any]:
    """The first group's ranking, its head where it is long."""
    return {
        "group": {"name": table.name, "url": pages.group_url(table)},
        "compared": table.compared_year,
        "graded": bool(table.framework.grades.bands),
        "rows": [
            {"line": line, "url": pages.unit_url(table, line.code)} for line in table.lines[:SHOWN_UNITS]
        ],
        "left_out": max(len(table.lines) - SHOWN_UNITS, 0),
    }


def _measures(tables: list[GroupTable]) -> list[dict[str, Any]]:
    """Counted shares of the year, added up over all groups that share the criterion's name."""
    found: dict[str, dict[str, Any]] = {}
    for table in tables:
        for code, (part, whole) in table.measures.items():
            name = table.framework.nodes[code].name
            kept = found.setdefault(name.vi, {"name": name, "part": 0, "whole": 0, "groups": []})
            kept["groups"].append(table.name)
            kept["part"] += part
            kept["whole"] += whole
    shown = [m for m in found.values() if m["whole"]][:MEASURES]
    for measure in shown:
        measure["percent"] = measure["part"] * 100 / measure["whole"]
        words = f"{said(measure['name'])}: {points(measure['percent'])}%"
        measure["chart"] = charts.score_bar(measure["part"], measure["whole"], words, width=260)
    return shown


def _movers(tables: list[GroupTable]) -> list[dict[str, Any]]:
    """Units whose rank moved most, only where the years may be compared."""
    moved = [(t, line) for t in tables for line in t.lines if line.rank_change]
    moved.sort(key=lambda pair: (-abs(pair[1].rank_change or 0), pair[1].rank))
    return [
        {"line": line, "group": t.name, "url": pages.unit_url(t, line.code)} for t, line in moved[:MOVERS]
    ]
