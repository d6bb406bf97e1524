"""A unit lets everybody read a document: which ones it may, after which check, and back again."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from small_round import ACT

from parindex.apps.audit.models import Entry
from parindex.apps.evidence.actions import (
    cite_document,
    cite_secret,
    confirm_metadata,
    erase_document,
    make_public,
    take_from_public,
)
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.rules import IDS, Metadata


TOLD = Metadata("74/KH-SM", date(2024, 1, 9), "Sở Một", "Nguyễn Văn Bình", "Kế hoạch năm 2024")


@pytest.fixture
def plan(desk):
    """A document with its file, confirmed."""
    return confirm_metadata(document=desk.upload().document, metadata=TOLD, **ACT)


def _why(document, **more):
    with pytest.raises(EvidenceRefused) as refusal:
        make_public(document=document, **{"checked": True, **ACT, **more})
    document.refresh_from_db()
    assert not document.public
    return refusal.value.code


def test_a_document_is_opened_and_taken_back(plan):
    """Each with its entry; neither twice."""
    opened = make_public(document=plan, checked=True, **ACT)
    assert (opened.public, opened.public_by) == (True, ACT["by"])
    with pytest.raises(EvidenceRefused) as refusal:
        make_public(document=plan, checked=True, **ACT)
    assert refusal.value.code == "public_already"
    assert not take_from_public(document=plan, **ACT).public
    with pytest.raises(EvidenceRefused) as refusal:
        take_from_public(document=plan, **ACT)
    assert refusal.value.code == "not_public"
    kinds = list(Entry.objects.filter(subject=plan.key).order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == ["document.opened", "document.closed"]


def test_a_citation_can_be_opened_and_a_secret_never(desk):
    """Neither by the act nor in the database."""
    cited = cite_document(unit=desk.unit, metadata=TOLD, **ACT)
    assert make_public(document=cited, checked=True, **ACT).public
    secret = cite_secret(
        unit=desk.unit, metadata=Metadata("1/BC-SM", date(2024, 1, 9)), where="Văn thư", **ACT
    )
    assert _why(secret) == "public_secret"
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=secret.pk).update(public_at=ACT["at"], public_by="x")


def test_nobody_opens_what_nobody_looked_through(desk, plan):
    """What it says must be confirmed, and its content looked at."""
    assert _why(plan, checked=False) == "public_unchecked"
    raw = desk.upload(name="ban-khac.pdf").document
    assert _why(raw) == "public_unconfirmed"


def test_marks_of_secrecy_refuse_and_numbers_of_identity_cards_are_asked_about(plan):
    """Whatever the file was when it was uploaded."""
    Document.objects.filter(pk=plan.pk).update(text="TỐI MẬT\nỦy ban nhân dân")
    assert _why(plan) == "public_marked"
    Document.objects.filter(pk=plan.pk).update(text="Ông A, CCCD số 001085012345")
    assert _why(plan) == "public_ids"
    assert make_public(document=plan, checked=True, despite=[IDS], **ACT).public


def test_what_is_erased_is_public_no_more(plan):
    """And cannot become so again."""
    make_public(document=plan, checked=True, **ACT)
    erased = erase_document(document=plan, reason="đưa nhầm", **ACT)
    assert not erased.public
    assert _why(erased) == "document_erased"
