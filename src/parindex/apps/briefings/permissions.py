"""Who drafts and issues briefings, who reads them."""

from __future__ import annotations

from django.db.models import Q

from parindex.apps.briefings.models import Briefing
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights, way_up
from parindex.apps.organisations.roles import Act


def can_edit(rights: Rights, briefing: Briefing) -> bool:
    """Whoever drafts the unit's briefings."""
    return rights.may(Act.BRIEFING_EDIT, briefing.unit_id)


def can_see(rights: Rights, briefing: Briefing) -> bool:
    """A draft: whoever edits it. An issued one: whoever sees briefings of the unit, of one above it or, as
    its conclusions give them work, of one below it."""
    if can_edit(rights, briefing):
        return True
    if briefing.state == Briefing.State.DRAFT:
        return False
    held = rights.units(Act.BRIEFING_VIEW)
    if held & {place.pk for place in way_up(briefing.unit)}:
        return True
    return any(briefing.unit_id in {a.pk for a in way_up(unit)} for unit in _units(held))


def check_edit(rights: Rights, briefing: Briefing) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_edit` is false."""
    if not can_edit(rights, briefing):
        raise NotAllowed("not_allowed", act=Act.BRIEFING_EDIT.value)


def check_see(rights: Rights, briefing: Briefing) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_see` is false."""
    if not can_see(rights, briefing):
        raise NotAllowed("not_allowed", act=Act.BRIEFING_VIEW.value)


def visible_briefings(rights: Rights) -> Q:
    """All that a person may see. One query."""
    held = rights.units(Act.BRIEFING_VIEW)
    issued = Q(unit__in={place.pk for unit in _units(held) for place in way_up(unit)})
    for step in ("parent", "parent__parent", "parent__parent__parent"):
        issued |= Q(**{f"unit__{step}__in": held})
    own = Q(unit__in=rights.units(Act.BRIEFING_EDIT))
    return own | (issued & Q(state=Briefing.State.ISSUED))


def _units(keys: frozenset[int]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=keys).select_related("parent__parent__parent"))
