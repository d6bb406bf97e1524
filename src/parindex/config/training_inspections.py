"""The demonstration's inspections: a plan of the year, a visit at each step, so that each role can play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from parindex.apps.assessments.models import Round
from parindex.apps.evidence.photos import kept
from parindex.apps.evidence.photos_apart import encoded_sizes
from parindex.apps.inspections import actions
from parindex.apps.inspections.actions.inspecting import FOLDER
from parindex.apps.inspections.checklists import areas_of
from parindex.apps.inspections.counting import record_inspections
from parindex.apps.inspections.models import Finding, Plan, Recommendation, Visit
from parindex.apps.notices.actions import mark_read
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person, Unit
from parindex.config.training_news import board_picture
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.data import minhhoa
from parindex.data.inspections import PROCEDURES
from parindex.data.minhhoa.inspections import (
    LEADER,
    MEMBERS,
    PURPOSE,
    TITLE,
    VISITS,
    SampleFinding,
    SampleRemedy,
    SampleVisit,
)


PLANNED = timedelta(days=75)
"""How long before the demonstration begins the plan was issued; its year is the year of that day."""


@dataclass(frozen=True, slots=True)
class World:
    """Who and what there is: people and units by name, and when the demonstration begins."""

    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    at: datetime

    def moment(self, days: int, hour: int = 9) -> datetime:
        """An hour of a day counted from the beginning, never later than it."""
        day = self.at.astimezone(LEGAL_ZONE) + timedelta(days=days)
        return min(day.replace(hour=hour, minute=0, second=0, microsecond=0), self.at)

    @property
    def inspector(self) -> str:
        """Who writes it all down."""
        return self.people[LEADER].ref


@transaction.atomic
def inspections(at: datetime) -> bool:
    """The plan, its visits as far as each has got, and what they count."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Plan.objects.filter(territory=territory).exists():
        return False
    people = {p.username: p for p in Person.objects.filter(illustrative=True)}
    units = {u.code: u for u in Unit.objects.filter(parent=territory).select_related("parent")}
    world = World(people, units, at)
    plan = _plan(territory, world)
    visits = [(sample, _visit(plan, sample, world)) for sample in VISITS]
    issued = legal_date(at - PLANNED)
    actions.issue_plan(
        plan=plan, number=f"{40 + issued.month}/KH-UBND", on=issued, by=world.inspector, at=at - PLANNED
    )
    for sample, visit in visits:
        _run(visit, sample, world)
    _have_read(at)
    record_inspections(territory=territory, by="demo", at=at)
    return True


def _plan(territory: Unit, world: World) -> Plan:
    year = legal_date(world.at - PLANNED).year
    framework = Round.objects.get(territory=territory, code="2024").framework
    written = actions.PlanWritten(year, f"{TITLE} {year}", framework, PURPOSE)
    return actions.begin_plan(
        territory=territory, written=written, key="demo", by=world.inspector, at=world.at - PLANNED
    )


def _visit(plan: Plan, sample: SampleVisit, world: World) -> Visit:
    starts = legal_date(world.at) + timedelta(days=sample.starts)
    written = actions.VisitWritten(
        unit=world.units[sample.unit],
        starts=starts,
        ends=starts + timedelta(days=1 if sample.announced else 0),
        areas=[_area(plan, area) for area in sample.areas],
        leader=world.people[LEADER].pk,
        members=[world.people[name].pk for name in MEMBERS],
        announced=sample.announced,
    )
    act = {"by": world.inspector, "at": world.at - PLANNED}
    return actions.add_visit(plan=plan, written=written, key=sample.unit.replace("-", ""), **act)  # type: ignore[arg-type]


def _area(plan: Plan, area: str) -> str:
    """``#3``: the third area of the set."""
    return [*areas_of(plan)][int(area.removeprefix("#"))] if area.startswith("#") else PROCEDURES


def _run(visit: Visit, sample: SampleVisit, world: World) -> None:
    """Through the steps that it has taken."""
    by, at = world.inspector, world.moment(sample.starts)
    if sample.stage == "cancelled":
        actions.cancel_visit(visit=visit, reason=sample.reason, by=by, at=at)
    if sample.stage in ("planned", "cancelled"):
        return
    actions.begin_visit(visit=visit, by=by, at=at)
    _look(visit, sample, by=by, at=at)
    found = [(one, _find(k, visit, one, by=by, at=at)) for k, one in enumerate(sample.findings)]
    if sample.stage == "running":
        return
    actions.note_visit(visit=visit, present=sample.present, summary=sample.summary, by=by, at=at)
    advised = [
        (one, _recommend(finding, one, world, number=k, at=at))
        for wanted, finding in found
        for k, one in enumerate(wanted.remedies)
    ]
    actions.conclude_visit(visit=visit, rest_unseen=True, by=by, at=at)
    _sign(visit, sample, world)
    for remedy, recommendation in advised:
        _remedy(recommendation, remedy, unit=sample.unit, world=world)
    if sample.stage == "closed":
        actions.close_visit(visit=visit, by=by, at=world.moment(-20))


def _look(visit: Visit, sample: SampleVisit, *, by: str, at: datetime) -> None:
    """The duties of procedure control, and the first criteria of the other areas."""
    missed = {one.criterion: "not_met" for one in sample.findings if one.criterion}
    for question in visit.questions.filter(position__lte=14 if sample.stage != "running" else 5):
        met = missed.get(question.criterion, "met")
        actions.answer_question(visit=visit, position=question.position, met=met, note="", by=by, at=at)


def _find(number: int, visit: Visit, one: SampleFinding, *, by: str, at: datetime) -> Finding:
    written = actions.FindingWritten(
        area=_area(visit.plan, one.area),
        severity=one.severity,
        text=one.text,
        criterion=one.criterion,
        responsible=one.responsible,
    )
    found = actions.add_finding(visit=visit, written=written, key=f"demo{number}", by=by, at=at)
    if one.photo:
        sizes = kept(encoded_sizes(board_picture()), FOLDER)
        actions.keep_photos(
            finding=found, photos=[sizes], caption="Bảng niêm yết tại nơi tiếp nhận", by=by, at=at
        )
    return found


def _recommend(
    finding: Finding, one: SampleRemedy, world: World, *, number: int, at: datetime
) -> Recommendation:
    due = legal_date(world.at) + timedelta(days=one.due)
    return actions.recommend(
        finding=finding, text=one.text, due=due, key=f"demo{number}", by=world.inspector, at=at
    )


def _sign(visit: Visit, sample: SampleVisit, world: World) -> None:
    """Minutes at the end of the visit, the conclusion a week later."""
    by, on = world.inspector, legal_date(world.at) + timedelta(days=sample.starts + 1)
    later = on + timedelta(days=6)
    at = world.moment(sample.starts + 7)
    actions.record_paper(visit=visit, kind="bien-ban", number="", on=on, by=by, at=at)
    number = f"{100 + visit.findings.count()}/TB-UBND"
    actions.record_paper(visit=visit, kind="ket-luan", number=number, on=later, by=by, at=at)


def _remedy(one: Recommendation, remedy: SampleRemedy, *, unit: str, world: World) -> None:
    if not remedy.stage:
        return
    focal = world.people[f"dau-moi.{unit}"].ref
    answered = world.moment(min(remedy.due - 2, -4))
    actions.answer_recommendation(recommendation=one, text=remedy.answer, key="demo", by=focal, at=answered)
    if remedy.stage != "answered":
        actions.verify_answer(
            recommendation=one,
            accepted=remedy.stage == "accepted",
            reason=remedy.verdict,
            by=world.inspector,
            at=answered + timedelta(days=1),
        )


def _have_read(at: datetime) -> None:
    """Everybody has read what they were told."""
    kinds: Sequence[str] = ("inspection_", "remedy_")
    for kind in kinds:
        told = Notice.objects.filter(kind__startswith=kind, read_at=None)
        for to in sorted(set(told.values_list("to", flat=True))):
            mark_read(to=to, at=at, only=set(told.filter(to=to).values_list("pk", flat=True)))
