"""Seals: the heads of all chains of a book at one moment, signed with the installation's key.

A seal is an entry of the chain ``seals:BOOK``. What is signed is `canonical` of the seal's payload without
the signature: book, number and hash of the seal before, time, and each chain's name, position and hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import GENESIS, hold, record
from parindex.apps.audit.signing import Keys, signing_key
from parindex.core.formats.canonical import canonical
from parindex.core.formats.signatures import fingerprint, is_signed


KIND = "book.sealed"
CHAIN = "seals:"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain when it was sealed."""

    chain: str
    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as the ledger holds it."""

    place: str
    book: str
    number: int
    at: datetime
    hash: str
    key: str
    heads: tuple[Head, ...]
    payload: Mapping[str, Any]

    def is_signed_by(self, keys: Keys) -> bool:
        """Whether one of these keys, by its name, signed this very seal."""
        content = {k: v for k, v in self.payload.items() if k != "signature"}
        key = keys.get(self.key)
        return key is not None and is_signed(canonical(content), str(self.payload.get("signature")), key)


@transaction.atomic
def seal(*, book: str, subject: str, by: str, at: datetime) -> Entry:
    """Seal every chain of a book as it stands, in the caller's transaction.

    Whoever changes, removes or rewrites a sealed entry afterwards would have to sign again.

    Args:
        subject: what the seal is for, for people: a phase.

    Raises:
        KeysUnreadable: the signing key cannot be read; nothing is sealed.
    """
    chain = CHAIN + book
    hold(chain)
    before = Entry.objects.filter(chain=chain).order_by("-position").first()
    payload: dict[str, Any] = {
        "v": 1,
        "book": book,
        "number": before.position + 1 if before else 1,
        "previous": before.hash if before else GENESIS,
        "at": at.astimezone(UTC).isoformat(),
        "heads": [[h.chain, h.position, h.hash] for h in heads(book)],
    }
    key = signing_key()
    payload["key"] = fingerprint(key.public_key())
    payload["signature"] = key.sign(canonical(payload)).hex()
    return record(chain=chain, kind=KIND, subject=subject, payload=payload, by=by, at=at)


def heads(book: str) -> list[Head]:
    """The last entry of every chain of a book but its seals, read at one moment."""
    later = Entry.objects.filter(chain=OuterRef("chain"), position__gt=OuterRef("position"))
    last = Entry.objects.filter(~Exists(later), book=book).exclude(chain=CHAIN + book).order_by("chain")
    return [Head(*row) for row in last.values_list("chain", "position", "hash")]


def seals(book: str | None = None) -> Iterator[Seal]:
    """Every seal, of one book or of all, the oldest first. An entry of another shape is left out.

    `verify` names such an entry as broken.
    """
    for entry in seal_entries(book):
        found = read_seal(entry)
        if found:
            yield found


def seal_entries(book: str | None = None) -> QuerySet[Entry]:
    """The entries of the seals' chains."""
    found = (
        Entry.objects.filter(chain__startswith=CHAIN)
        if book is None
        else Entry.objects.filter(chain=CHAIN + book)
    )
    return found.order_by("chain", "position")


def read_seal(entry: Entry) -> Seal | None:
    """An entry as a seal; None where it is none, or says another place, time or predecessor than it has."""
    said = entry.payload
    try:
        found = Seal(
            place=entry.place,
            book=said["book"],
            number=said["number"],
            at=datetime.fromisoformat(said["at"]),
            hash=entry.hash,
            key=said["key"],
            heads=tuple(Head(*row) for row in said["heads"]),
            payload=said,
        )
        stands = (CHAIN + found.book, found.number, said["previous"], found.at)
    except (KeyError, TypeError, ValueError):
        return None
    return found if stands == (entry.chain, entry.position, entry.previous, entry.at) else None
