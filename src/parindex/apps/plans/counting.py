"""Plans as measured values of their units, and tasks as their indicators tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.indicators.goals import forecasts
from parindex.apps.indicators.models import Indicator
from parindex.apps.indicators.years_work import in_every_territory, record_counted
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.plans.actions.planning import chain_of, lock_plan
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.queries import plan_counts
from parindex.apps.plans.rolling import roll_up
from parindex.apps.plans.rules import WHOLE, Progress
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.time import legal_date
from parindex.data.indicators import PLAN_COUNT


DONE, IN_TIME, ISSUED = "nhiem-vu-hoan-thanh", "nhiem-vu-dung-han", "ke-hoach-dung-han"
Share = tuple[int, int]


def record_plans(*, territory: Unit, by: str, at: datetime) -> int:
    """Record the shares of tasks done and in time, and of plans issued in time, of every unit with an issued
    plan: of this year, and of the year that ended with the month before. How many are new."""
    today, tree = legal_date(at), tree_of(territory)
    units = {unit.pk: unit for unit in tree.walk()}
    rows: list[RegisterRow] = []
    for year in sorted({today.year, (today.replace(day=1) - timedelta(days=1)).year}):
        counted = plan_counts(list(units), year, today)
        issued = issued_in_time(units, year)
        for pk in sorted(counted.keys() | issued.keys()):
            told = {
                "unit": tree.address(units[pk]),
                "from": f"{year}-01-01",
                "to": f"{year}-12-31",
                "as_of": min(date(year, 12, 31), today).isoformat(),
                "source": PLAN_COUNT,
            }
            shares = _shares(counted.get(pk, Progress()), issued.get(pk, (0, 0)))
            rows += _rows(told, shares, first=len(rows) + 1)
    return record_counted(tree, rows, origin="plans", by=by, at=at)


def _shares(progress: Progress, issued: Share) -> dict[str, Share]:
    """By indicator, those that have a whole."""
    shares = {
        DONE: (progress.done, progress.total),
        IN_TIME: (progress.in_time, progress.due),
        ISSUED: issued,
    }
    return {code: share for code, share in shares.items() if share[1]}


def _rows(told: Mapping[str, str], shares: Mapping[str, Share], *, first: int) -> list[RegisterRow]:
    return [
        RegisterRow(
            first + k,
            {**told, "indicator": code, "numerator": str(part), "denominator": str(whole)},
            {},
        )
        for k, (code, (part, whole)) in enumerate(shares.items())
    ]


def issued_in_time(units: Iterable[int], year: int) -> dict[int, Share]:
    """By unit: how many of its issued plans of a year with a day until which they were to be issued were so.
    One query."""
    found: dict[int, Share] = {}
    plans = Plan.objects.filter(unit__in=list(units), year=year, issue_by__isnull=False)
    rows = plans.exclude(state=Plan.State.DRAFT).values_list("unit", "issued_on", "issue_by")
    for unit, issued_on, issue_by in rows:
        part, whole = found.get(unit, (0, 0))
        in_time = issued_on is not None and issue_by is not None and issued_on <= issue_by
        found[unit] = (part + in_time, whole + 1)
    return found


def record_all_plans(at: datetime, *, by: str) -> int:
    """For every territory; how many values.

    Raises:
        ExceptionGroup: what went wrong, after all were counted.
    """
    measure_tasks(at, by=by)
    return in_every_territory(record_plans, what="counting plans", by=by, at=at)


def measure_tasks(at: datetime, *, by: str) -> int:
    """Bring every open task with an indicator up to what was measured; how many changed. Two queries, one
    more for each further year, and some for each that changed."""
    open_ = Task.objects.filter(
        plan__state=Plan.State.ISSUED, indicator__isnull=False, done_on=None, cancelled_on=None
    )
    tasks = list(open_.select_related("plan__unit", "lead", "indicator"))
    by_year: dict[int, list[Task]] = {}
    for task in tasks:
        by_year.setdefault(task.plan.year, []).append(task)
    return sum(_measure(year, found, at, by=by) for year, found in by_year.items())


def _measure(year: int, tasks: Sequence[Task], at: datetime, *, by: str) -> int:
    today, changed = legal_date(at), 0
    readings = forecasts({t.unit.pk for t in tasks}, year)
    for task in tasks:
        if task.indicator is None:
            continue
        reading = readings.get((task.indicator.code, task.unit.pk))
        if reading is None:
            continue
        percent, done_on = measured(task, task.indicator, now=reading.now, today=today)
        if (percent, done_on) != (task.percent, task.done_on):
            _keep(task, percent, done_on, by=by, at=at)
            changed += 1
    return changed


def measured(task: Task, indicator: Indicator, *, now: Fraction, today: date) -> tuple[int, date | None]:
    """How far a value brings a task, in whole percent of its goal, and the day it is done.

    A count that adds up is done as soon as it reaches the goal; anything else may still fall, so it is done
    when the task's time is over, and the year's where it has no deadline.
    """
    goal, up = exact(task.goal), indicator.direction == Indicator.Direction.UP
    reached = now >= goal if up else now <= goal
    top, bottom = (now, goal) if up else (goal, now)
    percent = WHOLE if reached or not bottom else int(min(top / bottom, Fraction(99, 100)) * WHOLE)
    adds_up = indicator.kind == Indicator.Kind.COUNT and indicator.over_year == Indicator.OverYear.SUM
    if not reached:
        return percent, None
    if adds_up and up:
        return percent, today
    last = task.due or task.plan.end
    return percent, last if today > last else None


@transaction.atomic
def _keep(task: Task, percent: int, done_on: date | None, *, by: str, at: datetime) -> None:
    lock_plan(task.plan)
    task.percent, task.done_on = percent, done_on
    task.save(update_fields=["percent", "done_on"])
    done = done_on.isoformat() if done_on else ""
    record(
        chain=chain_of(task.plan),
        kind="task.measured",
        subject=f"{task.plan.unit.code}/{task.plan.year}/{task.number}",
        payload={"v": 1, "number": task.number, "percent": percent, "done_on": done},
        by=by,
        at=at,
    )
    roll_up(task.parent)
