"""What changes persons and their roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.chains import person_chain
from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.roles import ROLES, Role
from parindex.apps.organisations.rules import (
    check_not_last,
    check_period,
    check_person,
    check_role_place,
    check_username,
    in_force,
)
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


ONE_TIME = timedelta(days=14)
"""How long a password that somebody else gave opens the door."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as handed in. An empty password lets nobody sign in by password; another is a one-time one."""

    username: str
    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    password: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """What may change of a person: everything but the name they sign in with."""

    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def add_person(*, new: NewPerson, by: str, at: datetime) -> Person:
    """Keep a person; the ledger gets the sign-in name as a text beside it, never the password.

    Raises:
        Refused: ``username_unusable``, ``username_taken``, ``person_name_missing``, ``email_unreadable``.
    """
    check_username(new.username)
    check_person(full_name=new.full_name, email=new.email)
    if Person.objects.filter(username__iexact=new.username).exists():
        raise Refused("username_taken", username=new.username)
    person = Person(
        username=new.username,
        full_name=new.full_name,
        position=new.position,
        email=new.email,
        phone=new.phone,
        illustrative=new.illustrative,
    )
    person.set_password(new.password or None)
    person.one_time_until = at + ONE_TIME if new.password else None
    person.save()
    _note(person, "person.added", {"v": 2}, texts={"username": new.username}, by=by, at=at)
    return person


@transaction.atomic
def change_person(*, person: Person, contact: Contact, by: str, at: datetime) -> list[str]:
    """Put right a person's name, office held or contact. Returns which of them changed.

    Raises:
        Refused: ``person_name_missing``, ``email_unreadable``.
    """
    check_person(full_name=contact.full_name, email=contact.email)
    person = Person.objects.select_for_update().get(pk=person.pk)
    fields = ("full_name", "position", "email", "phone")
    changed = [f for f in fields if getattr(person, f) != getattr(contact, f).strip()]
    if not changed:
        return []
    for field in changed:
        setattr(person, field, getattr(contact, field).strip())
    person.save(update_fields=changed)
    payload = {"v": 1, "fields": changed}
    texts = {f: getattr(person, f) for f in changed}
    record(
        chain=person_chain(person),
        kind="person.changed",
        subject=person.ref,
        payload=payload,
        texts=texts,
        by=by,
        at=at,
    )
    return changed


@transaction.atomic
def deactivate_person(*, person: Person, reason: str, by: str, at: datetime) -> Person:
    """Close an account: it signs in no more, holds and lends nothing. What it did stays.

    Raises:
        Refused: ``reason_needed``, ``person_inactive``, ``own_account``, ``last_administrator``.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not reason.strip():
        raise Refused("reason_needed")
    if not person.is_active:
        raise Refused("person_inactive", person=person.full_name)
    if person.ref == by:
        raise Refused("own_account")
    mine = person.grants.filter(in_force(legal_date(at)), role=Role.ADMINISTRATOR.value)
    for grant in mine.select_related("unit"):
        check_not_last(grant.unit, at, person=person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _note(person, "person.deactivated", {"v": 1}, texts={"reason": reason.strip()}, by=by, at=at)
    return person


@transaction.atomic
def reactivate_person(*, person: Person, by: str, at: datetime) -> Person:
    """Open a closed account again, with the roles that still hold.

    Raises:
        Refused: ``person_active``; ``erased_already``: nobody is left to open it for.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        raise Refused("erased_already")
    if person.is_active:
        raise Refused("person_active", person=person.full_name)
    person.is_active = True
    person.save(update_fields=["is_active"])
    _note(person, "person.reactivated", {"v": 1}, by=by, at=at)
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
    document: str = "",
    founding: bool = False,
) -> Grant:
    """Give a role in a unit; the same role there for the same days again returns what stands.

    Args:
        founding: as `check_role_place` reads it.

    Raises:
        Refused: ``period_reversed``, ``role_of_territory``, ``unit_ended``; ``role_held`` where the person
            holds it there for some of these days.
    """
    check_period(valid_from, valid_to)
    same = list(person.grants.filter(role=role.value, unit=unit))
    standing = [g for g in same if (g.valid_from, g.valid_to) == (valid_from, valid_to)]
    if standing:
        return standing[0]
    check_role_place(role, unit, founding=founding)
    if any(_overlap(g, valid_from, valid_to) for g in same):
        raise Refused("role_held", role=ROLES[role].name, unit=unit.name_vi)
    grant = Grant.objects.create(
        person=person,
        role=role.value,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        document=document.strip(),
    )
    payload = {
        "v": 1,
        "role": role.value,
        "unit": unit.code,
        "from": valid_from and valid_from.isoformat(),
        "to": valid_to and valid_to.isoformat(),
    }
    _note(person, "role.granted", payload, texts={"document": document.strip()}, by=by, at=at)
    return grant


@transaction.atomic
def appoint_secretariat(
    *, unit: Unit, person: Person, valid_to: date | None, document: str, by: str, at: datetime
) -> Grant:
    """Name who runs a unit's own rounds, from today on: somebody of the unit or of its divisions.

    Raises:
        Refused: ``not_of_unit``, and as `grant_role`.
    """
    day = legal_date(at)
    mine = person.grants.filter(in_force(day)).select_related("unit__parent__parent__parent")
    if not person.is_active or not any(unit in way_up(g.unit) for g in mine):
        raise Refused("not_of_unit", person=person.full_name, unit=unit.name_vi)
    return grant_role(
        person=person,
        role=Role.SECRETARIAT,
        unit=unit,
        valid_from=day,
        valid_to=valid_to,
        document=document,
        founding=True,
        by=by,
        at=at,
    )


@transaction.atomic
def grant_roles(
    *,
    person: Person,
    roles: Sequence[Role],
    unit: Unit,
    by: str,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
    document: str = "",
) -> list[Grant]:
    """Give several roles in a unit, all or none. Raises as `grant_role`, and Refused ``role_missing``."""
    if not roles:
        raise Refused("role_missing")
    return [
        grant_role(
            person=person,
            role=role,
            unit=unit,
            valid_from=valid_from,
            valid_to=valid_to,
            document=document,
            by=by,
            at=at,
        )
        for role in roles
    ]


def _overlap(grant: Grant, first: date | None, last: date | None) -> bool:
    """Whether a grant holds on any day of a period."""
    starts = grant.valid_from or date.min
    ends = grant.valid_to or date.max
    return starts <= (last or date.max) and (first or date.min) <= ends


@transaction.atomic
def revoke_role(*, grant: Grant, last: date, reason: str, by: str, at: datetime) -> None:
    """A role ends with a day, which may be past; what would begin only later is taken away whole.

    Raises:
        Refused: ``reason_needed``, ``role_over``, ``last_administrator``.
    """
    grant = Grant.objects.select_for_update().select_related("person", "unit").get(pk=grant.pk)
    if not reason.strip():
        raise Refused("reason_needed")
    if grant.valid_to is not None and grant.valid_to <= last:
        raise Refused("role_over", last=grant.valid_to)
    if grant.role == Role.ADMINISTRATOR.value and grant.person.is_active:
        check_not_last(grant.unit, at, without=grant)
    first = grant.valid_from.isoformat() if grant.valid_from else ""
    never = grant.valid_from is not None and grant.valid_from > last
    said = {"role": grant.role, "unit": grant.unit.code, "from": first, "last": last.isoformat()}
    payload = {"v": 1, **said, **({"never": True} if never else {})}
    if never:
        grant.delegations.all().delete()
        grant.delete()
    else:
        grant.valid_to = last
        grant.save(update_fields=["valid_to"])
    _note(grant.person, "role.revoked", payload, texts={"reason": reason.strip()}, by=by, at=at)


@transaction.atomic
def delegate(
    *, grant: Grant, to: Person, valid_from: date, valid_to: date, by: str, at: datetime, ground: str = ""
) -> Delegation:
    """Lend a role to another person for a period, both days inclusive.

    Raises:
        Refused: ``period_reversed``, ``lent_to_oneself``, ``person_inactive``, ``role_not_held_then``,
            ``role_lent``.
    """
    check_period(valid_from, valid_to)
    if to.pk == grant.person_id:
        raise Refused("lent_to_oneself")
    if not to.is_active:
        raise Refused("person_inactive", person=to.full_name)
    if (grant.valid_from and valid_from < grant.valid_from) or (grant.valid_to and valid_to > grant.valid_to):
        raise Refused("role_not_held_then", person=grant.person.full_name)
    if grant.delegations.filter(to=to, valid_from__lte=valid_to, valid_to__gte=valid_from).exists():
        raise Refused("role_lent", person=to.full_name)
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
    _note(grant.person, "role.lent", payload, texts={"ground": ground}, by=by, at=at)
    return lent


@transaction.atomic
def take_back(*, lent: Delegation, by: str, at: datetime) -> None:
    """End a delegation before its time: yesterday was its last day, or it never began.

    Raises:
        Refused: ``role_over``.
    """
    lent = (
        Delegation.objects.select_for_update().select_related("grant__person", "grant__unit").get(pk=lent.pk)
    )
    today = legal_date(at)
    if lent.valid_to < today:
        raise Refused("role_over", last=lent.valid_to)
    payload = {
        "v": 1,
        "role": lent.grant.role,
        "unit": lent.grant.unit.code,
        "to": lent.to.ref,
        "from": lent.valid_from.isoformat(),
    }
    if lent.valid_from >= today:
        lent.delete()
    else:
        lent.valid_to = today - timedelta(days=1)
        lent.save(update_fields=["valid_to"])
        payload["until"] = lent.valid_to.isoformat()
    _note(lent.grant.person, "role.taken_back", payload, by=by, at=at)


def _note(
    person: Person,
    kind: str,
    payload: Mapping[str, object],
    *,
    by: str,
    at: datetime,
    texts: dict[str, str] | None = None,
) -> None:
    record(
        chain=person_chain(person), kind=kind, subject=person.ref, payload=payload, texts=texts, by=by, at=at
    )
