"""Plans as measured values, and tasks that a value tells."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from site_world import AT
from test_plans import HEAD, TODAY, WRITTEN

from parindex.apps.indicators.actions import NewIndicator, define_indicator, record_values
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.plans import actions
from parindex.apps.plans.actions import TaskWritten
from parindex.apps.plans.counting import measure_tasks, measured, record_all_plans
from parindex.apps.plans.models import Task
from parindex.apps.plans.rules import Status, status_of
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.problems import Refused


YESTERDAY = TODAY - timedelta(days=1)


def _issued(unit, *tasks, number="7/KH", issue_by=None):
    plan = actions.begin_plan(unit=unit, written=replace(WRITTEN, issue_by=issue_by), by=HEAD, at=AT)
    actions.add_tasks(plan=plan, rows=[(t, "") for t in tasks], by=HEAD, at=AT)
    return actions.issue_plan(plan=plan, number=number, issued_on=TODAY, by=HEAD, at=AT)


def _values(unit):
    found = Value.objects.filter(unit=unit, indicator__code__contains="h").standing(None)
    return {v.indicator.code: (v.numerator, v.denominator) for v in found.select_related("indicator")}


def test_completion_punctuality_and_issue_become_values(small):
    """Of each unit with an issued plan; the same again records nothing."""
    unit = small.units["so-mot"]
    late = TaskWritten("Trễ", due=YESTERDAY)
    plan = _issued(unit, TaskWritten("Xong"), late, TaskWritten("Dừng"), issue_by=YESTERDAY)
    _issued(unit, TaskWritten("Khác"), number="8/KH", issue_by=TODAY)
    done, _, stopped = plan.tasks.all()
    actions.report_progress(task=done, percent=100, line="Xong", by=HEAD, at=AT)
    actions.cancel_task(task=stopped, reason="Không phát sinh", by=HEAD, at=AT)
    assert record_all_plans(AT, by="system") >= 3
    assert _values(unit) == {
        "nhiem-vu-hoan-thanh": (1, 3),
        "nhiem-vu-dung-han": (1, 2),
        "ke-hoach-dung-han": (1, 2),
    }
    assert record_all_plans(AT, by="system") == 0
    assert _values(small.units["so-hai"]) == {}


@pytest.fixture
def articles(db):
    """An indicator that counts."""
    new = NewIndicator("tin-bai", "Tin, bài", "", kind="count", measure="bài", source="Cổng")
    return define_indicator(new=new, by=HEAD, at=AT)


def _value(small, number):
    row = {"unit": "so-mot", "indicator": "tin-bai", "from": f"{TODAY.year}-01-01", "source": "Cổng"}
    told = {**row, "to": f"{TODAY.year}-12-31", "as_of": TODAY.isoformat(), "value": str(number)}
    rows = [RegisterRow(1, told, {})]
    record_values(territory=small.territory, rows=rows, origin="test", by=HEAD, at=AT)


def test_a_task_with_an_indicator_follows_its_value(small, articles):
    """Nobody reports it by hand; it is done as soon as the count reaches the goal."""
    unit = small.units["so-mot"]
    with pytest.raises(Refused, match="task_goal_missing"):
        _issued(unit, TaskWritten("Đăng tin", indicator=articles), number="6/KH")
    task = _issued(unit, TaskWritten("Đăng tin", indicator=articles, goal="20")).tasks.get()
    with pytest.raises(Refused, match="task_measured"):
        actions.report_progress(task=task, percent=50, line="x", by=HEAD, at=AT)
    _value(small, 15)
    assert measure_tasks(AT, by="system") == 1
    task.refresh_from_db()
    assert (task.percent, status_of(task, TODAY)) == (75, Status.IN_PROGRESS)
    assert measure_tasks(AT, by="system") == 0
    _value(small, 21)
    measure_tasks(AT, by="system")
    task.refresh_from_db()
    assert (task.percent, task.done_on) == (100, TODAY)


def _measured(kind, direction, *, now, today, due=date(2026, 6, 30)):
    share = Indicator(kind=kind, direction=direction, over_year="sum")
    task = Task(goal="9/10" if kind == "share" else "10", due=due)
    return measured(task, share, now=Fraction(now), today=today)


@pytest.mark.parametrize(
    ("kind", "direction", "now", "today", "expected"),
    [
        ("share", "up", "95/100", date(2026, 6, 30), (100, None)),  # it may still fall until its time is over
        ("share", "up", "95/100", date(2026, 7, 1), (100, date(2026, 6, 30))),
        ("share", "up", "45/100", date(2026, 7, 1), (50, None)),
        ("share", "up", "8999/10000", date(2026, 7, 1), (99, None)),
        ("count", "down", "20", date(2026, 7, 1), (50, None)),
        ("count", "down", "0", date(2026, 7, 1), (100, date(2026, 6, 30))),
        ("count", "up", "10", date(2026, 3, 1), (100, date(2026, 3, 1))),
        ("count", "up", "0", date(2026, 3, 1), (0, None)),
    ],
)
def test_a_value_brings_a_task_as_far_as_it_goes(kind, direction, now, today, expected):
    """Worked by hand."""
    assert _measured(kind, direction, now=now, today=today) == expected
