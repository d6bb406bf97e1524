"""Entries of a ledger as lines of JSON: what each one's hash is made of, and whether their chains hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parindex.core.formats.canonical import digest


GENESIS = "0" * 64
HASHED = ("chain", "position", "kind", "subject", "payload", "texts", "by", "at", "previous")
NOTHING_YET = (0, GENESIS)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing wrong with a chain: its line, counted from 1 (0: none), its place, and a code."""

    line: int
    place: str
    code: str


def hash_of(entry: Mapping[str, Any]) -> str:
    """SHA-256 over everything an entry says and the hash before it. Raises as `canonical`, and KeyError."""
    return digest([entry[name] for name in HASHED])


def line_hash(entry: Mapping[str, Any]) -> str:
    """The same of a line that somebody sent; "" where it holds what no entry can."""
    try:
        return hash_of(entry)
    except (KeyError, TypeError, ValueError):
        return ""


def broken_lines(content: bytes, heads: Mapping[str, Any]) -> Iterator[Broken]:
    """What is wrong with an extract of a ledger: the first thing of each chain.

    Args:
        heads: the last entry of each chain, ``chain -> [position, hash]``.
    """
    last: dict[str, tuple[int, str]] = {}
    broken: set[str] = set()
    for number, text in enumerate(content.splitlines(), start=1):
        entry = _entry(text)
        if entry is None:
            yield Broken(number, "", "ledger_unreadable")
        elif (chain := entry["chain"]) not in broken:
            code = _wrong(entry, *last.get(chain, NOTHING_YET))
            last[chain] = (entry["position"], entry["hash"])
            if code:
                broken.add(chain)
                yield Broken(number, f"{chain}#{entry['position']}", code)
    for chain in sorted((heads.keys() | last.keys()) - broken):
        if list(last.get(chain, NOTHING_YET)) != heads.get(chain):
            yield Broken(0, chain, "ledger_head")


def _entry(text: bytes) -> Mapping[str, Any] | None:
    """A line as an entry; None where it is none."""
    try:
        entry = json.loads(text)
        is_entry = isinstance(entry["chain"], str) and isinstance(entry["position"], int) and entry["hash"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return entry if is_entry else None


def _wrong(entry: Mapping[str, Any], position: int, previous: str) -> str:
    """Whether an entry says what its hash says, and follows what stands before it."""
    if entry["position"] != position + 1:
        return "ledger_missing"
    if line_hash(entry) != entry["hash"]:
        return "ledger_changed"
    return "" if entry["previous"] == previous else "ledger_displaced"
