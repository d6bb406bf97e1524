"""What was measured on the pages of a sheet and of its appraisal."""

import re

import pytest
from addresses import TRAINING, address
from test_unit_sheet import NOW, OPEN, UNIT

from parindex.apps.assessments.models import Draft, Participant, Round
from parindex.apps.assessments.queries.measured import proposals_for


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The first training round takes sheets."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


@pytest.fixture
def participant(world):
    """The health department in the round that takes sheets."""
    round_ = Round.objects.get(territory__code="minh-hoa", code=OPEN.partition("/")[2])
    return round_.participants.get(unit__code=UNIT)


LEAF = ("unit:leaf", (OPEN, UNIT, "3.2.1"))
ACCEPT = ("unit:leaf_measured", (OPEN, UNIT, "3.2.1"))


def test_the_leaf_shows_value_source_day_and_points(visitors, read, participant):
    """And accepting it is one act."""
    page = read(address(*LEAF), by=visitors["officer"])
    for words in (
        "Số liệu đo được",
        "Hệ thống thông tin giải quyết TTHC",
        "14/11/2024",
        "Nhận số liệu đo được",
    ):
        assert words in page.content
    response = visitors["officer"].post(address(*ACCEPT))
    assert (response.status_code, response.headers["Location"]) == (302, address(*LEAF))
    proposed = proposals_for(participant.round, [participant])[participant.pk, "3.2.1"]
    assert Draft.objects.get(participant=participant, leaf="3.2.1").answer == proposed.answer
    assert "khớp với số liệu của đơn vị" in read(address(*LEAF), by=visitors["officer"]).content


def test_what_was_answered_the_year_before_is_written_as_every_other_number(visitors, read):
    """Thousands marked, with its percentage."""
    _, said, after = read(address(*LEAF), by=visitors["officer"]).content.partition("Đã trả lời: ")
    assert said
    assert re.match(r"\d\.\d{3}/\d\.\d{3} \(\d\d,\d\d%\)", after), after[:40]


def test_a_difference_is_said_and_a_reason_asked_for(visitors, read):
    """Before the sheet can be submitted."""
    visitors["officer"].post(address(*LEAF), {"a.part": "1", "a.whole": "1", "note": "", "version": "0"})
    assert "Hãy ghi lý do" in read(address(*LEAF), by=visitors["officer"]).content
    assert "khác đo được" in read(address("unit:sheet", (OPEN, UNIT)), by=visitors["officer"]).content
    submit = read(address("unit:submit", (OPEN, UNIT)), by=visitors["focal"])
    assert "chưa ghi lý do" in submit.content
    response = visitors["focal"].post(address("unit:submit", (OPEN, UNIT)), follow=True)
    assert "3.2.1" in response.content.decode()
    assert not Participant.objects.get(round__code=OPEN.partition("/")[2], unit__code=UNIT).rulings.filter(
        leaf="3.2.1"
    )


def test_nobody_else_accepts_for_the_unit(visitors):
    """Nor is there anything to accept where nothing is measured."""
    assert visitors["neighbour"].post(address(*ACCEPT)).status_code == 403
    assert visitors["anyone"].post(address(*ACCEPT)).status_code == 302
    nothing = address("unit:leaf_measured", (OPEN, UNIT, "1.1.1"))
    assert visitors["officer"].post(nothing).status_code == 404


def test_the_appraiser_reads_the_difference_first(visitors, read, participant):
    """With source, day and what each figure gives."""
    client = visitors["administrator"]
    from parindex.apps.assessments.models import Ruling
    from parindex.apps.organisations.models import Person

    round_ = Round.objects.get(code=TRAINING.partition("/")[2])
    proposals = proposals_for(round_, round_.participants.all())
    said = Ruling.objects.filter(participant__round=round_, stage="self", leaf="3.2.1")
    different = [r for r in said if (p := proposals.get((r.participant_id, r.leaf))) and p.differs(r.answer)]
    assert different
    lead = Person.objects.get(username="tham-dinh.van-phong-ubnd-tinh")
    client.force_login(lead)
    code = next(
        r.participant.unit.code for r in different if r.participant.unit.code != "van-phong-ubnd-tinh"
    )
    page = read(address("appraise:case", (TRAINING, code, "3.2.1")), by=client)
    assert "đo được" in page.content
    assert "Hệ thống thông tin giải quyết TTHC, số liệu đến" in page.content.replace("(nguồn: ", "")
