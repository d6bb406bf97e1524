"""What pages read of publications."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries import published
from parindex.apps.publications.models import Publication


def public_bundles() -> list[Publication]:
    """Every publication that is for everybody, newest first. One query."""
    return list(_public().order_by("-at", "-number"))


def find_public(territory: str, code: str, number: int) -> Publication | None:
    """A publication that is for everybody: of a round by its code, the first, second, …"""
    return _public().filter(round__territory__code=territory, round__code=code, number=number).first()


def publications_of(results: Iterable[int]) -> dict[int, Publication]:
    """Results -> the publication that each was published in, where it has one. One query."""
    found = _public().filter(result__in=set(results))
    return {p.result_id: p for p in found}


def _public() -> QuerySet[Publication]:
    found = Publication.objects.filter(
        published("round__"),
        round__territory__parent=None,
        round__audience=Round.Audience.PUBLIC,
    )
    return found.select_related("round__territory", "replaces", "replaced_by")
