"""Who is told what about briefings and movements."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.briefings.models import Briefing, Campaign
from parindex.apps.notices.actions import tell
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import ROLES, Act, Role


EDITING = frozenset(role for role in Role if Act.BRIEFING_EDIT in ROLES[role].acts)


def tell_issued(briefing: Briefing, *, by: str, at: datetime) -> None:
    """Those who draft briefings of the units that conclusions name."""
    units = [pk for pk in briefing.conclusions.values_list("unit", flat=True) if pk]
    held = holding_in(set(units), EDITING, at)
    to = {ref for refs in held.values() for ref in refs} - {by}
    data = {
        "unit": briefing.unit.name_vi,
        "unit_en": briefing.unit.name_en,
        "month": f"{briefing.month.month}/{briefing.month.year}",
        "briefing": f"{'.'.join(u.code for u in reversed(way_up(briefing.unit)))}/{briefing.month:%Y/%m}",
    }
    tell(to=sorted(to), kind="briefing_issued", data=data, at=at)


JOINING = frozenset(role for role in Role if Act.EMULATION_JOIN in ROLES[role].acts)
FOLLOWING = frozenset(role for role in Role if Act.EMULATION_VIEW in ROLES[role].acts)


def tell_launched(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Heads and focal officers of the units right below, who may register."""
    units = Unit.objects.filter(parent=campaign.unit, valid_to=None).values_list("pk", flat=True)
    held = holding_in(set(units), JOINING - {Role.OFFICER}, at)
    to = {ref for refs in held.values() for ref in refs} - {by}
    tell(to=sorted(to), kind="campaign_launched", data=_campaign(campaign), at=at)


def tell_commended(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Those who follow movements where it runs."""
    held = holding_in({campaign.unit_id}, FOLLOWING, at)
    to = {ref for refs in held.values() for ref in refs} - {by}
    tell(to=sorted(to), kind="commendation_issued", data=_campaign(campaign), at=at)


def _campaign(campaign: Campaign) -> dict[str, str]:
    return {
        "unit": campaign.unit.name_vi,
        "unit_en": campaign.unit.name_en,
        "name": campaign.name,
        "last": f"{campaign.end.day:02d}/{campaign.end.month:02d}/{campaign.end.year}",
        "campaign": str(campaign.pk),
    }
