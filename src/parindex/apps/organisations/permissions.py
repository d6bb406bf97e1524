"""Which acts a person holds in which units, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


class NotAllowed(Refused):
    """The person does not hold the right; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role in a unit, own or lent by somebody."""

    role: Role
    unit: int
    lent_by: str = ""


@dataclass(frozen=True)
class Rights:
    """What one person may do on one day."""

    person: Person | None
    held: tuple[Held, ...]

    @cached_property
    def _by_act(self) -> dict[Act, frozenset[int]]:
        found: dict[Act, set[int]] = {}
        for one in self.held:
            for act in ROLES[one.role].acts:
                found.setdefault(act, set()).add(one.unit)
        return {act: frozenset(units) for act, units in found.items()}

    def units(self, *acts: Act) -> frozenset[int]:
        """Keys of the units in which the person holds at least one of the acts."""
        return frozenset().union(*(self._by_act.get(act, frozenset()) for act in acts))

    def may(self, act: Act, unit: int) -> bool:
        """Whether the person holds the act in that unit."""
        return unit in self.units(act)

    def check(self, act: Act, unit: int) -> None:
        """Raises NotAllowed ``not_allowed`` where `may` is false."""
        if not self.may(act, unit):
            raise NotAllowed("not_allowed", act=act.value)

    def belongs_to(self, unit: int) -> bool:
        """Whether the person holds any role in the unit: nobody rules on their own."""
        return any(one.unit == unit for one in self.held)


NOBODY = Rights(None, ())


def rights_of(person: Person, at: datetime) -> Rights:
    """The person's own roles and those lent to them, as of the legal date of `at`. One query."""
    if not person.is_active:
        return Rights(person, ())
    day = legal_date(at)
    lent = Delegation.objects.filter(to=person, valid_from__lte=day, valid_to__gte=day)
    grants = Grant.objects.filter(
        Q(person=person) | Q(person__is_active=True, pk__in=lent.values("grant")),
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_to=None) | Q(valid_to__gte=day),
    ).order_by("pk")
    found = grants.values_list("role", "unit_id", "person_id", "person__full_name")
    return Rights(
        person,
        tuple(Held(Role(role), unit, "" if by == person.pk else name) for role, unit, by, name in found),
    )


def way_up(unit: Unit) -> list[Unit]:
    """The unit and everything above it, nearest first. One query for each step that is not at hand."""
    found, here = [unit], unit.parent
    while here is not None:
        found.append(here)
        here = here.parent
    return found


def check_over(rights: Rights, act: Act, unit: Unit) -> None:
    """The act is held in the unit or in one above it: whoever manages a territory manages what is in it.

    Raises:
        NotAllowed: ``not_allowed``.
    """
    if not any(rights.may(act, above.pk) for above in way_up(unit)):
        raise NotAllowed("not_allowed", act=act.value)


def check_account(rights: Rights, person: Person, places: Iterable[Unit]) -> None:
    """The whole account is changed by who manages every unit in which the person holds a role.

    Args:
        places: those units.

    Raises:
        NotAllowed: ``account_of_others`` or ``not_allowed``.
    """
    if not rights.units(Act.PEOPLE_MANAGE):
        raise NotAllowed("not_allowed", act=Act.PEOPLE_MANAGE.value)
    for unit in places:
        if not any(rights.may(Act.PEOPLE_MANAGE, above.pk) for above in way_up(unit)):
            raise NotAllowed("account_of_others", person=person.full_name, unit=unit.name_vi)
