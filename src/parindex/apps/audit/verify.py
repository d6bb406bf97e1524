"""Whether the ledger holds: every chain, every text beside it, and both against the signed seals."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from parindex.apps.audit.faults import Fault, Verified, first_of_each_chain
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import GENESIS, book_of, entry_hash
from parindex.apps.audit.seals import CHAIN, KIND, Seal, read_seal, seal_entries
from parindex.apps.audit.signing import Keys, public_keys
from parindex.apps.audit.verify_texts import text_faults


CHUNK = 500
UNDER_WAY = timedelta(minutes=10)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Sealed:
    """What the seals say of one chain, the oldest first: its heads, and when each seal was made."""

    positions: list[int] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)

    def add(self, seal: Seal, position: int, hash_: str) -> None:
        """A further seal; position 0 where it does not know the chain."""
        self.seals.append(seal)
        self.positions.append(position)
        self.hashes.append(hash_)

    def fault(self, entry: Entry) -> Fault | None:
        """Whether an entry that holds by itself is the one that was sealed, or claims to be older than a seal
        that does not know it."""
        at = bisect_left(self.positions, entry.position)
        if at < len(self.seals) and self.positions[at] == entry.position and self.hashes[at] != entry.hash:
            return Fault(entry.chain, entry.position, "sealed_changed", {"seal": self.seals[at].place})
        if at and entry.at < self.seals[at - 1].at - UNDER_WAY:
            return Fault(entry.chain, entry.position, "entry_backdated", {"seal": self.seals[at - 1].place})
        return None

    def missing_after(self, chain: str, last: int) -> Fault | None:
        """Whether a seal knows entries after the last one."""
        at = bisect_left(self.positions, last + 1)
        if at == len(self.seals):
            return None
        return Fault(chain, last + 1, "sealed_missing", {"seal": self.seals[at].place})


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
    seals, faults = _read_seals(book, public_keys() if keys is None else keys)
    sealed = _by_chain(seals)
    entries = Entry.objects.all() if book is None else Entry.objects.filter(book=book)
    stream = _Counted(
        entries.order_by("chain", "position").iterator(chunk_size=CHUNK), entries.count(), progress
    )
    walked = set()
    for chain, group in groupby(stream, key=lambda entry: entry.chain):
        walked.add(chain)
        faults += _chain_faults(chain, group, sealed[chain] if chain in sealed else _none_of(chain, seals))
    for chain in sealed.keys() - walked:
        faults += filter(None, [sealed[chain].missing_after(chain, 0)])
    faults += text_faults(book)
    return Verified(stream.read, len(walked), seals, first_of_each_chain(faults))


def broken_at(chain: str) -> int | None:
    """The first position of one chain that does not follow from what stands before it; seals apart."""
    entries = Entry.objects.filter(chain=chain).order_by("position")
    return next((fault.position for fault in _chain_faults(chain, entries, _Sealed())), None)


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


def _chain_faults(chain: str, entries: Iterable[Entry], sealed: _Sealed) -> list[Fault]:
    """The first thing wrong with a chain, if any."""
    previous, position = GENESIS, 0
    for position, entry in enumerate(entries, start=1):
        fault = _entry_fault(entry, position, previous) or sealed.fault(entry)
        if fault:
            return [fault]
        previous = entry.hash
    return list(filter(None, [sealed.missing_after(chain, position)]))


def _entry_fault(entry: Entry, position: int, previous: str) -> Fault | None:
    """Whether an entry says what its hash says, and follows what stands before it."""
    if entry.position != position:
        return Fault(entry.chain, position, "entry_missing")
    if entry.book != book_of(entry.chain) or entry.hash != _hash(entry):
        return Fault(entry.chain, position, "entry_changed")
    return None if entry.previous == previous else Fault(entry.chain, position, "entry_displaced")


def _hash(entry: Entry) -> str:
    """An entry's hash; "" where it holds what no entry can."""
    try:
        return entry_hash(entry)
    except (TypeError, ValueError):
        return ""


def _read_seals(book: str | None, keys: Keys) -> tuple[list[Seal], list[Fault]]:
    """The seals that can be relied on, and what is wrong with the others."""
    seals, faults = [], []
    for entry in seal_entries(book).iterator(chunk_size=CHUNK):
        seal = read_seal(entry) if entry.kind == KIND else None
        if seal is None:
            faults.append(Fault(entry.chain, entry.position, "seal_unreadable"))
        elif seal.key not in keys:
            faults.append(Fault(entry.chain, entry.position, "seal_key", {"key": seal.key}))
        elif not seal.is_signed_by(keys):
            faults.append(Fault(entry.chain, entry.position, "seal_signature", {"key": seal.key}))
        else:
            seals.append(seal)
    return seals, faults


def _by_chain(seals: Sequence[Seal]) -> dict[str, _Sealed]:
    """For each chain that any seal names, what every seal of its book says of it."""
    named: dict[str, set[str]] = defaultdict(set)
    for seal in seals:
        named[seal.book].update(head.chain for head in seal.heads)
    found: dict[str, _Sealed] = defaultdict(_Sealed)
    for seal in seals:
        heads = {head.chain: head for head in seal.heads}
        for chain in named[seal.book]:
            head = heads.get(chain)
            found[chain].add(seal, head.position if head else 0, head.hash if head else "")
    return dict(found)


def _none_of(chain: str, seals: Sequence[Seal]) -> _Sealed:
    """A chain that no seal knows: none of its entries may be older than the newest seal of its book."""
    found = _Sealed()
    for seal in seals:
        if seal.book == book_of(chain) and chain != CHAIN + seal.book:
            found.add(seal, 0, "")
    return found
