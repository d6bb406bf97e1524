"""Penalties entered and taken back by those who hold them; the points follow from what stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.appraising import keep_rulings
from parindex.apps.assessments.actions.telling import of_unit, tell_circles, the_secretariat, the_unit
from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import EvidenceLink, Participant, Penalty, Ruling
from parindex.apps.assessments.queries.penalties import penalties_of
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.assessments.rules.penalties import (
    NewPenalty,
    answer_of,
    check_movable,
    check_penalty,
    stage_of,
    turn_of,
)
from parindex.apps.assessments.rules.sheets import leaf_of
from parindex.apps.audit.record import hold
from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import Inspected
from parindex.apps.evidence.models import Document
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import Refused


@transaction.atomic
def enter_penalty(
    *,
    participant: Participant,
    new: NewPenalty,
    body: Unit,
    upload: Inspected | None = None,
    despite: Collection[str] = (),
    by: str,
    at: datetime,
) -> Penalty:
    """Enter a case against a unit; the item's answer follows from all that stands. The unit is told.

    Args:
        body: the unit that holds the penalty.
        upload: the file behind it, kept with the documents of the unit that it is about, which sees it there.
        despite: findings about the file that a person was asked about and answered.

    Raises:
        Refused: what `check_penalty` raises; ``penalty_twice``: it was entered already;
            ``part_signed_off``: the body has signed off its part; what `upload_document` refuses.
    """
    hold(sheet_chain(participant))
    participant = _read(participant)
    framework = by_hash(participant.round.framework.content_hash)
    stood = standing_of(participant).get(new.leaf)
    leaf = check_penalty(framework, participant, new, stood=stood, at=at)
    _check_unsigned(participant, body, new.leaf, at=at)
    known = penalties_of(participant)
    _check_new(known, new)
    document = _kept(participant, new, upload, despite=despite, by=by, at=at) if upload else None
    made = Penalty.objects.create(
        participant=participant,
        position=len(known) + 1,
        leaf=new.leaf,
        matter=new.matter.strip(),
        times=new.times,
        answer=new.answer,
        number=new.number.strip(),
        issued_on=new.issued_on,
        body=body,
        document=document,
        by=by,
        at=at,
    )
    _rule(made, leaf, stood, kind="penalty.recorded", texts={"matter": made.matter}, by=by, at=at)
    _tell(made, "penalty_recorded", by=by, at=at)
    return made


@transaction.atomic
def withdraw_penalty(*, penalty: Penalty, reason: str, by: str, at: datetime) -> Penalty:
    """Take a case back; it stays with who, when and why, and counts no more. The unit is told.

    Raises:
        Refused: ``reason_needed``, ``penalty_withdrawn``; what `check_movable` raises; ``part_signed_off``.
    """
    hold(sheet_chain(penalty.participant))
    kept = Penalty.objects.select_related("body").get(pk=penalty.pk)
    kept.participant = participant = _read(penalty.participant)
    if not reason.strip():
        raise Refused("reason_needed")
    if kept.withdrawn_at is not None:
        raise Refused("penalty_withdrawn")
    stood = standing_of(participant).get(kept.leaf)
    check_movable(participant, kept.leaf, stood=stood)
    _check_unsigned(participant, kept.body, kept.leaf, at=at)
    kept.withdrawn_by, kept.withdrawn_at, kept.withdrawn_because = by, at, reason.strip()
    kept.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    leaf = leaf_of(by_hash(participant.round.framework.content_hash), kept.leaf)
    _rule(kept, leaf, stood, kind="penalty.withdrawn", texts={}, by=by, at=at)
    _tell(kept, "penalty_withdrawn", by=by, at=at)
    return kept


def _read(participant: Participant) -> Participant:
    """The participant as it is now, while its chain is held."""
    found = Participant.objects.select_related("unit", "round__framework", "round__territory__parent")
    return found.prefetch_related("round__phases").get(pk=participant.pk)


def _kept(
    participant: Participant,
    new: NewPenalty,
    upload: Inspected,
    *,
    despite: Collection[str],
    by: str,
    at: datetime,
) -> Document:
    """The file as a document of the unit, shown for the item."""
    told = replace(upload.proposed, number=new.number.strip(), issued_on=new.issued_on)
    document = upload_document(
        unit=participant.unit, upload=upload, metadata=told, despite=despite, by=by, at=at
    ).document
    EvidenceLink.objects.get_or_create(
        participant=participant,
        leaf=new.leaf,
        document=document,
        page="",
        detached_at=None,
        defaults={"by": by, "at": at},
    )
    return document


def _check_unsigned(participant: Participant, body: Unit, leaf: str, *, at: datetime) -> None:
    """What a department signed off in the turn that runs stays. Raises Refused ``part_signed_off``."""
    turn = turn_of(participant.round, at)
    if participant.round.sign_offs.filter(lead=body, turn=turn).exists():
        raise Refused("part_signed_off", leaf=leaf)


def _check_new(known: list[Penalty], new: NewPenalty) -> None:
    """A form that is sent twice enters one case. Raises Refused ``penalty_twice``."""
    said = (new.leaf, new.number.strip(), new.issued_on, new.matter.strip())
    if any(c.withdrawn_at is None and (c.leaf, c.number, c.issued_on, c.matter) == said for c in known):
        raise Refused("penalty_twice", number=new.number.strip())


def _rule(
    penalty: Penalty,
    leaf: Node,
    stood: Ruling | None,
    *,
    kind: str,
    texts: Mapping[str, str],
    by: str,
    at: datetime,
) -> None:
    """What the standing cases answer now, as a ruling with the case in its entry."""
    participant = penalty.participant
    cases = penalties_of(participant, leaf.code)
    shown = [c.document for c in cases if c.withdrawn_at is None and c.document is not None]
    evidence = [[d.sha256, d.key, ""] for d in dict.fromkeys(shown)]
    ruling = Ruling(
        participant=participant,
        leaf=leaf.code,
        stage=stage_of(turn_of(participant.round, at), stood),
        answer=answer_of(leaf, cases),
        reason=penalty.withdrawn_because or penalty.number,
        evidence=evidence,
        framework_hash=participant.round.framework.content_hash,
        by=by,
        at=at,
    )
    more = {
        "case": penalty.position,
        "number": penalty.number,
        "date": penalty.issued_on.isoformat(),
        "times": penalty.times,
        "said": penalty.answer,
        "body": penalty.body.code,
        "evidence": {leaf.code: evidence} if evidence else {},
    }
    keep_rulings(participant, [ruling], kind=kind, more=more, texts=texts, by=by, at=at)


def _tell(penalty: Penalty, kind: str, *, by: str, at: datetime) -> None:
    """The unit and those who run the round."""
    participant = penalty.participant
    said = {**of_unit(participant), "leaf": penalty.leaf, "number": penalty.number}
    circles = [the_unit(participant), the_secretariat(participant.round, participant)]
    tell_circles(kind, round_=participant.round, circles=circles, said=said, by=by, at=at)
