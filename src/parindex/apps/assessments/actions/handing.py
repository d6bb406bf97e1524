"""What hands leaves of a sheet to officers and divisions, and takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.telling import leaves_said, persons, tell_circles
from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import Handout, Participant
from parindex.apps.assessments.queries.sheets import places_of
from parindex.apps.assessments.rules.sheets import check_fillable, check_own
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom: a person, or a division by name, or both; with the unit's own deadline, if any."""

    person: Person | None = None
    division: str = ""
    due_at: datetime | None = None


@transaction.atomic
def hand_out(
    *, participant: Participant, leaves: Sequence[str], to: Handed, by: str, at: datetime
) -> list[Handout]:
    """Hand leaves to somebody, who is told; what somebody else had goes over. One entry for the whole act.

    Raises:
        NotNow: the sheet is closed. Refused: ``nobody_named``, ``leaf_not_yours``, ``deadline_past``.
    """
    check_fillable(by_hash(participant.round.framework.content_hash), participant, at)
    if to.person is None and not to.division.strip():
        raise Refused("nobody_named")
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
            "due": to.due_at.isoformat() if to.due_at else "",
        }
        texts = {"division": to.division.strip()}
        _record(participant, "leaves.handed_out", payload, texts=texts, by=by, at=at)
        _tell_handed(participant, [h.leaf for h in made], to, by=by, at=at)
    return made


def _tell_handed(
    participant: Participant, leaves: Sequence[str], to: Handed, *, by: str, at: datetime
) -> None:
    """The person, where one is named."""
    if to.person is None:
        return
    kind, said = "leaves_handed_out", leaves_said(leaves)
    if to.due_at is not None:
        kind, said["until"] = "leaves_handed_out_until", to.due_at.isoformat()
    circles = [persons(participant, [to.person.ref])]
    tell_circles(kind, round_=participant.round, circles=circles, said=said, by=by, at=at)


@transaction.atomic
def finish_handout(*, handout: Handout, by: str, at: datetime) -> Handout:
    """The officer says the leaf is ready; whoever handed it out is told."""
    handout.done_at, handout.returned_reason = at, ""
    handout.save()
    participant, giver = handout.participant, handout.by
    _record(participant, "leaf.ready", {"v": 1, "leaf": handout.leaf}, texts={}, by=by, at=at)
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
    _record(participant, "leaf.returned", payload, texts=texts, by=by, at=at)
    if handout.person is not None:
        circles = [persons(participant, [handout.person.ref])]
        said = {"leaf": handout.leaf}
        tell_circles("leaf_returned", round_=participant.round, circles=circles, said=said, by=by, at=at)
    return handout


def _record(
    participant: Participant,
    kind: str,
    payload: dict[str, object],
    *,
    texts: dict[str, str],
    by: str,
    at: datetime,
) -> None:
    record(
        chain=sheet_chain(participant),
        kind=kind,
        subject=participant.unit.code,
        payload=payload,
        texts=texts,
        by=by,
        at=at,
    )
