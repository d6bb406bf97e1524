"""Who is told what about an inspection."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from parindex.apps.inspections.models import Recommendation, Visit
from parindex.apps.inspections.rules import SOON
from parindex.apps.notices.actions import Message, tell_all
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.core.kernel.time import legal_date


ANSWERING = frozenset(role for role in Role if Act.INSPECTION_ANSWER in ROLES[role].acts)
RUNNING = frozenset(role for role in Role if Act.INSPECTION_RUN in ROLES[role].acts)


def tell_team(visit: Visit, *, by: str, at: datetime) -> None:
    """Everybody of the team, but whoever put them there."""
    _tell(sorted(_team(visit) - {by}), "inspection_assigned", visit, at=at)


def tell_announced(visits: Sequence[Visit], *, by: str, at: datetime) -> None:
    """The units of those that are announced, beforehand."""
    for visit in visits:
        if visit.announced:
            _tell(_unit(visit, at) - {by}, "inspection_announced", visit, at=at)


def tell_begun(visit: Visit, *, by: str, at: datetime) -> None:
    """The unit, which of an unannounced visit hears first now."""
    _tell(_unit(visit, at) - {by}, "inspection_begun", visit, at=at)


def tell_concluded(
    visit: Visit, *, findings: int, recommendations: Collection[Recommendation], by: str, at: datetime
) -> None:
    """The unit: how much was found, and the first deadline."""
    kind, more = "inspection_concluded", {"findings": str(findings)}
    if recommendations:
        kind, first = "inspection_concluded_until", min(one.due for one in recommendations)
        more |= {"recommendations": str(len(recommendations)), "due": first.isoformat()}
    _tell(_unit(visit, at) - {by}, kind, visit, at=at, **more)


def tell_answered(visit: Visit, number: str, *, by: str, at: datetime) -> None:
    """The team; where all of them have left, whoever runs the territory's inspections."""
    team = _team(visit)
    to = team or _holders(visit.plan.territory_id, RUNNING, at)
    _tell(to - {by}, "remedy_answered", visit, at=at, number=number)


def tell_judged(visit: Visit, number: str, *, accepted: bool, by: str, at: datetime) -> None:
    """The unit."""
    kind = "remedy_accepted" if accepted else "remedy_returned"
    _tell(_unit(visit, at) - {by}, kind, visit, at=at, number=number)


@transaction.atomic
def remind_due(*, at: datetime) -> int:
    """Remind units once of what is due within a week, and once when its day is over; how many."""
    day, told = legal_date(at), 0
    waiting = Recommendation.objects.filter(
        state=Recommendation.State.OPEN,
        due__lte=day + SOON,
        finding__visit__state=Visit.State.CONCLUDED,
    ).exclude(reminded="overdue")
    for one in waiting.select_related("finding__visit__plan", "finding__visit__unit").order_by("due", "pk"):
        stage = "overdue" if one.due < day else "soon"
        if one.reminded == stage:
            continue
        visit, number = one.finding.visit, f"{one.finding.number}.{one.number}"
        _tell(_unit(visit, at), f"remedy_{stage}", visit, at=at, number=number, due=one.due.isoformat())
        one.reminded = stage
        one.save(update_fields=["reminded"])
        told += 1
    return told


def _team(visit: Visit) -> set[str]:
    """Those of the team whose accounts are open."""
    return {m.person.ref for m in visit.members.select_related("person") if m.person.is_active}


def _unit(visit: Visit, at: datetime) -> set[str]:
    return _holders(visit.unit_id, ANSWERING, at)


def _holders(unit: int, roles: Collection[Role], at: datetime) -> set[str]:
    held = holding_in([unit], roles, at)
    return {ref for refs in held.values() for ref in refs}


def _tell(to: Collection[str], kind: str, visit: Visit, *, at: datetime, **more: str) -> None:
    data = {
        "unit": visit.unit.name_vi,
        "unit_en": visit.unit.name_en,
        "starts": visit.starts.isoformat(),
        "ends": visit.ends.isoformat(),
        "visit": str(visit.pk),
        **more,
    }
    tell_all([Message(sorted(to), kind, data)], at=at)
