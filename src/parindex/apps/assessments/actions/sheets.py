"""What happens to a unit's sheet: typed, submitted, withdrawn, returned, signed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import ForeignKey, Model

from parindex.apps.assessments.actions.recording import record_on_sheet
from parindex.apps.assessments.actions.telling import tell_circles, the_secretariat, the_unit
from parindex.apps.assessments.ledger import measured_lines, round_name, rulings_payload, sheet_chain
from parindex.apps.assessments.models import Draft, DraftEdit, Participant, Ruling, Sheet, Submission
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.sheets import SheetRows, places_of, sheet_view
from parindex.apps.assessments.rules.bonuses import undecided
from parindex.apps.assessments.rules.measured import unreasoned
from parindex.apps.assessments.rules.sheets import (
    Place,
    check_fillable,
    check_own,
    check_typed,
    leaf_of,
    self_window,
)
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.assessments.states import SHEET_STEPS, SheetStep, after
from parindex.apps.audit.record import record
from parindex.apps.evidence.models import Document
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused
from parindex.core.papers import codes_in, spaced_code


class DraftConflict(Refused):
    """Somebody else saved the leaf meanwhile; `draft` is what stands now."""

    @property
    def draft(self) -> Draft:
        """What stands now."""
        return cast(Draft, self.data["draft"])


@dataclass(frozen=True, slots=True)
class Typing:
    """What an officer typed for a leaf, and the version they saw when they began (0: nothing was there)."""

    leaf: str
    answer: str
    note: str = ""
    version: int = 0


@transaction.atomic
def save_draft(*, participant: Participant, typed: Typing, by: str, at: datetime) -> SheetRows:
    """Keep what is typed for one leaf; the same text again changes nothing.

    Returns:
        The unit's drafts and rulings as they stand now, without handouts.

    Raises:
        NotNow: the sheet is closed or locked.
        DraftConflict: the version seen is not the one that stands.
        Refused, AnswerRefused: the leaf is not the unit's, or its rule refuses the answer. Nothing is kept.
    """
    return _keep(participant, [typed], by=by, at=at)


@transaction.atomic
def save_drafts(*, participant: Participant, typed: Sequence[Typing], by: str, at: datetime) -> SheetRows:
    """Keep several leaves at once, all or none; returns and raises as `save_draft`."""
    return _keep(participant, typed, by=by, at=at)


def _keep(participant: Participant, typed: Sequence[Typing], *, by: str, at: datetime) -> SheetRows:
    framework = by_hash(participant.round.framework.content_hash)
    locked = _locked(participant)
    check_fillable(framework, locked, at)
    rows = SheetRows({d.leaf: d for d in locked.drafts.all()}, list(locked.rulings.order_by("id")), {})
    places, standing = places_of(locked, rows.rulings), rows.drafts
    edits = {e.leaf: e for e in locked.draft_edits.filter(leaf__in=[t.leaf for t in typed], by=by)}
    changed = []
    for one in typed:
        leaf = leaf_of(framework, one.leaf)
        check_own(places, one.leaf)
        check_typed(framework, locked, leaf, text=one.answer)
        draft, edit = _typed(locked, one, standing.get(one.leaf), edit=edits.get(one.leaf), by=by, at=at)
        standing[one.leaf] = draft
        if edit is not None:
            edits[one.leaf] = edit
            changed.append(one.leaf)
    _write(changed, standing, edits)
    return rows


def _write(leaves: Iterable[str], drafts: Mapping[str, Draft], edits: Mapping[str, DraftEdit]) -> None:
    """New rows in one statement, others one by one. The sheet is locked: nobody else writes them."""
    leaves = dict.fromkeys(leaves)
    new_drafts = [drafts[leaf] for leaf in leaves if drafts[leaf].pk is None]
    new_edits = [edits[leaf] for leaf in leaves if edits[leaf].pk is None]
    for row in (row for leaf in leaves for row in (drafts[leaf], edits[leaf]) if row.pk is not None):
        row.save()
    Draft.objects.bulk_create(new_drafts)
    DraftEdit.objects.bulk_create(new_edits)


def _typed(
    participant: Participant,
    typed: Typing,
    draft: Draft | None,
    *,
    edit: DraftEdit | None,
    by: str,
    at: datetime,
) -> tuple[Draft, DraftEdit | None]:
    """One leaf's draft, and the trace of who changed what; neither is written yet."""
    if draft is not None and (draft.answer, draft.note) == (typed.answer, typed.note):
        return draft, None
    if typed.version != (draft.version if draft else 0):
        if draft is None:
            raise Refused("draft_gone", leaf=typed.leaf)
        raise DraftConflict("draft_conflict", leaf=draft.leaf, draft=draft)
    if edit is None:
        edit = DraftEdit(participant=participant, leaf=typed.leaf, by=by, saves=0, first_at=at)
        edit.before = draft.answer if draft else ""
    edit.after, edit.last_at, edit.saves = typed.answer, at, edit.saves + 1
    if draft is None:
        draft = Draft(participant=participant, leaf=typed.leaf, version=0)
    draft.answer, draft.note, draft.by, draft.at = typed.answer, typed.note, by, at
    draft.version += 1
    return draft, edit


@transaction.atomic
def submit_sheet(*, participant: Participant, by: str, at: datetime) -> Submission:
    """Turn the whole sheet into rulings and lock it; its report may follow.

    Leaves left empty become rulings with no answer, so that what was submitted is whole. Late sheets are
    marked with their days and taken as the criteria set's late policy says.

    Raises:
        NotNow: the sheet is closed or locked.
        Refused: ``measured_needs_reason``: an answer differs from what was measured, and no note says why;
            ``bonus_without_decision``: a bonus is claimed and no recognition decision is attached.
    """
    framework = by_hash(participant.round.framework.content_hash)
    locked = _locked(participant)
    late_days = check_fillable(framework, locked, at)
    sheet = locked.sheet
    turn = sheet.submissions.count() + 1
    view = sheet_view(locked)
    shown = evidence_of(locked)
    own = [e for e in view.entries.values() if e.place is Place.TODO or (e.place is Place.CLAIM and e.answer)]
    measured = proposals_for(locked.round, [locked], at=at)
    silent = unreasoned(measured, locked, {e.leaf.code: (e.answer, e.note) for e in own})
    if silent:
        raise Refused("measured_needs_reason", leaves=tuple(silent))
    claimed = undecided(framework, {e.leaf.code: e.outcome.points for e in own}, shown)
    if claimed:
        raise Refused("bonus_without_decision", leaves=tuple(claimed))
    rulings = [
        Ruling(
            participant=locked,
            leaf=e.leaf.code,
            measured=measured[locked.pk, e.leaf.code].value if (locked.pk, e.leaf.code) in measured else None,
            stage=Ruling.Stage.SELF,
            turn=turn,
            answer=e.answer,
            note=e.note,
            evidence=[link.as_row for link in shown.get(e.leaf.code, ())],
            framework_hash=locked.round.framework.content_hash,
            by=by,
            at=at,
        )
        for e in own
    ]
    Ruling.objects.bulk_create(rulings)
    said = _hash(locked, turn, rulings)
    submission = Submission.objects.create(
        sheet=sheet, turn=turn, hash=said, code=paper_code(said), late_days=late_days, by=by, at=at
    )
    sheet.state = after(SHEET_STEPS, SheetStep.SUBMIT, sheet.state)
    sheet.returned_reason, sheet.returned_until = "", None
    sheet.save()
    _record_submission(locked, submission, rulings, by=by, at=at)
    if late_days != locked.late_days:
        _mark_late(locked, late_days, by=by, at=at)
    _tell(locked, "sheet_submitted", {}, by=by, at=at)
    return submission


def _tell(participant: Participant, kind: str, said: Mapping[str, str], *, by: str, at: datetime) -> None:
    """The unit and those who run the round."""
    circles = [the_unit(participant), the_secretariat(participant.round, participant)]
    tell_circles(kind, round_=participant.round, circles=circles, said=said, by=by, at=at)


def _record_submission(
    participant: Participant, submission: Submission, rulings: Sequence[Ruling], *, by: str, at: datetime
) -> None:
    """One entry: the rulings, who typed what since the last time, and the notes beside it."""
    edits = list(participant.draft_edits.order_by("leaf", "id"))
    rows = [
        [e.leaf, e.by, e.before, e.after, e.saves, e.first_at.isoformat(), e.last_at.isoformat()]
        for e in edits
    ]
    payload = rulings_payload(
        Ruling.Stage.SELF,
        rulings,
        turn=submission.turn,
        hash=submission.hash,
        late_days=submission.late_days,
        evidence={r.leaf: r.evidence for r in rulings if r.evidence},
        measured=measured_lines(rulings),
        edits=rows,
    )
    record(
        chain=sheet_chain(participant),
        kind="sheet.submitted",
        subject=participant.unit.code,
        payload=payload,
        texts={f"note:{r.leaf}": r.note for r in rulings},
        by=by,
        at=at,
    )
    participant.draft_edits.all().delete()


def _mark_late(participant: Participant, days: int, *, by: str, at: datetime) -> None:
    """How many days late the sheet counts."""
    participant.late_days = days
    participant.save(update_fields=["late_days"])
    record(
        chain=sheet_chain(participant),
        kind="sheet.late",
        subject=participant.unit.code,
        payload={"v": 1, "unit": participant.unit.code, "late_days": days},
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw_sheet(*, participant: Participant, by: str, at: datetime) -> Sheet:
    """Take a submitted sheet back before the deadline, to go on typing.

    Raises:
        NotNow: the deadline has passed. WrongState: it is not submitted.
    """
    locked = _locked(participant)
    sheet = locked.sheet
    then = after(SHEET_STEPS, SheetStep.WITHDRAW, sheet.state)
    window = self_window(locked)
    if not window.is_open(at):
        raise NotNow("phase_over", kind=window.phase.kind, closed=window.closes_at)
    sheet.submissions.filter(withdrawn_at=None).update(withdrawn_at=at)
    sheet.state = then
    sheet.save()
    record_on_sheet(locked, "sheet.withdrawn", {}, by=by, at=at)
    _tell(locked, "sheet_withdrawn", {}, by=by, at=at)
    return sheet


@transaction.atomic
def return_sheet(*, participant: Participant, reason: str, until: datetime, by: str, at: datetime) -> Sheet:
    """Give a submitted sheet back for completion, open until a stated minute.

    Raises:
        WrongState: it is not submitted. Refused: ``reason_needed``, ``deadline_past``.
    """
    if not reason.strip():
        raise Refused("reason_needed")
    if until <= at:
        raise Refused("deadline_past", until=until)
    locked = _locked(participant)
    sheet = locked.sheet
    sheet.state = after(SHEET_STEPS, SheetStep.RETURN, sheet.state)
    sheet.returned_reason, sheet.returned_until = reason.strip(), until
    sheet.save()
    more = {"until": until.isoformat()}
    record_on_sheet(locked, "sheet.returned", more, texts={"reason": reason.strip()}, by=by, at=at)
    circles = [the_unit(locked)]
    tell_circles("sheet_returned", round_=locked.round, circles=circles, said=more, by=by, at=at)
    return sheet


@dataclass(frozen=True, slots=True)
class SignedReport:
    """The legal act behind a submission: number and notation, date, who signed, the code printed on it; and
    its scan or signed file, if any."""

    number: str
    date: date
    signer: str
    code: str
    document: Document | None = None


@transaction.atomic
def attach_report(*, participant: Participant, report: SignedReport, by: str, at: datetime) -> Submission:
    """Say which signed report carries the standing submission.

    Raises:
        WrongState: nothing is submitted.
        Refused: ``report_code_mismatch``, ``report_of_other_turn``: the paper, or the file, was printed from
            other data; ``number_needed``; ``document_of_other_unit``.
    """
    locked = _locked(participant)
    sheet = locked.sheet
    then = after(SHEET_STEPS, SheetStep.SIGN, sheet.state)
    submission = sheet.submissions.filter(withdrawn_at=None).latest("turn")
    if not report.number.strip():
        raise Refused("number_needed")
    document = report.document
    if document is not None and document.unit_id != locked.unit_id:
        raise Refused("document_of_other_unit", document=document.label)
    _check_code(sheet, submission, report)
    submission.report_number, submission.report_date = report.number.strip(), report.date
    submission.report_signer, submission.report_by, submission.report_at = report.signer, by, at
    submission.report_document = document
    submission.save()
    sheet.state = then
    sheet.save()
    more = {"turn": submission.turn, "number": report.number.strip(), "date": report.date.isoformat()}
    if document is not None:
        more |= {"document": document.key, "sha256": document.content.sha256 if document.content else ""}
    record_on_sheet(locked, "sheet.signed", more, texts={"signer": report.signer}, by=by, at=at)
    _tell(locked, "sheet_signed", {"number": report.number.strip()}, by=by, at=at)
    return submission


def _check_code(sheet: Sheet, submission: Submission, report: SignedReport) -> None:
    """That the paper carries the code of the data: as typed, and as the file's own text says where it does.

    Raises:
        Refused: ``report_code_mismatch``, ``report_of_other_turn``.
    """
    inside = codes_in(report.document.text) if report.document is not None else set()
    typed = report.code.strip().upper().replace("-", "").replace(" ", "")
    said = {typed} if typed or not inside else set()
    wrong = sorted((said if submission.code in inside else said | inside) - {submission.code})
    if not wrong:
        return
    other = sheet.submissions.filter(code=wrong[0]).first()
    if other is not None:
        raise Refused("report_of_other_turn", given=spaced_code(wrong[0]), turn=other.turn, at=other.at)
    raise Refused("report_code_mismatch", given=wrong[0][:20], expected=spaced_code(submission.code))


def paper_code(said: str) -> str:
    """The code printed on each page of a report: the hash's first 60 bits in letters and digits."""
    return base64.b32encode(bytes.fromhex(said))[:12].decode()


def _hash(participant: Participant, turn: int, rulings: Sequence[Ruling]) -> str:
    """SHA-256 over what is submitted."""
    rows = [[r.leaf, r.answer, r.note, r.evidence] for r in rulings]
    said = [round_name(participant.round), participant.unit.code, turn, rows]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _locked(participant: Participant) -> Participant:
    """The participant read again with its sheet and round, which others wait for until this act ends.

    What they belong to is taken over: everybody waits while it is read.
    """
    Sheet.objects.select_for_update().values_list("pk").get(participant=participant)
    found = Participant.objects.select_related("sheet", "round").get(pk=participant.pk)
    _take_over(participant, found, "unit", "group")
    _take_over(participant.round, found.round, "framework", "territory")
    return found


def _take_over(known: Model, read: Model, *relations: str) -> None:
    """What was read before stands at the row read again, where that still leads to it."""
    for name in relations:
        field = cast("ForeignKey[Model]", read._meta.get_field(name))
        if field.is_cached(known) and getattr(known, field.attname) == getattr(read, field.attname):
            field.set_cached_value(read, field.get_cached_value(known))
