"""A signing key that others may have: declared, exchanged, and every round that it sealed sealed anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.audit.seals import read_seal, seal, seal_entries
from parindex.apps.audit.signing import new_key, public_keys, publish_leak
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import LEGAL_ZONE


CHAIN = "keys"


def declare_leaked(*, key: str, by: str, at: datetime) -> int:
    """Say that others may have a signing key. Returns how many books were sealed anew.

    Where it is the present one, a new key takes its place. Each book that has seals is sealed by the present
    key, which so vouches for all that stands before; then the file of public keys says it.

    Raises:
        Refused: ``key_unknown``, ``key_leaked_already``.
        KeysUnreadable: the keys cannot be read.
    """
    known = public_keys()
    if key not in known:
        raise Refused("key_unknown", key=key[:64])
    if key in known.leaked:
        raise Refused("key_leaked_already", key=key, day=known.leaked[key])
    if key == list(known)[-1]:
        new_key()
    day = at.astimezone(LEGAL_ZONE).date().isoformat()
    with transaction.atomic():
        payload = {"v": 1, "key": key, "day": day, "instead": list(public_keys())[-1]}
        record(chain=CHAIN, kind="key.leaked", subject=key, payload=payload, by=by, at=at)
        books = sorted({found.book for entry in seal_entries() if (found := read_seal(entry))})
        for book in books:
            seal(book=book, subject="key_leaked", by=by, at=at)
    publish_leak(key, day)
    return len(books)
