"""A unit's sheet as its people use it: saving a leaf, meeting somebody else's, handing in."""

from datetime import timedelta

import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.models import Draft, Round
from parindex.config.training import ROUNDS


OPEN = f"minh-hoa/{ROUNDS[0].code}"
UNIT = "so-y-te"
NOW = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_the_day(settings, monkeypatch):
    """The day on which the demonstration was loaded: the first training round takes sheets."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


@pytest.fixture
def participant(world):
    """The health department in the round that takes sheets."""
    return Round.objects.get(code=ROUNDS[0].code).participants.get(unit__code=UNIT)


def _leaf(code):
    return address("unit:leaf", (OPEN, UNIT, code))


SHEET = ("unit:sheet", (OPEN, UNIT))


def test_a_leaf_is_saved_scored_and_shown(visitors, read, participant):
    """By its rule's own form."""
    officer = visitors["officer"]
    sent = {"a.part": "9", "a.whole": "10", "note": "kèm danh sách", "version": "0"}
    response = officer.post(_leaf("3.2.2"), sent)
    assert (response.status_code, response.headers["Location"]) == (302, _leaf("3.2.2"))
    page = read(_leaf("3.2.2"), by=officer)
    assert 'value="9"' in page.content
    assert Draft.objects.get(participant=participant).answer == "9/10"


def test_what_cannot_be_kept_is_shown_again_with_its_reason(visitors, participant):
    """Nothing of what was typed is lost, nothing is saved."""
    response = visitors["officer"].post(
        _leaf("3.2.2"), {"a.part": "11", "a.whole": "10", "note": "ghi", "version": "0"}
    )
    said = response.content.decode()
    assert response.status_code == 422
    assert "Chưa lưu được" in said
    assert 'value="11"' in said
    assert ">ghi<" in said
    assert not participant.drafts.exists()


def test_the_later_of_two_sees_what_changed(visitors, participant):
    """And decides."""
    visitors["officer"].post(_leaf("3.2.2"), {"a.part": "9", "a.whole": "10", "version": "0"})
    response = visitors["focal"].post(_leaf("3.2.2"), {"a.part": "8", "a.whole": "10", "version": "0"})
    said = response.content.decode()
    assert response.status_code == 409
    assert "9/10" in said
    assert 'value="8"' in said
    assert 'name="version" value="1"' in said
    assert participant.drafts.get().answer == "9/10"


def test_the_whole_way_to_the_receipt(visitors, read, participant):
    """Submit, read the receipt, attach the signed report."""
    focal = visitors["focal"]
    focal.post(_leaf("3.2.2"), {"a.part": "9", "a.whole": "10", "version": "0"})
    assert "42" in read(address("unit:submit", (OPEN, UNIT)), by=focal).root.text
    response = focal.post(address("unit:submit", (OPEN, UNIT)))
    submission = participant.sheet.submissions.get()
    assert response.headers["Location"] == address("unit:receipt", (OPEN, UNIT, 1))
    assert submission.code in read(response.headers["Location"], by=focal).root.text.replace("-", "")
    sent = {"number": "12/BC-SYT", "date": "2026-01-06", "signer": "Người Ký", "code": submission.code}
    focal.post(address("unit:report", (OPEN, UNIT)), sent)
    assert "12/BC-SYT" in read(address(*SHEET), by=focal).root.text


def test_leaves_are_handed_out_returned_and_ready(visitors, read, participant):
    """To a person of the unit, with a deadline."""
    officer = participant.unit.grants.get(role="officer").person
    sent = {"leaf": ["3.2.2", "3.2.4"], "person": officer.pk, "due": "2026-01-07"}
    visitors["focal"].post(address("unit:hand_out", (OPEN, UNIT)), sent)
    page = read(address(*SHEET) + "?cua-toi=1", by=visitors["officer"])
    assert "3.2.2" in page.root.text
    rows = [row[0] for row in page.rows("stack")]
    assert any(r.startswith("3.2.4") for r in rows)
    assert not any(r.startswith("3.2.1") for r in rows)
    visitors["officer"].post(address("unit:leaf_ready", (OPEN, UNIT, "3.2.2")))
    visitors["focal"].post(address("unit:leaf_return", (OPEN, UNIT, "3.2.2")), {"reason": "thiếu danh sách"})
    assert "thiếu danh sách" in read(_leaf("3.2.2"), by=visitors["officer"]).root.text


@pytest.mark.parametrize("who", ["neighbour", "appraiser", "secretariat", "leader", "stranger"])
def test_nobody_else_writes_in_a_units_sheet(visitors, participant, who):
    """Neither answers nor its submission, its report or its hand-outs."""
    for name, more in [
        ("unit:leaf", ("3.2.2",)),
        ("unit:submit", ()),
        ("unit:withdraw", ()),
        ("unit:report", ()),
    ]:
        url = address(name, (OPEN, UNIT, *more))
        response = visitors[who].post(
            url, {"a.part": "9", "a.whole": "10", "version": "0", "date": "2026-01-01"}
        )
        assert response.status_code == 403, (who, name)
    assert not participant.drafts.exists()
    assert not participant.sheet.submissions.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"a": "points:2", "version": "0"}, 302),
        ({"a.percent": "points:2", "version": "0"}, 422),
        ({"a.part": "1", "a.whole": "2", "version": "x"}, 422),
        ({"a.part": "1", "a.whole": "2", "version": "99"}, 422),
        ({}, 302),
    ],
)
def test_changed_hidden_fields_and_missing_ones_change_nothing(visitors, participant, sent, status):
    """Every one gives an answer, none a crash."""
    response = visitors["officer"].post(_leaf("3.2.2"), sent)
    assert response.status_code in (302, 409, 422)
    assert response.status_code == status
    assert participant.drafts.filter(answer__contains="points").count() == 0


def test_a_closed_sheet_takes_nothing(visitors, participant, monkeypatch):
    """The page says when it closed; a form sent all the same is refused."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: AT + timedelta(days=200))
    response = visitors["officer"].post(_leaf("3.2.2"), {"a.part": "9", "a.whole": "10", "version": "0"})
    assert response.status_code == 422
    assert not participant.drafts.exists()


def test_the_sheet_costs_the_same_however_much_is_typed(visitors, participant, django_assert_max_num_queries):
    """A fixed number of queries for all its leaves."""
    officer = visitors["officer"]
    officer.get(address(*SHEET))
    with django_assert_max_num_queries(24):
        officer.get(address(*SHEET))


def test_a_save_by_the_pages_script_brings_back_the_points_as_they_stand(visitors, participant):
    """In one answer: what the page puts in place, and the version to send with the next save."""
    officer, script = visitors["officer"], {"X-Requested-With": "fetch"}
    sent = {"a.part": "9", "a.whole": "10", "note": "", "version": "0"}
    response = officer.post(_leaf("3.2.2"), sent, headers=script)
    said = response.content.decode()
    assert response.status_code == 200
    assert 'id="version" value="1"' in said
    assert "Đã nhập 1/" in said
    assert participant.drafts.get().answer == "9/10"
    again = officer.post(_leaf("3.2.2"), {**sent, "a.part": "8"}, headers=script)
    assert again.status_code == 409
    assert participant.drafts.get().answer == "9/10"


def test_a_bonus_without_its_decision_is_pointed_out_while_typing_and_stops_the_submission(
    visitors, read, participant
):
    """On the leaf's page, in what the script puts in place, and before handing in; a cited decision carries
    it."""
    focal, leaf = visitors["focal"], _leaf("T1")
    hand_in = address("unit:submit", (OPEN, UNIT))
    assert "quyết định công nhận" not in read(leaf, by=focal).root.text
    sent = {"a": "tinh", "version": "0"}
    said = focal.post(leaf, sent, headers={"X-Requested-With": "fetch"}).content.decode()
    assert "Điểm thưởng phải kèm quyết định công nhận" in said
    assert "Điểm thưởng phải kèm quyết định công nhận" in read(leaf, by=focal).root.text
    assert "1 điểm thưởng chưa kèm quyết định công nhận" in read(hand_in, by=focal).root.text
    said = focal.post(hand_in, follow=True).content.decode()
    assert "Điểm thưởng T1 chưa kèm quyết định công nhận" in said
    cited = {"number": "9/QĐ-UBND", "issued_on": "2025-10-01", "issuer": "UBND tỉnh", "title": "Công nhận"}
    focal.post(address("unit:attach", (OPEN, UNIT, "T1")), cited)
    assert "quyết định công nhận:" not in read(leaf, by=focal).root.text
    assert "bonus" not in read(hand_in, by=focal).root.text
    assert focal.post(hand_in).headers["Location"] == address("unit:receipt", (OPEN, UNIT, 1))
