"""A round at a glance, for those who run or follow it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.queries import participants_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round


def round_overview(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Phases with their deadlines, and where each sheet stands."""
    round_ = visible_round(request, round)
    context = {"section": "start", "round": round_, "participants": participants_of(round_)}
    return render(request, "steer/round.html", context)
