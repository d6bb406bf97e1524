"""If the year ended today: index, grade and rank, and how sure that is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.improvement.outlook import MeasuredLeaf, YearAhead, year_ahead
from parindex.apps.improvement.queries import Standing, standing_of
from parindex.apps.indicators.models import Indicator
from parindex.core.kernel.assessment import UnitOutcome
from parindex.core.kernel.time import legal_date
from parindex.core.wording.notation import number, percent
from parindex.web.improve.gates import asked_unit, frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


def ahead(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """The year after a result."""
    participant = asked_unit(request, round, unit)
    standing = standing_of(participant)
    found = year_ahead(standing, legal_date(request.at))
    context = frame(
        participant,
        "ahead",
        percent=standing.assessment.framework.index.policy != "total",
        year=participant.round.year + 1,
        ahead=found if found and found.is_known else None,
        was=standing.outcome,
        size=len(standing.rivals) + 1,
        views=_views(standing, found) if found else {},
        rows=[_row(standing, found, one) for one in found.measured] if found else [],
    )
    return render(request, "improve/ahead.html", context)


def _views(standing: Standing, found: YearAhead) -> dict[str, Any]:
    """The four views with the position of their grades."""
    bands = standing.assessment.framework.grades.bands

    def told(outcome: UnitOutcome) -> dict[str, Any]:
        position = bands.index(outcome.grade) if outcome.grade else None
        return {"index": outcome.index, "grade": outcome.grade, "position": position, "rank": outcome.rank}

    views = found.outlook
    return {
        "today": told(views.so_far),
        "end": told(views.end),
        "low": told(views.low),
        "high": told(views.high),
    }


def _row(standing: Standing, found: YearAhead, one: MeasuredLeaf) -> dict[str, Any]:
    """One measured criterion: its value and its points, last year, today and at the end."""
    today, end, low, high = found.outlook.points[one.leaf.code]
    forecast = one.forecast
    return {
        "leaf": one.leaf,
        "held": standing.assessment.node(standing.unit, one.leaf.code),
        "value": _said(one.indicator, forecast.now),
        "end": _said(one.indicator, forecast.end),
        "low": None if forecast.low is None else _said(one.indicator, forecast.low),
        "high": None if forecast.high is None else _said(one.indicator, forecast.high),
        "today_points": today,
        "end_points": end,
        "low_points": low,
        "high_points": high,
    }


def _said(indicator: Indicator, value: Fraction) -> str:
    if indicator.kind == Indicator.Kind.SHARE:
        return percent(value * 100, language(), decimals=1)
    return number(value, language(), decimals=0 if indicator.kind == Indicator.Kind.COUNT else 2)
