"""What pages read of the door."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from parindex.apps.access.models import OpenSession, RecoveryCode, SecondFactor
from parindex.apps.access.sessions import DOOR as DOOR
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role


def open_sessions(person: Person, at: datetime) -> list[OpenSession]:
    """A person's sessions that are not over, the one used last first. One query."""
    return list(OpenSession.objects.filter(person=person, expire_date__gt=at).order_by("-seen_at"))


def factor_of(person: Person) -> SecondFactor | None:
    """The person's second factor. One query."""
    return SecondFactor.objects.filter(person=person).first()


def recovery_left(factor: SecondFactor) -> int:
    """How many recovery codes have not been used. One query."""
    return RecoveryCode.objects.filter(factor=factor, used_at=None).count()


def must_have_factor(person: Person, at: datetime) -> bool:
    """Whether one of the person's roles needs a second factor by the site's settings. Two queries at most."""
    named = {Role(role) for role in settings.PARINDEX_REQUIRE_TOTP}
    return bool(named) and any(held.role in named for held in rights_of(person, at).held)


def person_for_letter(name: str) -> Person | None:
    """To whom a link may be mailed by this name or e-mail address: somebody who signs in by password and has
    an address. Two persons with one address get none. One query."""
    named = Q(username__iexact=name) | Q(email__iexact=name)
    found = list(Person.objects.filter(named, is_active=True).exclude(email="")[:2]) if name else []
    return found[0] if len(found) == 1 and found[0].has_usable_password() else None
