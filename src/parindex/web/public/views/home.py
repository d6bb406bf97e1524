"""A year at a glance: leaders, grades, the ranking of the first group, the theme's measures, movers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.news.queries import newest_articles
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, Place
from parindex.web.parts import charts, files
from parindex.web.parts.articles import Card, cards
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages


MOVERS = 5
LEADERS = 3
NEWS = 3
MEASURES = 4
SHOWN_UNITS = 30


def latest(request: HttpRequest) -> HttpResponse:
    """The newest year of the first territory."""
    places = queries.places()
    if not places:
        return render(request, "public/empty.html", {"section": "home"})
    news = cards(newest_articles(places[0].code, NEWS))
    return _overview(request, places[0], year=places[0].years[0], places=places, news=news)


def year(request: HttpRequest, *, territory: str, year: int) -> HttpResponse:
    """One year of one territory."""
    places = queries.places()
    place = next((p for p in places if p.code == territory), None)
    if place is None or year not in place.years:
        raise Http404(territory)
    return _overview(request, place, year=year, places=places)


def _overview(
    request: HttpRequest, place: Place, *, year: int, places: list[Place], news: Sequence[Card] = ()
) -> HttpResponse:
    tables = queries.group_tables(place.code, year)
    compared = next((t.compared_year for t in tables if t.compared_year is not None), None)
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
        "summary": _summary(tables),
        "groups": [_group(t) for t in tables],
        "table": _first_table(tables[0]),
        "measures": _measures(tables, queries.group_tables(place.code, compared) if compared else []),
        "measure_files": files.links(pages.year_url(place.code, year)),
        "compared": compared,
        "earlier": next((y for y in place.years if y < year), None),
        "rises": _movers(tables, up=True),
        "falls": _movers(tables, up=False),
        "percent": tables[0].percent,
        "news": news,
    }
    return render(request, "public/home.html", context)


def _summary(tables: list[GroupTable]) -> str:
    """How many units the year is about, and how many of each grade over all groups."""
    size, ranked = sum(t.size for t in tables), sum(t.ranked for t in tables)
    words = pages.pick(f"{size} đơn vị được đánh giá", f"{size} units assessed")
    counts: dict[str, int] = {}
    for table in tables:
        for band in table.framework.grades.bands:
            if table.counts.get(band.id):
                counts[said(band.name)] = counts.get(said(band.name), 0) + table.counts[band.id]
    if counts:
        words += ": " + ", ".join(f"{count} {name}" for name, count in counts.items())
    if ranked < size:
        words += pages.pick(f"; {size - ranked} không xếp hạng", f"; {size - ranked} not ranked")
    return words + "."


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
    return {
        "code": table.code,
        "name": table.name,
        "size": table.size,
        "percent": table.percent,
        "mean": pages.mean_index(table),
        "leaders": [
            {"line": line, "url": pages.unit_url(table, line.code)}
            for line in table.lines[:LEADERS]
            if line.rank is not None
        ],
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
        "explained": table.publicity.shows_reasons,
        "rows": [
            {"line": line, "url": pages.unit_url(table, line.code)} for line in table.lines[:SHOWN_UNITS]
        ],
        "left_out": max(len(table.lines) - SHOWN_UNITS, 0),
    }


def _measures(tables: list[GroupTable], before: list[GroupTable]) -> list[dict[str, Any]]:
    """Counted shares of the year, added up over all groups that share the criterion's name; the change where
    the same groups counted the same a year earlier."""
    earlier = {(t.code, t.framework.nodes[c].name.vi): m for t in before for c, m in t.measures.items()}
    found: dict[str, dict[str, Any]] = {}
    for table in tables:
        for code, (part, whole) in table.measures.items():
            name = table.framework.nodes[code].name
            kept = found.setdefault(name.vi, {"name": name, "now": [], "before": [], "groups": []})
            kept["groups"].append(table.name)
            kept["now"].append((part, whole))
            kept["before"].append(earlier.get((table.code, name.vi)))
    return [_measure(m) for m in found.values() if sum(whole for _, whole in m["now"])][:MEASURES]


def _measure(found: dict[str, Any]) -> dict[str, Any]:
    """One share with its bar."""
    part, whole = (sum(column) for column in zip(*found["now"], strict=True))
    share, change = Fraction(part) * 100 / whole, None
    if all(found["before"]):
        old_part, old_whole = (sum(column) for column in zip(*found["before"], strict=True))
        change = share - Fraction(old_part) * 100 / old_whole if old_whole else None
    words = f"{said(found['name'])}: {points(share)}%"
    return {
        "name": found["name"],
        "groups": found["groups"],
        "part": part,
        "whole": whole,
        "percent": share,
        "change": change,
        "chart": charts.score_bar(part, whole, words),
    }


def _movers(tables: list[GroupTable], *, up: bool) -> list[dict[str, Any]]:
    """Units whose rank rose or fell most, only where the years may be compared."""
    moved = [
        (t, line, change)
        for t in tables
        for line in t.lines
        if (change := line.rank_change) and (change > 0) is up
    ]
    moved.sort(key=lambda found: (-abs(found[2]), found[1].rank))
    named = len({t.code for t in tables}) > 1
    return [
        {"line": line, "group": t.name if named else None, "url": pages.unit_url(t, line.code)}
        for t, line, _ in moved[:MOVERS]
    ]
