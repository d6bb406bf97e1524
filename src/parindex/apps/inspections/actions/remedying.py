"""From beginning a visit to closing it: its conclusion, what the unit answers, and whether that holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from parindex.apps.evidence.models import Document
from parindex.apps.inspections import rules
from parindex.apps.inspections.chains import lock_visit, tell_visit
from parindex.apps.inspections.models import Answer, Finding, IssuedPaper, Question, Recommendation, Visit
from parindex.apps.inspections.telling import (
    tell_answered,
    tell_begun,
    tell_concluded,
    tell_judged,
)
from parindex.core.formats.typed import lines, one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


@transaction.atomic
def begin_visit(*, visit: Visit, by: str, at: datetime) -> Visit:
    """Begin an inspection, on its first day or later; the unit is told.

    Raises:
        Refused: as `parindex.apps.inspections.rules.check_begin`.
    """
    locked = lock_visit(visit)
    rules.check_begin(locked, legal_date(at))
    locked.state, locked.begun_at = Visit.State.RUNNING, at
    locked.save()
    tell_begun(locked, by=by, at=at)
    tell_visit(locked, "inspection.begun", {"state": locked.state}, by=by, at=at)
    return locked


@transaction.atomic
def conclude_visit(*, visit: Visit, rest_unseen: bool = False, by: str, at: datetime) -> Visit:
    """End the work on the spot: findings and recommendations stand, and the unit reads them.

    Args:
        rest_unseen: what has no answer on the checklist was not looked at, and the papers say so.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_unseen``, ``inspection_bare``.
    """
    locked = lock_visit(visit)
    rules.check_visit_step(locked, "conclude")
    unseen = locked.questions.filter(met=Question.Met.NOT_LOOKED).count()
    found = list(locked.findings.filter(withdrawn_because="").prefetch_related("recommendations"))
    graver = [one for one in found if one.severity != Finding.Severity.REMARK]
    bare = [one.number for one in graver if not one.recommendations.all()]
    rules.check_conclusion(unseen, bare, rest_unseen=rest_unseen)
    made = [r for one in found for r in one.recommendations.all()]
    locked.state, locked.concluded_at = Visit.State.CONCLUDED, at
    locked.save()
    tell_concluded(locked, findings=len(found), recommendations=made, by=by, at=at)
    payload = {"state": locked.state, "count": len(found), "unseen": unseen}
    tell_visit(locked, "inspection.concluded", payload, by=by, at=at)
    return locked


@transaction.atomic
def answer_recommendation(
    *,
    recommendation: Recommendation,
    text: str,
    documents: Collection[Document] = (),
    key: str,
    by: str,
    at: datetime,
) -> Answer:
    """Say what the unit did, with documents of its vault; the same form sent again gives the same answer.

    Raises:
        Refused: ``inspection_key_missing``, ``inspection_not_now``, ``inspection_answered``,
            ``inspection_answer_missing``, ``text_too_long``, ``inspection_documents_many``,
            ``inspection_document_elsewhere``.
    """
    rules.check_key(key)
    locked, standing = _lock(recommendation)
    known = standing.answers.filter(key=key).first()
    if known is not None:
        return known
    said = lines(text)
    rules.check_visit_step(locked, "remedy")
    rules.check_answerable(standing)
    rules.check_text(said, rules.LONGEST_TEXT, "inspection_answer_missing")
    if len(documents) > rules.MOST_DOCUMENTS:
        raise Refused("inspection_documents_many", limit=rules.MOST_DOCUMENTS)
    if any(one.unit_id != locked.unit_id for one in documents):
        raise Refused("inspection_document_elsewhere")
    made = Answer.objects.create(recommendation=standing, text=said, key=key, by=by, at=at)
    made.documents.set(documents)
    standing.state, standing.answered_on = Recommendation.State.ANSWERED, legal_date(at)
    standing.save()
    payload = {"number": _number(standing), "documents": sorted(one.key for one in documents)}
    tell_visit(locked, "inspection.answered", payload, by=by, at=at, text=said)
    tell_answered(locked, _number(standing), by=by, at=at)
    return made


@transaction.atomic
def verify_answer(
    *, recommendation: Recommendation, accepted: bool, reason: str = "", by: str, at: datetime
) -> Recommendation:
    """Accept the unit's answer, or return it with a reason; then it is open again.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_unanswered``, ``inspection_reason_missing``,
            ``text_too_long``.
    """
    locked, standing = _lock(recommendation)
    said = one_line(reason)
    rules.check_visit_step(locked, "remedy")
    rules.check_verifiable(standing)
    rules.check_text(said, rules.LONGEST_NOTE, "" if accepted else "inspection_reason_missing")
    answer = standing.answers.order_by("-pk")[0]
    answer.verdict = Answer.Verdict.ACCEPTED if accepted else Answer.Verdict.RETURNED
    answer.reason, answer.judged_by, answer.judged_at = said, by, at
    answer.save()
    standing.state = Recommendation.State.VERIFIED if accepted else Recommendation.State.OPEN
    standing.reminded = ""
    standing.save()
    kind = "inspection.accepted" if accepted else "inspection.returned"
    tell_visit(locked, kind, {"number": _number(standing)}, by=by, at=at, reason=said)
    tell_judged(locked, _number(standing), accepted=accepted, by=by, at=at)
    return standing


def _lock(recommendation: Recommendation) -> tuple[Visit, Recommendation]:
    locked = lock_visit(recommendation.finding.visit)
    return locked, Recommendation.objects.select_related("finding").get(pk=recommendation.pk)


def _number(recommendation: Recommendation) -> str:
    """``2.1``: the first of the second finding."""
    return f"{recommendation.finding.number}.{recommendation.number}"


@transaction.atomic
def close_visit(*, visit: Visit, by: str, at: datetime) -> Visit:
    """Close a visit of which every recommendation is remedied and the conclusion issued.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_remedies_left``, ``inspection_unnumbered``.
    """
    locked = lock_visit(visit)
    rules.check_visit_step(locked, "close")
    done = (Recommendation.State.VERIFIED, Recommendation.State.WITHDRAWN)
    left = Recommendation.objects.filter(finding__visit=locked).exclude(state__in=done).count()
    numbered = locked.papers.filter(kind=IssuedPaper.Kind.CONCLUSION).exists()
    rules.check_close(left, numbered=numbered)
    locked.state, locked.closed_at = Visit.State.CLOSED, at
    locked.save()
    tell_visit(locked, "inspection.closed", {"state": locked.state}, by=by, at=at)
    return locked
