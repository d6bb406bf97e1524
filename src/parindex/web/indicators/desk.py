"""Measured values on the start page of those who supply, keep or follow them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import has_store, store_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk


def cards(request: Desk) -> list[Card]:
    """A card for each unit of the person and each territory that they follow. At most two queries."""
    found = []
    for act in (Act.ROUND_VIEW, Act.SHEET_VIEW):
        places = managed_units(request.rights, act) if request.rights.units(act) else []
        found += [_card(unit, act) for unit in places]
        if act is Act.SHEET_VIEW:
            found += [_late(unit) for unit in places if has_store(store_of(way_up(unit)[-1]))]
    return found


def _late(unit: Unit) -> Card:
    """The unit's late dossiers, where dossiers are kept."""
    url = reverse("dossiers:pending", args=[address_of(unit)])
    return Card(unit.name, gettext("Hồ sơ quá hạn, sắp đến hạn"), url, gettext("Mở danh sách"))


def _card(unit: Unit, act: Act) -> Card:
    if act is Act.ROUND_VIEW:
        url = reverse("indicators:sources", args=[unit.code])
        return Card(unit.name, gettext("Số liệu đo được"), url, gettext("Xem nguồn số liệu"))
    url = reverse("indicators:unit", args=[address_of(unit)])
    return Card(unit.name, gettext("Số liệu đo được"), url, gettext("Xem số liệu của đơn vị"))


def address_of(unit: Unit) -> str:
    """The way to a unit by codes."""
    return ".".join(u.code for u in reversed(way_up(unit)))
