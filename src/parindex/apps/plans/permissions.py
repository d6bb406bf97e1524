"""Who makes plans, who does tasks, who sees them."""

from __future__ import annotations

from django.db.models import Q

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights, way_up
from parindex.apps.organisations.roles import Act
from parindex.apps.plans.models import HandDown, Plan, Task


def can_edit(rights: Rights, plan: Plan) -> bool:
    """Whoever makes the unit's plans."""
    return rights.may(Act.PLAN_EDIT, plan.unit_id)


def can_do(rights: Rights, task: Task) -> bool:
    """Whoever it was given to; whoever does tasks of the unit or division whose it is, or of the plan's."""
    if rights.person is not None and task.person_id == rights.person.pk:
        return True
    places = {task.plan.unit_id, task.lead_id or task.plan.unit_id}
    return bool(places & rights.units(Act.PLAN_DO, Act.PLAN_EDIT))


def can_see(rights: Rights, plan: Plan) -> bool:
    """Whoever sees plans of the unit or of one above; of an issued plan also everybody of the units below,
    whom it gives work, and whoever appraises or inspects in the territory."""
    held = rights.units(Act.PLAN_VIEW, Act.PLAN_EDIT)
    if held & {place.pk for place in way_up(plan.unit)}:
        return True
    if plan.state == Plan.State.DRAFT:
        return False
    if any(plan.unit_id in {a.pk for a in way_up(unit)} for unit in _units(held)):
        return True
    return plan.territory_id in _consulted(rights)


def can_open_outputs(rights: Rights, task: Task) -> bool:
    """Whoever sees plans of the unit or of one above, and whoever does the task: they judge what was handed
    in. Those who only consult an issued plan read that it was."""
    above = {place.pk for place in way_up(task.plan.unit)}
    return bool(rights.units(Act.PLAN_VIEW, Act.PLAN_EDIT) & above) or can_do(rights, task)


def _consulted(rights: Rights) -> set[int]:
    """The territories whose issued plans a person may read. One query where there is any."""
    return {way_up(unit)[-1].pk for unit in _units(rights.units(Act.PLAN_CONSULT))}


def _units(keys: frozenset[int]) -> list[Unit]:
    return [] if not keys else list(Unit.objects.filter(pk__in=keys).select_related("parent__parent__parent"))


def check_see(rights: Rights, plan: Plan) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_see` is false."""
    if not can_see(rights, plan):
        raise NotAllowed("not_allowed", act=Act.PLAN_VIEW.value)


def check_edit(rights: Rights, plan: Plan) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_edit` is false."""
    if not can_edit(rights, plan):
        raise NotAllowed("not_allowed", act=Act.PLAN_EDIT.value)


def check_do(rights: Rights, task: Task) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_do` is false."""
    if not can_do(rights, task):
        raise NotAllowed("not_allowed", act=Act.PLAN_DO.value)


def check_answer(rights: Rights, handed: HandDown) -> None:
    """Whoever makes plans of the unit that is asked. Raises NotAllowed ``not_allowed``."""
    if not rights.may(Act.PLAN_EDIT, handed.unit_id):
        raise NotAllowed("not_allowed", act=Act.PLAN_EDIT.value)


def visible_plans(rights: Rights) -> Q:
    """The plans that a person sees: of their units and all below, and issued ones above, or of the territory
    where they appraise. Two queries."""
    held = rights.units(Act.PLAN_VIEW, Act.PLAN_EDIT)
    own = Q(unit__in=held)
    for step in ("parent", "parent__parent", "parent__parent__parent"):
        own |= Q(**{f"unit__{step}__in": held})
    above = {place.pk for unit in _units(held) for place in way_up(unit)}
    issued = Q(unit__in=above) | Q(territory__in=_consulted(rights))
    return own | (issued & ~Q(state=Plan.State.DRAFT))
