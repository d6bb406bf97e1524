"""A person's calendar at a secret address: made, shown once, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.chains import person_chain
from parindex.apps.organisations.models import Person
from parindex.apps.plans.models import CalendarFeed


LONGEST = 100


def hash_of(secret: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, person: Person, by: str, at: datetime) -> str:
    """A new secret address of a person's calendar; one that was there before opens nothing any more. Returns
    the secret, which is not kept."""
    Person.objects.select_for_update().get(pk=person.pk)
    CalendarFeed.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(person=person, token_hash=hash_of(secret), at=at)
    _record(person, "calendar.made", by=by, at=at)
    return secret


@transaction.atomic
def revoke_feed(*, person: Person, by: str, at: datetime) -> bool:
    """Close a person's address. Returns whether there was one."""
    Person.objects.select_for_update().get(pk=person.pk)
    ended = CalendarFeed.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
    if ended:
        _record(person, "calendar.revoked", by=by, at=at)
    return bool(ended)


def feed_owner(secret: str) -> Person | None:
    """Whose calendar an address opens; None: nobody's, a revoked one, or of a person who may not sign in. One
    query."""
    if not secret or len(secret) > LONGEST:
        return None
    found = CalendarFeed.objects.filter(
        token_hash=hash_of(secret), revoked_at=None, person__is_active=True
    ).select_related("person")
    feed = found.first()
    return feed.person if feed else None


def feed_of(person: Person) -> CalendarFeed | None:
    """A person's address that holds, without its secret. One query."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).first()


def _record(person: Person, kind: str, *, by: str, at: datetime) -> None:
    record(chain=person_chain(person), kind=kind, subject=person.ref, payload={"v": 1}, by=by, at=at)
