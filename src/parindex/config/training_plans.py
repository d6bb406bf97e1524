"""The demonstration's plans: a province's and those of departments, with work in every state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.models import Plan, Task
from parindex.core.kernel.time import legal_date
from parindex.data import minhhoa
from parindex.data.minhhoa.plans import PLANS, SamplePlan, SampleTask


ISSUED, BEFORE, YOUNG = timedelta(days=200), timedelta(days=45), timedelta(days=7)


@dataclass(frozen=True)
class _Place:
    """What the samples name: units by code ("" the province), persons by sign-in name; the start."""

    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    at: datetime

    def day(self, days: int) -> datetime:
        """So many days from the start."""
        return self.at + timedelta(days=days)


@transaction.atomic
def plans(at: datetime) -> bool:
    """Every invented plan, as far as it goes; what people were told of it is read but for the newest."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Plan.objects.filter(territory=territory).exists():
        return False
    people = {p.username: p for p in Person.objects.filter(illustrative=True)}
    place = _Place({"": territory, **{u.code: u for u in territory.children.all()}}, people, at)
    now = [sample for sample in PLANS if not sample.year]
    for sample in PLANS:
        if sample.year:
            _over(sample, place)
    made = {sample.unit: _plan(sample, place) for sample in now}
    tasks = {sample.unit: list(made[sample.unit].tasks.order_by("number")) for sample in now}
    for sample in now:
        for task, told in zip(tasks[sample.unit], sample.tasks, strict=True):
            _hand_down(task, told, made=made, place=place)
            _do(task, told, sample=sample, place=place)
    seen = Notice.objects.filter(kind__startswith="task_", read_at=None)
    waiting = ("task_handed_down", "task_claimed")
    seen.exclude(kind__in=waiting, at__gte=at - YOUNG).update(read_at=at)
    return True


def _over(sample: SamplePlan, place: _Place) -> None:
    """A plan of a year that is over: its days are counted back from the first days of the next."""
    end = min(place.at, datetime(sample.year + 1, 1, 5, 2, tzinfo=UTC))
    then = replace(place, at=end)
    plan = _plan(sample, then)
    for task, told in zip(plan.tasks.order_by("number"), sample.tasks, strict=True):
        _do(task, told, sample=sample, place=then)
    actions.close_plan(plan=plan, by=place.people[sample.maker].ref, at=end)


def _plan(sample: SamplePlan, place: _Place) -> Plan:
    begun, by = place.at - ISSUED, place.people[sample.maker].ref
    written = PlanWritten(
        title=sample.title,
        year=sample.year or legal_date(place.at - BEFORE).year,
        theme=sample.theme,
        grounds="\n".join(sample.grounds),
    )
    plan = actions.begin_plan(unit=place.units[sample.unit], written=written, by=by, at=begun)
    rows = [(_written(task, place), "") for task in sample.tasks]
    actions.add_tasks(plan=plan, rows=rows, by=by, at=begun)
    if not sample.number:
        return plan
    day = legal_date(begun)
    return actions.issue_plan(plan=plan, number=sample.number, issued_on=day, by=by, at=begun)


def _written(task: SampleTask, place: _Place) -> TaskWritten:
    return TaskWritten(
        content=task.content,
        area=task.area,
        output=task.output,
        person=place.people.get(task.by),
        due=None if task.due is None else legal_date(place.day(task.due)),
        due_text=task.due_text,
        criterion=task.criterion,
        gain=task.gain,
    )


def _hand_down(task: Task, told: SampleTask, *, made: Mapping[str, Plan], place: _Place) -> None:
    """What units below were asked, and what they have answered."""
    declined, reason = told.declined
    codes = [*told.down, *told.open_to, *([declined] if declined else [])]
    if not codes:
        return
    by, at = place.people["thuong-truc"].ref, place.at - timedelta(days=5)
    handed = actions.hand_down(task=task, units=[place.units[c] for c in codes], by=by, at=at)
    for one in handed.offered:
        code = one.unit.code
        if code in told.open_to:
            continue
        own = place.people[f"dau-moi.{code}"].ref
        taken = made[code] if code in told.down else None
        part = actions.answer_hand_down(handed=one, plan=taken, reason=reason, by=own, at=at)
        if part is not None:
            person = place.people[f"chuyen-vien.{code}"]
            actions.give_task(task=part, person=person, by=own, at=at)


def _do(task: Task, told: SampleTask, *, sample: SamplePlan, place: _Place) -> None:
    """What was reported, accepted, stopped."""
    maker = place.people[sample.maker].ref
    if told.cancelled:
        actions.cancel_task(task=task, reason=told.cancelled, by=maker, at=place.day(-20))
    if not told.line:
        return
    when = place.day(told.done if told.done is not None else -2)
    by = place.people[told.by].ref if told.by else place.people["giup-viec"].ref
    document = _document(task, told, by=by, at=when) if told.number else None
    said = {"task": task, "percent": told.percent, "line": told.line}
    report = actions.report_progress(**said, document=document, by=by, at=when)  # type: ignore[arg-type]
    if told.number and not told.waits:
        actions.accept_output(report=report, by=_other(by, sample, place), at=when + timedelta(days=1))


def _other(by: str, sample: SamplePlan, place: _Place) -> str:
    """Whoever makes the unit's plans and did not hand it in."""
    maker = place.people[sample.maker].ref
    return maker if maker != by else place.people[f"lanh-dao.{sample.unit}"].ref


def _document(task: Task, told: SampleTask, *, by: str, at: datetime) -> Document:
    """The output as it is cited; its file lies with the unit."""
    metadata = Metadata(
        number=told.number, issued_on=legal_date(at), issuer=task.plan.unit.name_vi, title=told.output
    )
    where = f"Văn thư {task.plan.unit.name_vi}"
    return cite_document(unit=task.plan.unit, metadata=metadata, where=where, by=by, at=at)
