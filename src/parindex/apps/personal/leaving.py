"""Handing over what hangs on a person; and their leaving, in one act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.apps.access.actions import end_sessions
from parindex.apps.assessments.actions import pass_on_leaves, pass_on_shares, revoke_guest_link
from parindex.apps.assessments.ledger import round_chain, sheet_chain
from parindex.apps.audit.record import hold, record
from parindex.apps.indicators.tokens import revoke_token
from parindex.apps.inspections.actions import pass_on_findings, pass_on_places
from parindex.apps.inspections.chains import visit_chain
from parindex.apps.notices.actions import tell
from parindex.apps.organisations.actions import deactivate_person, revoke_role, take_back
from parindex.apps.organisations.chains import person_chain
from parindex.apps.organisations.models import Person
from parindex.apps.personal.hanging import Ending, Heap, Kind, ending_of, heaps_of
from parindex.apps.plans.actions.bulk import give_tasks
from parindex.apps.plans.actions.feeds import revoke_feed
from parindex.apps.plans.actions.planning import chain_of as plan_chain
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.terms import TERMS


Receivers = Mapping[str, Person]
"""Who takes over which heap, by the heap's key; ``*``: whatever is not named otherwise."""


@transaction.atomic
def hand_over(*, person: Person, receivers: Receivers, by: str, at: datetime) -> int:
    """Give all open work of a person to others, deadlines as they are. Who takes it over is told.

    Returns:
        how many leaves, parts, tasks, places and findings went over.

    Raises:
        Refused: ``nothing_open``, ``handed_to_oneself``, ``person_inactive``; ``receiver_missing`` where
            nobody is named for a heap; ``receiver_without_right`` where that person may not do this work.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    heaps = heaps_of(person, at)
    if not heaps:
        raise Refused("nothing_open", person=person.full_name)
    _pass_on(person, heaps, receivers, by=by, at=at)
    return sum(len(heap.items) for heap in heaps)


@transaction.atomic
def release(
    *, person: Person, receivers: Receivers, reason: str, by: str, at: datetime, keep: Collection[int] = ()
) -> dict[str, int]:
    """Somebody leaves: their open work passes to others, and their roles, delegations, links and tokens end,
    their sessions too, and the account is closed. What they did stays, under their name.

    Args:
        keep: keys of tokens that go on, since their system needs them and the secret was handed on unseen.

    Returns:
        how much of each: ``work``, ``roles``, ``lent``, ``tokens``, ``links``, ``sessions``.

    Raises:
        Refused: as `hand_over` (but for ``nothing_open``) and as `deactivate_person`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    check_leaves(person, reason, by)
    heaps, ending = heaps_of(person, at), ending_of(person, at)
    _hold(person, heaps, ending)
    rows = _pass_on(person, heaps, receivers, by=by, at=at)
    _end(person, ending, keep, reason=reason, by=by, at=at)
    deactivate_person(person=person, reason=reason, by=by, at=at)
    sessions = end_sessions(person=person, by=by, at=at)
    count = {
        "work": sum(len(heap.items) for heap in heaps),
        "roles": len(ending.grants),
        "lent": len(ending.delegations),
        "tokens": len([t for t in ending.tokens if t.pk not in keep]),
        "links": len(ending.links) + ending.calendar,
        "sessions": sessions,
    }
    record(
        chain=person_chain(person),
        kind="person.left",
        subject=person.ref,
        payload={"v": 1, "over": rows, **count},
        texts={"reason": reason.strip()},
        by=by,
        at=at,
    )
    return count


def check_leaves(person: Person, reason: str, by: str) -> None:
    """Raises Refused ``person_inactive``, ``own_account``, ``reason_needed``."""
    if not person.is_active:
        raise Refused("person_inactive", person=person.full_name)
    if person.ref == by:
        raise Refused("own_account")
    if not reason.strip():
        raise Refused("reason_needed")


def check_receivers(person: Person, heaps: Sequence[Heap], receivers: Receivers) -> None:
    """Every heap has a receiver with the right to it. Raises Refused as `hand_over`."""
    for heap in heaps:
        _taker(person, heap, receivers)


def _pass_on(
    person: Person, heaps: Sequence[Heap], receivers: Receivers, *, by: str, at: datetime
) -> list[dict[str, Any]]:
    """Each heap to its receiver, all or none. Returns a row for each."""
    takers = {heap.key: _taker(person, heap, receivers) for heap in heaps}
    hold(*(place for heap in heaps for place in _chains(heap)))
    for heap in heaps:
        _give(heap, takers[heap.key], by=by, at=at)
    counts: dict[str, int] = {}
    for heap in heaps:
        counts[takers[heap.key].ref] = counts.get(takers[heap.key].ref, 0) + len(heap.items)
    for ref, count in sorted(counts.items()):
        if ref != by:
            tell(
                to=[ref],
                kind="work_taken_over",
                data={"person": person.full_name, "count": str(count)},
                at=at,
            )
    return [
        {"work": h.kind.value, "unit": h.unit.code, "count": len(h.items), "to": takers[h.key].ref}
        for h in heaps
    ]  # fmt: skip


def _taker(person: Person, heap: Heap, receivers: Receivers) -> Person:
    """Who takes over a heap. Raises Refused."""
    to = receivers.get(heap.key) or receivers.get("*")
    work, unit = TERMS["open_work"][heap.kind.value], heap.unit.name_vi
    if to is None:
        raise Refused("receiver_missing", work=work, unit=unit)
    if to.pk == person.pk:
        raise Refused("handed_to_oneself")
    if not to.is_active:
        raise Refused("person_inactive", person=to.full_name)
    if to.pk not in {p.pk for p in heap.receivers}:
        raise Refused("receiver_without_right", person=to.full_name, work=work, unit=unit)
    return to


def _chains(heap: Heap) -> Iterable[str]:
    """Every chain of the ledger that passing on a heap writes to."""
    match heap.kind:
        case Kind.SHEETS:
            return {sheet_chain(h.participant) for h in heap.items}
        case Kind.APPRAISAL:
            return {round_chain(s.assignment.round) for s in heap.items}
        case Kind.TASKS:
            return {plan_chain(t.plan) for t in heap.items}
        case _:
            return {visit_chain(one.visit) for one in heap.items}


def _hold(person: Person, heaps: Sequence[Heap], ending: Ending) -> None:
    """Whatever this act writes to, at once, so that two such acts cannot block each other."""
    lenders = [person_chain(d.grant.person) for d in ending.delegations]
    sheets = [sheet_chain(link.participant) for link in ending.links]
    work = [place for heap in heaps for place in _chains(heap)]
    hold(person_chain(person), f"access:{person.pk}", *lenders, *sheets, *work)


def _give(heap: Heap, to: Person, *, by: str, at: datetime) -> None:
    """A heap to its receiver, by the act of the room that the work belongs to."""
    match heap.kind:
        case Kind.SHEETS:
            pass_on_leaves(handouts=heap.items, to=to, by=by, at=at)
        case Kind.APPRAISAL:
            pass_on_shares(shares=heap.items, to=to, by=by, at=at)
        case Kind.INSPECTIONS:
            pass_on_places(members=heap.items, to=to, by=by, at=at)
        case Kind.FINDINGS:
            pass_on_findings(findings=heap.items, to=to, by=by, at=at)
        case Kind.TASKS:
            plans = {t.plan_id: t.plan for t in heap.items}
            for key, plan in sorted(plans.items()):
                mine = [t.pk for t in heap.items if t.plan_id == key]
                give_tasks(plan=plan, tasks=mine, person=to, by=by, at=at)


def _end(
    person: Person, ending: Ending, keep: Collection[int], *, reason: str, by: str, at: datetime
) -> None:
    """Everything that passes to nobody."""
    for lent in ending.delegations:
        take_back(lent=lent, by=by, at=at)
    for grant in ending.grants:
        revoke_role(grant=grant, last=legal_date(at), reason=reason, by=by, at=at)
    for token in ending.tokens:
        if token.pk not in keep:
            revoke_token(token=token, by=by, at=at)
    for link in ending.links:
        revoke_guest_link(link=link, by=by, at=at)
    if ending.calendar:
        revoke_feed(person=person, by=by, at=at)
