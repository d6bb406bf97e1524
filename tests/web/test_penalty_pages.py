"""Penalties on the pages: entered by those who hold them, seen by the unit, forged by nobody."""

from datetime import timedelta

import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from site_world import AT
from test_sheet_viewer import _pdf

from parindex.apps.assessments.ledger import find_round
from parindex.apps.assessments.models import Penalty
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Person


ROUND, UNIT = "minh-hoa/tap-huan-tham-dinh", "so-y-te"
LIST, ITEM = ("appraise:penalties", (ROUND,)), ("appraise:penalty_new", (ROUND, "P1"))
NOW = AT + timedelta(hours=1)
SENT = {
    "unit": UNIT,
    "matter": "Thanh tra kết luận đòi thêm giấy tờ ngoài quy định",
    "times": "2",
    "number": "12/KL-TTT",
    "issued_on": "2025-12-03",
}


@pytest.fixture(autouse=True)
def on_the_day(clock):
    """The appraisal round is open."""
    clock(NOW)


@pytest.fixture
def inspector(visitors):
    """Of the inspectorate, to which the penalties are assigned."""
    client = visitors["appraiser"]
    client.force_login(Person.objects.get(username="tham-dinh.thanh-tra-tinh"))
    return client


@pytest.fixture
def unit(world):
    return find_round(ROUND).participants.get(unit__code=UNIT)


def test_the_body_that_holds_it_enters_a_case_and_the_unit_reads_it(inspector, visitors, read, unit):
    """On its sheet, on the item's page with the document, and among what it may explain."""
    assert address(*ITEM) in inspector.get(address(*LIST)).content.decode()
    assert "Vụ việc" in read(address(*ITEM), by=inspector).root.text
    assert inspector.post(address(*ITEM), SENT).headers["Location"] == address(*LIST)
    said = read(address(*LIST), by=inspector).root.text
    assert "12/KL-TTT" in said
    assert "đòi thêm giấy tờ" in said
    leaf = read(address("unit:leaf", (ROUND, UNIT, "P1")), by=visitors["focal"]).root.text
    assert "12/KL-TTT" in leaf
    assert "Giải trình về điểm trừ" in leaf
    assert "−0,5" in read(address("unit:sheet", (ROUND, UNIT)), by=visitors["focal"]).root.text.replace(
        "-", "−"
    )
    assert unit.rulings.get(leaf="P1").answer == "2"
    notices = read(address("account:notices", ()), by=visitors["focal"]).root.text
    assert "12/KL-TTT" in notices


def test_the_file_of_a_case_is_kept_for_the_unit_and_cannot_be_taken_off(inspector, visitors, read, unit):
    """It opens on the item's page."""
    file = SimpleUploadedFile("Kết luận thanh tra.pdf", _pdf(1))
    response = inspector.post(address(*ITEM), {**SENT, "file": file})
    assert response.status_code == 302, response.content.decode()
    kept = Document.objects.get(unit=unit.unit, number="12/KL-TTT")
    assert (kept.file_name, kept.has_file) == ("Kết luận thanh tra.pdf", True)
    assert unit.rulings.get(leaf="P1").evidence[0][1] == kept.key
    page = address("unit:document", (ROUND, UNIT, kept.key))
    assert "12/KL-TTT" in read(page, by=visitors["secretariat"]).root.text
    link = unit.evidence_links.get(document=kept)
    assert page in visitors["focal"].get(address("unit:leaf", (ROUND, UNIT, "P1"))).content.decode()
    visitors["focal"].post(address("unit:detach", (ROUND, UNIT, "P1", link.pk)))
    link.refresh_from_db()
    assert link.detached_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"unit": "so-khong-co"},
        {"matter": " "},
        {"number": ""},
        {"issued_on": "hôm qua"},
        {"issued_on": "2025-02-30"},
        {"issued_on": "2027-01-01"},
        {"times": "0"},
        {"times": "một"},
        {"times": "99999999999"},
        {"file": SimpleUploadedFile("trống.pdf", b"")},
        {"file": SimpleUploadedFile("kịch bản.pdf", b"#!/bin/sh\nrm -rf /\n")},
    ],
)
def test_what_cannot_be_entered_is_shown_again(inspector, wrong):
    """Beside the reason, with what was typed; nothing is kept."""
    response = inspector.post(address(*ITEM), {**SENT, **wrong})
    assert response.status_code == 422
    said = response.content.decode()
    assert 'role="alert"' in said
    assert wrong.get("number", "12/KL-TTT") in said
    assert not Penalty.objects.filter(participant__round__code="tap-huan-tham-dinh").exists()


def test_a_case_is_taken_back_with_a_reason(inspector, read, unit):
    """Without one it stays; the page says who took it back and why."""
    inspector.post(address(*ITEM), SENT)
    made = Penalty.objects.get(participant=unit)
    url = address("appraise:penalty_withdraw", (ROUND, made.pk))
    inspector.post(url, {"reason": " "})
    assert Penalty.objects.get(pk=made.pk).withdrawn_at is None
    inspector.post(url, {"reason": "Kết luận đã được hủy"})
    assert "Kết luận đã được hủy" in read(address(*LIST), by=inspector).root.text
    assert unit.rulings.filter(leaf="P1").latest("id").answer == ""
    assert inspector.get(url).status_code == 405


@pytest.mark.parametrize(
    "who", ["focal", "head", "neighbour", "lead_head", "leader", "auditor", "administrator"]
)
def test_nobody_else_enters_or_withdraws(visitors, who, unit):
    """Refused and nothing changed, whatever the form says."""
    visitors["secretariat"].post(address(*ITEM), SENT)
    made = Penalty.objects.get(participant=unit)
    client = visitors[who]
    assert client.post(address(*ITEM), {**SENT, "number": "99/KL"}).status_code == 403
    withdrawal = address("appraise:penalty_withdraw", (ROUND, made.pk))
    assert client.post(withdrawal, {"reason": "x"}).status_code in (403, 404)
    assert [p.withdrawn_at for p in Penalty.objects.filter(participant=unit)] == [None]


def test_a_case_of_another_round_is_not_found_here(visitors, unit):
    """By its number in the address."""
    visitors["secretariat"].post(address(*ITEM), SENT)
    made = Penalty.objects.get(participant=unit)
    elsewhere = address("appraise:penalty_withdraw", ("minh-hoa/tap-huan-tu-cham", made.pk))
    assert visitors["secretariat"].post(elsewhere, {"reason": "x"}).status_code == 404


def test_a_body_enters_nothing_against_itself(inspector):
    """Its own unit is not among those to choose, nor taken when sent."""
    assert 'value="thanh-tra-tinh"' not in inspector.get(address(*ITEM)).content.decode()
    assert inspector.post(address(*ITEM), {**SENT, "unit": "thanh-tra-tinh"}).status_code == 422


def test_the_case_is_no_form_for_other_points(inspector, unit):
    """The appraiser's page of the item leads to the cases; a forged ruling is refused."""
    url = address("appraise:case", (ROUND, UNIT, "P1"))
    assert address(*LIST) in inspector.get(url).content.decode()
    forged = {"act": "rule", "how": "answer", f"a-{unit.pk}-P1": "3", "seen": "0", "reason": "x"}
    assert inspector.post(url, forged).status_code == 422
    assert not unit.rulings.filter(leaf="P1").exists()


def test_the_list_costs_the_same_however_long_it_is(visitors, unit, django_assert_max_num_queries):
    """Twelve cases."""
    secretariat = visitors["secretariat"]
    for k in range(12):
        secretariat.post(address(*ITEM), {**SENT, "number": f"{k}/KL-TTT"})
    with django_assert_max_num_queries(24):
        assert secretariat.get(address(*LIST)).content.decode().count("/KL-TTT ngày") == 12


def test_an_explanation_of_a_penalty_is_replied_to_on_the_item_s_page(
    visitors, inspector, read, world, clock
):
    """The body keeps the case and says why; a forged figure in the reply changes nothing."""
    name = "minh-hoa/tap-huan-hoi-dong"
    round_ = find_round(name)
    unit = round_.participants.get(unit__code=UNIT)
    asking, replying = (round_.phases.get(kind=k, turn=t) for k, t in (("explanation", 1), ("appraisal", 2)))
    clock(asking.opens_at + timedelta(hours=1))
    posted = {**SENT, "issued_on": "2025-06-03"}
    visitors["secretariat"].post(address("appraise:penalty_new", (name, "P1")), posted)
    page = address("unit:explanation", (name, UNIT, "P1"))
    assert "0,5" in read(page, by=visitors["focal"]).root.text
    visitors["focal"].post(page, {"text": "Đã khắc phục", "claimed": "0"})
    clock(replying.opens_at + timedelta(hours=1))
    inspector.force_login(Person.objects.get(username="tham-dinh.thanh-tra-tinh"))
    url = address("appraise:case", (name, UNIT, "P1"))
    assert "Đã khắc phục" in read(url, by=inspector).root.text
    seen = unit.rulings.filter(leaf="P1").latest("id").pk
    answer = {"act": "rule", "how": "keep", "reason": "Giữ nguyên kết luận", "seen": seen}
    assert inspector.post(url, {**answer, "how": "points", "points": "0"}).status_code == 422
    assert inspector.post(url, answer).status_code == 302
    assert unit.explanations.get(leaf="P1").state == "replied"
    assert "Giữ nguyên kết luận" in read(page, by=visitors["focal"]).root.text
