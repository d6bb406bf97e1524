"""Which acts a person holds in which units, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.apps.organisations.rules import check_own_role
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
    """What one person may do on one day.

    Attributes:
        sheet, sheet_acts: of a guest: the key of the one participant whose sheet they came for, and what they
            may do there; of anybody else none.
    """

    person: Person | None
    held: tuple[Held, ...]
    sheet: int = 0
    sheet_acts: frozenset[Act] = frozenset()

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

    @cached_property
    def territories(self) -> frozenset[int]:
        """Keys of the whole territories in which the person holds a role. One query, once."""
        held = {one.unit for one in self.held}
        return frozenset(Unit.objects.filter(pk__in=held, parent=None).values_list("pk", flat=True))

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
    """The act is held in a unit above, or in the unit itself where it is a territory.

    Whoever manages a territory manages all that is in it. Whoever manages a unit below one, for its own
    rounds, manages its divisions, and not the unit itself: its name, its head, its part in other rounds.

    Raises:
        NotAllowed: ``not_allowed``.
    """
    own, *above = way_up(unit)
    if not any(rights.may(act, one.pk) for one in above or [own]):
        raise NotAllowed("not_allowed", act=act.value)


def check_place(rights: Rights, act: Act, unit: Unit) -> None:
    """The act is held in the unit or in one above it. Raises NotAllowed ``not_allowed``."""
    if not any(rights.may(act, above.pk) for above in way_up(unit)):
        raise NotAllowed("not_allowed", act=act.value)


def check_gives(rights: Rights, role: Role, unit: Unit) -> None:
    """The role may be given, lent and ended there by this person.

    Raises:
        NotAllowed: ``not_allowed``. Refused: ``role_from_above``: in the unit that they manage for its own
            rounds only roles of those rounds are theirs to give.
    """
    check_place(rights, Act.PEOPLE_MANAGE, unit)
    try:
        check_over(rights, Act.PEOPLE_MANAGE, unit)
    except NotAllowed:
        check_own_role(role, unit)


def check_whole(rights: Rights, act: Act) -> None:
    """The act is held in a whole territory: what concerns every unit is not for one of them to change.

    Raises:
        NotAllowed: ``not_allowed``.
    """
    units = rights.units(act)
    if not units or not units & rights.territories:
        raise NotAllowed("not_allowed", act=act.value)


def check_account(rights: Rights, person: Person, places: Iterable[Unit]) -> None:
    """The whole account is changed by who manages every unit in which the person holds a role.

    Args:
        places: those units.

    Raises:
        NotAllowed: ``account_of_others`` or ``not_allowed``; the latter too where the person holds no role
            anywhere and whoever asks does not manage a whole territory.
    """
    if not rights.units(Act.PEOPLE_MANAGE):
        raise NotAllowed("not_allowed", act=Act.PEOPLE_MANAGE.value)
    found = list(places)
    if not found:
        check_whole(rights, Act.PEOPLE_MANAGE)
    for unit in found:
        try:
            check_over(rights, Act.PEOPLE_MANAGE, unit)
        except NotAllowed:
            raise NotAllowed("account_of_others", person=person.full_name, unit=unit.name_vi) from None


def check_release(rights: Rights, person: Person, places: Iterable[Unit]) -> None:
    """Somebody's leaving is recorded by who may change the account, or by the head of the one unit, or of all
    units, in which the person holds roles.

    Args:
        places: those units.

    Raises:
        NotAllowed: ``not_allowed``, or ``account_of_others`` where the person also holds a role elsewhere.
    """
    found = list(places)
    if not rights.units(Act.PEOPLE_RELEASE):
        check_account(rights, person, found)
        return
    beyond = [u for u in found if not any(rights.may(Act.PEOPLE_RELEASE, up.pk) for up in way_up(u))]
    if not found or len(beyond) == len(found):
        raise NotAllowed("not_allowed", act=Act.PEOPLE_RELEASE.value)
    if beyond:
        raise NotAllowed("account_of_others", person=person.full_name, unit=beyond[0].name_vi)
