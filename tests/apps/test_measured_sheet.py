"""A measured value beside the self-score: proposed, accepted or differed from with a reason, pinned."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from small_round import small_set

from parindex.apps.assessments.actions import PlannedPhase, Typing, save_draft, submit_sheet
from parindex.apps.assessments.models import Phase
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.rules.checks import differs_from_value, value_changed
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.indicators.actions import NewIndicator, define_indicator, record_values
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.wording.checks import check_sentence


OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
AT = OPENS + timedelta(days=1)
BY = {"by": "person:1", "at": AT}


def _measure(small, part, whole, *, at=AT, as_of="31/12/2025", period="2025"):
    cells = {"indicator": "dung-han", "unit": "so-mot", "period": period, "as_of": as_of}
    row = RegisterRow(2, {**cells, "numerator": str(part), "denominator": str(whole)}, {})
    record_values(territory=small.territory, rows=[row], origin="tệp", by="person:9", at=at)


def _open(small, more=b""):
    content = small_set("set-2025").replace(
        b"method: measured", b"method: measured, indicator: dung-han" + more
    )
    framework = store_framework(content=content, file="s.yaml", by="demo", at=OPENS)
    phases = [PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES)]
    round_ = small.open("2025", 2025, framework=framework, phases=phases)
    return round_.participants.get(unit__code="so-mot")


@pytest.fixture
def participant(small):
    """A unit whose sheet is open, by a set whose A1 names an indicator."""
    new = NewIndicator("dung-han", "Đúng hạn", "On time", "share", "%", "Hệ thống")
    define_indicator(new=new, by="person:9", at=OPENS)
    return _open(small)


def _proposal(participant, at=None):
    return proposals_for(participant.round, [participant], at=at).get((participant.pk, "A1"))


def _type(participant, answer, note="", version=0):
    save_draft(participant=participant, typed=Typing("A1", answer, note, version), **BY)


def test_a_value_is_proposed_with_the_points_it_gives(small, participant):
    """It scores nothing by itself."""
    assert _proposal(participant) is None
    _measure(small, 3, 4)
    found = _proposal(participant)
    assert (found.answer, found.points) == ("3/4", 3)
    assert not participant.drafts.exists()
    assert _proposal(participant, at=AT - timedelta(minutes=1)) is None


def test_only_the_value_of_the_rounds_own_period_is_proposed(small, participant):
    """A month of it answers nothing."""
    _measure(small, 3, 4, period="12/2025")
    assert _proposal(participant) is None


def test_where_no_case_arose_the_set_says_whether_that_is_an_answer(small, participant):
    """Here it foresees none, so nothing is proposed, and why is said."""
    _measure(small, 0, 0)
    found = _proposal(participant)
    assert (found.answer, found.why_not.code) == ("", "measured_no_case")


def test_an_accepted_value_is_submitted_and_its_version_kept(small, participant):
    """In the ruling and in the ledger."""
    _measure(small, 3, 4)
    _type(participant, "3/4")
    submit_sheet(participant=participant, **BY)
    ruling = participant.rulings.get(leaf="A1")
    assert (ruling.measured.version, ruling.measured.written) == (1, "3/4")
    entry = Entry.objects.filter(kind="sheet.submitted").latest("id")
    assert entry.payload["measured"] == {"A1": ["dung-han", "2025-01-01", "2025-12-31", "Hệ thống", 1]}


def test_differing_needs_a_reason_before_the_sheet_goes_out(small, participant):
    """With one it does, and what was measured is kept beside it."""
    _measure(small, 49533, 62027)
    _type(participant, "62027/62027")
    with pytest.raises(Refused) as refusal:
        submit_sheet(participant=participant, **BY)
    assert (refusal.value.code, refusal.value.data["leaves"]) == ("measured_needs_reason", ("A1",))
    assert not participant.rulings.exists()
    _type(participant, "62027/62027", "chưa cập nhật hồ sơ giấy", version=1)
    submit_sheet(participant=participant, **BY)
    assert participant.rulings.get(leaf="A1").measured.written == "49533/62027"


def test_the_difference_is_told_with_its_arithmetic(small, participant):
    """49,533 of 62,027 published dossiers, where all were declared."""
    _measure(small, 49533, 62027)
    (found,) = differs_from_value("62027/62027", Fraction(4), _proposal(participant))
    said = check_sentence(found.code, found.data, "vi")
    for words in ("62.027/62.027 (100,00%)", "49.533/62.027 (79,86%)", "4 điểm", "Hệ thống", "31/12/2025"):
        assert words in said
    assert differs_from_value("49533/62027", Fraction(3), _proposal(participant)) == []
    assert "79.86%" in check_sentence(found.code, found.data, "en")


def test_a_later_version_is_a_flag_and_no_score(small, participant):
    """What was ruled stays as it was."""
    _measure(small, 3, 4)
    _type(participant, "3/4")
    submit_sheet(participant=participant, **BY)
    ruling = participant.rulings.get(leaf="A1")
    _measure(small, 2, 4, at=AT + timedelta(hours=1), as_of="01/01/2026")
    (flag,) = value_changed(ruling.measured, _proposal(participant))
    assert flag.data["day"] == date(2026, 1, 1)
    assert "2/4 (50,00%)" in check_sentence(flag.code, flag.data, "vi")
    ruling.refresh_from_db()
    assert (ruling.answer, ruling.measured.version) == ("3/4", 1)
