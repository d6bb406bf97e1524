"""One chain walked from its first entry: does each say what its hash says, and follow the one before?"""

from __future__ import annotations

from collections.abc import Iterable

from parindex.apps.audit.faults import Fault
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import GENESIS, book_of, entry_said
from parindex.apps.audit.sealed import Sealed
from parindex.core.formats.ledger_lines import line_hash


def chain_fault(chain: str, entries: Iterable[Entry], sealed: Sealed) -> Fault | None:
    """The first thing wrong with a chain, if any.

    Args:
        entries: all of it, in its order. `sealed`: what the seals say of it.
    """
    previous, position = GENESIS, 0
    for position, entry in enumerate(entries, start=1):
        fault = _entry_fault(entry, position, previous) or sealed.fault(entry)
        if fault:
            return fault
        previous = entry.hash
    return sealed.missing_after(chain, position)


def _entry_fault(entry: Entry, position: int, previous: str) -> Fault | None:
    """Whether an entry says what its hash says, and follows what stands before it."""
    if entry.position != position:
        return Fault(entry.chain, position, "entry_missing")
    if entry.book != book_of(entry.chain) or entry.hash != line_hash(entry_said(entry)):
        return Fault(entry.chain, position, "entry_changed")
    return None if entry.previous == previous else Fault(entry.chain, position, "entry_displaced")
