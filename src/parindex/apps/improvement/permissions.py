"""Who looks into why a unit stands where it stands, and how much of the other units they see there."""

from __future__ import annotations

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights, way_up
from parindex.apps.organisations.roles import Act
from parindex.core.formats.publicity import Publicity


def check_improvement(rights: Rights, participant: Participant) -> None:
    """Whoever follows the round; members of the unit once its result is published. Raises NotAllowed."""
    round_ = participant.round
    if can_see_round(rights, round_):
        return
    if not round_.is_out:
        rights.check(Act.ROUND_VIEW, round_.territory_id)
    rights.check(Act.SHEET_VIEW, participant.unit_id)


def can_remedy(rights: Rights, participant: Participant) -> bool:
    """Whoever makes the unit's plans, or those of the territory that runs the round."""
    return bool(rights.units(Act.PLAN_EDIT) & {participant.unit_id, participant.round.territory_id})


def check_remedy(rights: Rights, participant: Participant) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_remedy` is false."""
    if not can_remedy(rights, participant):
        rights.check(Act.PLAN_EDIT, participant.unit_id)


def check_duties(rights: Rights, unit: Unit) -> None:
    """The head of the unit; whoever follows the heads below a unit above it, or of a territory that it is
    itself. Nobody else, the unit's own members included. Raises NotAllowed ``not_allowed``."""
    if rights.may(Act.DUTY_OWN, unit.pk):
        return
    own, *above = way_up(unit)
    if not any(rights.may(Act.DUTY_VIEW, one.pk) for one in above or [own]):
        raise NotAllowed("not_allowed", act=Act.DUTY_VIEW.value)


def sees_ranks(rights: Rights, round_: Round) -> bool:
    """Whether the ranks of other units are shown by name: to those who follow the round, and to everybody
    where the whole ranking is public."""
    return can_see_round(rights, round_) or round_.audience == Round.Audience.PUBLIC


def sees_others(rights: Rights, round_: Round) -> bool:
    """Whether the points of other units are shown criterion by criterion: to those who follow the round, and
    to everybody where they are public anyway."""
    public = round_.audience == Round.Audience.PUBLIC and Publicity(round_.publicity).shows_reasons
    return can_see_round(rights, round_) or public
