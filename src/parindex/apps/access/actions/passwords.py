"""What changes a password. Whoever signed in with the old one is signed out; no password is ever recorded."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from parindex.apps.access.actions.guessing import forget_account
from parindex.apps.access.actions.seats import drop_sessions
from parindex.apps.access.chains import chain_of
from parindex.apps.access.rules import PasswordRefused, check_password_good, typed
from parindex.apps.audit.record import record
from parindex.apps.organisations.actions.people import ONE_TIME
from parindex.apps.organisations.models import Person


LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another on paper or by telephone


@transaction.atomic
def change_password(*, person: Person, new: str, again: str, keep: str, by: str, at: datetime) -> int:
    """A person's own choice, while signed in; whoever calls has asked for the present password.

    Args:
        keep: key of the session that stays open.

    Returns:
        how many other sessions were ended.

    Raises:
        PasswordRefused: ``passwords_differ``, and what `check_password_good` raises.
    """
    return _set(person, new, again=again, keep=keep, kind="access.password_changed", by=by, at=at)


@transaction.atomic
def choose_password(*, person: Person, new: str, again: str, by: str, at: datetime) -> int:
    """A new password by a link that was mailed. Every session ends; returns how many.

    Raises:
        PasswordRefused: ``passwords_differ``, and what `check_password_good` raises.
    """
    return _set(person, new, again=again, keep="", kind="access.password_chosen_by_mail", by=by, at=at)


@transaction.atomic
def reset_password(*, person: Person, by: str, at: datetime) -> str:
    """A one-time password, made by an administrator or operator. It opens the door for `ONE_TIME`, only to
    choose one's own; every session ends, and nobody waits after too many guesses.

    Returns:
        the password: shown once, to be handed over in person or by telephone, kept nowhere.
    """
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    person.set_password(password)
    person.one_time_until = at + ONE_TIME
    person.save(update_fields=["password", "one_time_until"])
    forget_account(person)
    ended = drop_sessions(person)
    _record(person, "access.password_reset", ended, by=by, at=at)
    return password


def _set(person: Person, new: str, *, again: str, keep: str, kind: str, by: str, at: datetime) -> int:
    password = typed(new)
    if password != typed(again):
        raise PasswordRefused("passwords_differ")
    check_password_good(password, person)
    person.set_password(password)
    person.one_time_until = None
    person.save(update_fields=["password", "one_time_until"])
    ended = drop_sessions(person, keep=keep)
    _record(person, kind, ended, by=by, at=at)
    return ended


def _record(person: Person, kind: str, ended: int, *, by: str, at: datetime) -> None:
    payload = {"v": 1, "sessions_ended": ended}
    record(chain=chain_of(person), kind=kind, subject=person.ref, payload=payload, by=by, at=at)
