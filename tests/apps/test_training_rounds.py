"""The demonstration's training rounds: one in each phase, everybody in their role."""

from datetime import timedelta
from itertools import pairwise

import pytest
from site_world import AT

from parindex.apps.assessments.models import Explanation, Round, Ruling
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.rules.time import windows
from parindex.apps.audit.verify import verify
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.notices.models import Notice
from parindex.apps.notices.queries import unread_topics
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role
from parindex.apps.results.rebuild import rebuild
from parindex.config.training import ROUNDS, phases_around
from parindex.config.training_sheets import LATE, NEVER


@pytest.mark.parametrize("training", ROUNDS, ids=lambda t: t.code)
def test_each_round_is_in_its_phase_and_one_phase_is_open(world, training):
    """On the day it is loaded."""
    round_ = Round.objects.get(code=training.code)
    participant = round_.participants.first()
    assert [w.phase.position - 1 for w in windows(participant) if w.is_open(AT)] == [training.phase]
    assert round_.participants.count() == 29


def test_phases_follow_each_other_without_a_gap(world):
    """Each begins with the minute after the one before."""
    phases = phases_around(ROUNDS[2], AT)
    assert all(b.opens_at - a.closes_at == timedelta(minutes=1) for a, b in pairwise(phases))


def test_every_leaf_is_appraised_by_somebody_else_than_the_unit_itself(world):
    """For each of the 29 units."""
    round_ = Round.objects.get(code=ROUNDS[1].code)
    framework = by_hash(round_.framework.content_hash)
    assignments = list(round_.assignments.all())
    for participant in round_.participants.all():
        for leaf in framework.leaves:
            one = assignment_of(assignments, framework, participant=participant, leaf=leaf)
            assert lead_for(one, participant) not in (None, participant.unit_id)


def test_every_role_of_the_rounds_is_played_by_somebody(world):
    """So that a newcomer can try each."""
    held = {h.role for p in Person.objects.filter(illustrative=True) for h in rights_of(p, AT).held}
    assert set(Role) == held


@pytest.mark.parametrize("training", ROUNDS[1:], ids=lambda t: t.code)
def test_rounds_past_self_assessment_hold_submitted_sheets_a_few_late_or_never(world, training):
    """As many days late as their instants say; the rest is in time."""
    participants = Round.objects.get(code=training.code).participants.select_related("unit", "sheet")
    state = {p.unit.code: (p.sheet.state, p.late_days) for p in participants}
    assert {code for code, (s, _) in state.items() if s == "draft"} == set(NEVER)
    assert {code: days for code, (_, days) in state.items() if days} == LATE
    assert {s for s, _ in state.values()} == {"draft", "submitted", "complete"}


def test_what_lead_departments_ruled_is_mostly_accepted_and_else_has_a_reason(world):
    """In the round that is being explained: every ruling stands beside what the unit said."""
    round_ = Round.objects.get(code="tap-huan-giai-trinh")
    ruled = Ruling.objects.filter(participant__round=round_, stage="appraised", reason="")
    lower = Ruling.objects.filter(participant__round=round_, stage="appraised").exclude(reason="")
    assert 60 < lower.count() < ruled.count() / 3
    assert 20 < Explanation.objects.filter(participant__round=round_, state="asked").count() < lower.count()
    leads = {a.lead_id for a in round_.assignments.all()}
    assert {s.lead_id for s in round_.sign_offs.filter(turn=1)} == leads


def test_while_the_appraisal_is_open_part_of_it_is_left_to_do(world):
    """One unit in three is ruled on, nothing is signed off."""
    round_ = Round.objects.get(code="tap-huan-tham-dinh")
    ruled = round_.participants.filter(rulings__stage="appraised", rulings__leaf="1.3.1").distinct()
    assert 8 <= ruled.count() <= 10
    assert not round_.sign_offs.exists()


@pytest.mark.parametrize("training", ROUNDS[1:], ids=lambda t: t.code)
def test_the_ledger_of_a_filled_round_verifies(world, training):
    """Everything went through the actions."""
    assert not verify(f"minh-hoa/{training.code}").faults
    assert not rebuild(Round.objects.get(code=training.code)).differences


def test_only_what_is_young_is_unread_when_the_demonstration_begins(world):
    """As where people read what they are told; nobody starts with hundreds."""
    told = Notice.objects.filter(read_at=None)
    assert told.exists()
    assert not told.filter(at__lt=AT - timedelta(days=7)).exists()
    assert unread_topics(Person.objects.get(username="thuong-truc").ref) < 20
