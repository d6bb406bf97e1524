"""What records that a paper was issued."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain
from parindex.apps.assessments.models import Participant, Round
from parindex.apps.audit.record import record
from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import Inspected
from parindex.apps.evidence.rules import Metadata
from parindex.apps.papers.models import IssuedPaper
from parindex.apps.papers.rules import check_issue, check_signed_file
from parindex.core.papers import Paper


@dataclass(frozen=True, slots=True)
class Signed:
    """What came back: number with notation, date, who signed in which position, and the file, if any.

    `despite`: codes of findings in the file that a person was asked about and answered.
    """

    number: str
    date: date
    signer: str
    position: str = ""
    file: Inspected | None = None
    despite: Collection[str] = ()


@transaction.atomic
def issue_paper(
    *,
    round_: Round,
    kind: str,
    paper: Paper,
    signed: Signed,
    participant: Participant | None = None,
    by: str,
    at: datetime,
) -> IssuedPaper:
    """Record that a paper of a round, or of one unit in it, was issued. One issued before is
    replaced, and stays.

    The file is kept in the vault of whoever runs the round.

    Args:
        paper: as it is drafted now.

    Raises:
        Refused: ``number_needed``, ``signer_needed``, ``issued_in_future``, ``signed_not_pdf``,
            ``paper_of_other_result``: the file carries the code of other figures.
        EvidenceRefused: a finding nobody was asked about.
    """
    locked = (
        Round.objects.select_for_update(of=("self",)).select_related("territory__parent").get(pk=round_.pk)
    )
    number, signer = signed.number.strip(), signed.signer.strip()
    check_issue(number=number, signer=signer, on=signed.date, at=at)
    document, code_read = None, False
    if signed.file is not None:
        code_read = check_signed_file(signed.file, paper.code)
        told = Metadata(number, signed.date, paper.issuer, signer, paper.title)
        document = upload_document(
            unit=locked.territory,
            upload=signed.file,
            metadata=told,
            despite=signed.despite,
            by=by,
            at=at,
        ).document
    same = IssuedPaper.objects.filter(round=locked, participant=participant, kind=kind)
    before = same.filter(replaced_by=None).first()
    made = IssuedPaper.objects.create(
        round=locked,
        participant=participant,
        kind=kind,
        number=number,
        date=signed.date,
        signer=signer,
        position=signed.position.strip(),
        document=document,
        code=paper.code,
        code_read=code_read,
        replaces=before,
        by=by,
        at=at,
    )
    _record(made, by=by, at=at)
    return made


def _record(made: IssuedPaper, *, by: str, at: datetime) -> None:
    document, before = made.document, made.replaces
    payload = {
        "v": 1,
        "paper": made.kind,
        **({"unit": made.participant.unit.code} if made.participant else {}),
        "number": made.number,
        "date": made.date.isoformat(),
        "code": made.code,
        "key": document.key if document else "",
        "sha256": document.sha256 if document else "",
        "replaces": before.number if before else "",
    }
    texts = {"signer": made.signer, "position": made.position}
    chain, subject = round_chain(made.round), made.round.code
    record(chain=chain, kind="paper.issued", subject=subject, payload=payload, texts=texts, by=by, at=at)
