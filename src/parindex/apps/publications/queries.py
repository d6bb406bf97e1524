"""What pages read of publications."""

from __future__ import annotations

from django.db.models import QuerySet

from parindex.apps.assessments.models import Round
from parindex.apps.publications.models import Publication


def public_bundles() -> list[Publication]:
    """Every publication that is for everybody, newest first. One query."""
    return list(_public().order_by("-at", "-number"))


def find_public(sha256: str) -> Publication | None:
    """A publication that is for everybody, by the hash of its bundle."""
    return _public().filter(sha256=sha256).first()


def _public() -> QuerySet[Publication]:
    found = Publication.objects.filter(
        round__territory__parent=None,
        round__audience=Round.Audience.PUBLIC,
        round__state=Round.State.PUBLISHED,
    )
    return found.select_related("round__territory", "replaces")
