"""What the tick does to rounds: phases whose time has passed are closed, and the round is sealed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain, round_name
from parindex.apps.assessments.models import Phase, Round
from parindex.apps.audit.record import hold, record
from parindex.apps.audit.seals import CHAIN, seal
from parindex.core.kernel.time import has_passed


def close_phases(*, by: str, at: datetime) -> int:
    """Close every phase of a running round whose stated minute is over, each in a transaction of its own.

    Nothing depends on when this happens: whether a phase is open follows from the clock. What is ruled later
    under an extension comes after the seal, and under the next one.

    Returns:
        how many were closed now.
    """
    due = Phase.objects.filter(closed_at__isnull=True, closes_at__lte=at, round__state=Round.State.RUNNING)
    waiting = due.order_by("closes_at", "id").values_list("pk", "closes_at")
    return sum(_close(pk, by=by, at=at) for pk, closes_at in list(waiting) if has_passed(at, closes_at))


@transaction.atomic
def _close(pk: int, *, by: str, at: datetime) -> bool:
    """Close one phase and seal its round, unless another process has just done it."""
    phase = Phase.objects.select_for_update(of=("self",)).select_related("round__territory").get(pk=pk)
    if phase.closed_at is not None:
        return False
    phase.closed_at = at
    phase.save(update_fields=["closed_at"])
    round_ = phase.round
    hold(round_chain(round_), CHAIN + round_name(round_))
    payload = {"v": 1, "kind": phase.kind, "turn": phase.turn, "closes_at": phase.closes_at.isoformat()}
    record(chain=round_chain(round_), kind="phase.closed", subject=round_.code, payload=payload, by=by, at=at)
    seal(book=round_name(round_), subject=f"phase.closed {phase.kind} {phase.turn}", by=by, at=at)
    return True
