"""How answers come in: by group, stratum, counter, unit, day and channel. Counts alone, no answer."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.models import Tally
from parindex.apps.surveys.queries import answers_by, links_used, responses_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.paging import page_asked
from parindex.web.surveys.desk.frame import known_survey, of_survey


STRATA_SHOWN = 100


def progress(request: Desk, *, slug: str) -> HttpResponse:
    """The live page of responses. A fixed number of queries."""
    survey = known_survey(request, slug)
    tallies = responses_of(survey)
    came = links_used(survey)
    strata = [_row(t, came) for t in tallies if t.stratum is not None]
    here, paging = page_asked(request, len(strata), STRATA_SHOWN)
    by_unit = answers_by(survey, "unit")
    names = Unit.objects.in_bulk([row["unit"] for row in by_unit])
    days = answers_by(survey, "day")
    most = max((row["count"] for row in days), default=0)
    context = {
        **of_survey(request, survey, "progress"),
        "groups": [_row(t, came) for t in tallies if t.stratum is None and t.counter is None],
        "strata": strata[here],
        "paging": paging,
        "counters": [_row(t, came) for t in tallies if t.counter is not None],
        "units": [(names[row["unit"]], row["count"]) for row in by_unit],
        "days": [(row["day"], row["count"], Fraction(row["count"])) for row in days],
        "most": Fraction(most),
        "channels": [(row["channel"], row["count"]) for row in answers_by(survey, "channel")],
    }
    return render(request, "survey_desk/progress.html", context)


def _row(tally: Tally, came: Mapping[tuple[int, int | None], int]) -> dict[str, Any]:
    """What came by the links of those that were sent, in percent; all that came of the quota, where there is
    one."""
    linked = came.get((tally.group_id, tally.stratum_id), 0)
    quota = tally.stratum.quota if tally.stratum else 0
    return {
        "tally": tally,
        "rate": Fraction(100 * linked, tally.issued) if tally.issued else None,
        "quota": quota,
        "filled": Fraction(100 * tally.used, quota) if quota else None,
    }
