"""A bonus is claimed with the decision that recognises it; without one the sheet is not submitted."""

from datetime import date

import pytest
from test_sheets import AN, AT, _open

from parindex.apps.assessments.actions import Shown, Typing, attach_evidence, save_draft, submit_sheet
from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.rules.bonuses import is_decision
from parindex.apps.evidence.actions import cite_document, cite_secret
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.core.kernel.problems import Refused


ITEM = "{code: T1, name: Sáng kiến, max: 1, rule: {kind: count, each: {points: 0.5}}}"
BONUS = f"bonus: {{max: 1, items: [{ITEM}]}}\n"
WHOLE = Metadata("12/QĐ-UBND", date(2025, 10, 1), "UBND tỉnh", "", "Công nhận sáng kiến")


@pytest.fixture
def unit(small):
    """A unit whose open sheet has a bonus to claim."""
    return _open(small, code="thuong", more=BONUS)


def claim(unit, answer="1"):
    """Typed by an officer."""
    save_draft(participant=unit, typed=Typing("T1", answer), **AN)


def attach(unit, told, leaf="T1"):
    """A cited document for a leaf."""
    document = cite_document(unit=unit.unit, metadata=told, link="https://x.example/1", by="demo", at=AT)
    attach_evidence(participant=unit, shown=[Shown(leaf, document)], **AN)
    return document


def test_a_claim_without_its_decision_is_not_submitted(unit):
    """The bonus is named, and nothing is ruled."""
    claim(unit)
    with pytest.raises(Refused) as refusal:
        submit_sheet(participant=unit, **AN)
    assert (refusal.value.code, refusal.value.data["leaves"]) == ("bonus_without_decision", ("T1",))
    assert not Ruling.objects.filter(participant=unit).exists()


@pytest.mark.parametrize("gone", ["number", "issued_on", "issuer"])
def test_a_decision_that_nobody_could_find_is_none(unit, gone):
    """Number, date and issuing body are needed where there is no file."""
    claim(unit)
    told = {
        "number": WHOLE.number,
        "issued_on": WHOLE.issued_on,
        "issuer": WHOLE.issuer,
        "title": WHOLE.title,
    }
    attach(unit, Metadata(**{**told, gone: None if gone == "issued_on" else ""}))
    with pytest.raises(Refused, match="bonus_without_decision"):
        submit_sheet(participant=unit, **AN)


def test_a_cited_decision_carries_the_claim(unit):
    """One that is attached to the item itself, not to another leaf."""
    claim(unit)
    attach(unit, WHOLE, leaf="A1")
    with pytest.raises(Refused, match="bonus_without_decision"):
        submit_sheet(participant=unit, **AN)
    attach(unit, WHOLE)
    submit_sheet(participant=unit, **AN)
    assert unit.rulings.get(leaf="T1").answer == "1"


@pytest.mark.parametrize("answer", ["", "0"])
def test_what_claims_nothing_needs_no_decision(unit, answer):
    """Left empty, or none."""
    if answer:
        claim(unit, answer)
    submit_sheet(participant=unit, **AN)


def test_a_file_is_a_decision_and_so_is_a_secret_by_number_and_date(unit):
    """Whatever is not read from the file yet."""
    kept = Document(content_id=1, kind=Document.Kind.FILE)
    assert is_decision(kept)
    secret = cite_secret(
        unit=unit.unit, metadata=Metadata("1/M", date(2025, 1, 2)), where="Văn thư", by="a", at=AT
    )
    assert is_decision(secret)
