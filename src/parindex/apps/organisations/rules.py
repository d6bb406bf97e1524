"""What must hold of units, persons and roles before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from parindex.apps.audit.record import hold
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.roles import ROLES, Role
from parindex.apps.organisations.types import UNIT_TYPES
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
USERNAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._@-]*[A-Za-z0-9])?")
DEEPEST = 4


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose period holds a day, both ends inclusive and open where empty."""
    starts = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})
    ends = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return starts & ends


def in_force_during(first: date, last: date) -> Q:
    """Rows whose period holds any day from the first to the last."""
    starts = Q(valid_from=None) | Q(valid_from__lte=last)
    return starts & (Q(valid_to=None) | Q(valid_to__gte=first))


def check_code(code: str) -> None:
    """It can stand in an address. Raises Refused ``unit_code_unusable``."""
    if not CODE.fullmatch(code) or len(code) > 100:
        raise Refused("unit_code_unusable", code=code[:100])


def check_name(name: str) -> None:
    """Refused ``unit_name_missing`` or ``unit_name_long``."""
    if not name.strip():
        raise Refused("unit_name_missing")
    if len(name) > 250:
        raise Refused("unit_name_long", limit=250)


def check_type(type_: str, known: Iterable[str] = ()) -> None:
    """One of the known types, or one in use. Raises Refused ``unit_type_unknown``."""
    if type_ not in UNIT_TYPES and type_ not in set(known):
        raise Refused("unit_type_unknown", type=type_[:50])


def check_began(on: date, at: datetime) -> None:
    """A change is entered once it holds. Raises Refused ``not_in_force_yet``."""
    if on > legal_date(at):
        raise Refused("not_in_force_yet", on=on)


def check_document(document: str) -> None:
    """A change of units has its legal document. Raises Refused ``document_needed``."""
    if not document.strip():
        raise Refused("document_needed")


def check_period(first: date | None, last: date | None) -> None:
    """Refused ``period_reversed`` where the last day is before the first."""
    if first and last and last < first:
        raise Refused("period_reversed", first=first, last=last)


def check_living(unit: Unit) -> None:
    """It has not ended. Raises Refused ``unit_ended``."""
    if unit.valid_to is not None:
        raise Refused("unit_ended", unit=unit.name_vi, last=unit.valid_to)


def check_parent(unit: Unit, parent: Unit, way_up: Sequence[Unit]) -> None:
    """A unit may hang under that one; `way_up`: the new parent and everything above it.

    Raises:
        Refused: ``unit_below_itself``, ``unit_too_deep``, ``unit_elsewhere``, ``unit_ended``.
    """
    if any(above.pk == unit.pk for above in way_up):
        raise Refused("unit_below_itself", unit=unit.name_vi)
    if len(way_up) >= DEEPEST:
        raise Refused("unit_too_deep", limit=DEEPEST)
    check_living(parent)


def check_no_children(unit: Unit) -> None:
    """Nothing that goes on hangs below it. Raises Refused ``unit_has_children``."""
    below = list(unit.children.filter(valid_to=None).values_list("name_vi", flat=True)[:5])
    if below:
        raise Refused("unit_has_children", unit=unit.name_vi, below=tuple(below))


def check_username(username: str) -> None:
    """Refused ``username_unusable``."""
    if not USERNAME.fullmatch(username) or len(username) > 150:
        raise Refused("username_unusable", username=username[:150])


def check_person(*, full_name: str, email: str) -> None:
    """Refused ``person_name_missing`` or ``email_unreadable``."""
    if not full_name.strip():
        raise Refused("person_name_missing")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Refused("email_unreadable", email=email[:200]) from None


def check_own_role(role: Role, unit: Unit) -> None:
    """Inside a unit below a territory only roles of its own rounds are given by who runs them.

    Raises:
        Refused: ``role_from_above``.
    """
    if unit.parent_id and (ROLES[role].held_in != "territory" or role is Role.ADMINISTRATOR):
        raise Refused("role_from_above", role=ROLES[role].name, unit=unit.name_vi)


def check_role_place(role: Role, unit: Unit, *, founding: bool = False) -> None:
    """A role of a territory is held in a unit that has units below it or none above it.

    Args:
        founding: the secretariat of a unit's own rounds, which comes before its divisions and adds them.

    Raises:
        Refused: ``role_of_territory``, ``unit_ended``.
    """
    of_territory = ROLES[role].held_in == "territory" and not founding
    if of_territory and unit.parent_id and not unit.children.exists():
        raise Refused("role_of_territory", role=ROLES[role].name, unit=unit.name_vi)
    check_living(unit)


def check_not_last(
    unit: Unit, at: datetime, *, without: Grant | None = None, person: Person | None = None
) -> None:
    """Somebody goes on to administer a territory once a grant, or a person, is taken away.

    Raises:
        Refused: ``last_administrator``.
    """
    hold("administrators")  # of two who go at once, the later one sees that the other went
    day = legal_date(at)
    left = Grant.objects.filter(
        in_force(day), role=Role.ADMINISTRATOR.value, unit=unit, valid_to=None, person__is_active=True
    )
    if without is not None:
        left = left.exclude(pk=without.pk)
    if person is not None:
        left = left.exclude(person=person)
    if not left.exists():
        raise Refused("last_administrator", unit=unit.name_vi)
