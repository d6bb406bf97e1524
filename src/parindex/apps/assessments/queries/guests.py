"""Finding a guest link by its secret, and a guest by what their session kept."""

from __future__ import annotations

import hashlib
from datetime import datetime

from parindex.apps.assessments.models import GuestLink
from parindex.apps.organisations.models import Guest
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import Act


MAY = {
    GuestLink.Mode.READ.value: frozenset({Act.SHEET_VIEW}),
    GuestLink.Mode.FILL.value: frozenset({Act.SHEET_VIEW, Act.SHEET_FILL, Act.SHEET_SUBMIT}),
}
"""What each kind of link lets its guest do, on its sheet alone."""


def link_by(token: str) -> GuestLink | None:
    """The link with that secret, whether or not it still holds. One query."""
    found = GuestLink.objects.select_related("participant__unit", "participant__round__territory__parent")
    return found.filter(token_hash=hashlib.sha256(token.encode()).hexdigest()).first()


def guest_of(link: int, guest: int, at: datetime) -> tuple[Guest, Rights] | None:
    """The guest of a session with their rights, as long as the link holds. Two queries."""
    held = GuestLink.objects.filter(pk=link).select_related("participant").first()
    if held is None or not held.holds(at):
        return None
    found = Guest.objects.select_related("unit").filter(pk=guest, unit=held.participant.unit_id).first()
    if found is None:
        return None
    return found, Rights(None, (), sheet=held.participant_id, sheet_acts=MAY[held.mode])
