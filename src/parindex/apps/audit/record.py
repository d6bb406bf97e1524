"""The door to the ledger: append an entry; redact a text that lies beside one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from parindex.apps.audit.models import Entry, LedgerText
from parindex.core.formats.canonical import digest
from parindex.core.formats.ledger_lines import GENESIS as GENESIS
from parindex.core.formats.ledger_lines import hash_of


REDACTED = "text.redacted"


@transaction.atomic
def record(
    *,
    chain: str,
    kind: str,
    subject: str,
    payload: Mapping[str, Any],
    by: str,
    at: datetime,
    texts: Mapping[str, str] | None = None,
) -> Entry:
    """Append one act to a chain, in the caller's transaction.

    Writers of one chain wait for each other until the first one's transaction ends; an act that writes to
    more than one chain calls `hold` with all of them first. Writers of different chains do not wait (SQLite
    has one writer at a time in any case).

    Args:
        payload: with its version, ``v``; no binary fractions, nothing a person wrote freely.
        by: who acts: ``person:17``, ``system``, ``demo``.
        texts: what a person wrote freely, by name. Kept beside the entry, which has only salted hashes of it;
            empty ones are left out.

    Raises:
        TypeError, ValueError: the payload has no version, or cannot be kept the same everywhere.
    """
    if not isinstance(payload.get("v"), int):
        raise ValueError(f"the payload of {kind} has no version")
    hold(chain)
    position, previous = _next(chain)
    salted = {name: (secrets.token_hex(16), text) for name, text in (texts or {}).items() if text}
    entry = Entry(
        chain=chain,
        book=book_of(chain),
        position=position,
        kind=kind,
        subject=subject,
        payload=dict(payload),
        texts={name: text_hash(salt, text) for name, (salt, text) in salted.items()},
        by=by,
        at=at.astimezone(UTC),
        previous=previous,
    )
    entry.hash = entry_hash(entry)
    entry.save()
    LedgerText.objects.bulk_create(
        [
            LedgerText(chain=chain, position=position, name=name, salt=salt, text=text)
            for name, (salt, text) in salted.items()
        ],
        batch_size=500,
    )
    return entry


def hold(*chains: str) -> None:
    """Keep other writers of these chains waiting until this transaction ends.

    Always taken in the same order, so that two acts that write to the same chains cannot block each other.
    On SQLite every transaction that writes is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for chain in sorted(set(chains)):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger {chain}"])


@transaction.atomic
def redact(*, entry: Entry, name: str, ground: str, by: str, at: datetime) -> Entry:
    """Take away a text that lies beside an entry, with its salt; the chain holds, for it has only the hash.

    Returns:
        the entry of this act, in the same chain; the ground is a text beside it.

    Raises:
        LookupError: there is no such text, or it has been redacted already.
        ValueError: no ground is given.
    """
    if not ground.strip():
        raise ValueError("redacting needs a ground")
    hold(entry.chain)
    text = LedgerText.objects.filter(
        chain=entry.chain, position=entry.position, name=name, redacted_at__isnull=True
    ).first()
    if text is None:
        raise LookupError(f"{entry.place} {name}")
    text.text = text.salt = ""
    text.redacted_at, text.redacted_by, text.ground = at, by, ground
    text.save(force_update=True)
    return record(
        chain=entry.chain,
        kind=REDACTED,
        subject=entry.subject,
        payload={"v": 1, "position": entry.position, "name": name},
        texts={"ground": ground},
        by=by,
        at=at,
    )


def book_of(chain: str) -> str:
    """The middle part of a chain's name, "" where it has none."""
    return chain.split(":", 2)[1] if ":" in chain else ""


def entry_hash(entry: Entry) -> str:
    """SHA-256 over everything an entry says and the hash before it."""
    return hash_of(entry_said(entry))


def entry_said(entry: Entry) -> dict[str, Any]:
    """What an entry's hash is made of, by name, as a file of the ledger holds it."""
    return {
        "chain": entry.chain,
        "position": entry.position,
        "kind": entry.kind,
        "subject": entry.subject,
        "payload": entry.payload,
        "texts": entry.texts,
        "by": entry.by,
        "at": entry.at.astimezone(UTC).isoformat(),
        "previous": entry.previous,
    }


def text_hash(salt: str, text: str) -> str:
    """SHA-256 over a text and its salt."""
    return digest([salt, text])


def _next(chain: str) -> tuple[int, str]:
    """The position of a chain's next entry, and the hash it follows."""
    last = Entry.objects.filter(chain=chain).order_by("-position").values_list("position", "hash").first()
    return (last[0] + 1, last[1]) if last else (1, GENESIS)
