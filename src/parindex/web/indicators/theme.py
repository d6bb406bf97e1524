"""What everybody may see: the year's theme in measured values, and how each of them is counted."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import procedures_of, with_procedures
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.queries import find_indicator, standing_values, uses
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, find_unit, tree_of
from parindex.apps.organisations.types import type_name
from parindex.apps.search.folding import fold
from parindex.core.kernel.text import Text
from parindex.data.indicators import YEARS_WORK
from parindex.web.indicators.figures import HUNDRED, change, figure_of, in_order, of_year, years_of
from parindex.web.parts import charts
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked
from parindex.web.parts.standing import goals_of
from parindex.web.parts.templatetags.parts import points, said


PAGE = 20
Values = dict[tuple[str, int], Value]


def theme(request: HttpRequest, *, territory: str) -> HttpResponse:
    """Each indicator over all units of a territory, by type and unit: the year, and the one before. What
    articles measure is communication, and no part of the theme."""
    place = find_unit(territory)
    if place is None:
        raise Http404(territory)
    tree = tree_of(place)
    units = {u.pk: u for u in tree.walk()}
    values = [v for v in standing_values(units=units) if v.indicator.source not in YEARS_WORK]
    years = years_of(values)
    asked = request.GET.get("nam", "")
    year = next((y for y in years if str(y) == asked), years[0] if years else 0)
    now, before = of_year(values, year), of_year(values, year - 1)
    measured = {u for _, u in now}
    count = Counter(units[u].type for u in measured)
    types = sorted(count, key=lambda t: (-count[t], t))
    goals = goals_of(place, year)
    chosen = next((t for t in types if t == request.GET.get("loai")), types[0] if types else "")
    asked_name = request.GET.get("tim", "").strip()[:100]
    order = next((i.code for i in in_order(now) if i.code == request.GET.get("xep")), "")
    own = _ordered(now, [u for u in units.values() if u.type == chosen and u.pk in measured], order)
    every = own
    own = [u for u in own if fold(asked_name) in fold(f"{u.name_vi} {u.name_en}")]
    cut, page = page_asked(request, len(own), PAGE, anchor="units", whole=True)
    context = {
        "section": "theme",
        "territory": place,
        **marks(place),
        "year": year,
        "procedures": procedures_of(place) is not None,
        "years": [{"year": y, "here": y == year} for y in years],
        "types": [{"code": t, "name": type_name(t), "here": t == chosen} for t in types],
        "type": chosen,
        "measures": [_measure(i, now, before, goal=goals.get(i.code, "")) for i in in_order(now)],
        "by_type": [
            {"name": type_name(t), "cells": _cells(now, before, [u for u in units if units[u].type == t])}
            for t in types
        ],
        "strips": _strips(now, every),
        "orders": [{"code": "", "name": Text("Tên đơn vị", "Name"), "here": not order}]
        + [{"code": i.code, "name": i.name, "here": i.code == order} for i in in_order(now)],
        "order": order,
        "asked": asked_name,
        "count": len(own),
        "rows": _rows(now, before, own[cut], tree=tree),
        "page": page,
        "as_of": sorted({v.as_of for v in now.values()})[-1:],
    }
    return render(request, "indicators/theme.html", context)


def _measure(indicator: Indicator, now: Values, before: Values, *, goal: str) -> dict[str, Any]:
    """The whole territory; compared with the year before over the units that were measured in both."""
    mine = {u: v for (code, u), v in now.items() if code == indicator.code}
    both = {u for u in mine if (indicator.code, u) in before}
    figure = figure_of(indicator, mine.values())
    same = figure_of(indicator, [mine[u] for u in both])
    then = figure_of(indicator, [before[indicator.code, u] for u in both])
    return {
        "figure": figure,
        "indicator": indicator,
        "before": then,
        "goal": goal,
        "change": change(same, then),
        "compared": len(both),
        "url": reverse("indicators:indicator", args=[indicator.code]),
    }


def _cells(now: Values, before: Values, units: list[int]) -> list[dict[str, Any]]:
    found = []
    for indicator in in_order(now):
        mine = [now[indicator.code, u] for u in units if (indicator.code, u) in now]
        then = [before[indicator.code, u] for u in units if (indicator.code, u) in before]
        figure = figure_of(indicator, mine)
        is_comparable = len(then) == len(mine)
        found.append(
            {
                "figure": figure,
                "name": indicator.name,
                "change": change(figure, figure_of(indicator, then)) if is_comparable else None,
            }
        )
    return found


def _rows(now: Values, before: Values, units: list[Unit], *, tree: Tree) -> list[dict[str, Any]]:
    """Each unit, with the way to its procedures where dossiers of it were counted."""
    counted = with_procedures(tree, units)
    return [
        {
            "name": unit.name,
            "cells": _cells(now, before, [unit.pk]),
            "procedures": tree.address(unit) if unit.pk in counted else "",
        }
        for unit in units
    ]


def _ordered(now: Values, units: list[Unit], order: str) -> list[Unit]:
    """By name, or by an indicator: the best first, those it was not measured of last."""
    named = sorted(units, key=lambda u: said(u.name))
    values = {u.pk: now[order, u.pk] for u in named if (order, u.pk) in now}

    def place(unit: Unit) -> tuple[bool, Fraction]:
        value = values.get(unit.pk)
        number = value.exact if value else None
        if value is None or number is None:
            return True, Fraction(0)
        return False, -number if value.indicator.direction == Indicator.Direction.UP else number

    return sorted(named, key=place) if order else named


def _strips(now: Values, units: list[Unit]) -> list[dict[str, Any]]:
    """Where the units of a type stand: of each share a dot for each, with the median."""
    found = []
    for indicator in in_order(now):
        shares = [
            (said(unit.name), HUNDRED * value.exact)
            for unit in units
            if (value := now.get((indicator.code, unit.pk))) is not None and value.exact is not None
        ]
        if indicator.kind == Indicator.Kind.SHARE and len(shares) > 1:
            middle = median([share for _, share in shares])
            words = gettext("%(name)s: %(n)s đơn vị, trung vị %(median)s%%")
            title = words % {"name": said(indicator.name), "n": len(shares), "median": points(middle)}
            dots = charts.dot_strip(shares, "", title, median=middle)
            found.append({"indicator": indicator, "dots": dots, "median": middle})
    return found


def indicator(request: HttpRequest, *, code: str) -> HttpResponse:
    """How one indicator is counted, by which document, and which criteria of which sets it answers."""
    found = find_indicator(code)
    if found is None:
        raise Http404(code)
    context = {
        "section": "theme",
        "indicator": found,
        "uses": [
            {
                "set": use.framework.title,
                "code": use.leaf.code,
                "name": use.leaf.name,
                "url": reverse("public:framework", args=[use.framework.id, use.framework.version]),
            }
            for use in uses().get(code, [])
        ],
    }
    return render(request, "indicators/indicator.html", context)
