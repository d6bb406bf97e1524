"""A published result is corrected: the council sits again on what is brought up, and it is published anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from parindex.apps.assessments.actions.explanations import bring_before_council
from parindex.apps.assessments.actions.rounds import step_round
from parindex.apps.assessments.models import Explanation, Phase, Round
from parindex.apps.assessments.queries import find_participant
from parindex.apps.assessments.states import ROUND_STEPS, RoundStep, after
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is to be ruled on anew: a unit and a leaf by their codes, and why."""

    unit: str
    leaf: str
    reason: str


@transaction.atomic
def open_correction(*, round_: Round, first: Wrong, until: datetime, by: str, at: datetime) -> Round:
    """Let the council sit on a published round again until a deadline, on what is brought up.

    What everybody sees stays as it stands now until the round is concluded and published again; the reason is
    published with the correction.

    Raises:
        WrongState: it is not published. Refused: ``deadline_past``, and what `bring_up` raises.
    """
    locked = Round.objects.select_for_update(of=("self",)).select_related("framework").get(pk=round_.pk)
    then = after(ROUND_STEPS, RoundStep.CORRECT, locked.state)
    if until <= at:
        raise Refused("deadline_past", until=until)
    locked.corrected_since, locked.corrected_because = at, first.reason.strip()
    locked.save(update_fields=["corrected_since", "corrected_because"])
    last = locked.phases.aggregate(position=Max("position"))["position"] or 0
    sittings = locked.phases.filter(kind=Phase.Kind.COUNCIL).count()
    Phase.objects.create(
        round=locked,
        position=last + 1,
        kind=Phase.Kind.COUNCIL,
        turn=sittings + 1,
        opens_at=at,
        opened_at=at,
        closes_at=until,
    )
    opened = step_round(
        round_=locked, state=then, kind="correction.opened", by=by, at=at, reason=first.reason.strip()
    )
    bring_up(round_=opened, wrong=first, by=by, at=at)
    return opened


@transaction.atomic
def bring_up(*, round_: Round, wrong: Wrong, by: str, at: datetime) -> Explanation:
    """Put one more leaf of a unit before the council while a published round is being corrected.

    Raises:
        Refused: ``not_being_corrected``, ``text_needed``, ``unit_not_found``, ``leaf_not_assessed``, and what
            `leaf_of` raises. WrongState: it is before the council already.
    """
    if round_.corrected_since is None or round_.state != Round.State.RUNNING:
        raise Refused("not_being_corrected")
    participant = find_participant(round_, wrong.unit)
    if participant is None:
        raise Refused("unit_not_found", unit=wrong.unit[:60])
    return bring_before_council(participant=participant, leaf=wrong.leaf, text=wrong.reason, by=by, at=at)
