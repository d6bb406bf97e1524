"""What attaches documents to leaves and takes them off again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import EvidenceLink, Participant
from parindex.apps.assessments.rules.evidence import check_attachable
from parindex.apps.assessments.rules.sheets import leaf_of
from parindex.apps.audit.record import record
from parindex.apps.evidence.models import Document
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """A document for a leaf, at a page or section (free words, may be empty)."""

    leaf: str
    document: Document
    page: str = ""


@transaction.atomic
def attach_evidence(
    *, participant: Participant, shown: Sequence[Shown], by: str, at: datetime
) -> list[EvidenceLink]:
    """Attach documents of the unit, or of the unit that a leaf was handed to: one act, one entry. What is
    attached already is left out.

    Raises:
        NotNow: neither the sheet nor an explanation phase is open.
        Refused: ``leaf_unknown``, ``document_of_other_unit``; nothing is attached.
    """
    framework = by_hash(participant.round.framework.content_hash)
    check_attachable(framework, participant, at)
    standing = {
        (link.leaf, link.document_id, link.page)
        for link in participant.evidence_links.filter(detached_at=None)
    }
    handed = dict(participant.handouts.exclude(unit=None).values_list("leaf", "unit_id"))
    made = []
    for one in dict.fromkeys(shown):
        leaf_of(framework, one.leaf)
        if one.document.unit_id not in (participant.unit_id, handed.get(one.leaf)):
            raise Refused("document_of_other_unit", document=one.document.label)
        page = one.page.strip()
        if (one.leaf, one.document.pk, page) not in standing:
            standing.add((one.leaf, one.document.pk, page))
            link = EvidenceLink(
                participant=participant, leaf=one.leaf, document=one.document, page=page, by=by, at=at
            )
            made.append(link)
    EvidenceLink.objects.bulk_create(made)
    if made:
        _record(participant, "evidence.attached", made, by=by, at=at)
    return made


@transaction.atomic
def detach_evidence(*, link: EvidenceLink, by: str, at: datetime) -> EvidenceLink:
    """Take a document off a leaf; the document stays in the vault.

    Raises:
        NotNow: neither the sheet nor an explanation phase is open. Refused: ``already_detached``;
            ``penalty_evidence``: a standing penalty rests on it.
    """
    participant = link.participant
    check_attachable(by_hash(participant.round.framework.content_hash), participant, at)
    if link.detached_at is not None:
        raise Refused("already_detached")
    resting = participant.penalties.filter(leaf=link.leaf, document=link.document_id, withdrawn_at=None)
    if resting.exists():
        raise Refused("penalty_evidence")
    link.detached_by, link.detached_at = by, at
    link.save()
    _record(participant, "evidence.detached", [link], by=by, at=at)
    return link


def _record(
    participant: Participant, kind: str, links: Sequence[EvidenceLink], *, by: str, at: datetime
) -> None:
    record(
        chain=sheet_chain(participant),
        kind=kind,
        subject=participant.unit.code,
        payload={"v": 1, "links": [[link.leaf, *link.as_row] for link in links]},
        by=by,
        at=at,
    )
