"""The surveys that somebody runs or follows, a year at a time; what waits on the start page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys.models import Survey
from parindex.apps.surveys.queries import sittings_of, surveys_of
from parindex.core.kernel.time import legal_date
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.surveys.desk.frame import BADGES, SURVEYING, check_somewhere, frame


def listing(request: Desk) -> HttpResponse:
    """Surveys of a year, the newest first. A fixed number of queries."""
    check_somewhere(request.rights)
    every = surveys_of(request.rights)
    places = managed_units(request.rights, Act.SURVEY_RUN)
    years = sorted({s.year for s in every}, reverse=True)
    year = _year(request, years)
    context = {
        **frame(next((s.territory for s in every), places[0] if places else None)),
        "years": years,
        "year": year,
        "rows": _rows([s for s in every if s.year == year]),
        "makes": bool(places),
    }
    return render(request, "survey_desk/list.html", context)


def _year(request: Desk, years: list[int]) -> int:
    asked = request.GET.get("nam", "")
    if not asked:
        return years[0] if years else legal_date(request.at).year
    if asked not in map(str, years):
        raise Http404(asked)
    return int(asked)


def _rows(surveys: Sequence[Survey]) -> list[dict[str, Any]]:
    """Each with how many sittings came in. One query."""
    came = sittings_of(surveys)
    return [{"survey": s, "badge": BADGES[s.state], "came": came.get(s.pk, 0)} for s in surveys]


def cards(request: Desk) -> list[Card]:
    """Surveys on the start page. At most three queries, none for whoever has nothing to do with them."""
    if not request.rights.units(*SURVEYING):
        return []
    every = surveys_of(request.rights)
    places = managed_units(request.rights, *SURVEYING[:1]) or managed_units(request.rights, Act.SURVEY_VIEW)
    now = sum(s.state == Survey.State.OPEN for s in every)
    state = (
        ngettext("%(n)s cuộc đang lấy ý kiến", "%(n)s cuộc đang lấy ý kiến", now) % {"n": now} if now else ""
    )
    title, act = gettext("Điều tra xã hội học"), gettext("Mở")
    return [Card(places[0].name if places else "", title, reverse("surveys:list"), act, state=state)]
