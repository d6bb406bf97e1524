"""What the ledger says of issued papers and of the office behind them: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.assessments.ledger import round_chain
from parindex.apps.audit.held import Act, Key, Table, standing, text
from parindex.apps.papers.models import IssuedPaper, Office


Rows = Iterator[tuple[Key, Mapping[str, object]]]
NAMES = ("number", "date", "code", "key", "replaces")


def _issued(act: Act) -> Rows:
    texts = {name: act.said.get(name, "") for name in ("signer", "position")}
    key = act.chain, act.said["paper"], act.said.get("unit", ""), act.at.isoformat()
    yield key, {**{name: act.said[name] for name in NAMES}, **texts, "by": act.by}


def _rows() -> Rows:
    found = IssuedPaper.objects.select_related(
        "round__territory", "participant__unit", "document", "replaces"
    )
    for one in found.order_by("pk").iterator(chunk_size=2000):
        unit = one.participant.unit.code if one.participant else ""
        key = round_chain(one.round), one.kind, unit, text(one.at)
        said = {name: getattr(one, name) for name in ("number", "date", "code", "signer", "position", "by")}
        document = one.document.key if one.document else ""
        yield key, {**said, "key": document, "replaces": one.replaces.number if one.replaces else ""}


def _described(act: Act) -> Rows:
    said = {"standing": act.said["standing"], "by": act.by}
    yield (act.chain,), {**said, **{name: act.said.get(name, "") for name in ("grounds", "copies")}}


HELD = (
    Table(
        "papers.Office",
        ("papers:",),
        {"office.described": _described},
        frozenset(),
        standing(
            Office.objects.all(),
            ("papers:{territory_id}",),
            {
                "standing": ("standing__code", lambda code: code or ""),
                "grounds": "grounds",
                "copies": "copies",
                "by": "by",
            },
        ),
    ),
    Table(
        "papers.IssuedPaper",
        ("round:",),
        {"paper.issued": _issued},
        frozenset(),
        _rows,
        known=False,
    ),
)
