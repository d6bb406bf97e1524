"""What the ledger says of publications: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.assessments.ledger import round_chain
from parindex.apps.audit.held import Act, Key, Table
from parindex.apps.publications.models import Publication


Rows = Iterator[tuple[Key, Mapping[str, object]]]
NAMES = ("decision", "bundle", "key", "replaces", "publicity", "excerpt")


def _published(act: Act) -> Rows:
    said = {name: act.said[name] for name in NAMES if name in act.said}
    said |= {"reason": act.said.get("reason", ""), "by": act.by, "at": act.at}
    yield (act.chain, str(act.said["number"])), said


def _rows() -> Rows:
    for one in (
        Publication.objects.select_related("round__territory", "replaces")
        .order_by("pk")
        .iterator(chunk_size=2000)
    ):
        said = {name: getattr(one, name) for name in ("decision", "key", "publicity", "excerpt", "reason")}
        said |= {"bundle": one.sha256, "replaces": one.replaces.sha256 if one.replaces else ""}
        yield (round_chain(one.round), str(one.number)), {**said, "by": one.by, "at": one.at}


HELD = (
    Table(
        "publications.Publication",
        ("round:",),
        {"bundle.published": _published},
        frozenset(),
        _rows,
        known=False,
    ),
)
