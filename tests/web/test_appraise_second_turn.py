"""The second turn: cases that units explained, with the whole thread, answered by a ruling."""

from datetime import timedelta

import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.actions import Said, explain
from parindex.apps.assessments.models import Explanation, Round, Ruling
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person


ROUND = "minh-hoa/tap-huan-giai-trinh"
SECOND = AT + timedelta(days=5)
GROUND = "Đơn vị đã bổ sung đủ sản phẩm của các nhiệm vụ"


@pytest.fixture
def lead(world):
    """The department that most cases wait for."""
    return "so-noi-vu"


@pytest.fixture
def case(world, lead):
    """Asked in the first turn, answered by the unit, who claims a quarter point."""
    round_ = Round.objects.get(code="tap-huan-giai-trinh")
    framework, assignments = by_hash(round_.framework.content_hash), assignments_of(round_)
    asked = Explanation.objects.filter(participant__round=round_, state="asked").order_by("id")
    for found in asked.select_related("participant__unit"):
        participant = round_.participants.select_related("unit").get(pk=found.participant_id)
        part = assignment_of(assignments, framework, participant=participant, leaf=found.leaf)
        who = {u.pk: u.code for u in (part.lead, part.stand_in)}
        if who[lead_for(part, participant)] == lead:
            said = Said(GROUND, "0,25")
            return explain(participant=participant, leaf=found.leaf, said=said, by="person:1", at=AT)
    raise AssertionError(lead)


@pytest.fixture
def appraiser(visitors, lead, case, monkeypatch):
    """Who answers, once the second turn is open."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: SECOND)
    client = visitors["appraiser"]
    client.force_login(Person.objects.get(username=f"tham-dinh.{lead}"))
    return client


def _url(case):
    return address("appraise:case", (ROUND, case.participant.unit.code, case.leaf))


def _last(case):
    return Ruling.objects.filter(participant=case.participant, leaf=case.leaf).latest("id")


def test_the_thread_is_read_and_answered(appraiser, read, case):
    """What stands is kept or changed, the reason is the reply."""
    before = _last(case)
    page = read(_url(case), by=appraiser)
    assert GROUND in page.root.text
    assert "0,25" in page.root.text
    seen = {"act": "rule", "seen": str(before.pk)}
    assert appraiser.post(_url(case), {**seen, "how": "keep"}).status_code == 422
    reason = "Tài liệu bổ sung ban hành sau thời hạn"
    assert appraiser.post(_url(case), {**seen, "how": "keep", "reason": reason}).status_code == 302
    case.refresh_from_db()
    assert case.state == "replied"
    assert (_last(case).stage, _last(case).answer, _last(case).reason) == ("explained", before.answer, reason)
    assert [s.party for s in case.statements.all()] == ["appraiser", "unit", "appraiser"]


def test_an_answered_case_waits_before_all_others_and_is_not_accepted_with_many(appraiser, read, case):
    """Nor can it be ruled on in a workbook."""
    page = read(address("appraise:leaf", (ROUND, case.leaf)), by=appraiser)
    first = page.root.all("article")[0]
    assert first.attributes["id"] == f"c-{case.participant.unit.code}-{case.leaf}"
    assert "Xem giải trình và trả lời" in first.text
    key = f"{case.participant.pk}:{case.leaf}:{_last(case).pk}"
    assert appraiser.post(address("appraise:bulk", (ROUND,)), {"case": [key]}).status_code == 403
    case.refresh_from_db()
    assert case.state == "answered"


def test_while_units_explain_nothing_is_ruled(visitors, read, case, lead, monkeypatch):
    """Between the two turns."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: AT + timedelta(hours=1))
    client = visitors["appraiser"]
    client.force_login(Person.objects.get(username=f"tham-dinh.{lead}"))
    assert "chưa mở" in read(_url(case), by=client).root.text
    sent = {"act": "rule", "how": "keep", "reason": "x", "seen": str(_last(case).pk)}
    assert client.post(_url(case), sent).status_code == 422
    case.refresh_from_db()
    assert case.state == "answered"
