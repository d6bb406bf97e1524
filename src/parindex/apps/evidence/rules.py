"""What must hold before a document is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlsplit

from parindex.apps.evidence.marks import citizen_ids, secrecy_mark
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.refusals import EvidenceRefused, Finding
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself. `number`: number and notation, as in ``74/KH-SVHTTDL``."""

    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    title: str = ""

    def cleaned(self) -> Metadata:
        """Without blanks at the ends and line breaks within."""
        return Metadata(
            number=" ".join(self.number.split()),
            issued_on=self.issued_on,
            issuer=" ".join(self.issuer.split()),
            signer=" ".join(self.signer.split()),
            title=" ".join(self.title.split()),
        )


FIELDS = {
    "number": (100, Text("Số, ký hiệu", "The number")),
    "issuer": (300, Text("Cơ quan ban hành", "The issuing body")),
    "signer": (200, Text("Người ký", "The signer")),
    "title": (1000, Text("Trích yếu", "The title")),
    "link": (1000, Text("Đường dẫn", "The link")),
    "where": (500, Text("Nơi xem tài liệu", "The place to see it")),
    "reason": (1000, Text("Lý do", "The reason")),
}


# a person must have said that these do not stand against keeping a file
TO_BE_ASKED = frozenset({"secrecy_mark", "citizen_ids"})


def check_asked(findings: Iterable[Finding], despite: Collection[str]) -> None:
    """Whoever uploads was asked about every finding that needs it.

    Raises:
        EvidenceRefused: somebody was not; its data name the codes.
    """
    unasked = tuple(f.code for f in findings if f.code in TO_BE_ASKED and f.code not in despite)
    if unasked:
        raise EvidenceRefused("ask_first", codes=unasked)


def check_metadata(metadata: Metadata) -> None:
    """Everything fits its place.

    Raises:
        EvidenceRefused: a text that is too long.
    """
    for field in fields(metadata):
        if field.name in FIELDS:
            check_length(field.name, getattr(metadata, field.name))


def check_length(field: str, value: str) -> None:
    """A text fits its place.

    Raises:
        EvidenceRefused: it does not.
    """
    limit, name = FIELDS[field]
    if len(value) > limit:
        raise EvidenceRefused("document_field_too_long", field=name, limit=limit)


def check_citation(metadata: Metadata, link: str) -> None:
    """A document without a file can be found by what is said of it: number and date, or title and link.

    Raises:
        EvidenceRefused: it cannot, or its link is not a web address.
    """
    check_metadata(metadata)
    check_length("link", link)
    if link and (urlsplit(link).scheme not in {"http", "https"} or not urlsplit(link).hostname):
        raise EvidenceRefused("link_unusable", link=link[:100])
    by_number = metadata.number and metadata.issued_on
    if not (by_number or (metadata.title and link)):
        raise EvidenceRefused("citation_unfindable")


def check_secret(metadata: Metadata, where: str) -> None:
    """A state secret is told by number, date and where it may be seen; by nothing else.

    Raises:
        EvidenceRefused: one of them is missing, or more is told.
    """
    check_metadata(metadata)
    check_length("where", where)
    if not (metadata.number and metadata.issued_on and where):
        raise EvidenceRefused("secret_unfindable")
    if metadata.title:
        raise EvidenceRefused("secret_title")


IDS = "citizen_ids"
"""The doubt about a document that its unit may overrule when it makes it public."""


def check_openable(document: Document) -> None:
    """A document is one that everybody may be allowed to read.

    Raises:
        EvidenceRefused: a state secret, erased, nobody confirmed what it says, it bears a mark of secrecy, or
            it is public already.
    """
    if document.kind == Document.Kind.SECRET:
        raise EvidenceRefused("public_secret")
    if document.erased:
        raise EvidenceRefused("document_erased")
    if document.public:
        raise EvidenceRefused("public_already", document=document.label)
    if not document.confirmed:
        raise EvidenceRefused("public_unconfirmed")
    mark = secrecy_mark(document.text)
    if mark:
        raise EvidenceRefused("public_marked", mark=mark)


def check_looked_through(document: Document, *, checked: bool, despite: Collection[str]) -> None:
    """A person looked through a document before everybody may.

    Raises:
        EvidenceRefused: nobody says so, or it holds what looks like numbers of identity cards and nobody says
            that they may be read.
    """
    if not checked:
        raise EvidenceRefused("public_unchecked")
    numbers = citizen_ids(document.text)
    if numbers and IDS not in despite:
        raise EvidenceRefused("public_ids", count=len(numbers), example=numbers[0][:4] + "…")
