"""What the ledger says of criteria sets and their drafts: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import Act, Hashed, Key, Table
from parindex.apps.frameworks.models import FrameworkVersion, SetDraft, SetDraftVersion
from parindex.apps.frameworks.rules import data_hash
from parindex.core.formats.framework_file import framework_hash, parse_framework
from parindex.core.formats.problems import FileRefused


Rows = Iterator[tuple[Key, Mapping[str, object]]]


def _stored(act: Act) -> Rows:
    yield (act.subject,), {"hash": act.said["hash"], "source": act.said["hash"]}


def _versions() -> Rows:
    for one in FrameworkVersion.objects.order_by("pk").iterator(chunk_size=50):
        key = (f"{one.identifier}@{one.version}",)
        yield key, {"hash": one.content_hash, "source": _source_hash(one.source)}


def _source_hash(source: str) -> str:
    try:
        return framework_hash(parse_framework(source.encode(), "framework.yaml"))
    except FileRefused:
        return ""


def _drafted(act: Act) -> Rows:
    yield (act.subject, str(act.said["number"])), {"hash": act.said["hash"], "by": act.by}


def _draft_versions() -> Rows:
    for one in SetDraftVersion.objects.order_by("pk").iterator(chunk_size=50):
        yield (
            (str(one.draft_id), str(one.number)),
            {
                "hash": Hashed(data_hash(one.content), one.content),
                "by": one.by,
            },
        )


def _newest(act: Act) -> Rows:
    yield (act.subject,), {"number": act.said["number"]}


def _drafts() -> Rows:
    for one in SetDraft.objects.order_by("pk").iterator(chunk_size=50):
        yield (str(one.pk),), {"number": one.number}


HELD = (
    Table(
        "frameworks.FrameworkVersion",
        ("framework:",),
        {"framework.stored": _stored},
        frozenset({"framework.*", "set.*"}),
        _versions,
    ),
    Table(
        "frameworks.SetDraftVersion",
        ("set-draft:",),
        {"set.drafted": _drafted},
        frozenset({"framework.*", "set.*"}),
        _draft_versions,
    ),
    Table(
        "frameworks.SetDraft",
        ("set-draft:",),
        {"set.drafted": _newest},
        frozenset({"framework.*", "set.*"}),
        _drafts,
    ),
)
