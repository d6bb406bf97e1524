"""Figures that authorities published, each with its source; and every table as a file."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.results import queries
from parindex.apps.results.models import PublishedFigure
from parindex.core.wording.figures import figure_words, scope_words, unit_words
from parindex.web.parts.languages import language
from parindex.web.public import pages
from parindex.web.public.views.export import FILES


def figures(request: HttpRequest) -> HttpResponse:
    """Published figures by index and year; one index at a time."""
    every = queries.published_figures()
    indexes = Counter(f.index for f in every)
    wanted = request.GET.get("index", "")
    chosen = wanted if wanted in indexes else next(iter(indexes), "")
    rows = sorted((f for f in every if f.index == chosen), key=lambda f: (-(f.year or 0), f.position))
    context = {
        "section": "published",
        "indexes": [{"name": name, "count": n, "current": name == chosen} for name, n in indexes.items()],
        "chosen": chosen,
        "years": [
            {"year": y, "rows": [_row(f) for f in group]} for y, group in groupby(rows, key=lambda f: f.year)
        ],
    }
    return render(request, "public/published.html", context)


def _row(figure: PublishedFigure) -> dict[str, Any]:
    """A figure in words."""
    return {
        "figure": figure,
        "what": figure_words(figure.figure, language()),
        "scope": scope_words(figure.scope, language()),
        "value_unit": unit_words(figure.value_unit, language()),
    }


def open_data(request: HttpRequest) -> HttpResponse:
    """Every ranking as CSV, XLSX and JSON, and the criteria sets to recompute them by."""
    rankings = [
        {
            "ranking": r,
            "files": [{"url": f"{pages.group_url(r)}tai-ve.{k}", "label": k.upper()} for k in FILES],
            "framework": pages.framework_url(r),
            "answers": f"{pages.group_url(r)}tra-loi.csv",
        }
        for r in queries.rankings()
    ]
    return render(request, "public/open_data.html", {"section": "open_data", "rankings": rankings})
