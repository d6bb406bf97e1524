"""What the secretariat does to a round: more time, reminders, exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.appraising import keep_rulings
from parindex.apps.assessments.actions.telling import (
    every_unit,
    leaves_said,
    phase_said,
    tell_circles,
    the_unit,
)
from parindex.apps.assessments.ledger import round_chain
from parindex.apps.assessments.models import Extension, Participant, Phase, Ruling
from parindex.apps.assessments.rules.sheets import applicable_max, leaf_of
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A later deadline, why, and by which document."""

    until: datetime
    reason: str
    document: str = ""


@transaction.atomic
def extend_phase(
    *, phase: Phase, participants: Sequence[Participant], more: MoreTime, by: str, at: datetime
) -> list[Extension]:
    """Give one, some or all units more time in one act; each unit is told.

    Raises:
        Refused: ``reason_needed``, ``deadline_past``, ``nobody_chosen``.
    """
    if not more.reason.strip():
        raise Refused("reason_needed")
    if more.until <= max(at, phase.opens_at):
        raise Refused("deadline_past", until=more.until)
    if not participants:
        raise Refused("nobody_chosen")
    made = Extension.objects.bulk_create(
        Extension(
            phase=phase,
            participant=p,
            closes_at=more.until,
            reason=more.reason.strip(),
            document=more.document.strip(),
            by=by,
            at=at,
        )
        for p in participants
    )
    payload = {
        "v": 1,
        "phase": [phase.kind, phase.turn],
        "until": more.until.isoformat(),
        "units": [p.unit.code for p in participants],
        "document": more.document.strip(),
    }
    record(
        chain=round_chain(phase.round),
        kind="phase.extended",
        subject=phase.round.code,
        payload=payload,
        texts={"reason": more.reason.strip()},
        by=by,
        at=at,
    )
    said, circles = phase_said(phase, more.until), every_unit(participants)
    tell_circles("phase_extended", round_=phase.round, circles=circles, said=said, by=by, at=at)
    return made


@transaction.atomic
def remind(*, phase: Phase, participants: Sequence[Participant], text: str, by: str, at: datetime) -> int:
    """Remind units of a phase's deadline. Returns how many people were told.

    Raises:
        Refused: ``nobody_chosen``.
    """
    if not participants:
        raise Refused("nobody_chosen")
    said, circles = phase_said(phase) | {"more": text.strip()}, every_unit(participants)
    told = tell_circles("reminder", round_=phase.round, circles=circles, said=said, by=by, at=at)
    payload = {
        "v": 1,
        "phase": [phase.kind, phase.turn],
        "units": [p.unit.code for p in participants],
        "told": told,
    }
    record(
        chain=round_chain(phase.round),
        kind="units.reminded",
        subject=phase.round.code,
        payload=payload,
        texts={"text": text.strip()},
        by=by,
        at=at,
    )
    return told


@transaction.atomic
def grant_not_applicable(
    *, participant: Participant, leaves: Sequence[str], ground: str, document: str, by: str, at: datetime
) -> list[Ruling]:
    """Take leaves out of one unit's assessment: an exception to the matrix that was locked at opening.

    A ruling like any other, with its ground and the document that it rests on. The unit is told. Before the
    unit has handed in it stands as of the opening; afterwards as of the appraisal.

    Raises:
        Refused: ``reason_needed``, ``document_needed``, ``leaf_unknown``, ``leaf_not_assessed``,
            ``nobody_chosen``.
    """
    framework = by_hash(participant.round.framework.content_hash)
    if not ground.strip():
        raise Refused("reason_needed")
    if not document.strip():
        raise Refused("document_needed")
    if not leaves:
        raise Refused("nobody_chosen")
    handed_in = participant.rulings.filter(stage=Ruling.Stage.SELF).exists()
    stage = Ruling.Stage.APPRAISED if handed_in else Ruling.Stage.OPENING
    rulings = []
    for code in dict.fromkeys(leaves):
        if not applicable_max(framework, participant, leaf_of(framework, code)):
            raise Refused("leaf_not_assessed", leaf=code)
        rulings.append(
            Ruling(
                participant=participant,
                leaf=code,
                stage=stage,
                answer="n/a",
                reason=f"{ground.strip()} ({document.strip()})",
                framework_hash=participant.round.framework.content_hash,
                by=by,
                at=at,
            )
        )
    more = {"document": document.strip()}
    kept = keep_rulings(participant, rulings, kind="not_applicable.granted", more=more, by=by, at=at)
    said, circles = leaves_said([r.leaf for r in kept]), [the_unit(participant)]
    tell_circles("not_applicable", round_=participant.round, circles=circles, said=said, by=by, at=at)
    return kept
