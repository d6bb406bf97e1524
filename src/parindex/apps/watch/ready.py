"""Whether this process can do its work now, in a few quick questions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from parindex.apps.evidence.store import ContentFolder
from parindex.apps.watch.databases import is_there
from parindex.apps.watch.files import evidence_folder


def hindrances() -> Iterator[str]:
    """Codes of what stands in the way: ``database``, ``migrations``, ``evidence``; none where all is well."""
    if not is_there():
        yield "database"
    elif not newest_shape() <= set(MigrationRecorder(connection).applied_migrations()):
        yield "migrations"
    if not _evidence_answers():
        yield "evidence"


@lru_cache(maxsize=1)
def newest_shape() -> frozenset[tuple[str, str]]:
    """The last migration of each application, as this program knows them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _evidence_answers() -> bool:
    """A folder that can be written, or may be made; another storage that answers a question."""
    storage = storages["evidence"]
    if isinstance(storage, ContentFolder):
        (place,) = evidence_folder()
        while not place.exists() and place != place.parent:
            place = place.parent
        return os.access(place, os.W_OK)
    try:
        storage.exists("content/ready")
    except Exception:  # noqa: BLE001  whatever a foreign storage raises, it does not answer
        return False
    return True
