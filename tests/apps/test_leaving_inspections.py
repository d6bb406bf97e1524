"""Somebody who inspects, or answers for a finding, leaves: who stands there afterwards."""

import pytest
from inspection_world import inspecting_in
from site_world import AT
from small_round import open_small

from parindex.apps.audit.held import compare
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.inspections.models import Member
from parindex.apps.personal.hanging import Kind, heaps_of
from parindex.apps.personal.leaving import hand_over
from parindex.config.held import TABLES


@pytest.fixture
def small(db):
    """A small territory where things are inspected."""
    return inspecting_in(open_small())


def test_places_in_teams_and_findings_pass_on(small):
    """The leader's successor leads; an inspected unit's own people inspect nothing."""
    visit, _ = small.concluded()
    finding = visit.findings.get()
    finding.person = small.people["chuyen-vien"]
    finding.save()
    leader, own = small.people["truong-doan"], small.people["dau-moi"]
    (heap,) = heaps_of(leader, AT)
    assert (heap.kind, own in heap.receivers) == (Kind.INSPECTIONS, False)
    other = next(p for p in heap.receivers if p != small.people["thanh-vien-doan"])
    hand_over(person=leader, receivers={"*": other}, by="person:1", at=AT)
    assert Member.objects.get(visit=visit, leads=True).person == other
    before = {(f.table, f.row) for f in compare(TABLES).faults}
    hand_over(person=small.people["chuyen-vien"], receivers={"*": own}, by="person:1", at=AT)
    finding.refresh_from_db()
    assert finding.person == own
    assert Entry.objects.get(kind="inspection.handed_over").payload["to"] == own.ref
    assert verify().faults == []
    assert {(f.table, f.row) for f in compare(TABLES).faults} <= before
