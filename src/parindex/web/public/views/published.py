"""Figures that authorities published, each with its source; and every table as a file."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from parindex.apps.publications.queries import public_bundles
from parindex.apps.results import queries
from parindex.apps.results.models import PublishedFigure
from parindex.core.wording.figures import figure_words, scope_words, unit_words
from parindex.web.parts import files
from parindex.web.parts.languages import language
from parindex.web.public import pages


def figures(request: HttpRequest) -> HttpResponse:
    """Published figures by index, year and source; one index at a time."""
    every = queries.published_figures()
    indexes = Counter(f.index for f in every)
    chosen = _chosen(request, indexes)
    rows = _of(every, chosen)
    context = {
        "section": "published",
        "indexes": [
            {"name": name, "count": n, "current": name == chosen, "query": urlencode({"index": name})}
            for name, n in indexes.items()
        ],
        "chosen": chosen,
        "years": [
            {"year": y, "sources": [_block(s, list(g)) for s, g in groupby(group, key=lambda f: f.source)]}
            for y, group in groupby(rows, key=lambda f: f.year)
        ],
        "files": files.links(reverse("public:published"), urlencode({"index": chosen})),
    }
    return render(request, "public/published.html", context)


def _chosen(request: HttpRequest, indexes: Counter[str]) -> str:
    """The index that is asked for; the first where none is."""
    wanted = request.GET.get("index", "")
    return wanted if wanted in indexes else next(iter(indexes), "")


def _of(every: list[PublishedFigure], index: str) -> list[PublishedFigure]:
    """The figures of an index, newest year first, in the order of their sources."""
    return sorted((f for f in every if f.index == index), key=lambda f: (-(f.year or 0), f.position))


def _block(source: str, figures: list[PublishedFigure]) -> dict[str, Any]:
    """What one source says about one year; a column that it leaves empty is left out."""
    return {
        "source": source,
        "rows": [_row(f) for f in figures],
        "ranked": any(f.rank for f in figures),
        "graded": any(f.grade for f in figures),
    }


def _row(figure: PublishedFigure) -> dict[str, Any]:
    """A figure in words."""
    return {
        "figure": figure,
        "what": figure_words(figure.figure, language()),
        "scope": scope_words(figure.scope, language()),
        "value_unit": unit_words(figure.value_unit, language()),
    }


HEADER = ("index", "year", "unit", "scope", "figure", "value", "value_unit", "rank", "grade", "source")


def file(request: HttpRequest, *, kind: str) -> HttpResponse:
    """The published figures of one index as a file, each with its source."""
    every = queries.published_figures()
    chosen = _chosen(request, Counter(f.index for f in every))
    rows = [[getattr(f, column) for column in HEADER] for f in _of(every, chosen)]
    return files.table_file(kind, f"so-lieu-{slugify(pages.plain(chosen))}", header=HEADER, rows=rows)


def open_data(request: HttpRequest) -> HttpResponse:
    """Every ranking as CSV, XLSX and JSON, and the criteria sets to recompute them by."""
    rankings = [
        {
            "ranking": r,
            "files": files.links(pages.group_url(r)),
            "framework": pages.framework_url(r),
            "answers": f"{pages.group_url(r)}tra-loi.csv" if r.publicity.shows_reasons else "",
        }
        for r in queries.rankings()
    ]
    indexes = dict.fromkeys(f.index for f in queries.published_figures())
    published = [
        {"name": name, "files": files.links(reverse("public:published"), urlencode({"index": name}))}
        for name in indexes
    ]
    context = {
        "section": "open_data",
        "rankings": rankings,
        "published": published,
        "bundles": public_bundles(),
    }
    return render(request, "public/open_data.html", context)
