"""The criteria set of a running round changed by a document: what stays, is carried, is answered anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from parindex.apps.assessments.actions.telling import tell_unit
from parindex.apps.assessments.ledger import (
    carried_payload,
    changed_payload,
    round_chain,
    round_name,
    sheet_chain,
)
from parindex.apps.assessments.models import (
    Assignment,
    Draft,
    EvidenceLink,
    Explanation,
    Extension,
    Handout,
    Participant,
    Penalty,
    Phase,
    Round,
    Ruling,
    Sheet,
)
from parindex.apps.assessments.queries import participants_of
from parindex.apps.assessments.queries.amending import in_dispute, planned_change
from parindex.apps.assessments.rules.amending import ChangePlan, check_changeable, tasks_of
from parindex.apps.assessments.rules.time import windows
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import hold, record
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Ground:
    """The document that changes the set, and until when what is open again can be answered."""

    document: str
    issued: date
    until: datetime


@transaction.atomic
def change_framework(
    *, round_: Round, version: FrameworkVersion, ground: Ground, url: str, by: str, at: datetime
) -> ChangePlan:
    """Put another version in the place of a running round's.

    Answers to leaves that stayed the same stand, those of renamed leaves are carried to their new codes; of
    all others nothing counts any more, and units that supply them can answer until the new deadline. Results
    computed before keep theirs.

    Raises:
        Refused: ``decision_needed``, ``deadline_past``, ``round_not_running``, ``set_is_the_same``,
            ``set_without_type``, ``map_missing``, ``explanations_open``; nothing is changed then.
    """
    if not ground.document.strip():
        raise Refused("decision_needed")
    if ground.until <= at:
        raise Refused("deadline_past", until=ground.until)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    participants = list(participants_of(locked))
    hold(round_chain(locked), *(sheet_chain(p) for p in participants))
    old, new = by_hash(locked.framework.content_hash), by_hash(version.content_hash)
    check_changeable(locked, old, new, types={p.type for p in participants})
    plan = planned_change(locked, version)
    disputed = in_dispute(locked, list(plan.outdated))
    if disputed:
        raise Refused("explanations_open", leaves=tuple(sorted({e.leaf for e in disputed})))
    _tell_ledger(locked, version, plan, ground=ground, by=by, at=at)
    _carry(locked, plan, by=by, at=at)
    locked.framework = version
    locked.save(update_fields=["framework"])
    _end_penalties(locked, plan, ground=ground, by=by, at=at)
    _rename(locked, plan, at=at)
    for participant in participants:
        participant.round = locked
        _reopen(participant, new, plan, ground=ground, url=url, by=by, at=at)
    return plan


def _tell_ledger(
    round_: Round, version: FrameworkVersion, plan: ChangePlan, *, ground: Ground, by: str, at: datetime
) -> None:
    """The act, with how far each chain had come: what was ruled till then on an outdated leaf is no more."""
    chains = Entry.objects.filter(book=round_name(round_)).order_by("chain").values("chain")
    heads = dict(chains.annotate(last=Max("position")).values_list("chain", "last"))
    payload = changed_payload(
        hashes=(round_.framework.content_hash, version.content_hash),
        codes=(plan.outdated, plan.renamed, plan.reset),
        heads=heads,
        ground=(ground.document.strip(), ground.issued.isoformat(), ground.until.isoformat()),
    )
    record(
        chain=round_chain(round_),
        kind="framework.changed",
        subject=round_.code,
        payload=payload,
        by=by,
        at=at,
    )


def _carry(round_: Round, plan: ChangePlan, *, by: str, at: datetime) -> None:
    """What was ruled on renamed leaves, under their new codes; what is outdated is marked so."""
    outdated = Ruling.objects.filter(participant__round=round_, leaf__in=plan.outdated)
    moving = outdated.filter(leaf__in=plan.renamed).select_related("participant__unit").order_by("id")
    carried = []
    for ruling in moving:
        copy = Ruling(
            **{f: getattr(ruling, f) for f in ("participant", "stage", "turn", "answer", "se", "n", "note")},
            **{f: getattr(ruling, f) for f in ("reason", "evidence", "framework_hash")},
            leaf=plan.renamed[ruling.leaf],
            by=by,
            at=at,
        )
        carried.append(copy)
    outdated.update(outdated=True)
    Ruling.objects.bulk_create(carried, batch_size=500)
    if carried:
        record(
            chain=round_chain(round_),
            kind="rulings.carried",
            subject=round_.code,
            payload=carried_payload(carried),
            by=by,
            at=at,
        )


def _end_penalties(round_: Round, plan: ChangePlan, *, ground: Ground, by: str, at: datetime) -> None:
    """Cases under an item that is no more, or asks something else, count no more: they are entered anew."""
    gone = set(plan.outdated) - set(plan.renamed)
    cases = Penalty.objects.filter(participant__round=round_, leaf__in=gone, withdrawn_at=None)
    cases.update(withdrawn_by=by, withdrawn_at=at, withdrawn_because=ground.document.strip())


def _rename(round_: Round, plan: ChangePlan, *, at: datetime) -> None:
    """What is kept by a leaf's code follows it; drafts of leaves that are asked anew are emptied."""
    for old, new in plan.renamed.items():
        for model in (Draft, Handout, EvidenceLink, Explanation, Penalty):
            model.objects.filter(participant__round=round_, leaf=old).update(leaf=new)
        Assignment.objects.filter(round=round_, node=old).update(node=new)
    asked_anew = Draft.objects.filter(participant__round=round_, leaf__in=plan.reset)
    for draft in asked_anew:
        draft.answer, draft.version, draft.at = "", draft.version + 1, at
        draft.save(update_fields=["answer", "version", "at"])
    Handout.objects.filter(participant__round=round_, leaf__in=plan.reset).update(done_at=None)


def _reopen(
    participant: Participant,
    new: Framework,
    plan: ChangePlan,
    *,
    ground: Ground,
    url: str,
    by: str,
    at: datetime,
) -> None:
    """A unit that has something to answer anew can do so until the new deadline; every unit is told."""
    tasks = tasks_of(new, participant, plan.reset)
    if tasks and participant.sheet.state != Sheet.State.DRAFT:
        _return(participant, ground, by=by, at=at)
    elif tasks:
        _give_time(participant, ground, by=by, at=at)
    said = {
        "document": ground.document.strip(),
        "leaves": ", ".join(leaf.code for leaf in tasks) or "–",
        "until": ground.until.isoformat(),
    }
    tell_unit(participant, "framework_changed", said, by=by, at=at, url=url)


def _return(participant: Participant, ground: Ground, *, by: str, at: datetime) -> None:
    """The sheet is given back until the new deadline at least."""
    sheet, reason = participant.sheet, ground.document.strip()
    until = max(sheet.returned_until or ground.until, ground.until)
    sheet.state, sheet.returned_reason, sheet.returned_until = Sheet.State.RETURNED, reason, until
    sheet.save()
    record(
        chain=sheet_chain(participant),
        kind="sheet.returned",
        subject=participant.unit.code,
        payload={"v": 1, "until": until.isoformat()},
        texts={"reason": reason},
        by=by,
        at=at,
    )


def _give_time(participant: Participant, ground: Ground, *, by: str, at: datetime) -> None:
    """Self-assessment is open until the new deadline at least."""
    for window in windows(participant):
        if window.phase.kind == Phase.Kind.SELF and window.closes_at < ground.until:
            Extension.objects.create(
                phase=window.phase,
                participant=participant,
                closes_at=ground.until,
                reason=ground.document.strip()[:500],
                document=ground.document.strip()[:250],
                by=by,
                at=at,
            )
