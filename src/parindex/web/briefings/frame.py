"""What the pages of briefings share: finding one with its right, and its address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from parindex.apps.briefings.models import Briefing
from parindex.apps.briefings.permissions import check_edit, check_see
from parindex.apps.briefings.queries import find_briefing
from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import find_unit
from parindex.core.kernel.problems import Refused
from parindex.core.wording.briefings import figure_words
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks


STATES = {"draft": "waiting", "issued": "done"}
"""How the state of a briefing looks."""


OF_THE_DAY = dict.fromkeys(("briefing_day_unreadable", "briefing_issue_day"), "on")
"""Refusals of an issue that are about its day."""


def day_typed(text: str) -> date:
    """A day as it was typed. Raises Refused ``briefing_day_unreadable``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("briefing_day_unreadable", text=text.strip()[:40]) from None


def known_briefing(request: Desk, unit: str, *, year: int, month: int, edit: bool = False) -> Briefing:
    """A briefing that the person sees, or may edit. Raises Http404, NotAllowed."""
    place = find_unit(unit)
    if place is None or not (1 <= month <= 12 and 1900 < year < 2200):
        raise Http404(unit)
    found = find_briefing(place, date(year, month, 1))
    if found is None:
        raise Http404(f"{unit} {year} {month}")
    if edit:
        check_edit(request.rights, found)
    check_see(request.rights, found)
    return found


def address_of(unit: Unit) -> str:
    """A unit by codes, from the top."""
    return ".".join(u.code for u in reversed(way_up(unit)))


def url_of(briefing: Briefing, name: str = "briefing", *more: object) -> str:
    """The address of a page of a briefing."""
    month = briefing.month
    return reverse(f"briefings:{name}", args=[address_of(briefing.unit), month.year, month.month, *more])


def figures_shown(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The table as it is kept; on an English page with the names that indicators have there, and its own
    notation. One query at most."""
    now = language()
    english = (
        dict(Indicator.objects.filter(code__in=[row["code"] for row in rows]).values_list("code", "name_en"))
        if now == "en"
        else {}
    )
    return [
        {
            **row,
            **{key: figure_words(row[key], now) for key in ("now", "before", "change", "goal")},
            "name": english.get(row["code"]) or row["name"],
            "lang": "en" if english.get(row["code"]) else "vi",
        }
        for row in rows
    ]


def frame(briefing: Briefing) -> dict[str, Any]:
    """What every page about one briefing carries."""
    return {
        "section": "start",
        **marks(briefing.unit),
        "briefing": briefing,
        "address": address_of(briefing.unit),
        "badge": STATES[briefing.state],
    }
