"""Who plans and runs inspections, who reads of them, who answers."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from parindex.apps.inspections.models import Plan, Visit
from parindex.apps.inspections.rules import is_shown_to_unit, is_told_to_unit
from parindex.apps.organisations.permissions import NotAllowed, Rights
from parindex.apps.organisations.roles import Act


def can_plan(rights: Rights, plan: Plan) -> bool:
    """Whoever runs the territory's inspections."""
    return rights.may(Act.INSPECTION_RUN, plan.territory_id)


def can_run(rights: Rights, visit: Visit) -> bool:
    """Whoever runs them all, or is in the visit's team and still holds a role somewhere."""
    if can_plan(rights, visit.plan):
        return True
    person = rights.person
    if person is None or not rights.held or visit.plan.state == Plan.State.DRAFT:
        return False
    return any(one.person_id == person.pk for one in visit.members.all())


def can_follow(rights: Rights, plan: Plan) -> bool:
    """Whoever runs the territory's inspections or reads all of them."""
    return can_plan(rights, plan) or rights.may(Act.INSPECTION_VIEW, plan.territory_id)


def can_answer(rights: Rights, visit: Visit) -> bool:
    """Whoever answers for the unit, once it is told what was found."""
    return is_told_to_unit(visit) and rights.may(Act.INSPECTION_ANSWER, visit.unit_id)


def can_see(rights: Rights, visit: Visit, day: date) -> bool:
    """Whoever runs or follows it; the unit's own, from when they may know of it."""
    if can_run(rights, visit) or can_follow(rights, visit.plan):
        return True
    return rights.may(Act.INSPECTION_ANSWER, visit.unit_id) and is_shown_to_unit(visit, day)


def can_read_findings(rights: Rights, visit: Visit) -> bool:
    """Whoever runs or follows it; the unit's own once it is concluded."""
    return can_run(rights, visit) or can_follow(rights, visit.plan) or can_answer(rights, visit)


def check_plan(rights: Rights, plan: Plan) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_plan` is false."""
    if not can_plan(rights, plan):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_RUN.value)


def check_follow(rights: Rights, plan: Plan) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_follow` is false."""
    if not can_follow(rights, plan):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)


def check_run(rights: Rights, visit: Visit) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_run` is false."""
    if not can_run(rights, visit):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_RUN.value)


def check_see(rights: Rights, visit: Visit, day: date) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_see` is false."""
    if not can_see(rights, visit, day):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)


def check_answers(rights: Rights, visit: Visit) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_answer` is false."""
    if not can_answer(rights, visit):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_ANSWER.value)


def shown_to_unit(day: date) -> Q:
    """`is_shown_to_unit` as a filter of visits."""
    begun = Q(announced=True) | ~Q(state=Visit.State.PLANNED) | Q(starts__lte=day)
    return begun & ~Q(plan__state=Plan.State.DRAFT) & ~Q(state=Visit.State.CANCELLED)
