"""What pages read of units and people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import ROLES, Role, RoleInfo
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role with the unit it is held in, and who lent it."""

    role: RoleInfo
    unit: Text
    lent_by: str


def roles_in_words(rights: Rights) -> list[HeldRole]:
    """The roles somebody holds, with the names of their units. One query."""
    units = {u.pk: u.name for u in Unit.objects.filter(pk__in={h.unit for h in rights.held})}
    return [HeldRole(ROLES[h.role], units[h.unit], h.lent_by) for h in rights.held]


def names_of(refs: set[str]) -> dict[str, str]:
    """Names for ledger references (``person:17``); any other text stays as it is. One query."""
    keys = {ref: int(ref.partition(":")[2]) for ref in refs if ref.startswith("person:")}
    names = dict(Person.objects.filter(pk__in=keys.values()).values_list("pk", "full_name"))
    return {ref: names.get(keys[ref], ref) if ref in keys else ref for ref in refs}


def holders(unit: int, roles: Collection[Role], at: datetime) -> list[Person]:
    """Everybody who holds one of the roles in a unit on the legal date of `at`. One query."""
    return [*_holding(at, grants__unit=unit, grants__role__in=[r.value for r in roles])]


def people_of(unit: Unit, at: datetime) -> list[Person]:
    """Everybody who holds a role in a unit on the legal date of `at`, by name. One query."""
    return [*_holding(at, grants__unit=unit)]


def _holding(at: datetime, **where: object) -> QuerySet[Person]:
    day = legal_date(at)
    found = Person.objects.filter(
        Q(grants__valid_from=None) | Q(grants__valid_from__lte=day),
        Q(grants__valid_to=None) | Q(grants__valid_to__gte=day),
        is_active=True,
        **where,
    )
    return found.distinct()
