"""A ledger fetched as a file (an entry a line, as `queries.portable` writes it) verified without a database.

The same is asked of it as of the ledger itself: every entry's hash and what it follows, the texts beside it,
the seals and their signatures. What is no line of a ledger is a fault of its own, and names its line.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from parindex.apps.audit.faults import Fault, Verified, first_of_each_chain
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import REDACTED, book_of, text_hash
from parindex.apps.audit.sealed import Sealed, by_chain, trusted, unknown_to
from parindex.apps.audit.seals import CHAIN, Seal
from parindex.apps.audit.signing import Keys
from parindex.apps.audit.walking import chain_fault


TEXTS = ("chain", "kind", "subject", "by", "at", "previous", "hash")
NAMES = {*TEXTS, "position", "payload", "texts", "said"}
KEPT, GONE = {"salt", "text"}, {"redacted_at", "redacted_by"}
Said = Mapping[str, Mapping[str, str]]


class NotALedger(Exception):  # noqa: N818  says what is the matter, as the refusals do
    """The file holds no entry of a ledger at all, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the number of its line, and the texts beside it."""

    number: int
    entry: Entry
    said: Said


@dataclass(frozen=True, slots=True)
class FileVerified:
    """What came of a file.

    Attributes:
        lines: by chain and position, the line that holds the entry.
        unsealed: how many entries come after the newest seal of their book, or have none: by their hashes
            alone they hold.
    """

    found: Verified
    lines: Mapping[tuple[str, int], int]
    unsealed: int


@dataclass(slots=True)
class _Chain:
    """What a first reading learns of a chain.

    Attributes:
        lines: by position, its line. `redactions`: by position and name of a text, when and by whom.
        stray, twice: the first position that stands apart from the chain's others, or stands there again.
    """

    lines: dict[int, int] = field(default_factory=dict)
    redactions: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    stray: int | None = None
    twice: int | None = None


def verify_file(path: Path, keys: Keys) -> FileVerified:
    """Read a file twice: what there is, then whether it holds.

    Raises:
        NotALedger: no line of it is an entry.
    """
    chains, sealing, faults = _survey(path)
    if not chains:
        raise NotALedger(str(path))
    seals, seal_faults = trusted(sealing, keys)
    known = by_chain(seals)
    faults += seal_faults
    faults += _Walk(chains, known, seals).faults(_lines(path))
    for chain in known.keys() - chains.keys():
        faults += filter(None, [known[chain].missing_after(chain, 0)])
    entries = sum(len(chain.lines) for chain in chains.values())
    found = Verified(entries, len(chains), seals, first_of_each_chain(faults))
    lines = {(name, position): line for name, c in chains.items() for position, line in c.lines.items()}
    return FileVerified(found, lines, sum(_unsealed(name, c, seals) for name, c in chains.items()))


def _survey(path: Path) -> tuple[dict[str, _Chain], list[Entry], list[Fault]]:
    """Every chain of the file, the entries of its seals, and what is no line of a ledger."""
    chains: dict[str, _Chain] = defaultdict(_Chain)
    sealing, faults, last = [], [], ""
    for number, line in _lines(path):
        if line is None:
            faults.append(Fault("", number, "line_unreadable", {"line": str(number)}))
            continue
        entry = line.entry
        is_back = entry.chain in chains and last != entry.chain
        chain, last = chains[entry.chain], entry.chain
        if is_back and chain.stray is None:
            chain.stray = entry.position
        if entry.position in chain.lines and chain.twice is None:
            chain.twice = entry.position
        chain.lines.setdefault(entry.position, number)
        if entry.kind == REDACTED:
            _redaction(chain, entry)
        if entry.chain.startswith(CHAIN):
            sealing.append(entry)
    return dict(chains), sealing, faults


def _redaction(chain: _Chain, entry: Entry) -> None:
    """What an entry of a redaction tells: which text, when and by whom."""
    position, name = entry.payload.get("position"), entry.payload.get("name")
    if isinstance(position, int) and isinstance(name, str):
        chain.redactions[position, name] = entry.at.isoformat(), entry.by


@dataclass(frozen=True, slots=True)
class _Walk:
    """The chains of a file against what the seals say of them."""

    chains: Mapping[str, _Chain]
    known: Mapping[str, Sealed]
    seals: Sequence[Seal]

    def faults(self, lines: Iterator[tuple[int, Line | None]]) -> Iterator[Fault]:
        """The first thing wrong with each chain, and with the texts beside its entries."""
        entries = (line for _, line in lines if line is not None)
        for name, together in groupby(entries, key=lambda line: line.entry.chain):
            yield from self._of_chain(name, list(together))

    def _of_chain(self, name: str, lines: Sequence[Line]) -> Iterator[Fault]:
        """Of a chain whose lines stand together; of a part of one whose lines do not, only that."""
        chain = self.chains[name]
        if chain.stray is not None:
            yield Fault(name, chain.stray, "entry_displaced")
            return
        sealed = self.known[name] if name in self.known else unknown_to(name, self.seals)
        fault = chain_fault(name, (line.entry for line in lines), sealed)
        if fault is not None and fault.code == "entry_missing" and fault.position in chain.lines:
            fault = Fault(name, fault.position, "entry_displaced")
        if fault is not None:
            yield fault
        if chain.twice is not None:
            yield Fault(name, chain.twice, "entry_displaced")
        for line in lines:
            yield from _text_faults(line, chain)


def _text_faults(line: Line, chain: _Chain) -> Iterator[Fault]:
    """Texts that are not those whose hashes the entry holds, or are gone without a redaction that says so."""
    entry = line.entry
    place = entry.chain, entry.position
    for name in sorted(entry.texts.keys() | line.said.keys()):
        data, said = {"text": name}, line.said.get(name)
        if said is None:
            yield Fault(*place, "text_missing", data)
        elif name not in entry.texts:
            yield Fault(*place, "text_unknown", data)
        elif said.keys() == GONE:
            if chain.redactions.get((entry.position, name)) != (said["redacted_at"], said["redacted_by"]):
                yield Fault(*place, "text_redacted", data)
        elif text_hash(said["salt"], said["text"]) != entry.texts[name]:
            yield Fault(*place, "text_changed", data)


def _unsealed(name: str, chain: _Chain, seals: Sequence[Seal]) -> int:
    """How many entries of a chain no seal has signed; of the seals' own chain, none."""
    if name.startswith(CHAIN):
        return 0
    book = book_of(name)
    signed = max(
        (head.position for s in seals if s.book == book for head in s.heads if head.chain == name), default=0
    )
    return sum(position > signed for position in chain.lines)


def _lines(path: Path) -> Iterator[tuple[int, Line | None]]:
    """Every line with its number; None for what is no entry. Empty lines are left out."""
    try:
        with path.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                if raw.strip():
                    yield number, _read(number, raw)
    except OSError as error:
        raise NotALedger(str(path)) from error


def _read(number: int, raw: bytes) -> Line | None:
    """A line as it was written; None where it is not one."""
    try:
        said = json.loads(raw, object_pairs_hook=_unique, parse_float=_refuse, parse_constant=_refuse)
        return Line(number, _entry(said), _beside(said["said"]))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None


def _entry(said: Mapping[str, Any]) -> Entry:
    """The entry of a line. Raises KeyError, TypeError, ValueError where it is none."""
    if not isinstance(said, dict) or said.keys() != NAMES or not all(type(said[k]) is str for k in TEXTS):
        raise ValueError("no entry")
    if type(said["position"]) is not int or not isinstance(said["payload"], dict):
        raise ValueError("no entry")
    if not all(type(digest) is str for digest in said["texts"].values()):
        raise ValueError("no entry")
    at = datetime.fromisoformat(said["at"])
    if at.astimezone(UTC).isoformat() != said["at"]:
        raise ValueError("written otherwise than the ledger writes it")
    fields = {k: said[k] for k in NAMES - {"said", "at"}}
    return Entry(**fields, at=at, book=book_of(said["chain"]))


def _beside(said: Mapping[str, Any]) -> Said:
    """The texts of a line. Raises TypeError, ValueError, AttributeError where they are none."""
    for text in said.values():
        if text.keys() not in (KEPT, GONE) or not all(type(value) is str for value in text.values()):
            raise ValueError("no texts")
    return said


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless it says something twice: one of them would be hidden."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("said twice")
    return found


def _refuse(text: str) -> Any:
    raise ValueError(text)
