"""What pages and computations read of criteria sets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from parindex.apps.frameworks.models import FrameworkVersion, SetDraft, SetDraftVersion
from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.framework import Framework


@lru_cache(maxsize=64)
def by_hash(content_hash: str) -> Framework:
    """The criteria set with that content. Read from the database once per process: content never changes
    under a hash."""
    stored = FrameworkVersion.objects.get(content_hash=content_hash)
    return parse_framework(stored.source.encode(), f"{stored.identifier}.yaml")


INNER = Q(draft__territory__parent__isnull=False)
"""Made by a unit below a territory for its own rounds."""


def public_versions() -> list[FrameworkVersion]:
    """Every stored version but those that a unit made for its own rounds, without the files' text."""
    found = FrameworkVersion.objects.exclude(pk__in=_inner())
    return list(found.defer("source").order_by("identifier", "version"))


def versions_for(territories: Iterable[int]) -> list[FrameworkVersion]:
    """The public versions, and those that some territories or units made for their own rounds."""
    others = _inner().exclude(draft__territory__in=set(territories))
    found = FrameworkVersion.objects.exclude(pk__in=others)
    return list(found.defer("source").order_by("identifier", "version"))


def _inner() -> QuerySet[FrameworkVersion, Any]:
    return FrameworkVersion.objects.filter(INNER).order_by().values("pk")


def public_version_of(identifier: str, version: str) -> FrameworkVersion | None:
    """One stored version that is not a unit's own."""
    found = FrameworkVersion.objects.filter(identifier=identifier, version=version)
    return found.exclude(pk__in=_inner()).first()


def version_of(identifier: str, version: str) -> FrameworkVersion | None:
    """One stored version."""
    return FrameworkVersion.objects.filter(identifier=identifier, version=version).first()


def drafts_of(territories: Iterable[int]) -> list[SetDraft]:
    """The sets being made for some territories, last changed first; given up ones left out."""
    found = SetDraft.objects.filter(territory__in=set(territories), dropped=False)
    return list(found.select_related("territory", "base", "locked").defer("base__source", "locked__source"))


def find_draft(pk: int) -> SetDraft | None:
    """One set being made."""
    found = SetDraft.objects.select_related("territory", "base", "locked")
    return found.defer("base__source", "locked__source").filter(pk=pk).first()


def versions_of(draft: SetDraft) -> list[SetDraftVersion]:
    """Its states without their content, newest first."""
    return list(draft.versions.defer("content"))
