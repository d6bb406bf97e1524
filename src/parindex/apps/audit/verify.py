"""Whether the ledger holds: every chain, every text beside it, and both against the signed seals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from parindex.apps.audit.faults import Verified, first_of_each_chain
from parindex.apps.audit.models import Entry
from parindex.apps.audit.sealed import Sealed, by_chain, trusted, unknown_to
from parindex.apps.audit.seals import seal_entries
from parindex.apps.audit.signing import Keys, public_keys
from parindex.apps.audit.verify_texts import text_faults
from parindex.apps.audit.walking import chain_fault


CHUNK = 500
Progress = Callable[[int, int], None]


def verify(
    book: str | None = None, *, keys: Keys | None = None, progress: Progress | None = None
) -> Verified:
    """Read every chain of a book, or of all, from its first entry.

    Seals are read before the chains: what they name was there before them, whoever writes meanwhile.

    Args:
        keys: the public keys by which seals may be signed; this installation's own where none are given.
        progress: called with entries read and to read.

    Raises:
        KeysUnreadable: this installation's public keys cannot be read.
    """
    sealing = seal_entries(book).iterator(chunk_size=CHUNK)
    seals, faults = trusted(sealing, public_keys() if keys is None else keys)
    sealed = by_chain(seals)
    entries = Entry.objects.all() if book is None else Entry.objects.filter(book=book)
    stream = _Counted(
        entries.order_by("chain", "position").iterator(chunk_size=CHUNK), entries.count(), progress
    )
    walked = set()
    for chain, group in groupby(stream, key=lambda entry: entry.chain):
        walked.add(chain)
        fault = chain_fault(chain, group, sealed[chain] if chain in sealed else unknown_to(chain, seals))
        faults += filter(None, [fault])
    for chain in sealed.keys() - walked:
        faults += filter(None, [sealed[chain].missing_after(chain, 0)])
    faults += text_faults(book)
    return Verified(stream.read, len(walked), seals, first_of_each_chain(faults))


def broken_at(chain: str) -> int | None:
    """The first position of one chain that does not follow from what stands before it; seals apart."""
    entries = Entry.objects.filter(chain=chain).order_by("position")
    fault = chain_fault(chain, entries, Sealed())
    return fault.position if fault else None


class _Counted:
    """Entries as they come, counted."""

    def __init__(self, entries: Iterable[Entry], total: int, progress: Progress | None) -> None:
        self.entries = entries
        self.total = total
        self.progress = progress
        self.read = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self.entries:
            self.read += 1
            if self.progress and self.read % CHUNK == 0:
                self.progress(self.read, self.total)
            yield entry
