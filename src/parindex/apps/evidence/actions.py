"""What changes documents. Every act is one transaction and writes its entry in the unit's chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import record, redact
from parindex.apps.evidence import store
from parindex.apps.evidence.findings import content_findings
from parindex.apps.evidence.inspecting import Inspected
from parindex.apps.evidence.models import Document, StoredContent
from parindex.apps.evidence.reading import Reading
from parindex.apps.evidence.reading.letters import read_letter
from parindex.apps.evidence.recognising import recognise_waiting
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.rules import (
    TO_BE_ASKED,
    Metadata,
    check_asked,
    check_citation,
    check_length,
    check_looked_through,
    check_metadata,
    check_openable,
    check_secret,
)
from parindex.apps.notices.actions import tell
from parindex.apps.organisations.models import Unit
from parindex.apps.search.index import forget, index_text


SUBJECT = "document"
# what stands beside an entry of the ledger, not in it
TEXTS = ("title", "signer", "file_name", "where", "erased_because")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A document that was uploaded. `already`: the unit had this file under this name, and nothing was
    changed."""

    document: Document
    already: bool


def upload_document(
    *,
    unit: Unit,
    upload: Inspected,
    metadata: Metadata | None = None,
    despite: Collection[str] = (),
    supersedes: Document | None = None,
    by: str,
    at: datetime,
) -> Uploaded:
    """Keep a file as a document of a unit; the same file under the same name again is recognised.

    The bytes are on the disk before the database knows of them: a failure between leaves bytes that nobody
        can reach,
    never a document without its bytes.

    Args:
        metadata: what stands for the document until it is confirmed; None: what its layout tells.
        despite: codes of findings that a person was asked about and answered.

    Raises:
        EvidenceRefused: a finding nobody was asked about (`ask_first`), metadata that do not fit, or another
            unit's document as the one superseded.
    """
    check_asked(upload.findings, despite)
    told = (metadata or upload.proposed).cleaned()
    check_metadata(told)
    _check_supersedes(unit, supersedes)
    standing = _same_file(unit, upload)
    if standing is not None:
        return Uploaded(standing, already=True)
    store.put(upload.file, upload.sha256)
    try:
        return Uploaded(_keep(unit, upload, told, supersedes=supersedes, by=by, at=at), already=False)
    except IntegrityError:
        # at the same moment somebody else uploaded the same, or erased the last document that had this
        # content
        standing = _same_file(unit, upload)
        if standing is not None:
            return Uploaded(standing, already=True)
        return Uploaded(_keep(unit, upload, told, supersedes=supersedes, by=by, at=at), already=False)


@transaction.atomic
def cite_document(
    *,
    unit: Unit,
    metadata: Metadata,
    link: str = "",
    where: str = "",
    supersedes: Document | None = None,
    by: str,
    at: datetime,
) -> Document:
    """Keep a reference to a document whose file is not in the store. What a person typed is confirmed by it.

    Raises:
        EvidenceRefused: too little is said to find it, or a link that is none.
    """
    told = metadata.cleaned()
    check_citation(told, link.strip())
    check_length("where", where.strip())
    _check_supersedes(unit, supersedes)
    document = Document(
        unit=unit, kind=Document.Kind.CITED, link=link.strip(), where=where.strip(), supersedes=supersedes
    )
    return _add(document, told, kind="document.cited", by=by, at=at, confirmed=True)


@transaction.atomic
def cite_secret(*, unit: Unit, metadata: Metadata, where: str, by: str, at: datetime) -> Document:
    """Record that a state-secret document exists (tài liệu mật): number, date, and where it may be seen.

    Raises:
        EvidenceRefused: one of these is missing, or a title is given.
    """
    told = metadata.cleaned()
    check_secret(told, where.strip())
    document = Document(unit=unit, kind=Document.Kind.SECRET, where=where.strip())
    return _add(document, told, kind="document.secret_cited", by=by, at=at, confirmed=True)


@transaction.atomic
def confirm_metadata(*, document: Document, metadata: Metadata, by: str, at: datetime) -> Document:
    """A person says what the document's number, date, issuing body, signer and title are.

    Raises:
        EvidenceRefused: a text that does not fit, too little for a document without a file, or an erased
            document.
    """
    told = metadata.cleaned()
    kept = Document.objects.select_for_update().get(pk=document.pk)
    _check_standing(kept)
    check_metadata(told)
    if kept.kind == Document.Kind.CITED:
        check_citation(told, kept.link)
    elif kept.kind == Document.Kind.SECRET:
        check_secret(told, kept.where)
    before = _told(kept)
    _tell(kept, told)
    kept.confirmed_by, kept.confirmed_at = by, at
    kept.save()
    _index(kept)
    payload = {"v": 1, "before": before, "after": _told(kept)}
    _record(kept, "document.confirmed", payload, by=by, at=at)
    return kept


@transaction.atomic
def keep_recognised(*, document: Document, reading: Reading, by: str, at: datetime) -> Document:
    """Keep what was recognised in a scan that waited for it, and propose what its layout tells where nobody
    has said anything of the document. Whoever uploaded it hears of what they would have been asked about.

    A document that does not wait (any more) stays as it is.
    """
    kept = Document.objects.select_for_update().get(pk=document.pk)
    if kept.erased or not kept.waits:
        return kept
    kept.text, kept.text_from = reading.text, reading.source
    before = _told(kept)
    if not kept.confirmed and not any((*before.values(), kept.title, kept.signer)):
        _tell(kept, read_letter(reading.text))
    kept.save()
    _index(kept)
    found = [f for f in content_findings(reading, "") if f.code in TO_BE_ASKED]
    payload = {"v": 1, "before": before, "after": _told(kept), "findings": [f.code for f in found]}
    _record(kept, "document.recognised", payload, by=by, at=at)
    whose = {"document": kept.label, "unit": kept.unit.name_vi, "unit_en": kept.unit.name_en}
    for finding in found:
        data = {**whose, **{name: str(value) for name, value in finding.data.items()}}
        tell(to=[kept.uploaded_by], kind=f"scan_{finding.code}", data=data, at=at)
    return kept


def recognise_scans(*, by: str, at: datetime) -> int:
    """Recognise scans that could not be when they were uploaded; how many."""
    return recognise_waiting(
        lambda document, reading: keep_recognised(document=document, reading=reading, by=by, at=at)
    )


@transaction.atomic
def make_public(
    *, document: Document, checked: bool, despite: Collection[str] = (), by: str, at: datetime
) -> Document:
    """Let everybody read a document, wherever a publication shows documents and it stands behind a ruling.

    Args:
        checked: a person says that they looked through it. `despite`: doubts that they looked into.

    Raises:
        EvidenceRefused: what `check_openable` and `check_looked_through` raise.
    """
    kept = Document.objects.select_for_update().get(pk=document.pk)
    check_openable(kept)
    check_looked_through(kept, checked=checked, despite=despite)
    kept.public_by, kept.public_at = by, at
    kept.save(update_fields=["public_by", "public_at"])
    _record(kept, "document.opened", {"v": 1, "sha256": kept.sha256}, by=by, at=at)
    return kept


@transaction.atomic
def take_from_public(*, document: Document, by: str, at: datetime) -> Document:
    """A document is its unit's own again; who fetched it meanwhile has it.

    Raises:
        EvidenceRefused: it was not public.
    """
    kept = Document.objects.select_for_update().get(pk=document.pk)
    if not kept.public:
        raise EvidenceRefused("not_public", document=kept.label)
    kept.public_by, kept.public_at = "", None
    kept.save(update_fields=["public_by", "public_at"])
    _record(kept, "document.closed", {"v": 1, "sha256": kept.sha256}, by=by, at=at)
    return kept


@transaction.atomic
def erase_document(*, document: Document, reason: str, by: str, at: datetime) -> Document:
    """Take away a document's content, text and title, as for one that should never have been stored.

    What remains is that it was there: its hash in the ledger, who erased it, when and why. Bytes that other
        documents share
    stay.

    Raises:
        EvidenceRefused: no reason, or erased before.
    """
    kept = Document.objects.select_for_update().get(pk=document.pk)
    _check_standing(kept)
    said = " ".join(reason.split())
    check_length("reason", said)
    if not said:
        raise EvidenceRefused("erase_needs_reason")
    content = StoredContent.objects.select_for_update().filter(documents=kept.pk).first()
    kept.content, kept.text, kept.text_from, kept.title, kept.file_name, kept.link = None, "", "", "", "", ""
    kept.erased_by, kept.erased_at, kept.erased_because = by, at, said
    kept.public_by, kept.public_at = "", None
    kept.save()
    forget(kind=SUBJECT, subject=kept.key)
    if content is not None and not Document.objects.filter(content=content).exists():
        sha256 = content.sha256
        content.delete()
        transaction.on_commit(lambda: _remove_unless_back(sha256, at))
    _redact_texts(kept, said, by=by, at=at)
    payload = {"v": 1, "sha256": content.sha256 if content else ""}
    _record(kept, "document.erased", payload, by=by, at=at)
    return kept


def chain_of(unit: Unit) -> str:
    """The ledger's chain of a unit's documents: codes from the territory down."""
    codes, here = [unit.code], unit.parent
    while here is not None:
        codes.append(here.code)
        here = here.parent
    return "evidence:" + "/".join(reversed(codes))


def _same_file(unit: Unit, upload: Inspected) -> Document | None:
    return Document.objects.filter(unit=unit, content__sha256=upload.sha256, file_name=upload.name).first()


@transaction.atomic
def _keep(
    unit: Unit, upload: Inspected, told: Metadata, *, supersedes: Document | None, by: str, at: datetime
) -> Document:
    content, _ = StoredContent.objects.get_or_create(
        sha256=upload.sha256,
        defaults={"size": upload.size, "media_type": upload.type.media_type, "stored_at": at},
    )
    if not store.holds(upload.sha256):
        store.put(upload.file, upload.sha256)
    document = Document(
        unit=unit, kind=Document.Kind.FILE, content=content, file_name=upload.name, supersedes=supersedes
    )
    document.text, document.text_from = upload.reading.text, upload.reading.source
    if upload.reading.waits:
        document.text_from = Document.TextFrom.WAITS
    more = {
        "sha256": content.sha256,
        "size": content.size,
        "media_type": content.media_type,
        "findings": [f.code for f in upload.findings],
    }
    return _add(document, told, kind="document.uploaded", by=by, at=at, more=more)


def _add(
    document: Document,
    told: Metadata,
    *,
    kind: str,
    by: str,
    at: datetime,
    confirmed: bool = False,
    more: Mapping[str, object] | None = None,
) -> Document:
    """Save a new document, make it findable, and write the entry."""
    _tell(document, told)
    document.uploaded_by, document.uploaded_at = by, at
    if confirmed:
        document.confirmed_by, document.confirmed_at = by, at
    document.save()
    _index(document)
    older = document.supersedes
    payload = {
        "v": 1,
        **_told(document),
        "link": document.link,
        "supersedes": older.key if older else "",
        **(more or {}),
    }
    _record(document, kind, payload, by=by, at=at)
    return document


def _tell(document: Document, told: Metadata) -> None:
    document.number, document.issued_on, document.title = told.number, told.issued_on, told.title
    document.issuer, document.signer = told.issuer, told.signer


def _told(document: Document) -> dict[str, object]:
    """What a document says of itself, as the ledger keeps it."""
    return {
        "number": document.number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "issuer": document.issuer,
    }


def _record(document: Document, kind: str, payload: Mapping[str, object], *, by: str, at: datetime) -> None:
    """Write an entry; what names people or was written freely lies beside it, and can be redacted."""
    texts = {name: getattr(document, name) for name in TEXTS}
    record(
        chain=chain_of(document.unit),
        kind=kind,
        subject=document.key,
        payload=payload,
        texts=texts,
        by=by,
        at=at,
    )


def _redact_texts(document: Document, ground: str, *, by: str, at: datetime) -> None:
    """Take what was said of a document out of its earlier entries too."""
    for entry in Entry.objects.filter(chain=chain_of(document.unit), subject=document.key):
        standing = LedgerText.objects.filter(
            chain=entry.chain, position=entry.position, redacted_at__isnull=True
        )
        for name in standing.values_list("name", flat=True):
            if name in TEXTS:
                redact(entry=entry, name=name, ground=ground, by=by, at=at)


def _index(document: Document) -> None:
    """Make a document findable by its number, title, file name, issuing body, signer and text."""
    title = " ".join(filter(None, (document.number, document.title, document.file_name)))
    text = " ".join((document.issuer, document.signer, document.where, document.text))
    index_text(kind=SUBJECT, subject=document.key, unit=document.unit_id, title=title, text=text)


def _check_standing(document: Document) -> None:
    if document.erased:
        raise EvidenceRefused("document_erased")


def _check_supersedes(unit: Unit, older: Document | None) -> None:
    if older is not None and older.unit_id != unit.pk:
        raise EvidenceRefused("supersedes_other_unit", document=older.label)


def _remove_unless_back(sha256: str, at: datetime) -> None:
    """Remove bytes from the storage, unless they were uploaded again in the meantime.

    A row of that hash stands while they are removed, so that who uploads them now waits, and then looks
    again.
    """
    with transaction.atomic():
        row, ours = StoredContent.objects.get_or_create(
            sha256=sha256, defaults={"size": 0, "media_type": "", "stored_at": at}
        )
        if ours:
            store.remove(sha256)
            row.delete()
