"""What passes on the open work of somebody who leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain, sheet_chain
from parindex.apps.assessments.models import Handout, Share
from parindex.apps.audit.record import hold, record
from parindex.apps.organisations.models import Person


@transaction.atomic
def pass_on_leaves(*, handouts: Collection[Handout], to: Person, by: str, at: datetime) -> None:
    """Give leaves that were handed to one person to another, deadlines as they are; an entry for each sheet.

    Whether the other may fill in those sheets is for the caller to have asked.
    """
    rows: dict[tuple[str, str, str], list[str]] = {}
    for handout in handouts:
        who = handout.person.ref if handout.person else ""
        place = (sheet_chain(handout.participant), handout.participant.unit.code, who)
        rows.setdefault(place, []).append(handout.leaf)
    hold(*(chain for chain, _, _ in rows))
    Handout.objects.filter(pk__in=[h.pk for h in handouts]).update(person=to)
    _record(rows, to, by=by, at=at)


@transaction.atomic
def pass_on_shares(*, shares: Collection[Share], to: Person, by: str, at: datetime) -> None:
    """Give one person's parts of appraisals to another of the lead department; an entry for each round. A
    part that the other has already is not given twice."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for share in shares:
        round_ = share.assignment.round
        rows.setdefault((round_chain(round_), round_.code, share.person.ref), []).append(share.node)
    hold(*(chain for chain, _, _ in rows))
    theirs = set(Share.objects.filter(person=to).values_list("assignment_id", "node"))
    double = [s.pk for s in shares if (s.assignment_id, s.node) in theirs]
    Share.objects.filter(pk__in=double).delete()
    Share.objects.filter(pk__in=[s.pk for s in shares if s.pk not in double]).update(person=to)
    _record(rows, to, by=by, at=at)


def _record(rows: dict[tuple[str, str, str], list[str]], to: Person, *, by: str, at: datetime) -> None:
    for (chain, subject, who), nodes in sorted(rows.items()):
        payload = {"v": 1, "nodes": nodes, "person": who, "to": to.ref}
        record(chain=chain, kind="work.handed_over", subject=subject, payload=payload, by=by, at=at)
