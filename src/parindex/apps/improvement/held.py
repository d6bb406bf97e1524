"""What the ledger says of lost points that were accepted: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import Act, Key, Table, text
from parindex.apps.improvement.models import Acceptance


Rows = Iterator[tuple[Key, Mapping[str, object]]]


def _accepted(act: Act) -> Rows:
    yield (act.chain, act.said["leaf"]), {"reason": act.said["reason"], "by": act.by, "at": act.at}


def _reopened(act: Act) -> Rows:
    yield (act.chain, act.said["leaf"]), {"withdrawn_by": act.by}


def _rows() -> Rows:
    """The last of each leaf: one that another took the place of has no act of its own end."""
    last: dict[Key, Acceptance] = {}
    for one in Acceptance.objects.order_by("pk").iterator(chunk_size=2000):
        last[f"remedy:{one.participant_id}", one.code] = one
    for key, one in last.items():
        said = {"reason": one.reason, "by": one.by, "at": text(one.at)}
        yield key, {**said, "withdrawn_by": one.withdrawn_by}


HELD = (
    Table(
        "improvement.Acceptance",
        ("remedy:",),
        {"loss.accepted": _accepted, "loss.reopened": _reopened},
        frozenset(),
        _rows,
    ),
)
