"""What lead departments do: rule on leaves, many at once, and sign off their part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parindex.apps.assessments.actions.telling import (
    APPRAISING,
    Circle,
    Party,
    tell_circles,
    the_secretariat,
)
from parindex.apps.assessments.ledger import measured_lines, round_chain, rulings_payload, sheet_chain
from parindex.apps.assessments.models import Participant, Round, Ruling, SignOff
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.penalties import standing_penalties
from parindex.apps.assessments.queries.rounds import assignments_of, participants_of
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.assessments.rules.appraising import check_ruling, stage_now
from parindex.apps.assessments.rules.penalties import answer_of, is_penalty
from parindex.apps.assessments.rules.sheets import applicable_max, leaf_of
from parindex.apps.audit.record import hold, record
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an appraiser rules on one leaf of one unit: an answer as the rule reads it, or ``points:2.5``.

    `seen`: the key of the ruling that stood when the appraiser looked (0: none did); None: not asked.
    """

    participant: int
    leaf: str
    answer: str
    reason: str = ""
    seen: int | None = None


@transaction.atomic
def appraise(*, round_: Round, verdicts: Sequence[Verdict], by: str, at: datetime) -> list[Ruling]:
    """Rule on leaves of one or many units: one act, one entry in each unit's chain; all or none.

    Who may is checked by `permissions.check_appraise` before.

    Raises:
        NotNow: no appraisal phase is open for a unit, or its sheet is.
        Refused: ``leaf_unknown``, ``leaf_not_assessed``, ``reason_needed``, ``part_signed_off``,
            ``case_changed``: something else stands by now than what the appraiser saw;
            ``penalty_by_case``: a penalty other than its recorded cases give.
        AnswerRefused: an answer cannot be scored.
    """
    people = {p.pk: p for p in participants_of(round_).filter(pk__in={v.participant for v in verdicts})}
    hold(*(sheet_chain(p) for p in people.values()))
    terms = _Terms(round_)
    measured = proposals_for(round_, people.values(), leaves={v.leaf for v in verdicts}, at=at)
    made = []
    for key, participant in people.items():
        stage = stage_now(participant, at)
        mine = [v for v in verdicts if v.participant == key]
        terms.check(participant, stage, mine)
        rulings = [_ruling(participant, stage, v, by=by, at=at) for v in mine]
        for ruling in rulings:
            proposed = measured.get((participant.pk, ruling.leaf))
            ruling.measured = proposed.value if proposed else None
        made += keep_rulings(participant, rulings, kind="leaves.appraised", by=by, at=at)
    return made


class _Terms:
    """What verdicts of one round are held against."""

    def __init__(self, round_: Round) -> None:
        self.framework = by_hash(round_.framework.content_hash)
        self.assignments = assignments_of(round_)
        self.signed = set(round_.sign_offs.values_list("lead_id", "turn"))

    def check(self, participant: Participant, stage: Ruling.Stage, verdicts: Sequence[Verdict]) -> None:
        """Every verdict on one unit; raises as `appraise`."""
        standing = standing_of(participant)
        penalties = standing_penalties(participant.round, [participant.pk], {v.leaf for v in verdicts})
        turn = 1 if stage == Ruling.Stage.APPRAISED else 2
        for verdict in verdicts:
            leaf = leaf_of(self.framework, verdict.leaf)
            if not applicable_max(self.framework, participant, leaf):
                raise Refused("leaf_not_assessed", leaf=verdict.leaf)
            part = assignment_of(self.assignments, self.framework, participant=participant, leaf=verdict.leaf)
            if part and (lead_for(part, participant), turn) in self.signed:
                raise Refused("part_signed_off", leaf=verdict.leaf)
            stood = standing.get(verdict.leaf)
            before = stood.answer if stood else ""
            if verdict.seen is not None and verdict.seen != (stood.pk if stood else 0):
                raise Refused("case_changed", leaf=verdict.leaf, unit=participant.name_vi)
            if is_penalty(self.framework, leaf.code):
                said = answer_of(leaf, penalties.get((participant.pk, leaf.code), ()))
                if verdict.answer not in (before, said):
                    raise Refused("penalty_by_case", leaf=leaf.code)
            check_ruling(
                self.framework,
                participant,
                leaf,
                answer=verdict.answer,
                before=before,
                reason=verdict.reason,
            )


def _ruling(
    participant: Participant, stage: Ruling.Stage, verdict: Verdict, *, by: str, at: datetime
) -> Ruling:
    """Not kept yet; its turn is given when it is."""
    return Ruling(
        participant=participant,
        leaf=verdict.leaf,
        stage=stage,
        answer=verdict.answer,
        reason=verdict.reason.strip(),
        framework_hash=participant.round.framework.content_hash,
        by=by,
        at=at,
    )


def keep_rulings(
    participant: Participant,
    rulings: Sequence[Ruling],
    *,
    kind: str,
    by: str,
    at: datetime,
    more: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[Ruling]:
    """Keep rulings of one stage on one unit, each at its next turn, with their entry in the unit's chain.

    `more`, `texts`: what else the entry says, and what else people wrote.
    """
    if not rulings:
        return []
    stage = rulings[0].stage
    turns = _turns(participant, stage, [r.leaf for r in rulings])
    for ruling in rulings:
        turns[ruling.leaf] += 1
        ruling.turn = turns[ruling.leaf]
    kept = Ruling.objects.bulk_create(rulings)
    record(
        chain=sheet_chain(participant),
        kind=kind,
        subject=participant.unit.code,
        payload=rulings_payload(stage, kept, **_beside(kept), **(more or {})),
        texts={**{f"reason:{r.leaf}": r.reason for r in kept}, **(texts or {})},
        by=by,
        at=at,
    )
    return kept


def _beside(rulings: Sequence[Ruling]) -> dict[str, Any]:
    """What was measured for them, where anything was."""
    measured = measured_lines(rulings)
    return {"measured": measured} if measured else {}


def _turns(participant: Participant, stage: str, leaves: Iterable[str]) -> Counter[str]:
    """How often each leaf was ruled on at a stage."""
    ruled = Ruling.everything.filter(participant=participant, stage=stage, leaf__in=set(leaves))
    return Counter(ruled.values_list("leaf", flat=True))


@transaction.atomic
def sign_off(
    *, round_: Round, lead: Unit, turn: int, number: str, on: date, by: str, at: datetime
) -> SignOff:
    """Close a lead department's part of one appraisal turn, with its letter's number and date. It and the
    secretariat are told.

    Raises:
        Refused: ``number_needed``; ``already_signed_off``.
    """
    if not number.strip():
        raise Refused("number_needed")
    if round_.sign_offs.filter(lead=lead, turn=turn).exists():
        raise Refused("already_signed_off", lead=lead.name_vi)
    made = SignOff.objects.create(
        round=round_, lead=lead, turn=turn, number=number.strip(), date=on, by=by, at=at
    )
    payload = {"v": 1, "lead": lead.code, "turn": turn, "number": made.number, "date": on.isoformat()}
    record(
        chain=round_chain(round_), kind="appraisal.signed", subject=lead.code, payload=payload, by=by, at=at
    )
    circles = [Circle(Party.LEAD, lead.pk, APPRAISING), the_secretariat(round_)]
    said = {"lead": lead.name_vi, "lead_en": lead.name_en, "number": made.number}
    tell_circles("part_signed_off", round_=round_, circles=circles, said=said, by=by, at=at)
    return made
