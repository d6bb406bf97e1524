"""Minutes and conclusion as they were signed: number, date, signer, and the signed file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import Inspected, check_signed_pdf
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.inspections import rules
from parindex.apps.inspections.chains import lock_visit, tell_visit
from parindex.apps.inspections.models import IssuedPaper, Visit
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.terms import TERMS


@transaction.atomic
def record_paper(
    *,
    visit: Visit,
    kind: str,
    number: str,
    on: date | None,
    signer: str = "",
    file: Inspected | None = None,
    despite: Collection[str] = (),
    by: str,
    at: datetime,
) -> IssuedPaper:
    """Write down number, date and signer of the minutes or the conclusion; what was wrong is written anew.

    Args:
        file: the signed copy, kept in the vault of who inspects; None leaves the one that is there. One that
            another takes the place of stays in the vault.
        despite: codes of findings in the file that a person was asked about and answered.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_choice``, ``inspection_number_missing``
            (minutes need none), ``text_too_long``, ``inspection_date_missing``, ``inspection_date_ahead``,
            ``inspection_paper_early``, ``signed_not_pdf``.
        EvidenceRefused: a finding in the file that nobody was asked about.
    """
    locked, numbered, signed = lock_visit(visit), one_line(number), one_line(signer)
    rules.check_visit_step(locked, "paper")
    day = _check(locked, kind=kind, number=numbered, on=on, signer=signed, today=legal_date(at))
    standing = locked.papers.select_related("document").filter(kind=kind).first()
    document = standing.document if standing else None
    if file is not None:
        check_signed_pdf(file)
        title = f"{IssuedPaper.Kind(kind).label} – {locked.unit.name_vi}"
        document = upload_document(
            unit=locked.plan.territory,
            upload=file,
            metadata=Metadata(numbered, on, signer=signed, title=title),
            despite=despite,
            by=by,
            at=at,
        ).document
    said = {"number": numbered, "on": day, "signer": signed, "document": document}
    if standing is not None and all(getattr(standing, k) == v for k, v in said.items()):
        return standing
    made, _ = IssuedPaper.objects.update_or_create(
        visit=locked, kind=kind, defaults={**said, "by": by, "at": at}
    )
    _tell(locked, made, document, by=by, at=at)
    return made


def _check(visit: Visit, *, kind: str, number: str, on: date | None, signer: str, today: date) -> date:
    """The day on which it was signed. Raises Refused."""
    if kind not in IssuedPaper.Kind.values:
        raise Refused("inspection_choice", text=kind[:40])
    if kind == IssuedPaper.Kind.CONCLUSION:
        if visit.state == Visit.State.RUNNING:
            raise Refused("inspection_not_now", now=TERMS["inspection"][visit.state])
        rules.check_issued(number, on, today)
    rules.check_text(number, rules.LONGEST_NUMBER)
    rules.check_text(signer, 200)
    rules.check_signed_on(on, today)
    if on is None or on < visit.starts:
        raise Refused("inspection_paper_early", starts=visit.starts)
    return on


def _tell(visit: Visit, made: IssuedPaper, document: Document | None, *, by: str, at: datetime) -> None:
    payload = {
        "paper": made.kind,
        "number": made.number,
        "on": made.on.isoformat(),
        "document": document.key if document else "",
        "sha256": document.sha256 if document else "",
    }
    tell_visit(visit, "inspection.paper", payload, by=by, at=at, signer=made.signer)
