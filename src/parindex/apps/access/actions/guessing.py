"""Counting tries, so that nobody guesses on. A try is counted before it is looked at: a hundred at once are a
hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from parindex.apps.access.chains import chain_of
from parindex.apps.access.models import Guesses
from parindex.apps.access.rules import LIMITS, GuessedTooOften, named
from parindex.apps.access.sealing import keyed_hash
from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Person


AHEAD = timedelta(minutes=1)
"""What clocks of several machines may differ."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is counted: a limit by its name, and whom or what it is about."""

    limit: str
    about: str
    account: str = ""

    @property
    def key(self) -> str:
        """As it is kept."""
        return keyed_hash(self.limit, self.about)


def sides_of(name: str, address: str) -> list[Side]:
    """What a try at the door counts against. An empty address is one that tells nobody apart."""
    account = keyed_hash("account", name)
    found = [Side("account", name, account)]
    if address:
        found += [Side("pair", f"{name}\0{address}", account), Side("address", address)]
    else:
        found.append(Side("pair", name, account))
    return found


def letter_sides(name: str, address: str) -> list[Side]:
    """What asking for a letter counts against, whether or not it is sent."""
    found = [Side("mail", name)]
    return [*found, Side("letters", address)] if address else found


def code_side(person: Person) -> list[Side]:
    """What a try at the second step counts against."""
    return [Side("code", str(person.pk), keyed_hash("account", named(person.username)))]


@transaction.atomic
def count_try(*, sides: Sequence[Side], at: datetime) -> None:
    """Count one try on every side.

    Raises:
        GuessedTooOften: ``guessed_too_often`` with `until`; then nothing is counted.
    """
    rows = _rows(sides, at)
    waits = [until for side, row in zip(sides, rows, strict=True) if (until := _waits_until(side, row, at))]
    if waits:
        raise GuessedTooOften("guessed_too_often", until=_next_minute(max(waits)))
    for side, row in zip(sides, rows, strict=True):
        if at - row.since >= LIMITS[side.limit].within or row.until is not None:
            row.tries, row.since, row.until = 0, at, None
        row.tries += 1
        row.save()


@transaction.atomic
def wait_after_miss(
    *, sides: Sequence[Side], person: Person | None, address: str, by: str, at: datetime
) -> datetime | None:
    """Whether the try that has just failed was the last for now. One that closes a side is in the ledger.

    Args:
        person: whose account was tried, if it is somebody's.

    Returns:
        when to try again, None where further tries are open.
    """
    closed = []
    for side, row in zip(sides, _rows(sides, at), strict=True):
        if row.tries >= LIMITS[side.limit].most and row.until is None:
            row.until = at + LIMITS[side.limit].wait
            row.save()
            closed.append((side.limit, row.until))
    if not closed:
        return None
    record(
        chain=chain_of(person),
        kind="access.guessed_too_often",
        subject=person.ref if person else "unknown",
        payload={"v": 1, "sides": sorted(name for name, _ in closed)},
        texts={"address": address},
        by=by,
        at=at,
    )
    return _next_minute(max(until for _, until in closed))


def forget_tries(*, sides: Sequence[Side], at: datetime) -> None:
    """The try was right: the account's tries are forgotten, and the address has one less."""
    with transaction.atomic():
        for side, row in zip(sides, _rows(sides, at), strict=True):
            row.tries = max(row.tries - 1, 0) if side.limit == "address" else 0
            row.save()


def forget_account(person: Person) -> None:
    """Whoever waits for this account need not any more."""
    Guesses.objects.filter(account=keyed_hash("account", named(person.username))).delete()


def _rows(sides: Sequence[Side], at: datetime) -> list[Guesses]:
    """The rows of the sides, held until this transaction ends, always in the same order."""
    keys = sorted(side.key for side in sides)
    known = {side.key: side for side in sides}
    Guesses.objects.bulk_create(
        [Guesses(key=key, account=known[key].account, since=at) for key in keys], ignore_conflicts=True
    )
    held = {row.key: row for row in Guesses.objects.select_for_update().filter(key__in=keys).order_by("key")}
    return [_as_of(side, held[side.key], at) for side in sides]


def _as_of(side: Side, row: Guesses, at: datetime) -> Guesses:
    """What was counted by a clock that was ahead is forgotten, or the account would be closed until then."""
    if row.since > at + AHEAD or (row.until or at) > at + LIMITS[side.limit].wait + AHEAD:
        row.tries, row.since, row.until = 0, at, None
    return row


def _waits_until(side: Side, row: Guesses, at: datetime) -> datetime | None:
    """When the next try may be, where it is not now."""
    if row.until is not None:
        return row.until if row.until > at else None
    limit = LIMITS[side.limit]
    over = row.since + limit.within
    return over if row.tries >= limit.most and over > at else None


def _next_minute(at: datetime) -> datetime:
    """The minute by which an instant has passed: pages say minutes."""
    return (
        at
        if not (at.second or at.microsecond)
        else at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    )
