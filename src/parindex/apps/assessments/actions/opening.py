"""Opening a round: units, calendar, plan of appraisal and the matrix of what applies, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.assigning import Part, assign_parts
from parindex.apps.assessments.actions.rounds import Enrolment, NewRound, open_round
from parindex.apps.assessments.ledger import matrix_payload, round_chain
from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.rules.matrix import LeftOut, applied_leaves, check_left_out
from parindex.apps.assessments.rules.steering import check_calendar, check_code
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused


@transaction.atomic
def open_planned(
    *,
    new: NewRound,
    enrolments: Sequence[Enrolment],
    parts: Sequence[Part],
    left_out: Sequence[LeftOut] = (),
    by: str,
    at: datetime,
) -> Round:
    """Open a round that runs, with its plan of appraisal and its matrix; all of it or nothing.

    A part's ranking group may be another round's: the new round's group of the same code is meant.

    Raises:
        Refused: ``code_unreadable``, ``round_code_taken``, ``calendar_empty``, ``calendar_overlaps``,
            ``nobody_chosen``, ``node_unknown``, ``part_twice``, and all that `check_left_out` refuses.
    """
    check_code(new.territory, new.code)
    check_calendar(new.phases)
    if not enrolments:
        raise Refused("nobody_chosen")
    opened = open_round(new=new, enrolments=enrolments, by=by, at=at)
    groups = {g.code: g for g in opened.groups.all()}
    of_round = [replace(p, group=groups[p.group.code]) if p.group else p for p in parts]
    assign_parts(round_=opened, parts=of_round, by=by, at=at)
    _lock_matrix(opened, left_out, by=by, at=at)
    return opened


def _lock_matrix(round_: Round, left_out: Sequence[LeftOut], *, by: str, at: datetime) -> list[Ruling]:
    """Keep what is not assessed as rulings of the opening, with one entry for the whole matrix.

    From here on the matrix changes by rulings alone (`grant_not_applicable`).
    """
    framework = by_hash(round_.framework.content_hash)
    participants = list(round_.participants.select_related("unit").order_by("id"))
    known = {p.unit.code: p for p in participants}
    check_left_out(framework, known, left_out)
    rulings = [
        Ruling(
            participant=known[row.unit],
            leaf=row.leaf,
            stage=Ruling.Stage.OPENING,
            answer="n/a",
            reason=row.reason.strip(),
            framework_hash=round_.framework.content_hash,
            by=by,
            at=at,
        )
        for row in left_out
    ]
    Ruling.objects.bulk_create(rulings, batch_size=500)
    applied = {p.unit.code: len(applied_leaves(framework, p)) for p in participants}
    record(
        chain=round_chain(round_),
        kind="matrix.locked",
        subject=round_.code,
        payload=matrix_payload(rulings, applied),
        texts={f"reason:{r.participant.unit.code} {r.leaf}": r.reason for r in rulings},
        by=by,
        at=at,
    )
    return rulings
