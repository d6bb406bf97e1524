"""What the ledger says of documents: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import UNSURE, Act, Key, Table, standing
from parindex.apps.evidence.models import Document, StoredContent


Said = Iterator[tuple[Key, Mapping[str, object]]]
TOLD = ("number", "issued_on", "issuer")
TEXTS = ("title", "signer", "file_name", "where")


def _made(act: Act) -> Said:
    said = {name: act.said[name] for name in (*TOLD, "link")}
    texts = {name: act.said.get(name, "") for name in TEXTS}
    kind = {"document.uploaded": "file", "document.cited": "cited"}.get(act.kind, "secret")
    confirmed = {} if kind == "file" else {"confirmed_by": act.by}
    more = {"kind": kind, "sha256": act.said.get("sha256", ""), "by": act.by, "at": act.at}
    opened = {"public_by": "", "erased_by": "", "supersedes": act.said["supersedes"]}
    yield (act.subject,), {**said, **texts, **more, **confirmed, **opened}


def _confirmed(act: Act) -> Said:
    texts = {name: act.said.get(name, "") for name in TEXTS}
    yield (act.subject,), {**act.said["after"], **texts, "confirmed_by": act.by}


def _recognised(act: Act) -> Said:
    texts = {name: act.said.get(name, "") for name in TEXTS}
    yield (act.subject,), {**act.said["after"], **texts}


def _opened(act: Act) -> Said:
    yield (act.subject,), {"public_by": act.by}


def _closed(act: Act) -> Said:
    yield (act.subject,), {"public_by": ""}


def _erased(act: Act) -> Said:
    said = {"sha256": "", "title": "", "file_name": "", "link": "", "public_by": "", "erased_by": act.by}
    yield (act.subject,), {**said, "signer": UNSURE, "where": UNSURE}


def _content(act: Act) -> Said:
    yield (act.said["sha256"],), {"size": act.said["size"], "media_type": act.said["media_type"]}


READERS = {
    "document.uploaded": _made,
    "document.cited": _made,
    "document.secret_cited": _made,
    "document.confirmed": _confirmed,
    "document.recognised": _recognised,
    "document.opened": _opened,
    "document.closed": _closed,
    "document.erased": _erased,
}
NAMES = (*TOLD, *TEXTS, "link", "kind", "confirmed_by", "public_by", "erased_by")
HELD = (
    Table(
        "evidence.Document",
        ("evidence:",),
        READERS,
        frozenset(),
        standing(
            Document.objects.all(),
            ("key",),
            {
                **{name: name for name in NAMES},
                "sha256": "content__sha256",
                "by": "uploaded_by",
                "at": "uploaded_at",
                "supersedes": "supersedes__key",
            },
        ),
    ),
    Table(
        "evidence.StoredContent",
        ("evidence:",),
        {"document.uploaded": _content},
        frozenset(READERS),
        standing(StoredContent.objects.all(), ("sha256",), {"size": "size", "media_type": "media_type"}),
        lost=False,
    ),
)
