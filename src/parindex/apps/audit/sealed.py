"""What the seals say of each chain: the positions and hashes that were signed, and what they do not know."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from parindex.apps.audit.faults import Fault
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import book_of
from parindex.apps.audit.seals import CHAIN, KIND, Seal, read_seal
from parindex.apps.audit.signing import Keys


UNDER_WAY = timedelta(minutes=10)


@dataclass(slots=True)
class Sealed:
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


def trusted(entries: Iterable[Entry], keys: Keys) -> tuple[list[Seal], list[Fault]]:
    """Of the entries of seals' chains, the oldest first: the seals that can be relied on, and what is wrong
    with the others."""
    seals, faults = [], []
    for entry in entries:
        seal = read_seal(entry) if entry.kind == KIND else None
        if seal is None:
            faults.append(Fault(entry.chain, entry.position, "seal_unreadable"))
        elif seal.key not in keys:
            faults.append(Fault(entry.chain, entry.position, "seal_key", {"key": seal.key}))
        elif not seal.is_signed_by(keys):
            faults.append(Fault(entry.chain, entry.position, "seal_signature", {"key": seal.key}))
        else:
            seals.append(seal)
    return _without_leaked(seals, faults, getattr(keys, "leaked", {}))


def _without_leaked(
    seals: list[Seal], faults: list[Fault], leaked: Mapping[str, str]
) -> tuple[list[Seal], list[Fault]]:
    """A seal of a key that others may have holds only where a later one, of another key, vouches for it."""
    vouched = {seal.book: seal.number for seal in seals if seal.key not in leaked}
    lost = [s for s in seals if s.key in leaked and s.number > vouched.get(s.book, 0)]
    faults = [*faults, *(Fault(CHAIN + s.book, s.number, "seal_leaked", {"key": s.key}) for s in lost)]
    return [seal for seal in seals if seal not in lost], faults


def by_chain(seals: Sequence[Seal]) -> dict[str, Sealed]:
    """For each chain that any seal names, what every seal of its book says of it."""
    named: dict[str, set[str]] = defaultdict(set)
    for seal in seals:
        named[seal.book].update(head.chain for head in seal.heads)
    found: dict[str, Sealed] = defaultdict(Sealed)
    for seal in seals:
        heads = {head.chain: head for head in seal.heads}
        for chain in named[seal.book]:
            head = heads.get(chain)
            found[chain].add(seal, head.position if head else 0, head.hash if head else "")
    return dict(found)


def unknown_to(chain: str, seals: Sequence[Seal]) -> Sealed:
    """A chain that no seal knows: none of its entries may be older than the newest seal of its book."""
    found = Sealed()
    for seal in seals:
        if seal.book == book_of(chain) and chain != CHAIN + seal.book:
            found.add(seal, 0, "")
    return found
