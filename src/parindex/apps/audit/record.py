"""The door to the ledger: append an entry, verify a chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from parindex.apps.audit.models import Entry


GENESIS = "0" * 64


@transaction.atomic
def record(
    *, chain: str, kind: str, subject: str, payload: Mapping[str, Any], by: str, at: datetime
) -> Entry:
    """Append one act to a chain, in the caller's transaction.

    Two writers of one chain wait for each other; where they cannot, the second fails on the position's
    constraint
    and its whole act is undone.
    """
    last = Entry.objects.select_for_update().filter(chain=chain).order_by("-position").first()
    entry = Entry(
        chain=chain,
        book=book_of(chain),
        position=last.position + 1 if last else 1,
        kind=kind,
        subject=subject,
        payload=dict(payload),
        by=by,
        at=at.astimezone(UTC),
        previous=last.hash if last else GENESIS,
    )
    entry.hash = _hash(entry)
    entry.save()
    return entry


def book_of(chain: str) -> str:
    """The middle part of a chain's name, "" where it has none."""
    return chain.split(":", 2)[1] if ":" in chain else ""


def broken_at(chain: str) -> int | None:
    """The first position of a chain that does not follow from what stands before it; None: the chain
    holds."""
    previous = GENESIS
    for position, entry in enumerate(Entry.objects.filter(chain=chain).order_by("position"), start=1):
        if (
            entry.book != book_of(chain)
            or entry.position != position
            or entry.previous != previous
            or entry.hash != _hash(entry)
        ):
            return position
        previous = entry.hash
    return None


def _hash(entry: Entry) -> str:
    """SHA-256 over everything an entry says and the hash before it."""
    said = [
        entry.chain,
        entry.position,
        entry.kind,
        entry.subject,
        entry.payload,
        entry.by,
        entry.at.isoformat(),
    ]
    text = json.dumps([*said, entry.previous], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
