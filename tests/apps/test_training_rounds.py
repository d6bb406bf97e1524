"""The demonstration's training rounds: one in each phase, everybody in their role."""

from datetime import timedelta
from itertools import pairwise

import pytest
from site_world import AT

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.rules.time import windows
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role
from parindex.config.training import ROUNDS, phases_around


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
    assert set(Role) - held == {Role.INSPECTOR, Role.EDITOR}
