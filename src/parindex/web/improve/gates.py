"""The unit that an address of this room is about, for whoever may look into it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries.rounds import participant_named
from parindex.apps.improvement.permissions import check_improvement
from parindex.web.parts.doors import Desk


def asked_unit(request: Desk, round_: str, unit: str) -> Participant:
    """A participant by the names in the address. Raises Http404, NotAllowed."""
    participant = participant_named(round_, unit)
    if participant is None:
        raise Http404(unit)
    request.round = participant.round
    check_improvement(request.rights, participant)
    return participant


def frame(participant: Participant, tab: str, **more: Any) -> dict[str, Any]:
    """What every page of a unit shows around its own."""
    return {
        "section": "start",
        "round": participant.round,
        "participant": participant,
        "tab": tab,
        **more,
    }
