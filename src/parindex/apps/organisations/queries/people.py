"""What pages read of people and their roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from parindex.apps.organisations.models import Delegation, Grant, Guest, Person, Unit
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.queries.units import tree_of
from parindex.apps.organisations.roles import ROLES, Act, Role, RoleInfo
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
    """Names for ledger references (``person:17``, ``guest:3``); any other text stays as it is. One query, and
    one for guests where there are any."""
    keys = {ref: int(ref.partition(":")[2]) for ref in refs if ref.startswith("person:")}
    guests = {int(ref.partition(":")[2]) for ref in refs if ref.startswith("guest:")}
    names = dict(Person.objects.filter(pk__in=keys.values()).values_list("pk", "full_name"))
    found = {ref: names.get(keys[ref], ref) if ref in keys else ref for ref in refs}
    if guests:
        found |= {g.ref: str(g) for g in Guest.objects.filter(pk__in=guests).select_related("unit")}
    return found


def holders(unit: int, roles: Collection[Role], at: datetime) -> list[Person]:
    """Everybody who holds one of the roles in a unit on the legal date of `at`. One query."""
    return [*_holding(at, grants__unit=unit, grants__role__in=[r.value for r in roles])]


def keepers(at: datetime) -> list[Person]:
    """Everybody who keeps the installation of a whole territory on the legal date of `at`. One query."""
    roles = [role.value for role, info in ROLES.items() if Act.SYSTEMS_CONNECT in info.acts]
    return [*_holding(at, grants__unit__parent=None, grants__role__in=roles)]


def people_of(unit: Unit, at: datetime) -> list[Person]:
    """Everybody who holds a role in a unit on the legal date of `at`, by name. One query."""
    return [*_holding(at, grants__unit=unit)]


def people_within(unit: Unit, at: datetime) -> list[Person]:
    """Everybody who holds a role in a unit or below it on the legal date of `at`, by name."""
    return [*_holding(at, grants__unit__in=[u.pk for u in tree_of(unit).walk()])]


def _holding(at: datetime, **where: object) -> QuerySet[Person]:
    day = legal_date(at)
    found = Person.objects.filter(
        Q(grants__valid_from=None) | Q(grants__valid_from__lte=day),
        Q(grants__valid_to=None) | Q(grants__valid_to__gte=day),
        is_active=True,
        **where,
    )
    return found.distinct()


@dataclass(frozen=True, slots=True)
class Listed:
    """A person with the roles that hold on a day."""

    person: Person
    grants: list[Grant]


def listed_people(units: Collection[int], at: datetime) -> list[Listed]:
    """Everybody who holds or held a role in some units, and whoever holds none anywhere. Three queries."""
    day = legal_date(at)
    inside = Grant.objects.filter(unit__in=units)
    found = Person.objects.filter(Q(pk__in=inside.values("person")) | Q(grants=None))
    shown = Grant.objects.select_related("unit").order_by("unit__name_vi", "role")
    people = found.distinct().prefetch_related(Prefetch("grants", shown)).order_by("full_name", "id")
    return [Listed(p, [g for g in p.grants.all() if holds_on(g, day)]) for p in people]


def holds_on(grant: Grant, day: date) -> bool:
    """Whether a grant holds on a day."""
    return (grant.valid_from is None or grant.valid_from <= day) and (
        grant.valid_to is None or grant.valid_to >= day
    )


def find_person(username: str) -> Person | None:
    """A person by the name they sign in with, with all roles they hold or held. Two queries."""
    shown = Grant.objects.select_related("unit__parent__parent__parent").order_by(
        "unit__name_vi", "role", "id"
    )
    return Person.objects.filter(username=username).prefetch_related(Prefetch("grants", shown)).first()


def places_of_person(person: Person, at: datetime) -> list[Unit]:
    """The units in which a person holds a role, now or later, own or lent. One query more than its roles."""
    lent = Delegation.objects.filter(to=person).select_related("grant__unit__parent__parent__parent")
    return places_among(person.grants.all(), lent, legal_date(at))


def places_among(own: Iterable[Grant], lent: Iterable[Delegation], day: date) -> list[Unit]:
    """The units of roles and of what was lent, but for those that are over on a day."""
    return [
        *(g.unit for g in own if g.valid_to is None or g.valid_to >= day),
        *(one.grant.unit for one in lent if one.valid_to >= day),
    ]
