"""Who is told what about briefings."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.briefings.models import Briefing
from parindex.apps.notices.actions import tell
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
