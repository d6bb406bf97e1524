"""What pages read of publications."""

from __future__ import annotations

from django.db.models import QuerySet

from parindex.apps.assessments.models import Round
from parindex.apps.publications.models import Publication


def public_bundles() -> list[Publication]:
    """Every publication that is for everybody, newest first. One query."""
    return list(_public().order_by("-at", "-number"))


def find_public(territory: str, code: str, number: int) -> Publication | None:
    """A publication that is for everybody: of a round by its code, the first, second, …"""
    return _public().filter(round__territory__code=territory, round__code=code, number=number).first()


def _public() -> QuerySet[Publication]:
    found = Publication.objects.filter(
        round__territory__parent=None,
        round__audience=Round.Audience.PUBLIC,
        round__state=Round.State.PUBLISHED,
    )
    return found.select_related("round__territory", "replaces")
