"""Coming in, leaving, and ending what is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from parindex.apps.access.chains import chain_of
from parindex.apps.access.models import Guesses, OpenSession
from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Person
from parindex.core.kernel.problems import Refused


class SessionGone(Refused):
    """There is no such session any more."""


def record_entry(*, person: Person, way: str, second: str, address: str, by: str, at: datetime) -> None:
    """Somebody came in.

    Args:
        way: ``password``, ``oidc``, or ``played`` in a demonstration.
        second: what they showed besides: ``code``, ``recovery``, or "" for nothing.
    """
    payload = {"v": 1, "way": way, "second": second}
    _record(person, "access.entered", payload, address=address, by=by, at=at)


def record_leaving(*, person: Person, address: str, by: str, at: datetime) -> None:
    """Somebody signed out."""
    _record(person, "access.left", {"v": 1}, address=address, by=by, at=at)


@transaction.atomic
def end_session(*, person: Person, name: str, by: str, at: datetime) -> OpenSession:
    """End one of a person's sessions, by the name a page gave it.

    Raises:
        SessionGone: ``session_gone``.
    """
    found = next((s for s in OpenSession.objects.filter(person=person) if s.name == name), None)
    if found is None:
        raise SessionGone("session_gone")
    OpenSession.objects.filter(pk=found.pk).delete()
    _record(person, "access.sessions_ended", {"v": 1, "count": 1}, by=by, at=at)
    return found


@transaction.atomic
def end_sessions(*, person: Person, by: str, at: datetime, keep: str = "") -> int:
    """End all sessions of a person but the one whose key is `keep`. Returns how many."""
    ended = drop_sessions(person, keep=keep)
    if ended:
        _record(person, "access.sessions_ended", {"v": 1, "count": ended}, by=by, at=at)
    return ended


def drop_sessions(person: Person, *, keep: str = "") -> int:
    """Take the sessions away, as part of an act that is recorded."""
    ended, _ = OpenSession.objects.filter(person=person).exclude(session_key=keep).delete()
    return ended


def clear_old(*, at: datetime) -> int:
    """Remove sessions that are over and tries that no longer count. Returns how many rows."""
    sessions, _ = OpenSession.objects.filter(expire_date__lt=at).delete()
    tries, _ = Guesses.objects.filter(since__lt=at - timedelta(days=1)).delete()
    return sessions + tries


def _record(
    person: Person, kind: str, payload: dict[str, object], *, by: str, at: datetime, address: str = ""
) -> None:
    record(
        chain=chain_of(person),
        kind=kind,
        subject=person.ref,
        payload=payload,
        texts={"address": address},
        by=by,
        at=at,
    )
