"""The ranking of a group: sort by any area, filter by name or grade."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.results.rows import GroupTable, UnitLine
from parindex.core.wording.labels import grade_scale
from parindex.core.wording.reasons import remark_sentence
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages
from parindex.web.public.views.export import FILES


LOWEST = Fraction(-(10**9))


def ranking(request: HttpRequest, *, territory: str, year: int, group: str) -> HttpResponse:
    """One group's ranking."""
    place = pages.find_place(territory)
    table = pages.find_table(territory, year, group)
    query = " ".join(request.GET.get("q", "").split())[:100]
    grade, sort = request.GET.get("grade", ""), request.GET.get("sort", "")
    codes = [a.code for a in table.framework.areas]
    lines = _sorted(_filtered(table, query, grade), codes, sort)
    here = pages.group_url(table)
    context = {
        **pages.frame(place, table),
        "year": year,
        "territory_code": territory,
        "group": table,
        "round_title": table.round_title,
        "summary": _summary(table),
        "query": query,
        "grade": grade,
        "sort": sort,
        "here": here,
        "bands": table.framework.grades.bands,
        "percent": table.percent,
        "has_change": table.compared_year is not None,
        "compared_year": table.compared_year,
        "areas": [
            {"code": a.code, "name": a.name, "sort_url": f"{here}?{urlencode({'sort': a.code})}"}
            for a in table.framework.areas
        ],
        "rows": [_row(table, line) for line in lines],
        "year_url": pages.year_url(territory, year),
        "framework_url": pages.framework_url(table),
        "compare_url": pages.compare_url(table, *(line.code for line in table.lines[:2])),
        "files": [{"url": f"{here}tai-ve.{kind}", "label": kind.upper()} for kind in FILES],
    }
    return render(request, "public/ranking.html", context)


def _row(table: GroupTable, line: UnitLine) -> dict[str, Any]:
    """A line with its address and its areas' names."""
    areas = [
        {"index": i, "median": table.medians[a.code]}
        for i, a in zip(line.areas, table.framework.areas, strict=True)
    ]
    shown = (
        [r for r in line.remarks if r.code in ("not_ranked", "late_refused", "no_index", "incomplete")]
        if line.rank is None
        else []
    )
    remark = " ".join(remark_sentence(r, table.framework, language()) for r in shown)
    return {"line": line, "url": pages.unit_url(table, line.code), "areas": areas, "remark": remark}


def plain(text: str) -> str:
    """A name without accents and case, so that "van hoa" finds "Văn hóa"."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def _filtered(table: GroupTable, query: str, grade: str) -> list[UnitLine]:
    wanted = plain(query)
    return [
        line
        for line in table.lines
        if (not wanted or wanted in plain(line.name.vi) or wanted in plain(line.name.en))
        and (not grade or (line.grade is not None and line.grade.id == grade))
    ]


def _sorted(lines: list[UnitLine], codes: list[str], sort: str) -> list[UnitLine]:
    """By an area's index or by the change, best first; otherwise as ranked. Equals stay in ranking order."""
    if sort == "change":
        return sorted(
            lines, key=lambda line: -(line.rank_change if line.rank_change is not None else -(10**6))
        )
    if sort in codes:
        at = codes.index(sort)
        return sorted(lines, key=lambda line: -(value if (value := line.areas[at]) is not None else LOWEST))
    return lines


def _summary(table: GroupTable) -> str:
    """How many units, which grades, in one or two sentences."""
    said_grades = [
        f"{table.counts[b.id]} {said(b.name)}" for b in table.framework.grades.bands if table.counts.get(b.id)
    ]
    indexes = [line.index for line in table.lines if line.index is not None]
    mean = sum(indexes, Fraction(0)) / len(indexes) if indexes else None
    percent = "%" if table.percent else ""
    first = pages.pick(f"{table.size} đơn vị", f"{table.size} units")
    if said_grades:
        first += ": " + ", ".join(said_grades)
    if table.ranked < table.size:
        n = table.size - table.ranked
        first += pages.pick(f"; {n} đơn vị không xếp hạng", f"; {n} not ranked")
    scale = grade_scale(table.framework, language())
    second = (
        ""
        if mean is None
        else pages.pick(f" Bình quân {points(mean)}{percent}.", f" The mean is {points(mean)}{percent}.")
    )
    third = pages.pick(f" Thang xếp loại: {scale}.", f" Grades: {scale}.") if scale else ""
    return f"{first}.{second}{third}"
