"""What the ledger says of inspections: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import UNSURE, Act, Key, Table, standing, text
from parindex.apps.inspections.models import (
    Answer,
    Finding,
    IssuedPaper,
    Plan,
    Proof,
    Question,
    Recommendation,
    Visit,
)
from parindex.core.kernel.time import legal_date


Said = Iterator[tuple[Key, Mapping[str, object]]]


def _plan(act: Act) -> Said:
    made = {"state": "draft", "by": act.by, "at": act.at} if act.kind == "inspection_plan.begun" else {}
    yield (act.chain,), {"year": act.said["year"], "title": act.said["title"], **made}


def _issued(act: Act) -> Said:
    said = {"state": "issued", "number": act.said["number"], "issued_on": act.said["on"]}
    yield (act.chain,), said


def _closed(act: Act) -> Said:
    yield (act.chain,), {"state": act.said["state"]}


def _planned(act: Act) -> Said:
    names = ("unit", "from", "until", "areas", "announced")
    yield (act.chain,), {name: act.said[name] for name in names}


def _moved(act: Act) -> Said:
    yield (act.chain,), {"state": act.said["state"], "reason": act.said.get("reason", UNSURE)}


def _noted(act: Act) -> Said:
    yield (act.chain,), {"present": act.said.get("present", ""), "summary": act.said.get("text", "")}


def _looked(act: Act) -> Said:
    said = {"met": act.said["met"], "note": act.said.get("note", ""), "by": act.by}
    yield (act.chain, act.said["leaf"]), said


def _found(act: Act) -> Said:
    said = {name: act.said[name] for name in ("area", "leaf", "severity", "to")}
    texts = {"text": act.said["text"], "withdrawn": ""}
    yield (act.chain, str(act.said["number"])), {**said, **texts}


def _handed_over(act: Act) -> Said:
    for number in act.said["findings"]:
        yield (act.chain, str(number)), {"to": act.said["to"]}


def _withdrawn(act: Act) -> Said:
    yield (act.chain, str(act.said["number"])), {"withdrawn": act.said["reason"]}


def _proved(act: Act) -> Said:
    yield (act.chain, str(act.said["number"]), act.said["document"]), {}


def _recommended(act: Act) -> Said:
    said = {"text": act.said["text"], "due": act.said["due"], "state": "open", "by": act.by}
    yield (act.chain, act.said["number"]), said


def _answered(act: Act) -> Said:
    yield (act.chain, act.said["number"]), {"state": "answered", "answered_on": legal_date(act.at)}


def _judged(act: Act) -> Said:
    state = "verified" if act.kind == "inspection.accepted" else "open"
    yield (act.chain, act.said["number"]), {"state": state}


def _said_by_unit(act: Act) -> Said:
    yield (act.chain, act.said["number"], act.at.isoformat()), {"text": act.said["text"], "by": act.by}


def _paper(act: Act) -> Said:
    said = {"number": act.said["number"], "on": act.said["on"], "document": act.said["document"]}
    yield (act.chain, act.said["paper"]), {**said, "signer": act.said.get("signer", ""), "by": act.by}


PLANS = {
    "inspection_plan.begun": _plan,
    "inspection_plan.changed": _plan,
    "inspection_plan.issued": _issued,
    "inspection_plan.closed": _closed,
}
VISITS = {
    "inspection.planned": _planned,
    "inspection.begun": _moved,
    "inspection.noted": _noted,
    "inspection.concluded": _moved,
    "inspection.closed": _moved,
    "inspection.cancelled": _moved,
}
FINDINGS = {
    "inspection.found": _found,
    "inspection.finding_withdrawn": _withdrawn,
    "inspection.handed_over": _handed_over,
}
RECOMMENDED = {
    "inspection.recommended": _recommended,
    "inspection.answered": _answered,
    "inspection.accepted": _judged,
    "inspection.returned": _judged,
}
QUIET = frozenset({"inspection.*", "inspection_plan.*"})
ISSUED = {"number": "number", "on": "on", "document": "document__key", "signer": "signer", "by": "by"}


def _recommendations() -> Iterator[tuple[Key, Mapping[str, object]]]:
    """One that was withdrawn with its finding has no act of its own."""
    for one in Recommendation.objects.select_related("finding").order_by("pk").iterator(chunk_size=2000):
        key = f"inspection:{one.finding.visit_id}", f"{one.finding.number}.{one.number}"
        said: dict[str, object] = {"text": one.text, "due": one.due, "by": one.by}
        if not one.finding.withdrawn_because:
            said |= {"state": one.state, "answered_on": one.answered_on}
        yield key, said


def _answers() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in (
        Answer.objects.select_related("recommendation__finding").order_by("pk").iterator(chunk_size=2000)
    ):
        finding = one.recommendation.finding
        number = f"{finding.number}.{one.recommendation.number}"
        key = f"inspection:{finding.visit_id}", number, text(one.at)
        yield key, {"text": one.text, "by": one.by}


HELD = (
    Table(
        "inspections.Plan",
        ("inspection_plan:",),
        PLANS,
        QUIET,
        standing(
            Plan.objects.all(),
            ("inspection_plan:{pk}",),
            {name: name for name in ("year", "title", "state", "number", "issued_on", "by", "at")},
        ),
    ),
    Table(
        "inspections.Visit",
        ("inspection:",),
        VISITS,
        QUIET,
        standing(
            Visit.objects.all(),
            ("inspection:{pk}",),
            {
                **{name: name for name in ("areas", "announced", "state", "reason", "present", "summary")},
                "unit": "unit__code",
                "from": "starts",
                "until": "ends",
            },
        ),
    ),
    Table(
        "inspections.Question",
        ("inspection:",),
        {"inspection.looked": _looked},
        QUIET,
        standing(
            Question.objects.all(),
            ("inspection:{visit_id}", "criterion"),
            {name: name for name in ("met", "note", "by")},
        ),
        every=False,
    ),
    Table(
        "inspections.Finding",
        ("inspection:",),
        FINDINGS,
        QUIET,
        standing(
            Finding.objects.all(),
            ("inspection:{visit_id}", "number"),
            {
                **{name: name for name in ("area", "severity", "text")},
                "leaf": "criterion",
                "to": ("person_id", lambda key: f"person:{key}" if key else ""),
                "withdrawn": "withdrawn_because",
            },
        ),
    ),
    Table(
        "inspections.Proof",
        ("inspection:",),
        {"inspection.proved": _proved},
        QUIET,
        standing(
            Proof.objects.all(), ("inspection:{finding__visit_id}", "finding__number", "document__key"), {}
        ),
    ),
    Table("inspections.Recommendation", ("inspection:",), RECOMMENDED, QUIET, _recommendations),
    Table("inspections.Answer", ("inspection:",), {"inspection.answered": _said_by_unit}, QUIET, _answers),
    Table(
        "inspections.IssuedPaper",
        ("inspection:",),
        {"inspection.paper": _paper},
        QUIET,
        standing(IssuedPaper.objects.all(), ("inspection:{visit_id}", "kind"), ISSUED),
    ),
)
