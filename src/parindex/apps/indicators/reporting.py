"""Which report is due, and which measured value speaks for a period that need not be a calendar's."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from fractions import Fraction

from parindex.apps.indicators.models import Value
from parindex.core.kernel.problems import Refused
from parindex.data.reporting_periods import KINDS, ReportPeriod


YEARS = 3
ENOUGH = Fraction(1, 2)
_CODE = re.compile(r"(20\d\d|21\d\d)-([a-z0-9-]+)")


def find_period(code: str) -> ReportPeriod | None:
    """``2026-quy-1``; None where there is no such period."""
    found = _CODE.fullmatch(code)
    kind = next((k for k in KINDS if found and k.code == found[2]), None)
    return kind.in_year(int(found[1])) if found and kind else None


def check_begun(period: ReportPeriod, today: date) -> None:
    """A report can be begun once its period has. Raises Refused ``report_period_ahead``."""
    if period.first > today:
        raise Refused("report_period_ahead", first=period.first)


def periods_until(today: date) -> list[ReportPeriod]:
    """Those of the last years that have begun, the one that ends last first."""
    years = range(today.year + 1, today.year + 1 - YEARS, -1)
    found = [kind.in_year(year) for year in years for kind in KINDS]
    return sorted((p for p in found if p.first <= today), key=lambda p: (p.last, p.first), reverse=True)


def proposed_period(today: date) -> ReportPeriod:
    """The period that has just ended."""
    return next(p for p in periods_until(today) if p.last <= today)


def values_for(units: Collection[int], period: ReportPeriod) -> dict[str, Value]:
    """The value of each indicator that speaks for a period best, by the indicator's code. One query.

    That is the one whose days (up to the last that its data describe) have most in common with the
    period's, if it is at least half of the days of both together. The authoritative source goes before
    others, a later version before an earlier one.
    """
    found = Value.objects.filter(unit__in=units, start__lte=period.last, end__gte=period.first)
    best: dict[str, tuple[tuple[bool, Fraction, int], Value]] = {}
    for value in found.select_related("indicator").order_by("pk"):
        shared = _shared(value, period)
        if shared < ENOUGH:
            continue
        weight = value.source == value.indicator.source, shared, value.version
        kept = best.get(value.indicator.code)
        if kept is None or weight >= kept[0]:
            best[value.indicator.code] = weight, value
    return {code: value for code, (_, value) in sorted(best.items())}


def _shared(value: Value, period: ReportPeriod) -> Fraction:
    """Days in common, of the days of both together."""
    first, last = value.start, min(value.end, value.as_of)
    common = (min(last, period.last) - max(first, period.first)).days + 1
    if common <= 0:
        return Fraction(0)
    return Fraction(common, (max(last, period.last) - min(first, period.first)).days + 1)
