"""What the tick does to rounds: who has a phase is told that it begins; what is over is closed and sealed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.telling import (
    every_unit,
    of_phase,
    phase_said,
    tell_circles,
    the_secretariat,
)
from parindex.apps.assessments.ledger import round_chain, round_name
from parindex.apps.assessments.models import Extension, Phase, Round
from parindex.apps.audit.record import hold, record
from parindex.apps.audit.seals import CHAIN, seal
from parindex.core.kernel.time import has_passed


def open_phases(*, by: str, at: datetime) -> int:
    """Tell of every phase of a running round that has begun, each once, those whose it is.

    Nothing depends on when this happens, and a phase that is over by then is passed over in silence.

    Returns:
        how many have begun.
    """
    due = Phase.objects.filter(opened_at__isnull=True, opens_at__lte=at, round__state=Round.State.RUNNING)
    return sum(
        _open(pk, by=by, at=at) for pk in list(due.order_by("opens_at", "id").values_list("pk", flat=True))
    )


@transaction.atomic
def _open(pk: int, *, by: str, at: datetime) -> bool:
    """Tell of one phase, unless another process has just done so."""
    phase = _locked(pk)
    if phase.opened_at is not None:
        return False
    phase.opened_at = at
    phase.save(update_fields=["opened_at"])
    if not has_passed(at, phase.closes_at):
        said = phase_said(phase)
        tell_circles("phase_opened", round_=phase.round, circles=of_phase(phase), said=said, by=by, at=at)
    return True


def close_phases(*, by: str, at: datetime) -> int:
    """Close every phase of a running round whose stated minute is over, each in a transaction of its own.

    Nothing depends on when this happens: whether a phase is open follows from the clock. What is ruled later
    under an extension comes after the seal, and under the one that is made when the extension ends.

    Returns:
        how many were closed now.
    """
    due = Phase.objects.filter(closed_at__isnull=True, closes_at__lte=at, round__state=Round.State.RUNNING)
    waiting = due.order_by("closes_at", "id").values_list("pk", "closes_at")
    return sum(_close(pk, by=by, at=at) for pk, closes_at in list(waiting) if has_passed(at, closes_at))


@transaction.atomic
def _close(pk: int, *, by: str, at: datetime) -> bool:
    """Close one phase and seal its round, unless another process has just done it."""
    phase = _locked(pk)
    if phase.closed_at is not None:
        return False
    phase.closed_at = at
    phase.save(update_fields=["closed_at"])
    round_ = phase.round
    hold(round_chain(round_), CHAIN + round_name(round_))
    payload = {"v": 1, "kind": phase.kind, "turn": phase.turn, "closes_at": phase.closes_at.isoformat()}
    record(chain=round_chain(round_), kind="phase.closed", subject=round_.code, payload=payload, by=by, at=at)
    seal(book=round_name(round_), subject=f"phase.closed {phase.kind} {phase.turn}", by=by, at=at)
    circles = [the_secretariat(round_), *of_phase(phase)]
    tell_circles("phase_closed", round_=round_, circles=circles, said=phase_said(phase), by=by, at=at)
    return True


def close_extensions(*, by: str, at: datetime) -> int:
    """Close the extensions that are over, each phase's in a transaction of its own, and seal their rounds.

    Of a unit's extensions of a phase the newest counts; those that it replaced are closed with it.

    Returns:
        how many units' extensions were closed now.
    """
    due = Extension.objects.filter(
        closed_at__isnull=True, closes_at__lte=at, phase__round__state=Round.State.RUNNING
    )
    phases = due.order_by("phase_id").values_list("phase_id", flat=True).distinct()
    return sum(_close_extensions(pk, by=by, at=at) for pk in list(phases))


@transaction.atomic
def _close_extensions(pk: int, *, by: str, at: datetime) -> int:
    """What is over of one phase; nothing where another process has just closed it."""
    phase = _locked(pk)
    given = phase.extensions.filter(closed_at__isnull=True).select_related("participant__unit").order_by("id")
    newest = {e.participant_id: e for e in given}
    over = [e for e in newest.values() if has_passed(at, e.closes_at)]
    if not over:
        return 0
    units = [e.participant_id for e in over]
    phase.extensions.filter(closed_at__isnull=True, participant__in=units).update(closed_at=at)
    round_ = phase.round
    hold(round_chain(round_), CHAIN + round_name(round_))
    payload = {
        "v": 1,
        "kind": phase.kind,
        "turn": phase.turn,
        "units": [[e.participant.unit.code, e.closes_at.isoformat()] for e in over],
    }
    record(
        chain=round_chain(round_), kind="extension.closed", subject=round_.code, payload=payload, by=by, at=at
    )
    seal(book=round_name(round_), subject=f"extension.closed {phase.kind} {phase.turn}", by=by, at=at)
    circles = [
        c for e in over for c in (the_secretariat(round_, e.participant), *every_unit([e.participant]))
    ]
    tell_circles("extension_closed", round_=round_, circles=circles, said=phase_said(phase), by=by, at=at)
    return len(over)


def _locked(pk: int) -> Phase:
    """A phase that others wait for until this act ends."""
    found = Phase.objects.select_for_update(of=("self",)).select_related(
        "round__territory", "round__framework"
    )
    return found.get(pk=pk)
