"""A unit's periodic reports: the period is chosen, the pages are looked at, the files fetched."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.indicators.reporting import check_begun, find_period, periods_until, proposed_period
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.time import legal_date
from parindex.core.papers import Paper
from parindex.data.reporting_periods import ReportPeriod
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import seen_unit
from parindex.web.parts.marks import marks
from parindex.web.parts.papers import pages_of, paper_file, paper_page
from parindex.web.reports.paper import known_of, report_of


def reports(request: Desk, *, unit: str) -> HttpResponse:
    """The report of the period that has just ended, and the way to the others."""
    found = seen_unit(request, unit)
    return _page(request, found, unit, period=proposed_period(legal_date(request.at)))


def report(request: Desk, *, unit: str, period: str) -> HttpResponse:
    """The report of one period as pictures. Raises Http404, NotAllowed, Refused ``report_period_ahead``."""
    found = seen_unit(request, unit)
    return _page(request, found, unit, period=_period(request, period))


def report_file(request: Desk, *, unit: str, period: str, form: str) -> HttpResponse:
    """The same as .docx to be worked on, or as .pdf."""
    found = seen_unit(request, unit)
    chosen = _period(request, period)
    return paper_file(_paper(request, found, chosen), f"bao-cao-cchc-{found.code}-{chosen.code}", form)


def report_page(request: Desk, *, unit: str, period: str, number: int) -> HttpResponse:
    """The picture of one page."""
    found = seen_unit(request, unit)
    return paper_page(_paper(request, found, _period(request, period)), number)


def _period(request: Desk, code: str) -> ReportPeriod:
    """Raises Http404, Refused ``report_period_ahead``."""
    found = find_period(code)
    if found is None:
        raise Http404(code)
    check_begun(found, legal_date(request.at))
    return found


def _paper(request: Desk, unit: Unit, period: ReportPeriod) -> Paper:
    return report_of(known_of(unit, period, legal_date(request.at)))


def _page(request: Desk, unit: Unit, address: str, *, period: ReportPeriod) -> HttpResponse:
    today = legal_date(request.at)
    paper = _paper(request, unit, period)
    context: dict[str, Any] = {
        "section": "start",
        "unit": unit,
        "address": address,
        **marks(unit),
        "period": period,
        "proposed": period == proposed_period(today),
        "running": today < period.last,
        "late": max((today - period.due).days, 0),
        "periods": [
            {"period": p, "url": reverse("reports:periodic", args=[address, p.code]), "here": p == period}
            for p in periods_until(today)
        ],
        "pages": [
            {"shown": page, "url": f"{_picture(address, period, page.number)}?v={page.mark}"}
            for page in pages_of(paper)
        ],
    }
    return render(request, "reports/periodic.html", context)


def _picture(address: str, period: ReportPeriod, number: int) -> str:
    return reverse("reports:periodic_page", args=[address, period.code, number])
