"""What waits for those who keep units and people."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk


def cards(request: Desk) -> list[Card]:
    """Units and people of each territory that the person manages. One query where there are any."""
    places = (
        managed_units(request.rights, Act.PEOPLE_MANAGE) if request.rights.units(Act.PEOPLE_MANAGE) else []
    )
    found = []
    for unit in places:
        more = f"?dia-ban={unit.pk}"
        found += [
            Card(
                unit.name,
                gettext("Người dùng, vai trò"),
                reverse("manage:people") + more,
                gettext("Quản lý người dùng"),
            ),
            Card(unit.name, gettext("Các đơn vị"), reverse("manage:units") + more, gettext("Quản lý đơn vị")),
        ]
    return found
