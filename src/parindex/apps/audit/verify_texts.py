"""Whether the texts that lie beside the ledger are those that its entries have the hashes of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Exists, OuterRef

from parindex.apps.audit.faults import Fault
from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import REDACTED, book_of, text_hash


CHUNK = 500
Place = tuple[str, int]


def text_faults(book: str | None) -> Iterator[Fault]:
    """Texts that were changed, lost or added, or redacted without an entry that says so."""
    entries = Entry.objects.exclude(texts={}).order_by("chain", "position")
    if book is not None:
        entries = entries.filter(book=book)
    stream = entries.values_list("chain", "position", "texts").iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        beside = _texts_of([(chain, position) for chain, position, _ in chunk])
        for chain, position, named in chunk:
            yield from _faults_of((chain, position), named, beside[chain, position])
    yield from _left_over(book)


def _texts_of(places: Sequence[Place]) -> dict[Place, list[LedgerText]]:
    """Every text beside these entries (and perhaps beside others of the same chains)."""
    rows = LedgerText.objects.filter(
        chain__in={chain for chain, _ in places}, position__in={position for _, position in places}
    )
    found: dict[Place, list[LedgerText]] = defaultdict(list)
    for text in rows.order_by("chain", "position", "name"):
        found[text.chain, text.position].append(text)
    return found


def _faults_of(place: Place, named: dict[str, str], texts: Sequence[LedgerText]) -> Iterator[Fault]:
    """What is wrong with the texts of one entry."""
    for name in named.keys() - {text.name for text in texts}:
        yield Fault(*place, "text_missing", {"text": name})
    for text in texts:
        if text.name not in named:
            yield Fault(*place, "text_unknown", {"text": text.name})
        elif text.redacted_at is not None:
            if not _is_told(text):
                yield Fault(*place, "text_redacted", {"text": text.name})
        elif text_hash(text.salt, text.text) != named[text.name]:
            yield Fault(*place, "text_changed", {"text": text.name})


def _is_told(text: LedgerText) -> bool:
    """Whether the ledger has an entry of this redaction."""
    told = {"position": text.position, "name": text.name}
    kept = Entry.objects.filter(chain=text.chain, kind=REDACTED, position__gt=text.position)
    return any(told.items() <= payload.items() for payload in kept.values_list("payload", flat=True))


def _left_over(book: str | None) -> Iterator[Fault]:
    """Texts beside an entry that names none, or beside no entry."""
    entry = Entry.objects.filter(chain=OuterRef("chain"), position=OuterRef("position")).exclude(texts={})
    rows = LedgerText.objects.filter(~Exists(entry)).order_by("chain", "position", "name")
    if book is not None:
        rows = rows.filter(chain__contains=f":{book}")
    for chain, position, name in rows.values_list("chain", "position", "name"):
        if book in (None, book_of(chain)):
            yield Fault(chain, position, "text_unknown", {"text": name})
