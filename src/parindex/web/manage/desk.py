"""What waits for those who keep units and people."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.organisations.actions import address_of
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk


def cards(request: Desk) -> list[Card]:
    """Units and people of each territory that the person manages, and the own rounds of their unit.
    One query for each where there are any."""
    places = (
        managed_units(request.rights, Act.PEOPLE_MANAGE) if request.rights.units(Act.PEOPLE_MANAGE) else []
    )
    founded = managed_units(request.rights, Act.ROUND_FOUND) if request.rights.units(Act.ROUND_FOUND) else []
    found = [
        Card(
            unit.name,
            gettext("Kỳ đánh giá riêng cho các phòng, đơn vị trực thuộc"),
            reverse("manage:own_rounds", args=[address_of(unit)]),
            gettext("Xem, giao người điều hành"),
        )
        for unit in founded
        if unit.parent is not None
    ]
    if request.rights.units(Act.PEOPLE_RELEASE):
        found += [
            Card(
                unit.name,
                gettext("Người của đơn vị: bàn giao khi nghỉ, chuyển công tác"),
                reverse("manage:own_people"),
                gettext("Xem"),
                quiet=True,
            )
            for unit in managed_units(request.rights, Act.PEOPLE_RELEASE)
        ]
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
