"""What passes on the open work of somebody who leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain, sheet_chain
from parindex.apps.assessments.models import Handout, Share
from parindex.apps.assessments.queries.hanging import OpenWork, open_work_of
from parindex.apps.audit.record import hold, record
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of
from parindex.core.kernel.problems import Refused


@transaction.atomic
def hand_over_work(*, person: Person, to: Person, by: str, at: datetime) -> int:
    """Give everything that hangs on a person to another, deadlines as they are; one entry in each chain.

    Returns:
        How many leaves and parts went over.

    Raises:
        Refused: ``handed_to_oneself``, ``person_inactive``, ``nothing_open``; ``not_of_the_unit`` where the
            other holds no role in a unit that the work belongs to.
    """
    if person.pk == to.pk:
        raise Refused("handed_to_oneself")
    if not to.is_active:
        raise Refused("person_inactive", person=to.full_name)
    work = open_work_of(person)
    if not work.handouts and not work.shares:
        raise Refused("nothing_open", person=person.full_name)
    _check_belongs(to, work, at)
    rows: dict[tuple[str, str], list[str]] = {}
    for handout in work.handouts:
        rows.setdefault((sheet_chain(handout.participant), handout.participant.unit.code), []).append(
            handout.leaf
        )
    for share in work.shares:
        rows.setdefault((round_chain(share.assignment.round), share.assignment.round.code), []).append(
            share.node
        )
    hold(*(chain for chain, _ in rows))
    Handout.objects.filter(pk__in=[h.pk for h in work.handouts]).update(person=to)
    _move_shares(work.shares, to)
    for (chain, subject), nodes in sorted(rows.items()):
        payload = {"v": 1, "nodes": nodes, "person": person.ref, "to": to.ref}
        record(chain=chain, kind="work.handed_over", subject=subject, payload=payload, by=by, at=at)
    return len(work.handouts) + len(work.shares)


def _check_belongs(to: Person, work: OpenWork, at: datetime) -> None:
    rights = rights_of(to, at)
    for unit in [*(h.participant.unit for h in work.handouts), *(s.assignment.lead for s in work.shares)]:
        if not rights.belongs_to(unit.pk):
            raise Refused("not_of_the_unit", person=to.full_name, unit=unit.name_vi)


def _move_shares(shares: list[Share], to: Person) -> None:
    """A part that the other has already is not given twice."""
    theirs = set(Share.objects.filter(person=to).values_list("assignment_id", "node"))
    double = [s.pk for s in shares if (s.assignment_id, s.node) in theirs]
    Share.objects.filter(pk__in=double).delete()
    Share.objects.filter(pk__in=[s.pk for s in shares if s.pk not in double]).update(person=to)
