"""What can be wrong with the ledger, as data; `parindex.core.wording.ledger` has the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parindex.apps.audit.seals import Seal


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of the ledger.

    Attributes:
        code: ``entry_changed``, ``entry_missing``, ``entry_displaced``, ``entry_backdated``,
            ``text_changed``, ``text_missing``, ``text_unknown``, ``text_redacted``, ``sealed_changed``,
            ``sealed_missing``, ``seal_unreadable``, ``seal_key``, ``seal_signature``; of a file also
            ``line_unreadable``, with no chain and the line as its position.
        data: what its sentence needs: ``text``, a text's name; ``seal``, a seal's place; ``key``, its name.
    """

    chain: str
    position: int
    code: str
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """``chain#position``."""
        return f"{self.chain}#{self.position}"


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was read, the seals that hold, and the first fault of each chain that has one."""

    entries: int
    chains: int
    seals: Sequence[Seal]
    faults: Sequence[Fault]


def first_of_each_chain(faults: Iterable[Fault]) -> list[Fault]:
    """The fault nearest to each chain's beginning; what follows from it would only hide it."""
    found: dict[str, Fault] = {}
    for fault in faults:
        if fault.chain not in found or fault.position < found[fault.chain].position:
            found[fault.chain] = fault
    return sorted(found.values(), key=lambda fault: fault.chain)
