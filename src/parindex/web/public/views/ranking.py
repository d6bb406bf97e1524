"""The ranking of a group: sort by any area, filter by name or grade."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.papers.queries import decisions_behind
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, Place, UnitLine
from parindex.core.kernel.framework import Node
from parindex.core.kernel.insights import median
from parindex.core.wording.labels import grade_scale
from parindex.core.wording.reasons import remark_sentence
from parindex.web.parts import files
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages
from parindex.web.public.views.publications import told


LOWEST = Fraction(-(10**9))


def ranking(request: HttpRequest, *, territory: str, year: int, group: str) -> HttpResponse:
    """One group's ranking."""
    place = pages.find_place(territory)
    table = pages.find_table(territory, year, group)
    query = " ".join(request.GET.get("q", "").split())[:100]
    grade, sort = request.GET.get("grade", ""), request.GET.get("sort", "")
    codes = [a.code for a in table.areas]
    lines = _sorted(_filtered(table, query, grade), codes, sort)
    here = pages.group_url(table)
    context = {
        **pages.frame(place, table),
        "sideways": True,
        "year": year,
        "territory_code": territory,
        "group": table,
        "round_title": table.round_title,
        "summary": _summary(table),
        "decisions": decisions_behind(table.result),
        "scale": grade_scale(table.framework, language()),
        **_siblings(place, table),
        "query": query,
        "grade": grade,
        "sort": sort,
        "narrowed": bool(query or grade),
        "here": here,
        "bands": table.framework.grades.bands,
        "percent": table.percent,
        "has_change": table.compared_year is not None,
        "has_band": any(line.band for line in table.lines),
        "compared_year": table.compared_year,
        "areas": _areas(table, here, query=query, grade=grade, sort=sort),
        "middle": median([line.index for line in table.lines if line.index is not None]),
        "rows": [_row(table, line, sort) for line in lines],
        "year_url": pages.year_url(territory, year),
        "framework_url": pages.framework_url(table),
        "compare_url": pages.compare_url(table, *(line.code for line in table.lines[:2])),
        "files": files.links(here),
        "published": told([table.result]),
        "answers_url": f"{here}tra-loi.csv" if table.publicity.shows_reasons else "",
    }
    return render(request, "public/ranking.html", context)


def _siblings(place: Place, table: GroupTable) -> dict[str, Any]:
    """The same group in other years, and the other groups of this year."""
    every = queries.rankings([place])
    return {
        "years": [
            {"url": pages.group_url(r), "label": str(r.year), "current": r.year == table.year}
            for r in every
            if r.code == table.code
        ],
        "groups": [
            {"url": pages.group_url(r), "label": said(r.name), "current": r.code == table.code}
            for r in every
            if r.year == table.year
        ],
    }


def _areas(table: GroupTable, here: str, *, query: str, grade: str, sort: str) -> list[dict[str, Any]]:
    """The areas as columns; sorting by one keeps the filter."""
    kept = {k: v for k, v in (("q", query), ("grade", grade)) if v}
    return [
        {
            "code": a.code,
            "name": a.name,
            "median": table.medians[a.code],
            "sort_url": f"{here}?{urlencode({**kept, 'sort': a.code})}",
            "label": _label(a) if a.code == sort else "",
        }
        for a in table.areas
    ]


def _label(area: Node) -> str:
    return pages.pick(f"Lĩnh vực {area.code}", f"Area {area.code}")


def _row(table: GroupTable, line: UnitLine, sort: str) -> dict[str, Any]:
    """A line with its address and its areas."""
    areas = [
        {
            "index": a.index,
            "median": table.medians[a.area.code],
            "label": _label(a.area) if a.area.code == sort else "",
            "answered": a.answered,
        }
        for a in pages.area_values(table, line)
    ]
    shown = (
        [r for r in line.remarks if r.code in ("not_ranked", "late_refused", "no_index", "incomplete")]
        if line.rank is None
        else []
    )
    remark = " ".join(remark_sentence(r, table.framework, language()) for r in shown)
    return {"line": line, "url": pages.unit_url(table, line.code), "areas": areas, "remark": remark}


def _filtered(table: GroupTable, query: str, grade: str) -> list[UnitLine]:
    wanted = pages.plain(query)
    return [
        line
        for line in table.lines
        if (not wanted or wanted in pages.plain(line.name.vi) or wanted in pages.plain(line.name.en))
        and (not grade or (line.grade is not None and line.grade.id == grade))
    ]


def _sorted(lines: list[UnitLine], codes: list[str], sort: str) -> list[UnitLine]:
    """By an area's index or by the change, best first, or by name; otherwise as ranked. Equals stay in
    ranking order."""
    if sort == "name":
        return sorted(lines, key=lambda line: pages.plain(said(line.name)))
    if sort == "change":
        return sorted(
            lines, key=lambda line: -(line.rank_change if line.rank_change is not None else -(10**6))
        )
    if sort in codes:
        at = codes.index(sort)
        return sorted(lines, key=lambda line: -(value if (value := line.areas[at]) is not None else LOWEST))
    return lines


def _summary(table: GroupTable) -> str:
    """How many units, which grades, the mean, in one or two sentences."""
    said_grades = [
        f"{table.counts[b.id]} {said(b.name)}" for b in table.framework.grades.bands if table.counts.get(b.id)
    ]
    first = pages.pick(f"{table.size} đơn vị", f"{table.size} units")
    if said_grades:
        first += ": " + ", ".join(said_grades)
    if table.ranked < table.size:
        n = table.size - table.ranked
        first += pages.pick(f"; {n} đơn vị không xếp hạng", f"; {n} not ranked")
    mean = pages.mean_index(table)
    if mean is None:
        return f"{first}."
    if table.percent:
        return first + pages.pick(
            f". Chỉ số bình quân {points(mean)}%.", f". The mean index is {points(mean)}%."
        )
    return first + pages.pick(f". Bình quân {points(mean)} điểm.", f". The mean is {points(mean)} points.")
