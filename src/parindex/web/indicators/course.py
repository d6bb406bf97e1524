"""An indicator's way through a year beside the way to its target: as a chart, and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext

from parindex.apps.indicators.goals import Course, Goals, Standing, course_of
from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Unit
from parindex.web.parts import charts
from parindex.web.parts.standing import number, stood
from parindex.web.parts.templatetags.parts import said


HUNDRED = 100


def course_shown(unit: Unit, indicator: Indicator, year: int) -> dict[str, Any] | None:
    """What was measured up to each month, where the target's way was then, what is expected at the end; None
    where fewer than two days are known. Two queries, and the way up."""
    found = course_of(unit, indicator, year)
    if found is None or len(found.points) < 2:
        return None
    target = Goals.of_unit(unit, year=year).of(indicator, unit, year)
    rows = [
        {
            "day": day,
            "value": number(indicator, value),
            "due": number(indicator, found.due(target, day)) if target else "",
        }
        for day, value in found.points
    ]
    standing = Standing(indicator, target, found.forecast)
    return {
        "year": year,
        "chart": _chart(found, standing, title=f"{said(indicator.name)}, {said(unit.name)}"),
        "rows": rows,
        "stands": stood(standing),
    }


def _chart(found: Course, standing: Standing, *, title: str) -> str:
    """A point for each month: measured, and the way to the target; at the end what is expected."""
    target = standing.target
    scale = HUNDRED if standing.indicator.kind == Indicator.Kind.SHARE else 1
    ends = list(_month_ends(found.start, found.end))
    names = [f"{day.month}/{day.year % 100:02}" for day in ends]
    last = {(day.year, day.month): value * scale for day, value in found.points}
    measured = [last.get((day.year, day.month)) for day in ends]
    lines = [charts.Series(gettext("Đo được"), "c1", list(zip(names, measured, strict=True)))]
    if target is not None:
        way = [found.due(target, day) for day in ends]
        points = [(n, None if v is None else v * scale) for n, v in zip(names, way, strict=True)]
        lines.append(charts.Series(gettext("Lộ trình đến mục tiêu"), "c2", points))
    if found.forecast is not None and measured[-1] is None:
        expected: list[tuple[str, Fraction | None]] = [(n, None) for n in names[:-1]]
        expected.append((names[-1], found.forecast.end * scale))
        lines.append(charts.Series(gettext("Dự báo cuối năm"), "c3", expected))
    return charts.trend(lines, title)


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The last day of every month of a year, and the year's own."""
    day = start
    while day < end:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield min(after - timedelta(days=1), end)
        day = after
