"""One act on several tasks: all or none, one entry with its rows."""

from datetime import timedelta

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.roles import Role
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.actions.bulk import cancel_tasks, give_tasks, shift_tasks
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


TODAY = legal_date(AT)
BY = "person:81"


@pytest.fixture
def plan(small):
    """An issued plan with three dated tasks and one without a day."""
    unit = small.units["so-mot"]
    made = actions.begin_plan(unit=unit, written=PlanWritten(title="Kế hoạch", year=TODAY.year), by=BY, at=AT)
    rows = [(TaskWritten(f"Việc {k}", due=TODAY + timedelta(days=k)), "") for k in range(1, 4)]
    actions.add_tasks(plan=made, rows=[*rows, (TaskWritten("Thường xuyên"), "")], by=BY, at=AT)
    return actions.issue_plan(plan=made, number="1/KH", issued_on=TODAY, by=BY, at=AT)


def _keys(plan, *numbers):
    return list(plan.tasks.filter(number__in=numbers).values_list("pk", flat=True))


def _last():
    entry = Entry.objects.order_by("pk").last()
    return entry.kind, [row["number"] for row in entry.payload["tasks"]]


def _refused(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments, by=BY, at=AT)
    return refused.value.code


def test_tasks_are_given_to_one_person_in_one_act(plan):
    """Who is told of each; who is no one of the unit gets none."""
    person = add_person(new=NewPerson("an", "Nguyễn Văn An"), by="test", at=AT)
    give = {"plan": plan, "tasks": _keys(plan, 1, 3), "person": person}
    assert _refused(give_tasks, **give) == "person_elsewhere"
    grant_role(person=person, role=Role.OFFICER, unit=plan.unit, by="test", at=AT)
    assert len(give_tasks(**give, by=BY, at=AT)) == 2
    assert _last() == ("tasks.given", [1, 3])
    assert Notice.objects.filter(to=person.ref, kind="task_given").count() == 2
    before = Entry.objects.count()
    assert give_tasks(**give, by=BY, at=AT) == []
    assert Entry.objects.count() == before
    assert verify().faults == []


def test_deadlines_are_moved_together_for_a_reason(plan):
    """A task without a day stops it all."""
    shift = {"plan": plan, "tasks": _keys(plan, 1, 2), "days": 10, "reason": "Chờ hướng dẫn"}
    shift_tasks(**shift, by=BY, at=AT)
    assert [t.due for t in plan.tasks.order_by("number")[:3]] == [
        TODAY + timedelta(days=k) for k in (11, 12, 3)
    ]
    assert _last() == ("tasks.shifted", [1, 2])
    assert _refused(shift_tasks, **{**shift, "tasks": _keys(plan, 1, 4)}) == "task_without_deadline"
    assert _refused(shift_tasks, **{**shift, "days": 0}) == "shift_unusable"
    assert _refused(shift_tasks, **{**shift, "days": 400}) == "shift_unusable"
    assert _refused(shift_tasks, **{**shift, "reason": " "}) == "task_reason_missing"


def test_tasks_are_stopped_together_for_a_reason(plan):
    """One that is over already stops it all."""
    stop = {"plan": plan, "tasks": _keys(plan, 2, 3), "reason": "Không còn cần"}
    cancel_tasks(**stop, by=BY, at=AT)
    assert [bool(t.cancelled_on) for t in plan.tasks.order_by("number")] == [False, True, True, False]
    assert _last() == ("tasks.cancelled", [2, 3])
    assert _refused(cancel_tasks, **{**stop, "tasks": _keys(plan, 1, 2)}) == "tasks_over"
    assert plan.tasks.get(number=1).cancelled_on is None


def test_tasks_of_another_plan_and_none_at_all_are_refused(plan, small):
    """Whatever was sent."""
    other = actions.begin_plan(
        unit=small.units["so-hai"], written=PlanWritten(title="Khác", year=TODAY.year), by=BY, at=AT
    )
    theirs = actions.add_task(plan=other, written=TaskWritten("Của người khác"), by=BY, at=AT)
    stop = {"plan": plan, "reason": "x"}
    assert _refused(cancel_tasks, **stop, tasks=[theirs.pk, *_keys(plan, 1)]) == "tasks_elsewhere"
    assert _refused(cancel_tasks, **stop, tasks=[]) == "tasks_none_marked"
    assert not plan.tasks.exclude(cancelled_on=None).exists()
