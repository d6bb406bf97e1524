"""A unit's sheet: typed by several people, submitted, withdrawn, returned, signed; late or never."""

from datetime import UTC, date, datetime, timedelta

import pytest
from small_round import small_set

from parindex.apps.assessments.actions import (
    DraftConflict,
    PlannedPhase,
    SignedReport,
    Typing,
    attach_report,
    return_sheet,
    save_draft,
    save_drafts,
    submit_sheet,
    withdraw_sheet,
)
from parindex.apps.assessments.models import Phase, Ruling
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.assessments.states import WrongState
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.actions import store_framework
from parindex.core.kernel.problems import Refused


OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
AT = OPENS + timedelta(days=1)
AN, BINH = {"by": "person:1", "at": AT}, {"by": "person:2", "at": AT + timedelta(minutes=1)}
LATE = "late_submission: {steps: [{from_day: 1, points: 1}], refused_after: 3}\n"


def _open(small, code="2025", more=""):
    act = {"by": "demo", "at": OPENS}
    framework = store_framework(content=small_set(f"set-{code}", more=more), file="s.yaml", **act)
    round_ = small.open(
        code, 2025, framework=framework, phases=[PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES)]
    )
    return round_.participants.get(unit__code="so-mot")


@pytest.fixture
def participant(small):
    """A unit whose sheet is open for ten days; its set takes nothing late."""
    return _open(small)


def test_what_is_typed_is_scored_at_once(participant):
    """A1 takes a ratio of at most 4 points, A2 points."""
    save_draft(participant=participant, typed=Typing("A1", "3/4", "kèm báo cáo"), **AN)
    view = sheet_view(participant)
    assert view.entries["A1"].outcome.points == 3
    assert view.whole.index == 30
    assert [e.leaf.code for e in view.missing] == ["A2"]


def test_two_officers_never_overwrite_each_other_silently(participant):
    """The later is told what stands now, and nothing is lost."""
    save_draft(participant=participant, typed=Typing("A1", "3/4"), **AN)
    with pytest.raises(DraftConflict) as conflict:
        save_draft(participant=participant, typed=Typing("A1", "2/4"), **BINH)
    assert conflict.value.draft.answer == "3/4"
    save_draft(participant=participant, typed=Typing("A1", "2/4", version=1), **BINH)
    edits = participant.draft_edits.order_by("id").values_list("by", "before", "after")
    assert list(edits) == [("person:1", "", "3/4"), ("person:2", "3/4", "2/4")]


def test_the_same_text_again_changes_nothing(participant):
    """A lost answer may be sent twice."""
    for _ in range(2):
        save_draft(participant=participant, typed=Typing("A1", "3/4"), **AN)
    assert participant.drafts.get().version == 1


@pytest.mark.parametrize(
    ("leaf", "text", "code"),
    [
        ("A1", "points:4", "points_are_ruled"),
        ("A1", "n/a", "not_applicable_is_granted"),
        ("A1", "x", "number_unreadable"),
        ("A2", "7", "points_above_maximum"),
        ("B9", "1", "leaf_unknown"),
    ],
)
def test_what_a_unit_may_not_type_is_refused(participant, leaf, text, code):
    """And nothing of the same save is kept."""
    with pytest.raises(Refused) as refusal:
        save_drafts(participant=participant, typed=[Typing("A1", "3/4"), Typing(leaf, text)], **AN)
    assert refusal.value.code == code or code.split("_")[0] in refusal.value.code
    assert not participant.drafts.exists()


def test_submitting_turns_the_whole_sheet_into_rulings_and_locks_it(participant):
    """Empty leaves too; the ledger has the rulings and who typed what."""
    save_draft(participant=participant, typed=Typing("A1", "3/4", "ghi chú"), **AN)
    submission = submit_sheet(participant=participant, **BINH)
    assert {r.leaf: r.answer for r in Ruling.objects.filter(participant=participant)} == {
        "A1": "3/4",
        "A2": "",
    }
    entry = Entry.objects.filter(kind="sheet.submitted").latest("id")
    assert entry.payload["edits"][0][:4] == ["A1", "person:1", "", "3/4"]
    assert "ghi chú" not in str(entry.payload)
    assert submission.late_days == 0
    with pytest.raises(NotNow, match="sheet_locked"):
        save_draft(participant=participant, typed=Typing("A1", "4/4", version=1), **AN)


def test_a_withdrawn_sheet_goes_on_and_is_submitted_again(participant):
    """The second submission's rulings stand, emptied leaves included."""
    save_draft(participant=participant, typed=Typing("A1", "3/4"), **AN)
    first = submit_sheet(participant=participant, **AN)
    withdraw_sheet(participant=participant, **AN)
    save_draft(participant=participant, typed=Typing("A1", "", version=1), **AN)
    second = submit_sheet(participant=participant, **AN)
    assert second.turn == 2
    assert second.hash != first.hash
    assert sheet_view(participant).entries["A1"].answer == ""


def test_nothing_is_withdrawn_after_the_deadline(participant):
    """Nor what is not submitted."""
    with pytest.raises(WrongState):
        withdraw_sheet(participant=participant, **AN)
    submit_sheet(participant=participant, **AN)
    with pytest.raises(NotNow, match="phase_over"):
        withdraw_sheet(participant=participant, by="person:1", at=CLOSES + timedelta(minutes=1))


def test_without_a_late_policy_the_deadline_closes_the_sheet(participant):
    """The stated minute still counts."""
    save_draft(participant=participant, typed=Typing("A1", "3/4"), by="person:1", at=CLOSES)
    with pytest.raises(NotNow, match="phase_over"):
        submit_sheet(participant=participant, by="person:1", at=CLOSES + timedelta(minutes=1))


@pytest.mark.parametrize(("days", "counted"), [(0, 1), (1, 1), (3, 3), (4, None)])
def test_late_sheets_are_marked_and_taken_as_the_policy_says(small, days, counted):
    """One minute late is one day."""
    participant = _open(small, "2026", LATE)
    act = {"by": "person:1", "at": CLOSES + timedelta(days=days, minutes=1)}
    if counted is None:
        with pytest.raises(NotNow, match="too_late"):
            submit_sheet(participant=participant, **act)
        return
    assert submit_sheet(participant=participant, **act).late_days == counted
    participant.refresh_from_db()
    assert participant.late_days == counted
    assert Entry.objects.filter(kind="sheet.late").latest("id").payload["late_days"] == counted


def test_a_returned_sheet_is_open_until_its_own_minute(participant):
    """Also after the phase."""
    submit_sheet(participant=participant, **AN)
    until = CLOSES + timedelta(days=2)
    return_sheet(participant=participant, reason="Thiếu tiêu chí A2", until=until, **AN)
    save_draft(participant=participant, typed=Typing("A2", "5"), by="person:1", at=until)
    with pytest.raises(NotNow, match="phase_over"):
        submit_sheet(participant=participant, by="person:1", at=until + timedelta(minutes=1))
    assert submit_sheet(participant=participant, by="person:1", at=until).late_days == 0


def test_paper_and_data_are_tied_by_the_code(participant):
    """A report printed from other data is not taken."""
    submission = submit_sheet(participant=participant, **AN)
    report = SignedReport("12/BC-SM", date(2026, 1, 12), "Nguyễn Văn A", "SAI0CODE0000")
    with pytest.raises(Refused, match="report_code_mismatch"):
        attach_report(participant=participant, report=report, **AN)
    right = SignedReport("12/BC-SM", date(2026, 1, 12), "Nguyễn Văn A", submission.code.lower())
    attach_report(participant=participant, report=right, **AN)
    participant.sheet.refresh_from_db()
    assert participant.sheet.state == "complete"


def test_a_submission_the_ledger_cannot_take_leaves_nothing(participant, monkeypatch):
    """Neither rulings nor a lock."""
    from parindex.apps.assessments.actions import sheets

    def fail(**_):
        raise OSError

    monkeypatch.setattr(sheets, "record", fail)
    save_draft(participant=participant, typed=Typing("A1", "3/4"), **AN)
    with pytest.raises(OSError):  # noqa: PT011  any failure
        submit_sheet(participant=participant, **AN)
    participant.sheet.refresh_from_db()
    assert participant.sheet.state == "draft"
    assert not Ruling.objects.filter(participant=participant).exists()
    assert participant.draft_edits.exists()
