"""Documents without files: cited, or secret; and what a person confirms."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from small_round import ACT

from parindex.apps.audit.models import Entry
from parindex.apps.evidence import actions
from parindex.apps.evidence.actions import cite_document, cite_secret, confirm_metadata
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import documents_of, open_document
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.rules import Metadata


PLAN = Metadata(
    "74/KH-SM", date(2024, 1, 9), "Sở Một", "Nguyễn Văn Bình", "Kế hoạch cải cách hành chính năm 2024"
)
SECRET = Metadata("12/BC-SM", date(2024, 3, 1))


def test_a_document_is_cited_without_its_file(desk):
    """By number and date, confirmed by who typed it."""
    document = cite_document(unit=desk.unit, metadata=PLAN, link="https://sm.example.vn/74", **ACT)
    assert (document.kind, document.has_file, document.confirmed) == ("cited", False, True)
    assert document.label == "74/KH-SM"
    assert Entry.objects.filter(kind="document.cited").latest("id").payload["issued_on"] == "2024-01-09"
    with pytest.raises(EvidenceRefused) as refusal:
        open_document(document)
    assert refusal.value.code == "document_without_file"


@pytest.mark.parametrize(
    ("metadata", "link", "code"),
    [
        (Metadata(), "", "citation_unfindable"),
        (Metadata(number="1/KH"), "", "citation_unfindable"),
        (Metadata(title="Tin bài"), "", "citation_unfindable"),
        (Metadata(title="Tin bài"), "javascript:alert(1)", "link_unusable"),
        (Metadata(title="Tin bài"), "file:///etc/passwd", "link_unusable"),
        (Metadata(title="Tin bài"), "https://", "link_unusable"),
        (Metadata(number="1" * 101, issued_on=date(2024, 1, 1)), "", "document_field_too_long"),
        (Metadata(title="x" * 1001), "https://a.vn", "document_field_too_long"),
    ],
)
def test_a_citation_that_leads_nowhere_is_refused(desk, metadata, link, code):
    with pytest.raises(EvidenceRefused) as refusal:
        cite_document(unit=desk.unit, metadata=metadata, link=link, **ACT)
    assert refusal.value.code == code
    assert Document.objects.filter(unit__parent__code="tinh-thu").count() == 0


def test_a_secret_document_is_number_date_and_place(desk):
    """And nothing else: not a title, not a file."""
    document = cite_secret(unit=desk.unit, metadata=SECRET, where="Văn thư Sở Một", **ACT)
    assert (document.kind, document.title, document.text, document.has_file) == ("secret", "", "", False)
    for metadata, where, code in (
        (SECRET, "", "secret_unfindable"),
        (Metadata("12/BC-SM"), "Văn thư", "secret_unfindable"),
        (Metadata("12/BC-SM", date(2024, 3, 1), title="Về việc…"), "Văn thư", "secret_title"),
    ):
        with pytest.raises(EvidenceRefused) as refusal:
            cite_secret(unit=desk.unit, metadata=metadata, where=where, **ACT)
        assert refusal.value.code == code


def test_the_database_itself_refuses_content_of_a_secret(desk):
    """Whatever code is written one day."""
    document = cite_secret(unit=desk.unit, metadata=SECRET, where="Văn thư Sở Một", **ACT)
    for field in ("text", "title", "link", "file_name"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**{field: "x"})


def test_a_person_confirms_what_was_proposed(desk):
    """The ledger holds what stood before and after; the search follows."""
    document = desk.upload(metadata=Metadata(number="47/KH-SM")).document
    assert document.confirmed is False
    confirmed = confirm_metadata(document=document, metadata=PLAN, **ACT)
    assert (confirmed.confirmed_by, confirmed.number) == (ACT["by"], "74/KH-SM")
    payload = Entry.objects.filter(kind="document.confirmed").latest("id").payload
    assert (payload["before"]["number"], payload["after"]["number"]) == ("47/KH-SM", "74/KH-SM")
    assert documents_of(desk.unit, query="cai cach hanh chinh").documents == [document]
    assert documents_of(desk.unit, query="47/KH").total == 0


def test_confirming_keeps_the_rules_of_the_kind(desk):
    """A citation stays findable, a secret untitled."""
    cited = cite_document(unit=desk.unit, metadata=PLAN, **ACT)
    secret = cite_secret(unit=desk.unit, metadata=SECRET, where="Văn thư", **ACT)
    for document, metadata, code in (
        (cited, Metadata(title="Chỉ có tên"), "citation_unfindable"),
        (secret, PLAN, "secret_title"),
    ):
        with pytest.raises(EvidenceRefused) as refusal:
            confirm_metadata(document=document, metadata=metadata, **ACT)
        assert refusal.value.code == code


@pytest.mark.parametrize("kind", ["cited", "secret", "confirmed", "erased"])
def test_an_act_that_cannot_be_recorded_has_not_happened(desk, monkeypatch, kind):
    """Nothing is changed."""
    document = desk.upload(metadata=Metadata(number="1/KH")).document
    before = list(Document.objects.filter(unit=desk.unit).values())
    monkeypatch.setattr(actions, "record", _refuse)
    acts = {
        "cited": lambda: cite_document(unit=desk.unit, metadata=PLAN, **ACT),
        "secret": lambda: cite_secret(unit=desk.unit, metadata=SECRET, where="Văn thư", **ACT),
        "confirmed": lambda: confirm_metadata(document=document, metadata=PLAN, **ACT),
        "erased": lambda: actions.erase_document(document=document, reason="nhầm", **ACT),
    }
    with pytest.raises(ZeroDivisionError):
        acts[kind]()
    assert list(Document.objects.filter(unit=desk.unit).values()) == before


def test_pages_of_documents_cost_two_queries(desk, django_assert_num_queries):
    """However many there are; the newest first; a number beyond the end gives the last page."""
    for k in range(7):
        cite_document(unit=desk.unit, metadata=Metadata(f"{k}/KH-SM", date(2024, 1, 1)), **ACT)
    with django_assert_num_queries(2):
        page = documents_of(desk.unit, page=9, size=3)
        assert [d.number for d in page.documents] == ["0/KH-SM"]
        assert [d.content for d in page.documents] == [None]
    assert (page.number, page.pages, page.total) == (3, 3, 7)
    with django_assert_num_queries(3):
        assert [d.number for d in documents_of(desk.unit, query="kh sm", size=2).documents] == [
            "6/KH-SM",
            "5/KH-SM",
        ]
    assert documents_of(desk.other).total == 0


def _refuse(**_):
    raise ZeroDivisionError
