"""Figures that units do not enter themselves: surveys and measured values, brought in for a whole round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from parindex.apps.assessments.ledger import round_chain, rulings_payload
from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.rules import AnswerRow
from parindex.apps.assessments.rules.supplying import check_values
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused


@transaction.atomic
def supply_values(
    *, round_: Round, rows: Sequence[AnswerRow], seen: Mapping[tuple[str, str], int], by: str, at: datetime
) -> int:
    """Keep figures of many units: one act, one ledger entry with all rows; a figure that was supplied before
    is followed by the new one. Returns how many.

    Args:
        seen: by unit and leaf, the ruling that stood when the rows were looked at; absent: none did.

    Raises:
        RowsRefused: every row that cannot be kept; none is. Refused ``values_changed``: somebody supplied or
            ruled meanwhile; ``nothing_chosen``.
    """
    if not rows:
        raise Refused("nothing_chosen")
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    participants = {p.unit.code: p for p in round_.participants.select_related("unit")}
    standing = check_values(by_hash(round_.framework.content_hash), locked, participants, rows=rows)
    for row in rows:
        stood = standing.get((row.unit, row.leaf))
        if (stood.pk if stood else 0) != seen.get((row.unit, row.leaf), 0):
            raise Refused("values_changed", unit=participants[row.unit].name_vi, leaf=row.leaf)
    stage = Ruling.Stage.OPENING
    given = Ruling.objects.filter(participant__round=round_, stage=stage)
    counted = given.values_list("participant__unit__code", "leaf").annotate(turns=Count("pk"))
    turns = {(unit, leaf): n for unit, leaf, n in counted}
    rulings = [
        Ruling(
            participant=participants[row.unit],
            leaf=row.leaf,
            stage=stage,
            turn=turns.get((row.unit, row.leaf), 0) + 1,
            answer=row.text,
            se=row.se,
            n=row.n,
            note=row.note,
            framework_hash=round_.framework.content_hash,
            by=by,
            at=at,
        )
        for row in rows
    ]
    Ruling.objects.bulk_create(rulings, batch_size=2000)
    record(
        chain=round_chain(round_),
        kind="answers.recorded",
        subject=round_.code,
        payload=rulings_payload(stage, rulings),
        texts={f"{r.participant.unit.code} {r.leaf}": r.note for r in rulings},
        by=by,
        at=at,
    )
    return len(rulings)
