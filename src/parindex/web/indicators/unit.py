"""A unit's own measured values: now, the year before, all versions; and its index if the year ended today."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.assessments.queries.projection import projection, running_participations
from parindex.apps.indicators.counting import BY_STORE
from parindex.apps.indicators.dossiers import has_store, store_of
from parindex.apps.indicators.models import Value
from parindex.apps.indicators.periods import said_period
from parindex.apps.indicators.queries import recorders, standing_values
from parindex.apps.indicators.reports import document_of
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.roles import Act
from parindex.core.wording.notation import answer_text
from parindex.web.indicators.course import course_shown
from parindex.web.indicators.figures import change, figure_of, in_order, newest_year, of_year
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import seen_unit
from parindex.web.parts.marks import marks
from parindex.web.parts.standing import of_unit


def unit(request: Desk, *, unit: str) -> HttpResponse:
    """All indicators of the unit, and the projection of each running round."""
    found = seen_unit(request, unit)
    values = standing_values(units=[found.pk], every_source=True)
    own = [v for v in values if v.source == v.indicator.source]
    year = newest_year(own)
    now, before = of_year(own, year), of_year(own, year - 1)
    stands = of_unit(found, year)
    context = {
        "section": "start",
        "unit": found,
        "address": unit,
        **marks(found),
        "year": year,
        "dossiers": has_store(store_of(way_up(found)[-1])),
        "rows": [
            {
                "value": now[indicator.code, found.pk],
                "indicator": indicator,
                "figure": (figure := figure_of(indicator, [now[indicator.code, found.pk]])),
                "before": (
                    then := figure_of(
                        indicator, [v for k, v in before.items() if k == (indicator.code, found.pk)]
                    )
                ),
                "change": change(figure, then),
                "stands": stands.get(indicator.code),
                "others": _others(values, now[indicator.code, found.pk]),
                "url": reverse("indicators:versions", args=[unit, indicator.code]),
            }
            for indicator in in_order(now)
        ],
        "sets": request.rights.may(Act.SHEET_SUBMIT, found.pk)
        or any(request.rights.may(Act.ROUND_ASSIST, u.pk) for u in way_up(found)),
        "projections": [_projected(p) for p in running_participations([found.pk])[:MOST]],
    }
    return render(request, "indicators/unit.html", context)


MOST = 3
"""Running rounds that are projected on one page."""


def _others(values: list[Value], own: Value) -> list[dict[str, Any]]:
    """What other sources say of the same datum."""
    return [
        {"source": v.source, "text": answer_text(v.written)}
        for v in values
        if (v.indicator_id, v.start, v.end) == (own.indicator_id, own.start, own.end)
        and v.source != own.source
    ]


def _projected(participant: Any) -> dict[str, Any]:
    found = projection(participant)
    return {
        "round": participant.round,
        "url": reverse("unit:sheet", args=[participant.round, participant.unit.code]),
        "now": found.sheet.whole,
        "index": found.index,
        "points": found.points,
        "maximum": found.applicable_max,
        "percent": found.sheet.framework.index.policy != "total",
        "missing": found.missing,
        "filled": [
            {"leaf": p.leaf, "text": answer_text(p.value.written), "points": p.points} for p in found.filled
        ],
    }


def versions(request: Desk, *, unit: str, code: str) -> HttpResponse:
    """Everything that was ever said of one indicator of the unit: what was known when, from where."""
    found = seen_unit(request, unit)
    values = list(
        Value.objects.filter(unit=found, indicator__code=code)
        .select_related("indicator")
        .order_by("-end", "source", "-version")
    )
    if not values:
        raise Http404(code)
    names = recorders({v.by for v in values})
    context = {
        "section": "start",
        "unit": found,
        "address": unit,
        **marks(found),
        "indicator": values[0].indicator,
        "course": course_shown(found, values[0].indicator, values[0].end.year),
        "rows": [
            {
                "value": v,
                "period": said_period(v.start, v.end),
                "text": answer_text(v.written),
                "by": names[v.by],
                "own": v.source == v.indicator.source,
                "file": document_of(v),
                "counted": v.origin.startswith(BY_STORE),
            }
            for v in values
        ],
    }
    return render(request, "indicators/versions.html", context)
