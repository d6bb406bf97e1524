"""Published results of past years that were brought in for the units of a territory."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.roles import Act
from parindex.apps.results.imports import FIGURE_COLUMNS
from parindex.apps.results.models import PublishedFigure
from parindex.core.formats.results_file import rows_as_xlsx
from parindex.web.manage.frame import finder, frame, paged
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import XLSX


def past(request: Desk) -> HttpResponse:
    """The list, newest year first."""
    territory, territories = managed(request, Act.ROUND_RUN, whole=True)
    holds = finder(request)
    every = [f for f in _of(territory) if holds(f"{f.unit} {f.index} {f.year}")]
    shown, page = paged(request, every)
    context = {
        **frame(request, "past", territory),
        "territories": territories,
        "figures": shown,
        "page": page,
        "asked": request.GET.get("tim", ""),
    }
    return render(request, "manage/past.html", context)


def past_file(request: Desk) -> HttpResponse:
    """The same, whole, with the columns that can be brought in again."""
    territory, _ = managed(request, Act.ROUND_RUN, whole=True)
    rows = [
        [
            f.about.code if f.about else "",
            str(f.year),
            f.index,
            f.value,
            f.value_unit,
            f.grade,
            f.rank,
            f.authority,
            f.source,
        ]
        for f in _of(territory)
    ]
    header = [said(c.name) for c in FIGURE_COLUMNS]
    content = rows_as_xlsx(header, [[*r] for r in rows], title=gettext("Kết quả các năm trước"))
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="ket-qua-nam-truoc-{territory.code}.xlsx"'
    return answer


def _of(territory: Unit) -> list[PublishedFigure]:
    units = [u.pk for u in tree_of(territory).walk()]
    found = PublishedFigure.objects.filter(about__in=units).select_related("about")
    return list(found.order_by("-year", "unit", "index", "id"))
