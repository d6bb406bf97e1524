"""What changes persons and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.roles import Role


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as handed in. An empty password lets nobody sign in by password."""

    username: str
    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    password: str = ""
    illustrative: bool = False


@transaction.atomic
def add_person(*, new: NewPerson, by: str, at: datetime) -> Person:
    """Keep a person; the ledger gets the sign-in name, never the password.

    Raises:
        IntegrityError: the sign-in name is taken.
    """
    person = Person(
        username=new.username,
        full_name=new.full_name,
        position=new.position,
        email=new.email,
        phone=new.phone,
        illustrative=new.illustrative,
    )
    person.set_password(new.password or None)
    person.save()
    payload = {"v": 1, "username": new.username}
    record(chain=_chain(person), kind="person.added", subject=person.ref, payload=payload, by=by, at=at)
    return person


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    unit: Unit,
    by: str,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Grant:
    """Give a role in a unit; the same role there again returns what stands."""
    grant, made = Grant.objects.get_or_create(
        person=person, role=role.value, unit=unit, valid_from=valid_from, defaults={"valid_to": valid_to}
    )
    if made:
        payload = {
            "v": 1,
            "role": role.value,
            "unit": unit.code,
            "from": valid_from and valid_from.isoformat(),
            "to": valid_to and valid_to.isoformat(),
        }
        record(chain=_chain(person), kind="role.granted", subject=person.ref, payload=payload, by=by, at=at)
    return grant


@transaction.atomic
def delegate(
    *, grant: Grant, to: Person, valid_from: date, valid_to: date, by: str, at: datetime, ground: str = ""
) -> Delegation:
    """Lend a role to another person for a period, both days inclusive."""
    lent = Delegation.objects.create(
        grant=grant, to=to, valid_from=valid_from, valid_to=valid_to, ground=ground
    )
    payload = {
        "v": 1,
        "role": grant.role,
        "unit": grant.unit.code,
        "to": to.ref,
        "from": valid_from.isoformat(),
        "until": valid_to.isoformat(),
    }
    record(
        chain=_chain(grant.person),
        kind="role.lent",
        subject=grant.person.ref,
        payload=payload,
        texts={"ground": ground},
        by=by,
        at=at,
    )
    return lent


def _chain(person: Person) -> str:
    return f"person:{person.pk}"
