"""What the secretariat does to a running round: more time, reminders, exceptions, another round."""

from datetime import timedelta

import pytest
from test_sheets import AT, CLOSES, OPENS, participant  # noqa: F401  the fixture

from parindex.apps.assessments.actions import (
    Enrolment,
    MoreTime,
    NewRound,
    Part,
    PlannedPhase,
    Typing,
    assign_parts,
    extend_phase,
    grant_not_applicable,
    open_planned,
    remind,
    save_draft,
    submit_sheet,
)
from parindex.apps.assessments.models import Phase
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.queries.steering import round_state
from parindex.apps.audit.models import Entry
from parindex.apps.notices.models import Notice
from parindex.apps.notices.queries import unread
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.roles import Role
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.notices import SENTENCES, notice_sentence


ACT = {"by": "person:9", "at": AT}
LATER = CLOSES + timedelta(days=2)


@pytest.fixture
def focal(participant):  # noqa: F811
    """The unit's focal officer."""
    person = add_person(new=NewPerson("dau-moi", "Đầu Mối"), **ACT)
    grant_role(person=person, role=Role.FOCAL, unit=participant.unit, **ACT)
    return person


def _phase(participant):  # noqa: F811
    return participant.round.phases.get()


def test_more_time_opens_the_sheet_again_and_is_told(participant, focal):  # noqa: F811
    """For the chosen unit, in one entry."""
    more = MoreTime(LATER, "Mất điện diện rộng", "12/TB-SNV")
    extend_phase(phase=_phase(participant), participants=[participant], more=more, **ACT)
    save_draft(participant=participant, typed=Typing("A1", "3/4"), by="person:1", at=LATER)
    assert Entry.objects.get(kind="phase.extended").payload["units"] == ["so-mot"]
    assert unread(focal.ref) == 1


@pytest.mark.parametrize(
    ("until", "reason", "who", "code"),
    [
        (LATER, " ", True, "reason_needed"),
        (AT - timedelta(days=1), "x", True, "deadline_past"),
        (LATER, "x", False, "nobody_chosen"),
    ],
)
def test_more_time_without_ground_or_sense_is_refused(participant, until, reason, who, code):  # noqa: F811
    """Nothing is kept."""
    people = [participant] if who else []
    with pytest.raises(Refused, match=code):
        extend_phase(phase=_phase(participant), participants=people, more=MoreTime(until, reason), **ACT)
    assert not participant.extensions.exists()


def test_a_reminder_reaches_those_who_answer_for_the_unit(participant, focal):  # noqa: F811
    """In their language, with the deadline."""
    told = remind(phase=_phase(participant), participants=[participant], text="Gấp", **ACT)
    notice = Notice.objects.get(to=focal.ref)
    assert told == 1
    assert "17:00" in notice_sentence(notice.kind, notice.data, "vi")
    assert "Gấp" in notice_sentence(notice.kind, notice.data, "en")


def test_a_leaf_that_is_not_assessed_leaves_the_maximum(participant):  # noqa: F811
    """Before the sheet is handed in, and after."""
    grant_not_applicable(
        participant=participant, leaves=["A1"], ground="Không có TTHC", document="12/TB", **ACT
    )
    assert sheet_view(participant).whole.applicable_max == 6
    save_draft(participant=participant, typed=Typing("A2", "3"), by="person:1", at=AT)
    submit_sheet(participant=participant, by="person:1", at=AT)
    with pytest.raises(Refused, match="reason_needed"):
        grant_not_applicable(participant=participant, leaves=["A2"], ground="", document="12/TB", **ACT)


def test_the_state_of_a_round_counts_what_units_supply(participant):  # noqa: F811
    """Typed or submitted alike."""
    lead, other = participant.round.participants.get(unit__code="so-hai").unit, participant.unit
    assign_parts(round_=participant.round, parts=[Part("A", lead, other)], **ACT)
    save_draft(participant=participant, typed=Typing("A1", "3/4"), by="person:1", at=AT)
    state = round_state(participant.round)
    found = {u.participant.unit.code: (u.done, u.todo) for u in state.units}
    assert found == {"so-mot": (1, 2), "so-hai": (0, 2)}
    assert {load.lead.code: load.total for load in state.loads} == {"so-hai": 2, "so-mot": 2}


def test_the_state_of_a_round_costs_the_same_for_many_units(world, django_assert_max_num_queries):
    """29 units here."""
    from parindex.apps.assessments.models import Round

    with django_assert_max_num_queries(14):
        state = round_state(Round.objects.get(code="tap-huan-tham-dinh"))
    assert len(state.units) == 29


def planned(last, code, phases, parts=()):
    """A round of the same units."""
    new = NewRound(
        territory=last.territory,
        code=code,
        year=2026,
        title=Text("Kỳ 2026"),
        note=Text(""),
        framework=last.framework,
        groups={g.code: g.name for g in last.groups.all()},
        previous=last,
        phases=phases,
    )
    enrolments = [Enrolment(p.unit, p.group.code) for p in last.participants.select_related("unit", "group")]
    return open_planned(new=new, enrolments=enrolments, parts=parts, **ACT)


def test_a_plan_of_the_last_rounds_groups_becomes_one_of_the_new_rounds(participant):  # noqa: F811
    """The group of the same code is meant."""
    last = participant.round
    parts = [Part("A", participant.unit, group=last.groups.get())]
    opened = planned(last, "2026", [PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES)], parts)
    assert (opened.state, opened.previous) == ("running", last)
    assert opened.participants.count() == 2
    assert [(a.node, a.group) for a in opened.assignments.all()] == [("A", opened.groups.get())]
    with pytest.raises(Refused, match="round_code_taken"):
        planned(last, "2026", [PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES)])


@pytest.mark.parametrize(
    ("code", "spans", "refusal"),
    [
        ("Kỳ 2027", [(0, 1)], "code_unreadable"),
        ("2027", [], "calendar_empty"),
        ("2027", [(1, 0)], "calendar_overlaps"),
        ("2027", [(0, 2), (1, 3)], "calendar_overlaps"),
    ],
)
def test_a_round_that_cannot_be_opened_is_refused(participant, code, spans, refusal):  # noqa: F811
    """And nothing is left behind."""
    kinds = [Phase.Kind.SELF, Phase.Kind.APPRAISAL]
    phases = [
        PlannedPhase(kind, OPENS + timedelta(days=a), OPENS + timedelta(days=b))
        for kind, (a, b) in zip(kinds, spans, strict=False)
    ]
    last = participant.round
    before = last.territory.rounds.count()
    with pytest.raises(Refused, match=refusal):
        planned(last, code, phases)
    assert last.territory.rounds.count() == before


def test_every_notice_is_said_in_both_languages():
    """From the same data."""
    from string import Formatter

    for vi, en in SENTENCES.values():
        names = [{n for _, n, _, _ in Formatter().parse(s) if n} for s in (vi, en)]
        assert names[0] == names[1]
