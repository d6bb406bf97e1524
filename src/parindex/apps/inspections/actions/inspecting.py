"""What an inspector does on the spot: answers the checklist, writes findings, takes photos, recommends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max

from parindex.apps.evidence.models import Document
from parindex.apps.evidence.photos import kept, made_small
from parindex.apps.inspections import rules
from parindex.apps.inspections.chains import lock_visit, tell_visit
from parindex.apps.inspections.checklists import criteria_of
from parindex.apps.inspections.models import Finding, Photo, Proof, Question, Recommendation, Visit
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.queries.people import people_within
from parindex.core.formats.typed import lines, one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


FOLDER = "inspections"


@dataclass(frozen=True, slots=True)
class FindingWritten:
    """A finding as somebody typed it; see `parindex.apps.inspections.models.Finding`.

    `person`, `division`: keys of who answers for it, within the unit; 0: nobody by name.
    """

    area: str
    severity: str
    text: str
    criterion: str = ""
    person: int = 0
    division: int = 0
    responsible: str = ""


@transaction.atomic
def answer_question(*, visit: Visit, position: int, met: str, note: str, by: str, at: datetime) -> Question:
    """Say whether a line of the checklist is met; the same again changes nothing.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_choice``, ``text_too_long``,
            ``inspection_question_unknown``.
    """
    locked, said = lock_visit(visit), one_line(note)
    rules.check_visit_step(locked, "inspect")
    rules.check_met(met)
    rules.check_text(said, rules.LONGEST_NOTE)
    found = locked.questions.filter(position=position).first()
    if found is None:
        raise Refused("inspection_question_unknown")
    if (found.met, found.note) == (met, said):
        return found
    found.met, found.note, found.by, found.at = met, said, by, at
    found.save()
    payload = {"leaf": found.criterion, "met": met}
    tell_visit(locked, "inspection.looked", payload, by=by, at=at, note=said)
    return found


@transaction.atomic
def note_visit(*, visit: Visit, present: str, summary: str, by: str, at: datetime) -> Visit:
    """Say who was there for the unit, and what is to be said of the whole; the same again changes nothing.

    Raises:
        Refused: ``inspection_not_now``, ``text_too_long``.
    """
    locked, who, what = lock_visit(visit), lines(present), lines(summary)
    rules.check_visit_step(locked, "inspect")
    rules.check_text(who, 1000)
    rules.check_text(what, rules.LONGEST_TEXT)
    if (locked.present, locked.summary) == (who, what):
        return locked
    locked.present, locked.summary = who, what
    locked.save()
    tell_visit(locked, "inspection.noted", {}, by=by, at=at, present=who, text=what)
    return locked


@transaction.atomic
def add_finding(*, visit: Visit, written: FindingWritten, key: str, by: str, at: datetime) -> Finding:
    """Write a finding down; the same form sent again gives the same finding.

    Raises:
        Refused: ``inspection_key_missing``, ``inspection_not_now``; as `change_finding`.
    """
    rules.check_key(key)
    locked = lock_visit(visit)
    standing = Finding.objects.filter(visit=locked, key=key).first()
    if standing is not None:
        return standing
    rules.check_visit_step(locked, "inspect")
    said = _finding_said(locked, written, at=at)
    last = locked.findings.aggregate(last=Max("number"))["last"] or 0
    made = Finding.objects.create(visit=locked, number=last + 1, key=key, by=by, at=at, **said)
    _tell(locked, made, "inspection.found", by=by, at=at)
    return made


@transaction.atomic
def change_finding(*, finding: Finding, written: FindingWritten, by: str, at: datetime) -> Finding:
    """Write a finding anew while the inspection runs; the same again changes nothing.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_finding_gone``, ``inspection_area_unknown``,
            ``inspection_criterion_unknown``, ``inspection_severity_missing``, ``inspection_text_missing``,
            ``text_too_long``, ``inspection_responsible_elsewhere``.
    """
    locked, standing = _lock_finding(finding)
    rules.check_visit_step(locked, "inspect")
    said = _finding_said(locked, written, at=at)
    if all(getattr(standing, name) == value for name, value in said.items()):
        return standing
    for name, value in said.items():
        setattr(standing, name, value)
    standing.save()
    _tell(locked, standing, "inspection.found", by=by, at=at)
    return standing


def _lock_finding(finding: Finding) -> tuple[Visit, Finding]:
    """A visit held, and its finding as it stands. Raises Refused ``inspection_finding_gone``."""
    locked = lock_visit(finding.visit)
    standing = Finding.objects.select_related("person", "division").get(pk=finding.pk)
    if standing.withdrawn_because:
        raise Refused("inspection_finding_gone", number=standing.number)
    return locked, standing


def _finding_said(visit: Visit, written: FindingWritten, *, at: datetime) -> dict[str, Any]:
    text, responsible = lines(written.text), one_line(written.responsible)
    rules.check_text(text, rules.LONGEST_TEXT, "inspection_text_missing")
    rules.check_areas([written.area], visit.areas)
    rules.check_severity(written.severity)
    rules.check_text(responsible, rules.LONGEST_NAME)
    if written.criterion and written.criterion not in criteria_of(visit.plan, [written.area]):
        raise Refused("inspection_criterion_unknown", criterion=written.criterion[:40])
    return {
        "area": written.area,
        "criterion": written.criterion,
        "severity": written.severity,
        "text": text,
        "person": _person(visit, written.person, at=at),
        "division": _division(visit, written.division),
        "responsible": responsible,
    }


def _person(visit: Visit, key: int, *, at: datetime) -> Person | None:
    if not key:
        return None
    found = next((one for one in people_within(visit.unit, at) if one.pk == key), None)
    if found is None:
        raise Refused("inspection_responsible_elsewhere")
    return found


def _division(visit: Visit, key: int) -> Unit | None:
    if not key:
        return None
    found = next((one for one in tree_of(visit.unit).walk() if one.pk == key), None)
    if found is None:
        raise Refused("inspection_responsible_elsewhere")
    return found


def _tell(visit: Visit, finding: Finding, kind: str, *, by: str, at: datetime) -> None:
    payload = {
        "number": finding.number,
        "area": finding.area,
        "leaf": finding.criterion,
        "severity": finding.severity,
        "to": finding.person.ref if finding.person else "",
        "division": finding.division.code if finding.division else "",
    }
    texts = {"text": finding.text, "division": finding.responsible}
    tell_visit(visit, kind, payload, by=by, at=at, **texts)


@transaction.atomic
def withdraw_finding(*, finding: Finding, reason: str, by: str, at: datetime) -> Finding:
    """Take a finding back before the conclusion, with the reason; what it recommended goes with it.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_finding_gone``, ``inspection_reason_missing``,
            ``text_too_long``.
    """
    locked, standing = _lock_finding(finding)
    said = one_line(reason)
    rules.check_visit_step(locked, "inspect")
    rules.check_text(said, rules.LONGEST_REASON, "inspection_reason_missing")
    standing.withdrawn_because = said
    standing.save()
    standing.recommendations.update(state=Recommendation.State.WITHDRAWN)
    payload = {"number": standing.number}
    tell_visit(locked, "inspection.finding_withdrawn", payload, by=by, at=at, reason=said)
    return standing


def add_photos(
    *, finding: Finding, files: Sequence[tuple[BinaryIO, int]], caption: str = "", by: str, at: datetime
) -> int:
    """Add photos of a camera to a finding. Each is opened and made small before anything is held or kept.

    Args:
        files: each with its size in bytes.

    Returns:
        how many are new: the same photo sent again is known by its content.

    Raises:
        Refused: as `parindex.apps.evidence.photos.made_small`; as `keep_photos`.
    """
    rules.check_visit_step(finding.visit, "inspect")
    if len(files) > rules.MOST_PHOTOS:
        raise Refused("inspection_photos_many", limit=rules.MOST_PHOTOS)
    sizes = [kept(made_small(file, size), FOLDER) for file, size in files]
    return keep_photos(finding=finding, photos=sizes, caption=caption, by=by, at=at)


@transaction.atomic
def keep_photos(
    *, finding: Finding, photos: Sequence[list[list[Any]]], caption: str = "", by: str, at: datetime
) -> int:
    """Add photos whose sizes are kept already; how many are new.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_finding_gone``, ``inspection_photos_many``,
            ``text_too_long``.
    """
    locked, standing = _lock_finding(finding)
    said = one_line(caption)
    rules.check_visit_step(locked, "inspect")
    rules.check_text(said, rules.LONGEST_NAME)
    known = [photo.sizes for photo in standing.photos.all()]
    new = [one for k, one in enumerate(photos) if one not in known and one not in photos[:k]]
    if len(known) + len(new) > rules.MOST_PHOTOS:
        raise Refused("inspection_photos_many", limit=rules.MOST_PHOTOS)
    if not new:
        return 0
    Photo.objects.bulk_create(
        Photo(finding=standing, number=k, sizes=one, caption=said, by=by, at=at)
        for k, one in enumerate(new, start=len(known) + 1)
    )
    payload = {"number": standing.number, "sha256": [one[-1][3] for one in new]}
    tell_visit(locked, "inspection.photographed", payload, by=by, at=at, note=said)
    return len(new)


@transaction.atomic
def add_proof(*, finding: Finding, document: Document, by: str, at: datetime) -> Proof:
    """Put a document behind a finding; the same again changes nothing.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_finding_gone``, ``inspection_documents_many``.
    """
    locked, standing = _lock_finding(finding)
    rules.check_visit_step(locked, "inspect")
    found = standing.proofs.filter(document=document).first()
    if found is not None:
        return found
    if standing.proofs.count() >= rules.MOST_DOCUMENTS:
        raise Refused("inspection_documents_many", limit=rules.MOST_DOCUMENTS)
    made = Proof.objects.create(finding=standing, document=document)
    payload: Mapping[str, object] = {"number": standing.number, "document": document.key}
    tell_visit(locked, "inspection.proved", payload, by=by, at=at)
    return made


@transaction.atomic
def recommend(
    *, finding: Finding, text: str, due: date | None, key: str, by: str, at: datetime
) -> Recommendation:
    """Recommend something, with a deadline; the same form sent again gives the same recommendation.

    Raises:
        Refused: ``inspection_key_missing``, ``inspection_not_now``, ``inspection_finding_gone``,
            ``inspection_recommendation_missing``, ``text_too_long``; as
            `parindex.apps.inspections.rules.check_due`.
    """
    rules.check_key(key)
    locked, standing = _lock_finding(finding)
    known = standing.recommendations.filter(key=key).first()
    if known is not None:
        return known
    said = lines(text)
    rules.check_visit_step(locked, "inspect")
    rules.check_text(said, rules.LONGEST_RECOMMENDATION, "inspection_recommendation_missing")
    until = rules.check_due(due, legal_date(at))
    last = standing.recommendations.aggregate(last=Max("number"))["last"] or 0
    made = Recommendation.objects.create(
        finding=standing, number=last + 1, text=said, due=until, key=key, by=by, at=at
    )
    payload = {"number": f"{standing.number}.{made.number}", "due": until.isoformat()}
    tell_visit(locked, "inspection.recommended", payload, by=by, at=at, text=said)
    return made
