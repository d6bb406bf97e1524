"""Reminders of deadlines: each once, of what is still to be done, and to whom it concerns."""

from datetime import date, timedelta

import pytest
from site_world import AT

from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.roles import Role
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.reminding import remind_due, stage_of
from parindex.core.kernel.time import legal_date


TODAY = legal_date(AT)
BY = "person:81"


def _person(unit, name, role):
    person = add_person(new=NewPerson(name, name), by="test", at=AT)
    grant_role(person=person, role=role, unit=unit, by="test", at=AT)
    return person


@pytest.fixture
def people(small):
    """An officer, a focal officer and the head of a unit."""
    unit = small.units["so-mot"]
    return {role: _person(unit, role.value, role) for role in (Role.OFFICER, Role.FOCAL, Role.HEAD)}


@pytest.fixture
def task(small, people):
    """A task of an issued plan, given to the officer, due in ten days."""
    plan = actions.begin_plan(
        unit=small.units["so-mot"], written=PlanWritten(title="Kế hoạch", year=TODAY.year), by=BY, at=AT
    )
    due = TODAY + timedelta(days=10)
    written = TaskWritten("Việc được nhắc", person=people[Role.OFFICER], due=due)
    made = actions.add_task(plan=plan, written=written, by=BY, at=AT)
    actions.issue_plan(plan=plan, number="1/KH", issued_on=TODAY, by=BY, at=AT)
    Notice.objects.all().delete()
    return made


def _told(days):
    """What the tick tells so many days from now: kind and whom."""
    Notice.objects.all().delete()
    remind_due(AT + timedelta(days=days))
    return sorted(Notice.objects.filter(data__content="Việc được nhắc").values_list("kind", "to"))


def test_a_task_is_reminded_of_before_on_and_after_its_day_and_then_to_the_head(task, people):
    """Each once, however often the tick comes."""
    officer, head = people[Role.OFFICER].ref, people[Role.HEAD].ref
    assert [_told(day) for day in (0, 2)] == [[], []]
    assert [_told(day) for day in (3, 4, 9)] == [[("task_soon", officer)], [], []]
    assert [_told(day) for day in (10, 10)] == [[("task_due", officer)], []]
    assert [_told(day) for day in (11, 12, 13)] == [[("task_overdue", officer)], [], []]
    assert [_told(day) for day in (14, 15, 90)] == [[("task_escalated", head)], [], []]
    assert task.reminders.count() == 4


def test_after_a_pause_only_what_holds_now_is_told(task, people):
    """And whoever does it hears of it with the head."""
    told = _told(60)
    assert told == [("task_escalated", people[Role.HEAD].ref), ("task_overdue", people[Role.OFFICER].ref)]


def test_a_deadline_that_was_moved_is_told_of_anew(task):
    """For it is another day."""
    _told(5)
    written = TaskWritten("Việc được nhắc", person=task.person, due=task.due + timedelta(days=30))
    actions.change_task(task=task, written=written, by=BY, at=AT)
    assert _told(6) == []
    assert [kind for kind, _ in _told(35)] == ["task_soon"]


def test_a_task_that_nobody_was_given_is_told_to_whoever_plans(task, people):
    """Focal officer and head."""
    actions.give_task(task=task, person=None, by=BY, at=AT)
    assert _told(10) == sorted(("task_due", people[role].ref) for role in (Role.FOCAL, Role.HEAD))


def test_a_task_of_somebody_who_left_is_told_to_whoever_plans(task, people):
    """Their role ended, though they still sign in for another unit."""
    officer = people[Role.OFFICER]
    officer.grants.update(valid_to=TODAY)
    told = _told(3)
    assert told
    assert officer.ref not in {to for _, to in told}


def test_what_is_done_or_stopped_is_not_reminded_of(task):
    """Nor anything before seven o'clock."""
    night = AT.replace(hour=20) + timedelta(days=9)  # three o'clock in Việt Nam
    assert remind_due(night) == 0
    actions.cancel_task(task=task, reason="Không còn", by=BY, at=AT)
    assert _told(10) == []


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-8, None), (-7, "soon"), (-1, "soon"), (0, "due"), (1, "overdue"), (3, "overdue"), (4, "escalated")],
)
def test_the_stages_meet_without_a_gap(days, stage):
    """Counted in days from the deadline."""
    due = date(2026, 6, 15)
    assert stage_of(due, due + timedelta(days=days)) == stage
