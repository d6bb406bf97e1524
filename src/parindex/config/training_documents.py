"""The demonstration's public documents: what some departments let everybody read behind their points."""

from __future__ import annotations

import io
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.models import EvidenceLink, Participant
from parindex.apps.evidence.actions import cite_document, confirm_metadata, make_public, upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.inspections.papers import NOTICE
from parindex.apps.organisations.models import Person
from parindex.core.papers import Paper, Paragraph, head_of, pdf_file
from parindex.data import minhhoa
from parindex.data.minhhoa.documents import DOCUMENTS, ROUND, SampleDocument


@transaction.atomic
def documents(at: datetime) -> bool:
    """Each kept, confirmed, put behind its point and made public by its unit."""
    of_round = Participant.objects.filter(round__territory__code=minhhoa.CODE, round__code=ROUND)
    if EvidenceLink.objects.filter(participant__in=of_round).exists():
        return False
    participants = {p.unit.code: p for p in of_round.select_related("unit", "round")}
    for sample in DOCUMENTS:
        participant = participants[sample.unit]
        by = Person.objects.get(username=f"dau-moi.{sample.unit}").ref
        document = _kept(sample, participant, by=by, at=at)
        # the round is over: the link is read in with it, as its answers were
        EvidenceLink.objects.create(
            participant=participant,
            leaf=sample.criterion,
            document=document,
            page=sample.place,
            by=by,
            at=at,
        )
        make_public(document=document, checked=True, by=by, at=at)
    return True


def _kept(sample: SampleDocument, participant: Participant, *, by: str, at: datetime) -> Document:
    unit = participant.unit
    told = Metadata(sample.number, sample.on, unit.name_vi, title=sample.title)
    if not sample.lines:
        cited = cite_document(unit=unit, metadata=told, where=f"Văn thư {unit.name_vi}", by=by, at=at)
        return confirm_metadata(document=cited, metadata=told, by=by, at=at) if not cited.confirmed else cited
    content = pdf_file(_paper(sample, unit.name_vi))
    name = f"{sample.number.replace('/', '-')}.pdf"
    with inspect_upload(stream=io.BytesIO(content), name=name, size=len(content)) as upload:
        document = upload_document(unit=unit, upload=upload, by=by, at=at).document
    return confirm_metadata(document=document, metadata=told, by=by, at=at)


def _paper(sample: SampleDocument, unit: str) -> Paper:
    number, _, notation = sample.number.partition("/")
    return Paper(
        issuer=unit,
        notation=notation,
        number=number,
        on=sample.on,
        place="Minh Họa",
        as_of=sample.on,
        kind="Kế hoạch",
        about=sample.title.removeprefix("Kế hoạch ").replace("cải", "Cải", 1),
        body=[Paragraph(line) for line in sample.lines],
        signatures=[head_of(unit)],
        notice=NOTICE,
    )
