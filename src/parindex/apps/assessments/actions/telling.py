"""Who is told of what happens to a sheet: those of the unit who answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.apps.assessments.models import Participant
from parindex.apps.notices.actions import tell
from parindex.apps.organisations.queries import holders
from parindex.apps.organisations.roles import Role


ANSWERING = (Role.FOCAL, Role.HEAD)


def tell_unit(participant: Participant, kind: str, data: Mapping[str, str], *, url: str, at: datetime) -> int:
    """Tell a unit's focal officers and heads. Returns how many people."""
    to = {p.ref: p.email for p in holders(participant.unit_id, ANSWERING, at)}
    said = {"round": participant.round.title_vi, "unit": participant.name_vi, **data}
    return len(tell(to=to, kind=kind, data=said, url=url, at=at))
