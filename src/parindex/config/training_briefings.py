"""The demonstration's briefings of the invented province: one issued with conclusions, the next a draft."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from parindex.apps.briefings.actions import (
    BriefingWritten,
    begin_briefing,
    hand_conclusions,
    issue_briefing,
    newest_of,
    save_briefing,
)
from parindex.apps.briefings.models import Briefing
from parindex.apps.briefings.queries import plans_for
from parindex.apps.briefings.rules import ConclusionWritten
from parindex.apps.notices.actions import mark_read
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.plans import actions as plans
from parindex.apps.plans.actions import PlanWritten
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.data import minhhoa
from parindex.data.minhhoa import briefings as sample


@transaction.atomic
def briefings(at: datetime) -> bool:
    """Both months."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Briefing.objects.filter(unit=territory).exists():
        return False
    by = Person.objects.get(username=sample.DRAWN_BY).ref
    _issued(territory, by=by)
    begun = min(_morning(date(2026, 1, 5)), at)
    begin_briefing(unit=territory, month=sample.DRAFTED, by=by, at=begun)
    told = Notice.objects.filter(kind="briefing_issued", read_at=None)
    for to in sorted(set(told.values_list("to", flat=True))):
        mark_read(to=to, at=at, only=set(told.filter(to=to).values_list("pk", flat=True)))
    return True


def _issued(territory: Unit, *, by: str) -> None:
    """Drafted, edited, issued; its conclusions are tasks of the province's plan of their year."""
    at = _morning(sample.HELD)
    briefing = begin_briefing(unit=territory, month=sample.ISSUED, by=by, at=at)
    rows = [
        ConclusionWritten(c.content, f"{territory.code}.{c.unit}", c.due.isoformat())
        for c in sample.CONCLUSIONS
    ]
    written = BriefingWritten({"proposals": sample.PROPOSALS}, rows, sample.HELD)
    save_briefing(briefing=briefing, written=written, base=newest_of(briefing).number, by=by, at=at)
    issue_briefing(briefing=briefing, number=sample.NUMBER, on=sample.HELD, by=by, at=at)
    fitting = plans_for(briefing)
    if fitting:
        hand_conclusions(briefing=briefing, plan=fitting[0], by=by, at=at)
    else:
        _in_a_year_over(briefing, by=by)


def _in_a_year_over(briefing: Briefing, *, by: str) -> None:
    """The conclusions as tasks of a plan of their year, closed since; and how they were done."""
    begun, year = _morning(sample.HELD), sample.HELD.year
    written = PlanWritten(title=sample.PLAN_OVER, year=year)
    plan = plans.begin_plan(unit=briefing.unit, written=written, by=by, at=begun)
    tasks = hand_conclusions(briefing=briefing, plan=plan, by=by, at=begun)
    plans.issue_plan(plan=plan, number=sample.PLAN_NUMBER, issued_on=sample.HELD, by=by, at=begun)
    for task, told in zip(tasks, sample.CONCLUSIONS, strict=True):
        done = _morning(told.done)
        plans.report_progress(task=task, percent=100, line=told.line, by=by, at=done)
    plans.close_plan(plan=plan, by=by, at=_morning(date(year + 1, 1, 5)))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 15), LEGAL_ZONE)
