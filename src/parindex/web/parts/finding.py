"""Load and authorise in one: no path of the inner rooms reaches an object without its right."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest

from parindex.apps.assessments.ledger import find_round
from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import (
    can_see_result,
    can_see_round,
    can_see_sheet,
    check_leaf,
    check_sheet,
)
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.assessments.queries.rounds import participant_named
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, way_up
from parindex.apps.organisations.queries import find_unit, managed_units
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk


def round_or_404(request: Desk, name: str) -> Round:
    """A round by its name; its page says what its data are. Raises Http404."""
    found = find_round(name)
    if found is None:
        raise Http404(name)
    request.round = found
    return found


def visible_round(request: Desk, name: str) -> Round:
    """A round whose every sheet the person may see. Raises Http404, NotAllowed."""
    found = round_or_404(request, name)
    if not can_see_round(request.rights, found):
        request.rights.check(Act.ROUND_VIEW, found.territory_id)
    return found


def result_round(request: Desk, name: str) -> Round:
    """A round whose result the person may see: as `visible_round`, and once it is published inside a unit,
    whoever holds a role in that unit or in one that took part. Raises Http404, NotAllowed."""
    found = round_or_404(request, name)
    if not can_see_result(request.rights, found):
        request.rights.check(Act.ROUND_VIEW, found.territory_id)
    return found


def appraised_round(request: Desk, name: str) -> Round:
    """A round in which one of the person's departments appraises something. Raises Http404, NotAllowed."""
    found = round_or_404(request, name)
    leads = request.rights.units(Act.APPRAISAL_VIEW)
    if not any(a.lead_id in leads or a.stand_in_id in leads for a in assignments_of(found)):
        raise NotAllowed("not_allowed", act=Act.APPRAISAL_VIEW.value)
    return found


def own_sheet(request: Desk, name: str, unit: str, *, act: Act) -> Participant:
    """A participant in whose unit the person holds an act. Raises Http404, NotAllowed."""
    found = visible_sheet(request, name, unit)
    check_sheet(request.rights, act, found)
    return found


def own_leaf(request: Desk, name: str, unit: str, *, code: str, act: Act) -> Participant:
    """A participant of whose sheet the person may act on one leaf: in the unit, or where the leaf was handed
    to. Raises Http404, NotAllowed."""
    found = visible_sheet(request, name, unit)
    check_leaf(request.rights, act, participant=found, leaf=code)
    return found


def visible_sheet(request: Desk, name: str, unit: str) -> Participant:
    """A participant whose sheet the person may see. Raises Http404, NotAllowed."""
    found = participant_named(name, unit)
    if found is None:
        raise Http404(unit)
    request.round = found.round
    if not can_see_sheet(request.rights, found, assignments_of):
        request.rights.check(Act.SHEET_VIEW, found.unit_id)
    return found


def seen_participant(request: HttpRequest, *, result: int, unit: str) -> Participant | None:
    """The participant behind a line of a result, where whoever is signed in may see its sheet; None for all
    others, without a query for visitors."""
    desk = cast(Desk, request)
    if not desk.user.is_authenticated:
        return None
    found = Participant.objects.filter(round__results=result, unit__code=unit)
    one = found.select_related("round__territory__parent", "unit").first()
    return one if one is not None and can_see_sheet(desk.rights, one, assignments_of) else None


def seen_unit(request: Desk, address: str) -> Unit:
    """A unit whose sheet the person may see, or whose territory they follow. Raises Http404, NotAllowed."""
    found = find_unit(address)
    if found is None:
        raise Http404(address)
    above = way_up(found)
    rights = request.rights
    if rights.may(Act.SHEET_VIEW, found.pk) or any(rights.may(Act.ROUND_VIEW, u.pk) for u in above):
        return found
    raise NotAllowed("not_allowed", act=Act.SHEET_VIEW.value)


def followed(request: Desk, territory: str) -> Unit:
    """A territory that the person follows. Raises Http404, NotAllowed."""
    found = find_unit(territory)
    if found is None:
        raise Http404(territory)
    request.rights.check(Act.ROUND_VIEW, found.pk)
    return found


def managed(request: Desk, act: Act, *, whole: bool = False) -> tuple[Unit, list[Unit]]:
    """The territory that was chosen, else the first, and all in which the person holds the act.

    A form that names another never falls upon the first: what was meant for one is not done in another.

    Args:
        whole: only territories, and no unit that runs rounds of its own.

    Raises:
        NotAllowed: there is none, or a form names one in which the person does not hold the act.
    """
    found = [u for u in managed_units(request.rights, act) if u.parent_id is None or not whole]
    if not found:
        raise NotAllowed("not_allowed", act=act.value)
    sent = request.POST.get("dia-ban", "")
    asked = sent or request.GET.get("dia-ban", "")
    chosen = next((u for u in found if str(u.pk) == asked), None)
    if chosen is None and sent:
        raise NotAllowed("not_allowed", act=act.value)
    return chosen or found[0], found
