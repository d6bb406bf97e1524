"""Who may act on which sheet, leaf or round: the person's rights tried against the unit it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from parindex.apps.assessments.models import Assignment, Participant, Round
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework


def check_sheet(rights: Rights, act: Act, participant: Participant) -> None:
    """The act is held in the sheet's own unit, or by a guest of this sheet. Raises NotAllowed."""
    if participant.pk == rights.sheet and act in rights.sheet_acts:
        return
    rights.check(act, participant.unit_id)


def check_leaf(rights: Rights, act: Act, *, participant: Participant, leaf: str) -> None:
    """The act is held in the sheet’s unit, or in the one that the leaf was handed to. Raises NotAllowed."""
    if handed_unit(rights, act, participant=participant, leaf=leaf) is None:
        check_sheet(rights, act, participant)


def handed_unit(rights: Rights, act: Act, *, participant: Participant, leaf: str) -> Unit | None:
    """The unit that a leaf was handed to, where the person holds the act in it and not in the sheet's own."""
    units = rights.units(act)
    if participant.unit_id in units or not units:
        return None
    found = participant.handouts.filter(leaf=leaf, unit__in=units).select_related("unit").first()
    return found.unit if found else None


def can_see_sheet(
    rights: Rights, participant: Participant, assignments_of: Callable[[Round], Iterable[Assignment]]
) -> bool:
    """Members of the unit and its guests, everyone who sees the round, lead departments that appraise any of
    it, and units that were handed a part of it.

    `assignments_of` is asked for those of the round only where the person appraises anything.
    """
    if participant.pk == rights.sheet or rights.may(Act.SHEET_VIEW, participant.unit_id):
        return True
    if can_see_round(rights, participant.round):
        return True
    leads = rights.units(Act.APPRAISAL_VIEW)
    if leads and any(lead_for(a, participant) in leads for a in assignments_of(participant.round)):
        return True
    units = rights.units(Act.SHEET_VIEW)
    return bool(units) and participant.handouts.filter(unit__in=units).exists()


def can_see_round(rights: Rights, round_: Round) -> bool:
    """Whether the person sees every sheet of a round."""
    return rights.may(Act.ROUND_VIEW, round_.territory_id)


def can_see_result(rights: Rights, round_: Round) -> bool:
    """Whether the person sees who came where in a round that is not public. One query at most."""
    if can_see_round(rights, round_):
        return True
    if not round_.is_inside or round_.state != Round.State.PUBLISHED:
        return False
    mine = {one.unit for one in rights.held}
    return round_.territory_id in mine or round_.participants.filter(unit__in=mine).exists()


def check_round(rights: Rights, act: Act, round_: Round) -> None:
    """The act is held in the unit that runs the round. Raises NotAllowed."""
    rights.check(act, round_.territory_id)


def assignment_of(
    assignments: Sequence[Assignment], framework: Framework, *, participant: Participant, leaf: str
) -> Assignment | None:
    """The nearest assignment at or above a leaf; one for the participant's group goes before one for all."""
    code: str | None = leaf
    while code is not None:
        here = [a for a in assignments if a.node == code]
        for group in (participant.group_id, None):
            for one in here:
                if one.group_id == group:
                    return one
        parent = framework.parents.get(code)
        code = parent.code if parent else None
    return None


def lead_for(assignment: Assignment, participant: Participant) -> int | None:
    """The unit that rules: the stand-in where the lead department would rule on itself, None: the council."""
    return assignment.stand_in_id if assignment.lead_id == participant.unit_id else assignment.lead_id


def check_appraise(
    rights: Rights, act: Act, *, participant: Participant, assignment: Assignment | None
) -> None:
    """The act is held in the unit that rules on this leaf, and the person is not of the unit ruled on.

    Raises:
        NotAllowed: ``not_assigned``, ``own_unit`` or ``not_allowed``.
    """
    lead = lead_for(assignment, participant) if assignment else None
    if lead is None:
        raise NotAllowed("not_assigned")
    if rights.belongs_to(participant.unit_id):
        raise NotAllowed("own_unit")
    rights.check(act, lead)


def check_council(rights: Rights, participant: Participant) -> None:
    """The council's ruling is recorded by who holds that, and by nobody of the unit ruled on.

    Raises:
        NotAllowed: ``not_allowed`` or ``own_unit``.
    """
    check_round(rights, Act.COUNCIL_RULE, participant.round)
    if rights.belongs_to(participant.unit_id):
        raise NotAllowed("own_unit")


def penalty_body(
    rights: Rights,
    participant: Participant,
    assignments: Sequence[Assignment],
    *,
    framework: Framework,
    leaf: str,
) -> int:
    """The unit for which a person enters or withdraws a penalty: the department that the item is given to,
    or who runs the round; never about a unit of their own.

    Raises:
        NotAllowed: ``own_unit`` or ``penalty_of_others``.
    """
    if rights.belongs_to(participant.unit_id):
        raise NotAllowed("own_unit")
    part = assignment_of(assignments, framework, participant=participant, leaf=leaf)
    lead = lead_for(part, participant) if part else None
    if lead is not None and rights.may(Act.APPRAISAL_RULE, lead):
        return lead
    if rights.may(Act.ROUND_RUN, participant.round.territory_id):
        return participant.round.territory_id
    raise NotAllowed("penalty_of_others", leaf=leaf)
