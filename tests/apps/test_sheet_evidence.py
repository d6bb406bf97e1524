"""Documents behind a leaf: attached at a page, once, by the unit that keeps them, while it may."""

from datetime import timedelta

import pytest
from test_sheets import AN, AT, CLOSES, participant  # noqa: F401  the fixture

from parindex.apps.assessments.actions import Shown, attach_evidence, detach_evidence, submit_sheet
from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import EvidenceLink, Ruling
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.audit.models import Entry
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.core.kernel.problems import Refused


def _plan(unit):
    return cite_document(
        unit=unit,
        metadata=Metadata(number="74/KH-SM", title="Kế hoạch"),
        link="https://example.vn/74",
        by="demo",
        at=AT,
    )


def test_one_document_serves_many_leaves_each_at_its_page(participant):  # noqa: F811
    """Again the same: nothing happens. One act is one entry."""
    plan = _plan(participant.unit)
    shown = [Shown("A1", plan, "trang 3"), Shown("A2", plan, "mục II"), Shown("A1", plan, "trang 3")]
    for _ in range(2):
        attach_evidence(participant=participant, shown=shown, **AN)
    assert {k: [x.page for x in v] for k, v in evidence_of(participant).items()} == {
        "A1": ["trang 3"],
        "A2": ["mục II"],
    }
    assert Entry.objects.filter(kind="evidence.attached", chain=sheet_chain(participant)).count() == 1


def test_a_submission_keeps_what_was_attached_then(participant):  # noqa: F811
    """Taking it off later, were it possible, would not change the ruling."""
    plan = _plan(participant.unit)
    attach_evidence(participant=participant, shown=[Shown("A1", plan, "3")], **AN)
    submit_sheet(participant=participant, **AN)
    assert Ruling.objects.get(participant=participant, leaf="A1").evidence == [["", plan.key, "3"]]
    with pytest.raises(NotNow):
        detach_evidence(link=EvidenceLink.objects.get(participant=participant), **AN)


def test_another_units_document_is_refused(participant, small):  # noqa: F811
    """Whole act."""
    own, other = _plan(participant.unit), _plan(small.units["so-hai"])
    with pytest.raises(Refused, match="document_of_other_unit"):
        attach_evidence(participant=participant, shown=[Shown("A1", own), Shown("A1", other)], **AN)
    assert not participant.evidence_links.exists()


def test_what_is_taken_off_can_be_attached_again(participant):  # noqa: F811
    """The row of the first time stays."""
    plan = _plan(participant.unit)
    (link,) = attach_evidence(participant=participant, shown=[Shown("A1", plan)], **AN)
    detach_evidence(link=link, **AN)
    with pytest.raises(Refused, match="already_detached"):
        detach_evidence(link=link, **AN)
    attach_evidence(participant=participant, shown=[Shown("A1", plan)], **AN)
    assert participant.evidence_links.count() == 2


def test_nothing_is_attached_when_nothing_is_open(participant):  # noqa: F811
    """After the deadline of a set without a late policy."""
    plan = _plan(participant.unit)
    with pytest.raises(NotNow):
        attach_evidence(
            participant=participant, shown=[Shown("A1", plan)], by="person:1", at=CLOSES + timedelta(days=1)
        )
