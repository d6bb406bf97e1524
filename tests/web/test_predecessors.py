"""A unit that is assessed on its predecessors' figures is offered them, and takes over what it wants."""

from datetime import date

import pytest
from addresses import address
from test_unit_sheet import NOW, OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.actions import Typing, record_answers, save_draft
from parindex.apps.assessments.models import Draft, Participant, Ruling
from parindex.apps.assessments.rules import AnswerRow
from parindex.apps.organisations.models import Succession


LEAF = "3.2.2"
ACT = {"by": "person:1", "at": NOW}
PAGE = address("unit:leaf", (OPEN, UNIT, LEAF))
TAKE = address("unit:leaf_inherited", (OPEN, UNIT, LEAF))


@pytest.fixture
def merged(participant):  # noqa: F811
    """The health department came from two others, which answered in the same round."""
    for code, answer in (("so-xay-dung", "3/4"), ("so-cong-thuong", "5/6")):
        earlier = participant.round.participants.get(unit__code=code)
        Succession.objects.create(
            earlier=earlier.unit, later=participant.unit, kind="merged", on=date(2025, 7, 1)
        )
        rows = [AnswerRow(code, LEAF, answer)]
        record_answers(round_=participant.round, rows=rows, stage=Ruling.Stage.SELF, **ACT)
    kept = Participant.objects.filter(pk=participant.pk)
    kept.update(basis="predecessors", first_day=date(2025, 7, 1), basis_document="1/NQ")
    return kept.get()


def test_their_answers_stand_beside_the_unit_s_own_with_whose_they_are(visitors, read, merged):
    """Each, and all of them added up; nothing is typed by itself."""
    said = read(PAGE, by=visitors["officer"]).root.text
    assert "Số liệu của đơn vị trước sáp nhập" in said
    for words in ("Sở Xây dựng", "Sở Công Thương", "Cộng các đơn vị", "3/4", "5/6", "8/10"):
        assert words in said, words
    assert not merged.drafts.exists()


def test_one_act_takes_a_figure_over_and_the_note_says_from_whom(visitors, merged):
    """What stood in the note stays; again it is not said twice; the sum names all."""
    officer = visitors["officer"]
    typed = Typing(LEAF, "1/2", "Ghi chú cũ")
    save_draft(participant=merged, typed=typed, **ACT)
    for _ in range(2):
        assert officer.post(TAKE, {"from": "so-xay-dung"}).headers["Location"] == PAGE
    kept = Draft.objects.get(participant=merged, leaf=LEAF)
    assert (kept.answer, kept.note) == ("3/4", "Ghi chú cũ\nTheo số liệu của Sở Xây dựng.")
    officer.post(TAKE, {"from": "-"})
    kept.refresh_from_db()
    assert kept.answer == "8/10"
    assert kept.note.endswith("Theo số liệu của Sở Xây dựng, Sở Công Thương.")


@pytest.mark.parametrize(
    "sent", [{}, {"from": ""}, {"from": "so-noi-vu"}, {"from": "so-y-te"}, {"from": "9/10"}]
)
def test_what_no_predecessor_said_is_not_taken(visitors, merged, sent):
    """Another unit's, one's own, or a figure that is sent in its place."""
    assert visitors["officer"].post(TAKE, sent).status_code == 404
    assert not merged.drafts.exists()


def test_nobody_else_takes_it(visitors, merged):
    """Nor is anything offered to a unit that is assessed on its own."""
    for who in ("neighbour", "secretariat", "leader", "appraiser"):
        assert visitors[who].post(TAKE, {"from": "so-xay-dung"}).status_code == 403
    Participant.objects.filter(pk=merged.pk).update(basis="period")
    assert visitors["officer"].post(TAKE, {"from": "so-xay-dung"}).status_code == 404
    assert not merged.drafts.exists()


def test_an_answer_that_was_lowered_is_not_told_before_its_time(visitors, read, merged):
    """While the first appraisal is not over, the unit's own stands; points are no figure to type."""
    rows = [AnswerRow("so-xay-dung", LEAF, "1/9")]
    record_answers(round_=merged.round, rows=rows, stage=Ruling.Stage.APPRAISED, **ACT)
    said = read(PAGE, by=visitors["officer"]).root.text
    assert "3/4" in said
    assert "1/9" not in said


def test_a_unit_that_is_assessed_on_its_own_is_shown_none(visitors, read, participant):  # noqa: F811
    """Nor an empty table."""
    assert "Số liệu của đơn vị trước sáp nhập" not in read(PAGE, by=visitors["officer"]).root.text


def test_what_was_measured_of_them_is_offered_too(visitors, read, merged):
    """Where the leaf names an indicator, with the source."""
    page = address("unit:leaf", (OPEN, UNIT, "3.2.1"))
    said = read(page, by=visitors["officer"]).root.text
    assert "Số liệu của đơn vị trước sáp nhập" in said
    assert "Nguồn:" in said
