"""What hands leaves of a sheet to officers and divisions, and takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.recording import record_on_sheet
from parindex.apps.assessments.actions.telling import (
    ANSWERING,
    Circle,
    Party,
    leaves_said,
    of_unit,
    persons,
    tell_circles,
)
from parindex.apps.assessments.models import Handout, Participant
from parindex.apps.assessments.queries.sheets import places_of, sheet_view
from parindex.apps.assessments.rules.sheets import check_fillable, check_own
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import way_up
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom: a person, or a division by name, or both; or a unit below the sheet's, whose people fill the
    leaf in. With the unit's own deadline, if any."""

    person: Person | None = None
    division: str = ""
    unit: Unit | None = None
    due_at: datetime | None = None


@transaction.atomic
def hand_out(
    *, participant: Participant, leaves: Sequence[str], to: Handed, by: str, at: datetime
) -> list[Handout]:
    """Hand leaves to somebody, who is told; what somebody else had goes over. One entry for the whole act.

    Raises:
        NotNow: the sheet is closed. Refused: ``nobody_named``, ``one_receiver``, ``unit_not_within``,
            ``leaf_not_yours``, ``deadline_past``.
    """
    check_fillable(by_hash(participant.round.framework.content_hash), participant, at)
    _check_receiver(participant, to)
    if to.due_at is not None and to.due_at <= at:
        raise Refused("deadline_past", until=to.due_at)
    places = places_of(participant)
    made = []
    for leaf in dict.fromkeys(leaves):
        check_own(places, leaf)
        handout, _ = Handout.objects.update_or_create(
            participant=participant,
            leaf=leaf,
            defaults={
                "person": to.person,
                "unit": to.unit,
                "division": to.division.strip(),
                "due_at": to.due_at,
                "done_at": None,
                "returned_reason": "",
                "by": by,
                "at": at,
            },
        )
        made.append(handout)
    if made:
        payload = {
            "v": 1,
            "leaves": [h.leaf for h in made],
            "to": to.person.ref if to.person else "",
            "unit": to.unit.code if to.unit else "",
            "due": to.due_at.isoformat() if to.due_at else "",
        }
        texts = {"division": to.division.strip()}
        record_on_sheet(participant, "leaves.handed_out", payload, texts=texts, by=by, at=at)
        _tell_handed(participant, [h.leaf for h in made], to, by=by, at=at)
    return made


def _check_receiver(participant: Participant, to: Handed) -> None:
    """Raises Refused ``nobody_named``, ``one_receiver``, ``unit_not_within``."""
    if to.unit is None:
        if to.person is None and not to.division.strip():
            raise Refused("nobody_named")
        return
    if to.person is not None:
        raise Refused("one_receiver")
    if participant.unit_id not in {above.pk for above in way_up(to.unit)[1:]}:
        raise Refused("unit_not_within", unit=to.unit.name_vi, of=participant.name_vi)


def _tell_handed(
    participant: Participant, leaves: Sequence[str], to: Handed, *, by: str, at: datetime
) -> None:
    """The person, or those who answer for the unit, where one is named."""
    circle = _circle(participant, to.person, to.unit)
    if circle is None:
        return
    kind, said = "leaves_handed_out", leaves_said(leaves)
    if to.due_at is not None:
        kind, said["until"] = "leaves_handed_out_until", to.due_at.isoformat()
    tell_circles(kind, round_=participant.round, circles=[circle], said=said, by=by, at=at)


def _circle(participant: Participant, person: Person | None, unit: Unit | None) -> Circle | None:
    """Whoever has a leaf; None where that is a division known by name alone."""
    if unit is not None:
        return Circle(Party.UNIT, unit.pk, ANSWERING, said=of_unit(participant))
    return persons(participant, [person.ref]) if person is not None else None


@transaction.atomic
def remind_handed(*, participant: Participant, by: str, at: datetime) -> int:
    """Remind every unit that has leaves of the sheet and has not typed an answer to some of them.

    Returns:
        how many persons were told.

    Raises:
        NotNow: the sheet is closed. Refused: ``nothing_missing``.
    """
    check_fillable(by_hash(participant.round.framework.content_hash), participant, at)
    missing: dict[Unit, list[str]] = {}
    for entry in sheet_view(participant).missing:
        if entry.handout is not None and entry.handout.unit is not None:
            missing.setdefault(entry.handout.unit, []).append(entry.leaf.code)
    if not missing:
        raise Refused("nothing_missing")
    circles = [
        Circle(Party.UNIT, unit.pk, ANSWERING, said=of_unit(participant) | leaves_said(leaves))
        for unit, leaves in missing.items()
    ]
    told = tell_circles("leaves_awaited", round_=participant.round, circles=circles, by=by, at=at)
    payload = {"v": 1, "leaves": {u.code: leaves for u, leaves in missing.items()}, "told": told}
    record_on_sheet(participant, "leaves.awaited", payload, texts={}, by=by, at=at)
    return told


@transaction.atomic
def finish_handout(*, handout: Handout, by: str, at: datetime) -> Handout:
    """The officer says the leaf is ready; whoever handed it out is told."""
    handout.done_at, handout.returned_reason = at, ""
    handout.save()
    participant, giver = handout.participant, handout.by
    record_on_sheet(participant, "leaf.ready", {"v": 1, "leaf": handout.leaf}, texts={}, by=by, at=at)
    circles = [persons(participant, [giver])]
    said = {"leaf": handout.leaf}
    tell_circles("leaf_ready", round_=participant.round, circles=circles, said=said, by=by, at=at)
    return handout


@transaction.atomic
def return_leaf(*, handout: Handout, reason: str, by: str, at: datetime) -> Handout:
    """The focal officer gives a leaf back to whoever has it, who is told.

    Raises:
        Refused: ``reason_needed``.
    """
    if not reason.strip():
        raise Refused("reason_needed")
    handout.done_at, handout.returned_reason = None, reason.strip()
    handout.save()
    payload = {"v": 1, "leaf": handout.leaf}
    texts = {"reason": reason.strip()}
    participant = handout.participant
    record_on_sheet(participant, "leaf.returned", payload, texts=texts, by=by, at=at)
    circle = _circle(participant, handout.person, handout.unit)
    if circle is not None:
        said = {"leaf": handout.leaf}
        tell_circles("leaf_returned", round_=participant.round, circles=[circle], said=said, by=by, at=at)
    return handout
