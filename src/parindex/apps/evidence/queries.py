"""What pages read of documents. The text of documents is never loaded by a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from parindex.apps.evidence import store
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.refusals import EvidenceRefused, Finding
from parindex.apps.organisations.models import Unit
from parindex.apps.search.index import matching


PAGE = 50
SHOWN = 5


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of a unit's documents, newest first (with a query: those with all words in the title first).

    Attributes:
        number: of the page, from 1.
        pages: how many there are, at least 1.
        total: of documents.
    """

    documents: list[Document]
    number: int
    pages: int
    total: int


def documents_of(unit: Unit, *, query: str = "", page: int = 1, size: int = PAGE) -> DocumentPage:
    """A page of a unit's documents; a number beyond the last page gives the last."""
    rows = Document.objects.filter(unit=unit, erased_at__isnull=True)
    if query.strip():
        return _searched(unit, query, page=page, size=size)
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(max(page, 1), pages)
    found = rows.select_related("content").defer("text")[(number - 1) * size : number * size]
    return DocumentPage(list(found), number, pages, total)


def _searched(unit: Unit, query: str, *, page: int, size: int) -> DocumentPage:
    """The same in the order of the search."""
    keys = matching(query, units=[unit.pk], kind="document").values_list("subject", flat=True)
    total = keys.count()
    pages = max(1, -(-total // size))
    number = min(max(page, 1), pages)
    wanted = list(keys[(number - 1) * size : number * size])
    rows = Document.objects.filter(key__in=wanted).select_related("content").defer("text")
    by_key = {d.key: d for d in rows}
    return DocumentPage([by_key[k] for k in wanted], number, pages, total)


def document_by_key(key: str, *, units: Collection[int]) -> Document | None:
    """One document, if it is one of these units'; with its unit and content, and without its text."""
    rows = Document.objects.select_related("unit", "content", "supersedes").defer("text", "supersedes__text")
    return rows.filter(key=key, unit__in=units).first()


def labels_of(keys: Collection[str]) -> dict[str, str]:
    """Documents in one line each, by key. One query."""
    rows = Document.objects.filter(key__in=set(keys)).defer("text")
    return {d.key: d.label for d in rows} if keys else {}


def open_document(document: Document) -> BinaryIO:
    """The bytes of a document, proved by their hash.

    Raises:
        EvidenceRefused: there is no file, or it is missing or damaged in the storage.
    """
    if document.content is None:
        raise EvidenceRefused("document_without_file", document=document.label)
    return store.open_content(document.content.sha256)


def duplicate_findings(
    *, unit: Unit, sha256: str = "", name: str = "", number: str = "", apart_from: Document | None = None
) -> list[Finding]:
    """Other documents that look like this one: its content under another name or at another unit, or its
    number with another content. Two queries."""
    others = Document.objects.filter(erased_at__isnull=True)
    if apart_from is not None:
        others = others.exclude(pk=apart_from.pk)
    found = []
    if sha256:
        same = (
            others.filter(content__sha256=sha256).select_related("unit").defer("text").order_by("id")[:SHOWN]
        )
        found += [_same_content(unit, document, name) for document in same if _differs(unit, document, name)]
    if number:
        numbered = others.filter(unit=unit, kind=Document.Kind.FILE, number__iexact=number)
        if sha256:
            numbered = numbered.exclude(content__sha256=sha256)
        found += [_same_number(d) for d in numbered.defer("text").order_by("id")[:SHOWN]]
    return found


def duplicates_among(unit: Unit, files: Mapping[str, tuple[str, str]]) -> dict[str, list[Finding]]:
    """The same as `duplicate_findings` for many files at once, by SHA-256. Two queries.

    Args:
        files: by SHA-256 the name of each and the number that it bears, empty where none is read.
    """
    found: dict[str, list[Finding]] = {}
    others = Document.objects.filter(erased_at__isnull=True).defer("text").order_by("id")
    same = others.filter(content__sha256__in=set(files)).select_related("unit", "content")
    for document in same:
        sha256, here = document.sha256, found.setdefault(document.sha256, [])
        name = files[sha256][0]
        if len(here) < SHOWN and _differs(unit, document, name):
            here.append(_same_content(unit, document, name))
    numbers = {number for _, number in files.values() if number}
    numbered = others.filter(unit=unit, kind=Document.Kind.FILE, number__in=numbers)
    for document in numbered.select_related("content"):
        for sha256, (_, number) in files.items():
            if number == document.number and sha256 != document.sha256:
                found.setdefault(sha256, []).append(_same_number(document))
    return found


def _same_number(other: Document) -> Finding:
    """The unit has another file with this number."""
    return Finding("same_number", {"number": other.number, "other": other.file_name or other.label})


def _differs(unit: Unit, document: Document, name: str) -> bool:
    return document.unit_id != unit.pk or document.file_name != name


def _same_content(unit: Unit, document: Document, name: str) -> Finding:
    if document.unit_id != unit.pk:
        return Finding("same_content_elsewhere", {"unit": document.unit.name})
    return Finding("same_content", {"name": name, "other": document.file_name})
