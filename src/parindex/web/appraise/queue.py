"""What a lead department appraises in a round."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.queries import assignments_of, participants_of
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import round_or_404


def queue(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The parts assigned to the person's departments, over all units."""
    round_ = round_or_404(request, round)
    leads = request.rights.units(Act.APPRAISAL_VIEW)
    mine = [a for a in assignments_of(round_) if a.lead_id in leads or a.stand_in_id in leads]
    if not mine:
        raise NotAllowed("not_allowed", act=Act.APPRAISAL_VIEW.value)
    context = {
        "section": "start",
        "round": round_,
        "assignments": mine,
        "participants": participants_of(round_),
    }
    return render(request, "appraise/queue.html", context)
