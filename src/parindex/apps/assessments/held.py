"""What the ledger says of a round beside its rulings, which `parindex rebuild` compares: see
`parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from parindex.apps.assessments.ledger import round_chain, sheet_chain
from parindex.apps.assessments.models import (
    EvidenceLink,
    Extension,
    Participant,
    Sample,
    Statement,
    Visit,
)
from parindex.apps.audit.held import Act, Key, Table, text


Rows = Iterator[tuple[Key, Mapping[str, object]]]


def _attached(act: Act) -> Rows:
    for leaf, _, key, page in act.said["links"]:
        yield (act.chain, leaf, key, page), {"by": act.by, "detached_by": ""}


def _detached(act: Act) -> Rows:
    for leaf, _, key, page in act.said["links"]:
        yield (act.chain, leaf, key, page), {"detached_by": act.by}


def _links() -> Rows:
    """The last of each place: what was detached may be attached again. One that a recorded case brought
    stands in that case's entry."""
    sheets = _sheets()
    place = "participant_id", "leaf", "document__key", "page"
    found = EvidenceLink.objects.order_by(*place, "pk").values_list(*place, "by", "detached_by")
    for (participant, *where), same in groupby(found.iterator(chunk_size=2000), key=lambda one: one[:4]):
        *_, (*_, by, detached_by) = same
        yield (sheets[participant], *where), {"by": by, "detached_by": detached_by}


def _sheets() -> dict[int, str]:
    """The chain of each participant's sheet."""
    found = Participant.objects.select_related("unit", "round__territory__parent__parent__parent")
    return {one.pk: sheet_chain(one) for one in found.iterator(chunk_size=2000)}


def _said(act: Act) -> Rows:
    said = {name: act.said[name] for name in ("party", "claimed", "evidence")}
    key = act.chain, act.said["leaf"], str(act.said["position"])
    yield key, {**said, "text": act.said.get("text", ""), "by": act.by, "at": act.at}


def _statements() -> Rows:
    sheets = _sheets()
    for one in Statement.objects.select_related("explanation").order_by("pk").iterator(chunk_size=2000):
        case = one.explanation
        said = {name: getattr(one, name) for name in ("party", "text", "claimed", "evidence", "by", "at")}
        yield (sheets[case.participant_id], case.leaf, str(one.position)), said


def _extended(act: Act) -> Rows:
    kind, turn = act.said["phase"]
    for unit in act.said["units"]:
        key = act.chain, kind, str(turn), unit, act.at.isoformat()
        said = {"until": act.said["until"], "document": act.said["document"], "by": act.by}
        yield key, {**said, "reason": act.said["reason"]}


def _extensions() -> Rows:
    found = Extension.objects.select_related("phase__round__territory", "participant__unit")
    for one in found.order_by("pk").iterator(chunk_size=2000):
        phase = one.phase
        key = round_chain(phase.round), phase.kind, str(phase.turn), one.participant.unit.code, text(one.at)
        said = {"until": one.closes_at, "document": one.document, "reason": one.reason, "by": one.by}
        yield key, said


def _drawn(act: Act) -> Rows:
    said = {name: act.said[name] for name in ("seed", "seed_from", "each", "population")}
    yield (act.chain, str(act.said["number"])), {**said, "by": act.by, "at": act.at}


def _samples() -> Rows:
    for one in Sample.objects.select_related("round__territory").order_by("pk").iterator(chunk_size=2000):
        said = {name: getattr(one, name) for name in ("seed", "seed_from", "each", "population", "by", "at")}
        yield (round_chain(one.round), str(one.number)), said


def _marked(act: Act) -> Rows:
    said = {"answer": act.said["answer"], "on": act.said["on"], "by": act.by}
    texts = {name: act.said.get(name, "") for name in ("place", "present", "found")}
    yield (act.chain, act.said["leaf"], str(act.said["sample"])), {**said, **texts}


def _visits() -> Rows:
    sheets = _sheets()
    for one in Visit.objects.select_related("sample").order_by("pk").iterator(chunk_size=2000):
        key = sheets[one.participant_id], one.leaf, str(one.sample.number)
        said = {"answer": one.second, "on": one.visited_on, "place": one.place, "present": one.present}
        yield key, {**said, "found": one.minutes, "by": one.by}


LINKS = {"evidence.attached": _attached, "evidence.detached": _detached}
NO_OTHER = frozenset[str]()
HELD = (
    Table("assessments.EvidenceLink", ("sheet:",), LINKS, NO_OTHER, _links, known=False, every=False),
    Table(
        "assessments.Statement", ("sheet:",), {"explanation.said": _said}, NO_OTHER, _statements, known=False
    ),
    Table(
        "assessments.Extension",
        ("round:",),
        {"phase.extended": _extended},
        NO_OTHER,
        _extensions,
        known=False,
    ),
    Table("assessments.Sample", ("round:",), {"sample.drawn": _drawn}, NO_OTHER, _samples, known=False),
    Table(
        "assessments.Visit",
        ("sheet:",),
        {"visit.marked": _marked},
        NO_OTHER,
        _visits,
        known=False,
        every=False,
    ),
)
