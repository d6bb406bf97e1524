"""The clock of the machine steps back: nothing stands still for it, nothing is undone."""

from datetime import timedelta

import pytest
from site_world import AT

from parindex.apps.access.actions.guessing import count_try, sides_of, wait_after_miss
from parindex.apps.access.models import Guesses
from parindex.apps.assessments.actions import PlannedPhase, Typing, close_phases, save_draft
from parindex.apps.assessments.models import Phase
from parindex.apps.audit.verify import verify
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.tick import Job, tick
from parindex.core.kernel.problems import Refused


YEARS, DAY, HOUR, MINUTE = timedelta(days=4000), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def test_a_daily_job_that_ran_in_the_future_runs_today():
    """And the next one a day later, as ever."""
    ran = []
    job = Job("ledger.verify", lambda at: ran.append(at) or 1, every=DAY)
    for at in (AT + YEARS, AT, AT + HOUR, AT + DAY):
        list(tick([job], at=at))
    assert ran == [AT + YEARS, AT, AT + DAY]


def test_a_job_whose_process_died_in_the_future_is_taken_over():
    """Its lease would not end for years."""
    JobRun.objects.create(name="mail.send", running_since=AT + YEARS, holder="x")
    assert [ran.count for ran in tick([Job("mail.send", lambda at: 7)], at=AT)] == [7]


@pytest.mark.parametrize("closed", [True, False])
def test_what_was_guessed_in_the_future_closes_no_account_for_years(closed):
    """As often as the limit allows, or once more; then today."""
    sides, later, until = sides_of("dau-moi", ""), AT + YEARS, None
    count_try(sides=sides, at=later)
    while closed and until is None:
        until = wait_after_miss(sides=sides, person=None, address="", by="system", at=later)
        if until is None:
            count_try(sides=sides, at=later)
    count_try(sides=sides, at=AT)
    assert sorted(Guesses.objects.values_list("tries", flat=True)) == [1] * len(sides)


def test_a_phase_that_was_closed_stays_closed(small):
    """Also for whoever types, and it is not closed twice; the ledger holds."""
    closes = AT + DAY
    round_ = small.open("2025", 2025, phases=[PlannedPhase(Phase.Kind.SELF, AT, closes)])
    sheet = round_.participants.get(unit__code="so-mot")
    save_draft(participant=sheet, typed=Typing("A1", "3/4"), by="person:1", at=AT + HOUR)
    assert close_phases(by="system", at=closes + MINUTE) >= 1  # the demonstration's are due too
    assert close_phases(by="system", at=AT + HOUR) == 0
    sheet = type(sheet).objects.get(pk=sheet.pk)
    with pytest.raises(Refused):
        save_draft(participant=sheet, typed=Typing("A1", "2/4"), by="person:1", at=AT + HOUR)
    assert close_phases(by="system", at=closes + MINUTE) == 0
    assert verify().faults == []
