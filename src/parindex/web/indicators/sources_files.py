"""What those who follow a territory fetch: who told what up to when, and what does not fit, as files."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext

from parindex.apps.indicators.models import Value
from parindex.apps.indicators.periods import said_period
from parindex.apps.indicators.queries import all_indicators, standing_values
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.kernel.time import legal_date
from parindex.core.wording.notation import day
from parindex.web.indicators.figures import newest_year, of_year, years_of
from parindex.web.indicators.sources import doubt_row, doubts_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import Cell, table_file
from parindex.web.parts.finding import followed
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said, source_name


def freshness_file(request: Desk, *, territory: str, kind: str) -> HttpResponse:
    """Every unit and indicator of a year: the last day told of, its age, or that nothing was."""
    place, tree, every, year = _asked(request, territory)
    now = of_year([v for v in every if v.unit_id != place.pk], year)
    expected, today = {u for _, u in now}, legal_date(request.at)
    header = [
        gettext("Mã đơn vị"),
        gettext("Đơn vị"),
        gettext("Chỉ tiêu"),
        gettext("Nguồn"),
        gettext("Kỳ"),
        gettext("Số liệu đến"),
        gettext("Số ngày đã qua"),
    ]
    rows: list[list[Cell]] = []
    for unit in (u for u in tree.walk() if u.pk in expected):
        for indicator in all_indicators():
            value = now.get((indicator.code, unit.pk))
            told: list[Cell] = [gettext("chưa có"), "", ""]
            if value is not None:
                period = said(said_period(value.start, value.end))
                told = [period, day(value.as_of, language()), (today - value.as_of).days]
            rows.append(
                [unit.code, said(unit.name), said(indicator.name), source_name(indicator.source), *told]
            )
    return table_file(kind, f"nguon-so-lieu-{place.code}-{year}", header=header, rows=rows)


def doubts_file(request: Desk, *, territory: str, kind: str) -> HttpResponse:
    """All that does not fit, with the arithmetic. Raises Http404."""
    place, tree, every, year = _asked(request, territory)
    units = {u.pk: u for u in tree.walk()}
    header = [
        gettext("Đơn vị"),
        gettext("Chỉ tiêu"),
        gettext("Kỳ"),
        gettext("Nguồn"),
        gettext("Không khớp ở đâu"),
    ]
    rows: list[list[Cell]] = []
    for one in doubts_of(every, tree, year):
        row = doubt_row(one, units)
        cells = (
            said(row["unit"]),
            said(row["indicator"].name),
            said(row["period"]),
            source_name(row["source"]),
            row["words"],
        )
        rows.append(list(cells))
    return table_file(kind, f"so-lieu-can-xem-{place.code}-{year}", header=header, rows=rows)


def _asked(request: Desk, territory: str) -> tuple[Unit, Tree, list[Value], int]:
    """The territory with its values, and the year asked for. Raises Http404, NotAllowed."""
    place = followed(request, territory)
    tree = tree_of(place)
    every = standing_values(units=[u.pk for u in tree.walk()])
    years = years_of(every)
    asked = request.GET.get("nam", "")
    return place, tree, every, next((y for y in years if str(y) == asked), newest_year(every))
