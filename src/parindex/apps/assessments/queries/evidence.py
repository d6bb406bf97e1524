"""Which documents stand behind which leaves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from parindex.apps.assessments.models import EvidenceLink, Participant, Round, Ruling
from parindex.apps.assessments.queries.standing import OPEN, published
from parindex.apps.evidence.models import Document
from parindex.core.formats.publicity import Publicity


def evidence_of(participant: Participant) -> dict[str, list[EvidenceLink]]:
    """The attached documents of each leaf that has any, in the order of attaching. One query."""
    found: dict[str, list[EvidenceLink]] = {}
    for link in _attached([participant.pk]):
        found.setdefault(link.leaf, []).append(link)
    return found


def evidence_of_many(participants: Iterable[int]) -> dict[int, dict[str, list[EvidenceLink]]]:
    """The attached documents of several participants, by participant and leaf. One query."""
    found: dict[int, dict[str, list[EvidenceLink]]] = {}
    for link in _attached(participants):
        found.setdefault(link.participant_id, {}).setdefault(link.leaf, []).append(link)
    return found


def evidence_of_leaf(participants: Iterable[int], leaf: str) -> dict[int, list[EvidenceLink]]:
    """The attached documents of one leaf over several participants, by participant. One query."""
    found: dict[int, list[EvidenceLink]] = {}
    for link in _attached(participants).filter(leaf=leaf):
        found.setdefault(link.participant_id, []).append(link)
    return found


def attached_to(round_: Round, leaves: Iterable[str]) -> dict[tuple[int, str], list[EvidenceLink]]:
    """The attached documents of some leaves over a whole round, by participant and leaf. One query."""
    found: dict[tuple[int, str], list[EvidenceLink]] = {}
    links = EvidenceLink.objects.filter(participant__round=round_, leaf__in=set(leaves), detached_at=None)
    for link in links.select_related("document__content").defer("document__text").order_by("id"):
        found.setdefault((link.participant_id, link.leaf), []).append(link)
    return found


def public_evidence(*, territory: str, round_: str, unit: str) -> dict[str, list[EvidenceLink]]:
    """The documents that everybody may read of one participant of a published round, by leaf; see
    `public_documents`. One query."""
    found: dict[str, list[EvidenceLink]] = {}
    for link in _public(territory, round_).filter(participant__unit__code=unit):
        found.setdefault(link.leaf, []).append(link)
    return found


def public_documents(*, territory: str, round_: str) -> dict[str, list[EvidenceLink]]:
    """The documents that everybody may read of a published round, by the code of the unit. One query.

    Those that their units marked public and that stand behind a ruling of what is published; none where the
    round's decision shows no documents.
    """
    found: dict[str, list[EvidenceLink]] = {}
    for link in _public(territory, round_).select_related("document__content", "participant__unit"):
        found.setdefault(link.participant.unit.code, []).append(link)
    return found


def _public(territory: str, round_: str) -> QuerySet[EvidenceLink]:
    ruled = Ruling.objects.filter(
        published("participant__round__", "at"),
        participant=OuterRef("participant"),
        leaf=OuterRef("leaf"),
    )
    links = EvidenceLink.objects.filter(
        Exists(ruled),
        published("participant__round__", "at"),
        participant__round__territory__code=territory,
        participant__round__territory__parent=None,
        participant__round__code=round_,
        participant__round__audience=OPEN["audience"],
        participant__round__publicity__in=[level for level in Publicity if level.shows_evidence],
        detached_at=None,
        document__public_at__isnull=False,
        document__erased_at=None,
    ).exclude(document__kind=Document.Kind.SECRET)
    return links.select_related("document__content").defer("document__text").order_by("id")


def _attached(participants: Iterable[int]) -> QuerySet[EvidenceLink]:
    links = EvidenceLink.objects.filter(participant__in=set(participants), detached_at=None)
    return links.select_related("document__content").defer("document__text").order_by("id")
