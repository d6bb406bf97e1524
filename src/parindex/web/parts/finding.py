"""Load and authorise in one: no path of the inner rooms reaches an object without its right."""

from __future__ import annotations

from django.http import Http404

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round, can_see_sheet
from parindex.apps.assessments.queries import assignments_of, find_participant, find_round
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk


def round_or_404(territory: str, code: str) -> Round:
    """A round by its address."""
    found = find_round(territory, code)
    if found is None:
        raise Http404(code)
    return found


def visible_round(request: Desk, territory: str, code: str) -> Round:
    """A round whose every sheet the person may see. Raises Http404, NotAllowed."""
    found = round_or_404(territory, code)
    if not can_see_round(request.rights, found):
        request.rights.check(Act.ROUND_VIEW, found.territory_id)
    return found


def visible_sheet(request: Desk, territory: str, code: str, *, unit: str) -> Participant:
    """A participant whose sheet the person may see. Raises Http404, NotAllowed."""
    round_ = round_or_404(territory, code)
    found = find_participant(round_, unit)
    if found is None:
        raise Http404(unit)
    if not can_see_sheet(request.rights, found, assignments_of(round_)):
        request.rights.check(Act.SHEET_VIEW, found.unit_id)
    return found
