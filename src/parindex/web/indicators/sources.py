"""For those who follow a territory: which values are there, how fresh, what is missing, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.assessments.queries import running_rounds
from parindex.apps.assessments.queries.differences import Difference, differing
from parindex.apps.indicators.doubts import Doubt, doubts
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.periods import said_period
from parindex.apps.indicators.queries import all_indicators, standing_values
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import check_whole
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.wording.checks import check_sentence
from parindex.web.indicators.figures import newest_year, of_year, years_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import followed
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.standing import lights_of
from parindex.web.parts.templatetags.parts import said


NAMED = 12
SHOWN = 60
OF_KIND = 15


def sources(request: Desk, *, territory: str) -> HttpResponse:
    """Completeness and freshness of each source in a year; answers that differ from what was measured."""
    place = followed(request, territory)
    tree = tree_of(place)
    units = {u.pk: u for u in tree.walk() if u.pk != place.pk}
    every = standing_values(units={*units, place.pk})
    values = [v for v in every if v.unit_id != place.pk]
    years = years_of(values)
    asked = request.GET.get("nam", "")
    year = next((y for y in years if str(y) == asked), newest_year(values))
    now = of_year(values, year)
    expected = {u for _, u in now}
    indicators = all_indicators()
    rows = [_row(i, now, units=units, expected=expected) for i in indicators]
    rounds = running_rounds([place.pk])
    context = {
        "section": "start",
        "territory": place,
        **marks(place),
        "year": year,
        "years": [{"year": y, "here": y == year} for y in years],
        "rows": [row for row in rows if row["told"]],
        **_silent([row["indicator"] for row in rows if not row["told"]]),
        **_doubts(doubts_of(every, tree, year), units | {place.pk: place}),
        "lights": lights_of(tree, year, indicators),
        "rounds": [
            {
                "round": round_,
                "count": len(found),
                "more": max(0, len(found) - SHOWN),
                "rows": [_difference(round_, d) for d in found[:SHOWN]],
            }
            for round_, found in differing(rounds)
        ],
        "imports": gate(lambda: check_whole(request.rights, Act.ROUND_ASSIST)).is_open,
        "defines": gate(lambda: check_whole(request.rights, Act.FRAMEWORK_EDIT)).is_open,
    }
    return render(request, "indicators/sources.html", context)


def doubts_of(every: list[Value], tree: Tree, year: int) -> list[Doubt]:
    """What of a year's values does not fit."""
    of_both = [v for v in every if v.end.year in (year, year - 1)]
    return doubts(of_year(every, year), of_year(every, year - 1), of_both, tree=tree)


def doubt_row(found: Doubt, units: Mapping[int, Unit]) -> dict[str, Any]:
    """One of them in words."""
    value = found.value
    return {
        "unit": units[value.unit_id].name,
        "indicator": value.indicator,
        "period": said_period(value.start, value.end),
        "source": value.source,
        "words": check_sentence(found.code, found.data, language()),
    }


def _doubts(found: list[Doubt], units: Mapping[int, Unit]) -> dict[str, Any]:
    """Of every kind as many as a page shows."""
    shown = [one for _, kind in groupby(found, key=lambda d: d.code) for one in list(kind)[:OF_KIND]]
    rows = [doubt_row(one, units) for one in shown]
    return {"doubts": rows, "doubt_count": len(found), "doubt_rest": len(found) - len(rows)}


def _row(
    indicator: Indicator, now: dict[tuple[str, int], Value], *, units: dict[int, Unit], expected: set[int]
) -> dict[str, Any]:
    """One source: of how many units it told, the oldest and the newest day, and whom it left out."""
    mine = {u: v for (code, u), v in now.items() if code == indicator.code}
    missing = sorted(said(units[u].name) for u in expected - mine.keys())
    days = sorted(v.as_of for v in mine.values())
    return {
        "indicator": indicator,
        "told": len(mine),
        "all": len(expected),
        "oldest": days[0] if days else None,
        "newest": days[-1] if days else None,
        "lacking": len(missing),
        "missing": missing[:NAMED],
        "more": max(0, len(missing) - NAMED),
    }


def _silent(indicators: Sequence[Indicator]) -> dict[str, Any]:
    """Indicators of which nobody told anything, by the source that should have."""
    by_source: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_source.setdefault(indicator.source, []).append(indicator)
    return {"silent": sorted(by_source.items()), "silent_count": len(indicators)}


def _difference(round_: Any, found: Difference) -> dict[str, Any]:
    unit, leaf = found.participant.unit.code, found.proposal.leaf
    return {
        "unit": found.participant.name,
        "leaf": leaf,
        "words": check_sentence(found.finding.code, found.finding.data, language()),
        "note": found.note,
        "more": found.more,
        "handed_in": found.handed_in,
        "url": reverse("unit:leaf", args=[round_, unit, leaf.code]),
    }
