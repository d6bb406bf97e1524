"""What says that a participant existed for a part of the year only, and how it is assessed then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain
from parindex.apps.assessments.models import Participant, Round
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Assessed:
    """On what a unit is assessed: basis, first and last day of the period, the document that says so."""

    basis: Participant.Basis
    first: date | None = None
    last: date | None = None
    document: str = ""


@transaction.atomic
def set_basis(*, participant: Participant, assessed: Assessed, by: str, at: datetime) -> Participant:
    """Say on what a participant of a running round is assessed.

    Who is not ranked stands in the criteria set, so that anybody who computes again finds it there.

    Raises:
        Refused: ``round_over``, ``document_needed``, ``period_missing``, ``period_reversed``,
            ``no_predecessors``; ``not_ranked_by_set`` where the set ranks the unit.
    """
    locked = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("round__framework", "round__territory__parent", "unit")
        .get(pk=participant.pk)
    )
    if locked.round.state != Round.State.RUNNING:
        raise Refused("round_over")
    is_whole = assessed.basis == Participant.Basis.WHOLE
    if not is_whole:
        _check(locked, assessed)
    locked.basis = assessed.basis
    locked.first_day, locked.last_day = (None, None) if is_whole else (assessed.first, assessed.last)
    locked.basis_document = "" if is_whole else assessed.document.strip()[:250]
    locked.save(update_fields=["basis", "first_day", "last_day", "basis_document"])
    payload = {
        "v": 1,
        "unit": locked.unit.code,
        "basis": str(locked.basis),
        "first": locked.first_day.isoformat() if locked.first_day else "",
        "last": locked.last_day.isoformat() if locked.last_day else "",
        "document": locked.basis_document,
    }
    chain = round_chain(locked.round)
    record(chain=chain, kind="participant.basis", subject=locked.unit.code, payload=payload, by=by, at=at)
    return locked


def _check(participant: Participant, assessed: Assessed) -> None:
    """A document, a period that can be, and what the basis itself asks for."""
    if not assessed.document.strip():
        raise Refused("document_needed")
    if assessed.first is None and assessed.last is None:
        raise Refused("period_missing")
    if assessed.first and assessed.last and assessed.last < assessed.first:
        raise Refused("period_reversed", first=assessed.first, last=assessed.last)
    if assessed.basis == Participant.Basis.PREDECESSORS and not participant.unit.origins.exists():
        raise Refused("no_predecessors", unit=participant.unit.name_vi)
    if assessed.basis == Participant.Basis.UNRANKED:
        groups = by_hash(participant.round.framework.content_hash).ranking.not_ranked
        if not any(participant.name_vi in g.units or participant.type in g.types for g in groups):
            raise Refused("not_ranked_by_set", unit=participant.name_vi)
