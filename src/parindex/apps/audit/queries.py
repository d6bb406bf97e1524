"""What pages read of the ledger: entries by page, the texts beside them, all of a book in a portable form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import entry_said
from parindex.core.formats.canonical import canonical


PAGE = 40
CHUNK = 200
Place = tuple[str, int]  # chain, position


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty is not asked. `since` counts, `until` does not."""

    chain: str = ""
    kind: str = ""
    by: str = ""
    since: datetime | None = None
    until: datetime | None = None
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Some entries of a book, newest first. `number`: of the page, from 1, of `pages`."""

    entries: list[Entry]
    number: int
    pages: int
    total: int


def page_of_book(book: str, wanted: Wanted, *, number: int = 1) -> LedgerPage:
    """A page of a book's entries; a number beyond the last page gives the last. Two queries."""
    return _paged(_found(book, wanted), number)


def _paged(rows: QuerySet[Entry], number: int) -> LedgerPage:
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    return LedgerPage(list(rows[(number - 1) * PAGE : number * PAGE]), number, pages, total)


def entries_of_chain(book: str, wanted: Wanted) -> list[Entry]:
    """All entries found, newest first; for one chain, which is short. One query."""
    return list(_found(book, wanted))


def _found(book: str, wanted: Wanted) -> QuerySet[Entry]:
    rows: QuerySet[Entry] = Entry.objects.filter(book=book)
    asked = {"chain": wanted.chain, "kind": wanted.kind, "by": wanted.by}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    return rows.exclude(kind__in=wanted.without).order_by("-at", "-id")


def kinds_and_people(book: str) -> tuple[list[str], list[str]]:
    """Every kind of act in a book, and everybody who acted. Two queries."""
    rows = Entry.objects.filter(book=book).order_by()
    kinds, people = (sorted(rows.values_list(name, flat=True).distinct()) for name in ("kind", "by"))
    return kinds, people


def texts_beside(entries: Iterable[Entry]) -> dict[Place, dict[str, LedgerText]]:
    """What people wrote freely beside some entries, by place and name; redacted ones too. One query."""
    places = {(e.chain, e.position) for e in entries if e.texts}
    rows = LedgerText.objects.filter(
        chain__in={chain for chain, _ in places}, position__in={position for _, position in places}
    )
    found: dict[Place, dict[str, LedgerText]] = {}
    for text in rows if places else ():
        if (text.chain, text.position) in places:
            found.setdefault((text.chain, text.position), {})[text.name] = text
    return found


def page_of_chains(chains: Collection[str], wanted: Sequence[int] | None, *, number: int = 1) -> LedgerPage:
    """A page of the entries of some chains; a number beyond the last page gives the last. Two queries.

    Args:
        wanted: of the first chain only the entries with these keys; None: all of them.
    """
    first, *others = chains
    rows = Q(chain=first) if wanted is None else Q(pk__in=wanted)
    found = Entry.objects.filter(rows | Q(chain__in=others)).order_by("-at", "-id")
    return _paged(found, number)


def chain_entries(chain: str) -> list[Entry]:
    """A whole chain, which is short: the units of a territory. One query."""
    return list(Entry.objects.filter(chain=chain).order_by("position"))


def portable(book: str) -> Iterator[bytes]:
    """A whole book as lines of canonical JSON, chain by chain: every entry with what its hash is made of, and
    the texts beside it with their salts, so that anybody can compute the hashes again."""
    return _portable(Entry.objects.filter(book=book))


def portable_chains(chains: Collection[str]) -> Iterator[bytes]:
    """Some whole chains, written in the same way."""
    return _portable(Entry.objects.filter(chain__in=chains))


def _portable(entries: QuerySet[Entry]) -> Iterator[bytes]:
    for some in _batches(entries.order_by("chain", "position")):
        texts = texts_beside(some)
        for entry in some:
            yield canonical(_line(entry, texts.get((entry.chain, entry.position), {}))) + b"\n"


def _batches(entries: QuerySet[Entry]) -> Iterator[Sequence[Entry]]:
    found: list[Entry] = []
    for entry in entries.iterator(chunk_size=CHUNK):
        found.append(entry)
        if len(found) == CHUNK:
            yield found
            found = []
    if found:
        yield found


def _line(entry: Entry, texts: Mapping[str, LedgerText]) -> dict[str, Any]:
    said = {name: _said(text) for name, text in texts.items()}
    return {**entry_said(entry), "hash": entry.hash, "said": said}


def _said(text: LedgerText) -> dict[str, str]:
    if text.redacted_at is not None:
        return {"redacted_at": text.redacted_at.astimezone(UTC).isoformat(), "redacted_by": text.redacted_by}
    return {"salt": text.salt, "text": text.text}
