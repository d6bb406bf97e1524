"""From a finished task to the sheet: its document is proposed at its criterion, and attached by one act."""

from addresses import address
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten


LEAF = (OPEN, UNIT, "3.2.2")
NEAR = "3.2.3"
HEAD = "person:81"


def _proved(participant, at):  # noqa: F811
    """A document of the unit behind a finished task of the criterion."""
    unit, year = participant.unit, participant.round.year
    told = Metadata(number="33/BC-SYT", issued_on=at.date(), title="Báo cáo xin lỗi", issuer="Sở Y tế")
    document = cite_document(unit=unit, metadata=told, by=HEAD, at=at)
    plan = actions.begin_plan(unit=unit, written=PlanWritten("Kế hoạch", year), by=HEAD, at=at)
    task = actions.add_task(plan=plan, written=TaskWritten("Xin lỗi", criterion=LEAF[2]), by=HEAD, at=at)
    actions.issue_plan(plan=plan, number="1/KH", issued_on=at.date(), by=HEAD, at=at)
    said = {"task": task, "percent": 100, "line": "Xong", "document": document}
    actions.report_progress(**said, by=HEAD, at=at)
    return document


def test_what_proves_a_finished_task_is_proposed_and_attached_by_one_act(visitors, participant, on_the_day):  # noqa: F811
    """At its own criterion only, until it is attached."""
    opens = participant.round.phases.get(kind="self").opens_at
    document = _proved(participant, opens)
    officer = visitors["officer"]
    page = officer.get(address("unit:leaf", LEAF))
    assert document in page.context["proved"]
    assert "Đề xuất từ nhiệm vụ đã hoàn thành" in page.content.decode()
    assert document not in officer.get(address("unit:leaf", (*LEAF[:2], NEAR))).context["proved"]
    officer.post(address("unit:attach", LEAF), {"document": document.key})
    assert [link.document for link in participant.evidence_links.filter(leaf=LEAF[2])] == [document]
    assert document not in officer.get(address("unit:leaf", LEAF)).context["proved"]
