"""Plans and their visits: written, changed, issued, called off, ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.inspections import rules
from parindex.apps.inspections.chains import lock_plan, lock_visit, tell_plan, tell_visit
from parindex.apps.inspections.checklists import areas_of, draw_checklist
from parindex.apps.inspections.models import Member, Plan, Visit
from parindex.apps.inspections.telling import tell_announced, tell_team
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.queries.people import holds_on
from parindex.apps.organisations.rules import check_living
from parindex.core.formats.typed import lines, one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


@dataclass(frozen=True, slots=True)
class PlanWritten:
    """A plan as somebody typed it; see `parindex.apps.inspections.models.Plan`."""

    year: int
    title: str
    framework: FrameworkVersion
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class VisitWritten:
    """A visit as somebody typed it. `leader`, `members`: keys of persons, the leader among them or not."""

    unit: Unit
    starts: date | None
    ends: date | None
    areas: Sequence[str]
    leader: int
    members: Collection[int] = ()
    announced: bool = True


@transaction.atomic
def begin_plan(*, territory: Unit, written: PlanWritten, key: str, by: str, at: datetime) -> Plan:
    """Begin a plan of inspection; the same form again gives the same plan.

    Raises:
        Refused: ``inspection_key_missing``, ``inspection_title_missing``, ``text_too_long``,
            ``inspection_year``, ``unit_ended``.
    """
    rules.check_key(key)
    check_living(territory)
    said = _plan_said(written, legal_date(at))
    held = Unit.objects.select_for_update().get(pk=territory.pk)
    made, new = Plan.objects.get_or_create(
        territory=held, key=key, defaults={**said, "framework": written.framework, "by": by, "at": at}
    )
    if new:
        tell_plan(made, "inspection_plan.begun", {"year": made.year}, by=by, at=at, title=made.title)
    return made


def _plan_said(written: PlanWritten, today: date) -> dict[str, Any]:
    title, purpose = one_line(written.title), lines(written.purpose)
    rules.check_year(written.year, today)
    rules.check_text(title, rules.LONGEST_TITLE, "inspection_title_missing")
    rules.check_text(purpose, 2000)
    return {"year": written.year, "title": title, "purpose": purpose}


@transaction.atomic
def change_plan(*, plan: Plan, written: PlanWritten, by: str, at: datetime) -> Plan:
    """Change what a draft says; with another criteria set or year its visits must fit still.

    Raises:
        Refused: ``inspection_plan_not_now``; as `begin_plan`; ``inspection_area_unknown``,
            ``inspection_days_year``.
    """
    locked = lock_plan(plan)
    rules.check_plan_step(locked, "change")
    said = {**_plan_said(written, legal_date(at)), "framework": written.framework}
    if all(getattr(locked, name) == value for name, value in said.items()):
        return locked
    other_set = written.framework.pk != locked.framework_id
    for name, value in said.items():
        setattr(locked, name, value)
    visits = list(locked.visits.select_related("unit"))
    for visit in visits:
        visit.plan = locked
        rules.check_days(visit.starts, visit.ends, locked.year)
        rules.check_areas(visit.areas, areas_of(locked))
        if other_set:
            draw_checklist(visit)
    locked.save()
    tell_plan(locked, "inspection_plan.changed", {"year": locked.year}, by=by, at=at, title=locked.title)
    return locked


@transaction.atomic
def add_visit(*, plan: Plan, written: VisitWritten, key: str, by: str, at: datetime) -> Visit:
    """Put a visit into a plan, its checklist drawn; the same form again gives the same visit. One added to an
    issued plan is told of at once, where it is an announced one.

    Raises:
        Refused: ``inspection_key_missing``, ``inspection_plan_not_now``; as `change_visit`.
    """
    rules.check_key(key)
    locked = lock_plan(plan)
    standing = Visit.objects.filter(plan=locked, key=key).select_related("plan__territory", "unit").first()
    if standing is not None:
        return standing
    rules.check_plan_step(locked, "add")
    made = Visit(plan=locked, key=key, by=by, at=at)
    _say(made, written, at=at)
    told = _told(made)
    tell_visit(made, "inspection.planned", told, by=by, at=at)
    if locked.state == Plan.State.ISSUED:
        tell_team(made, by=by, at=at)
        tell_announced([made], by=by, at=at)
    return made


@transaction.atomic
def change_visit(*, visit: Visit, written: VisitWritten, by: str, at: datetime) -> Visit:
    """Change what is planned: unit, days, areas, team; the checklist follows the areas.

    Raises:
        Refused: ``inspection_not_now``; ``inspection_unit_elsewhere``, ``unit_ended``; those of
            `parindex.apps.inspections.rules`: ``check_days``, ``check_areas``, ``check_team``.
    """
    locked = lock_visit(visit)
    rules.check_visit_step(locked, "change")
    before = _told(locked)
    _say(locked, written, at=at)
    told = _told(locked)
    if told != before:
        tell_visit(locked, "inspection.planned", told, by=by, at=at)
        if locked.plan.state == Plan.State.ISSUED:
            tell_team(locked, by=by, at=at)
            tell_announced([locked], by=by, at=at)
    return locked


def _say(visit: Visit, written: VisitWritten, *, at: datetime) -> None:
    """Check what was written and keep it, in the caller's transaction."""
    plan, areas = visit.plan, list(dict.fromkeys(written.areas))
    if plan.territory_id not in {one.pk for one in way_up(written.unit)[1:]}:
        raise Refused("inspection_unit_elsewhere", unit=written.unit.name_vi)
    check_living(written.unit)
    visit.starts, visit.ends = rules.check_days(written.starts, written.ends, plan.year)
    rules.check_areas(areas, areas_of(plan))
    _check_team(plan, written.unit, leader=written.leader, members=written.members, at=at)
    fresh = visit.pk is None or visit.areas != areas
    visit.unit, visit.areas, visit.announced = written.unit, areas, written.announced
    visit.save()
    _keep_team(visit, written.leader, written.members)
    if fresh:
        draw_checklist(visit)


def _check_team(plan: Plan, unit: Unit, *, leader: int, members: Collection[int], at: datetime) -> None:
    people = list(Person.objects.filter(pk__in={leader, *members}))
    if set(members) - {one.pk for one in people}:
        raise Refused("inspection_team_unknown")
    day = legal_date(at)
    held: dict[int, set[int]] = {}
    for grant in Grant.objects.filter(person__in=people):
        if holds_on(grant, day):
            held.setdefault(grant.person_id, set()).add(grant.unit_id)
    here = {u.pk for u in tree_of(plan.territory).walk()}
    own = {u.pk for u in tree_of(unit).walk()}
    team = [
        rules.Candidate(
            one.pk,
            one.full_name,
            here=one.is_active and bool(held.get(one.pk, set()) & here),
            own=bool(held.get(one.pk, set()) & own),
        )
        for one in people
    ]
    rules.check_team(team, leader, unit.name_vi)


def _keep_team(visit: Visit, leader: int, members: Collection[int]) -> None:
    keys = [leader, *(k for k in dict.fromkeys(members) if k != leader)]
    if [(m.person_id, m.leads) for m in visit.members.all()] == [(k, k == leader) for k in keys]:
        return
    visit.members.all().delete()
    Member.objects.bulk_create(Member(visit=visit, person_id=k, leads=k == leader) for k in keys)


def _told(visit: Visit) -> dict[str, object]:
    """What the ledger keeps of a visit as planned."""
    if visit.pk is None:
        return {}
    return {
        "plan": visit.plan_id,
        "unit": visit.unit.code,
        "from": visit.starts.isoformat(),
        "until": visit.ends.isoformat(),
        "areas": list(visit.areas),
        "announced": visit.announced,
        "team": [m.person.ref for m in visit.members.select_related("person")],
    }


@transaction.atomic
def change_team(*, visit: Visit, leader: int, members: Collection[int], by: str, at: datetime) -> Visit:
    """Put other people into the team: somebody left, or is needed elsewhere.

    Raises:
        Refused: ``inspection_not_now``; as `parindex.apps.inspections.rules.check_team`.
    """
    locked = lock_visit(visit)
    rules.check_visit_step(locked, "team")
    before = _told(locked)["team"]
    _check_team(locked.plan, locked.unit, leader=leader, members=members, at=at)
    _keep_team(locked, leader, members)
    team = _told(locked)["team"]
    if team != before:
        tell_visit(locked, "inspection.team_changed", {"team": team}, by=by, at=at)
        tell_team(locked, by=by, at=at)
    return locked


@transaction.atomic
def issue_plan(*, plan: Plan, number: str, on: date | None, by: str, at: datetime) -> Plan:
    """Record that a plan was issued: teams and announced units are told.

    Raises:
        Refused: ``inspection_plan_not_now``, ``inspection_plan_empty``; as
            `parindex.apps.inspections.rules.check_issued`.
    """
    locked, said = lock_plan(plan), one_line(number)
    rules.check_plan_step(locked, "issue")
    rules.check_issued(said, on, legal_date(at))
    visits = list(locked.visits.filter(state=Visit.State.PLANNED).select_related("plan__territory", "unit"))
    if not visits:
        raise Refused("inspection_plan_empty")
    locked.state, locked.number, locked.issued_on = Plan.State.ISSUED, said, on
    locked.save()
    for visit in visits:
        visit.plan = locked
        tell_team(visit, by=by, at=at)
    tell_announced(visits, by=by, at=at)
    day = on.isoformat() if on else ""
    tell_plan(locked, "inspection_plan.issued", {"number": said, "on": day}, by=by, at=at)
    return locked


@transaction.atomic
def close_plan(*, plan: Plan, by: str, at: datetime) -> Plan:
    """End a plan of which every visit was made or called off.

    Raises:
        Refused: ``inspection_plan_not_now``, ``inspection_visits_left``.
    """
    locked = lock_plan(plan)
    rules.check_plan_step(locked, "close")
    left = locked.visits.filter(state__in=[Visit.State.PLANNED, Visit.State.RUNNING]).count()
    if left:
        raise Refused("inspection_visits_left", count=left)
    locked.state = Plan.State.CLOSED
    locked.save()
    tell_plan(locked, "inspection_plan.closed", {"state": locked.state}, by=by, at=at)
    return locked


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: str, at: datetime) -> Visit:
    """Call a visit off before it begins, with the reason.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_reason_missing``, ``text_too_long``.
    """
    locked, said = lock_visit(visit), one_line(reason)
    rules.check_visit_step(locked, "cancel")
    rules.check_text(said, rules.LONGEST_REASON, "inspection_reason_missing")
    locked.state, locked.reason = Visit.State.CANCELLED, said
    locked.save()
    tell_visit(locked, "inspection.cancelled", {"state": locked.state}, by=by, at=at, reason=said)
    return locked
