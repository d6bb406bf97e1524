"""How answers come in: by group, stratum, counter, unit, day and channel. Counts alone, no answer."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.queries import Response, answers_by, responses_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.paging import page_asked
from parindex.web.surveys.desk.frame import known_survey, of_survey


STRATA_SHOWN = 100


def progress(request: Desk, *, slug: str) -> HttpResponse:
    """The live page of responses. A fixed number of queries."""
    survey = known_survey(request, slug)
    came = responses_of(survey)
    strata = [_row(one) for one in came if one.stratum is not None]
    here, paging = page_asked(request, len(strata), STRATA_SHOWN)
    by_unit = answers_by(survey, "unit")
    names = Unit.objects.in_bulk([row["unit"] for row in by_unit])
    days = answers_by(survey, "day")
    most = max((row["count"] for row in days), default=0)
    context = {
        **of_survey(request, survey, "progress"),
        "groups": [_row(one) for one in came if one.stratum is None and one.counter is None],
        "strata": strata[here],
        "paging": paging,
        "counters": [one for one in came if one.counter is not None],
        "units": [(names[row["unit"]], row["count"]) for row in by_unit],
        "days": [(row["day"], row["count"], Fraction(row["count"])) for row in days],
        "most": Fraction(most),
        "channels": [(row["channel"], row["count"]) for row in answers_by(survey, "channel")],
    }
    return render(request, "survey_desk/progress.html", context)


def _row(one: Response) -> dict[str, Any]:
    """What came by the links of those that were sent, in percent; all that came of the quota, where there is
    one."""
    quota = one.stratum.quota if one.stratum else 0
    return {
        "of": one,
        "rate": Fraction(100 * one.linked, one.issued) if one.issued else None,
        "quota": quota,
        "filled": Fraction(100 * one.used, quota) if quota else None,
    }
