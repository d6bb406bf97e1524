"""What every page of the council's room carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from parindex.apps.assessments.models import Round
from parindex.apps.results.stages import RoundBook, book_of
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import TableRefused, UnitOutcome
from parindex.core.kernel.framework import Framework
from parindex.web.parts.doors import Desk


def frame(request: Desk, round_: Round) -> dict[str, Any]:
    """The round, and where its other pages are."""
    return {
        "section": "start",
        "round": round_,
        "territory": {"name": round_.territory.name},
        "room_url": reverse("council:room", args=[round_]),
        "stages_url": reverse("council:stages", args=[round_]),
        "overrating_url": reverse("council:overrating", args=[round_]),
        "minutes_url": reverse("council:minutes", args=[round_]),
    }


def computed(round_: Round, of: Callable[[RoundBook], Assessment]) -> Assessment | None:
    """An assessment of the round; None where an answer cannot be scored, which conclusion will name."""
    try:
        return of(book_of(round_))
    except TableRefused:
        return None


def outcome(framework: Framework, assessment: Assessment, unit: int) -> dict[str, Any]:
    """A unit's index, grade and rank for a page."""
    found: UnitOutcome = assessment.units[unit]
    bands = framework.grades.bands
    return {
        "points": found.points,
        "index": found.index,
        "grade": found.grade,
        "grade_position": bands.index(found.grade) if found.grade else None,
        "rank": found.rank,
    }
