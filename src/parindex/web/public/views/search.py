"""Finding units, criteria, years, measured values and articles by words, with or without accents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.frameworks.queries import by_hash, public_versions
from parindex.apps.indicators.queries import all_indicators
from parindex.apps.news.queries import Asked, public_articles
from parindex.apps.results import queries
from parindex.web.parts.articles import cards
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


MOST = 40
LONGEST = 100
FOUND = ("years", "units", "criteria", "indicators", "articles")


def search(request: HttpRequest) -> HttpResponse:
    """What matches every word that was typed: newest years first, criteria in printed order."""
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
    words = pages.plain(asked).split()
    units, criteria = (_units(words), _criteria(words)) if words else ([], [])
    articles = list(public_articles(None, Asked(words=asked))[: MOST + 1]) if words else []
    context = {
        "section": "",
        "query": asked,
        "units": units[:MOST],
        "criteria": criteria[:MOST],
        "articles": cards(articles[:MOST]),
        "more": max(len(units), len(criteria), len(articles)) > MOST,
        "years": _years(words) if words else [],
        "indicators": _indicators(words) if words else [],
    }
    context["nothing"] = not any(context[one] for one in FOUND)
    return render(request, "public/search.html", context)


def _has(words: list[str], *texts: str) -> bool:
    """Whether one of the texts holds every word."""
    return any(all(word in plain for word in words) for plain in map(pages.plain, texts))


def _units(words: list[str]) -> list[dict[str, Any]]:
    """Units by name, each once, with the years it was assessed in."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for unit in queries.assessed_units():
        if _has(words, unit.name.vi, unit.name.en):
            kept = found.setdefault(
                (unit.territory, unit.code), {"name": unit.name, "place": unit.place, "years": []}
            )
            url = reverse("public:unit", args=[unit.territory, unit.year, unit.group, unit.code])
            kept["years"].append({"year": unit.year, "url": url})
    return list(found.values())


def _criteria(words: list[str]) -> list[dict[str, Any]]:
    """Criteria of public sets by code or name."""
    found: list[dict[str, Any]] = []
    for version in public_versions():
        framework = by_hash(version.content_hash)
        url = reverse("public:framework", args=[framework.id, framework.version])
        found += [
            {"node": node, "set": framework.title, "url": f"{url}#{node.code}"}
            for node in (*framework.nodes.values(), *framework.extras.values())
            if _has(words, f"{node.code} {node.name.vi}", f"{node.code} {node.name.en}")
        ]
    return found


def _indicators(words: list[str]) -> list[dict[str, Any]]:
    """Measured values by the name of their indicator."""
    return [
        {"name": one.name, "url": reverse("indicators:indicator", args=[one.code])}
        for one in all_indicators()
        if _has(words, one.name_vi, one.name_en)
    ]


def _years(words: list[str]) -> list[dict[str, Any]]:
    """Years of territories: by the year, the name, or both."""
    return [
        {"label": f"{said(place.name)} {year}", "url": pages.year_url(place.code, year)}
        for place in queries.places()
        for year in place.years
        if _has(words, f"{place.name.vi} {year}", f"{place.name.en} {year}")
    ]
