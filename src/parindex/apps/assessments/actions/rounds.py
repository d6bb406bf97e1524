"""What opens rounds and keeps answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.telling import everybody, tell_circles
from parindex.apps.assessments.ledger import opening_payload, round_chain, rulings_payload
from parindex.apps.assessments.models import Participant, Phase, RankingGroup, Round, Ruling, Sheet
from parindex.apps.assessments.rules import AnswerRow, check_answer_rows
from parindex.apps.assessments.rules.rounds import usual_audience
from parindex.apps.assessments.states import ROUND_STEPS, RoundStep, after
from parindex.apps.audit.record import record
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A unit that takes part, in which group, and how many days late its sheet came."""

    unit: Unit
    group: str
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A phase with its first instant and its deadline."""

    kind: Phase.Kind
    opens_at: datetime
    closes_at: datetime
    turn: int = 1


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round as it is opened.

    Attributes:
        groups: codes and names of its ranking groups, in the order they are shown.
        phases: in order; with none the round only records finished results and is public at once.
        audience: who sees the published result; None: as `usual_audience` says.
        publicity: how much of it everybody sees; publishing may still say otherwise.
    """

    territory: Unit
    code: str
    year: int
    title: Text
    note: Text
    framework: FrameworkVersion
    groups: Mapping[str, Text]
    previous: Round | None = None
    publishes_rank_bands: bool = False
    phases: Sequence[PlannedPhase] = ()
    audience: Round.Audience | None = None
    publicity: Publicity = Publicity.ANNEX


@transaction.atomic
def open_round(*, new: NewRound, enrolments: Sequence[Enrolment], by: str, at: datetime) -> Round:
    """Open a round: its groups and participants are frozen as they are now."""
    opened = Round.objects.create(
        territory=new.territory,
        code=new.code,
        year=new.year,
        title_vi=new.title.vi,
        title_en=new.title.en,
        note_vi=new.note.vi,
        note_en=new.note.en,
        framework=new.framework,
        previous=new.previous,
        publishes_rank_bands=new.publishes_rank_bands,
        state=Round.State.RUNNING if new.phases else Round.State.PUBLISHED,
        audience=new.audience or usual_audience(new.territory, [e.unit for e in enrolments]),
        publicity=new.publicity,
        opened_at=at,
    )
    groups = {
        code: RankingGroup.objects.create(
            round=opened, code=code, name_vi=name.vi, name_en=name.en, position=k
        )
        for k, (code, name) in enumerate(new.groups.items())
    }
    participants = Participant.objects.bulk_create(
        Participant(
            round=opened,
            unit=e.unit,
            group=groups[e.group],
            name_vi=e.unit.name_vi,
            name_en=e.unit.name_en,
            type=e.unit.type,
            late_days=e.late_days,
        )
        for e in enrolments
    )
    Phase.objects.bulk_create(
        Phase(
            round=opened,
            position=k,
            kind=phase.kind,
            turn=phase.turn,
            opens_at=phase.opens_at,
            closes_at=phase.closes_at,
        )
        for k, phase in enumerate(new.phases, start=1)
    )
    if new.phases:
        Sheet.objects.bulk_create(Sheet(participant=p) for p in participants)
    phases = [[p.kind.value, p.turn, p.opens_at.isoformat(), p.closes_at.isoformat()] for p in new.phases]
    payload = opening_payload(opened, groups.values(), participants) | {"phases": phases}
    record(chain=round_chain(opened), kind="round.opened", subject=opened.code, payload=payload, by=by, at=at)
    return opened


@transaction.atomic
def record_answers(
    *, round_: Round, rows: Sequence[AnswerRow], stage: Ruling.Stage, by: str, at: datetime
) -> int:
    """Keep a whole round's answers at a stage: one act, one ledger entry with all rows. Returns how many.

    Raises:
        RowsRefused: every row that cannot be kept; none is.
    """
    participants = {p.unit.code: p for p in round_.participants.select_related("unit")}
    check_answer_rows(by_hash(round_.framework.content_hash), participants, rows)
    rulings = [
        Ruling(
            participant=participants[row.unit],
            leaf=row.leaf,
            stage=stage,
            answer=row.text,
            se=row.se,
            n=row.n,
            note=row.note,
            by=by,
            at=at,
        )
        for row in rows
    ]
    Ruling.objects.bulk_create(rulings, batch_size=2000)
    payload = rulings_payload(stage, rulings)
    record(
        chain=round_chain(round_),
        kind="answers.recorded",
        subject=round_.code,
        payload=payload,
        texts={f"{r.participant.unit.code} {r.leaf}": r.note for r in rulings},
        by=by,
        at=at,
    )
    return len(rows)


@transaction.atomic
def step_round(
    *, round_: Round, state: Round.State, kind: str, by: str, at: datetime, reason: str = ""
) -> Round:
    """Write a state that `states.ROUND_STEPS` leads to, with its entry; everybody is told.

    The caller has checked the step. `kind`: ``round.concluded``, ``round.published``, ``round.reopened``,
    ``correction.opened``.
    """
    round_.state = state
    round_.save(update_fields=["state"])
    payload = {"v": 1, "state": state.value}
    record(
        chain=round_chain(round_),
        kind=kind,
        subject=round_.code,
        payload=payload,
        texts={"reason": reason},
        by=by,
        at=at,
    )
    told = kind.replace(".", "_")
    tell_circles(told, round_=round_, circles=everybody(round_), by=by, at=at)
    return round_


@transaction.atomic
def publish_round(*, round_: Round, by: str, at: datetime) -> Round:
    """Open a concluded round's result to its audience.

    Raises:
        WrongState: it is not concluded.
    """
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    then = after(ROUND_STEPS, RoundStep.PUBLISH, locked.state)
    if locked.corrected_since is not None:
        locked.corrected_since, locked.corrected_because = None, ""
        locked.save(update_fields=["corrected_since", "corrected_because"])
    return step_round(round_=locked, state=then, kind="round.published", by=by, at=at)


@transaction.atomic
def reopen_round(*, round_: Round, reason: str, by: str, at: datetime) -> Round:
    """Let a concluded round that is not public yet run again.

    Raises:
        WrongState: it is not concluded, or it is public. Refused: ``reason_needed``.
    """
    if not reason.strip():
        raise Refused("reason_needed")
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    then = after(ROUND_STEPS, RoundStep.REOPEN, locked.state)
    return step_round(round_=locked, state=then, kind="round.reopened", by=by, at=at, reason=reason.strip())
