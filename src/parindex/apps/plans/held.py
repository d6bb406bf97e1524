"""What the ledger says of plans, tasks, reports and what is handed down: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import GONE, UNSURE, Act, Key, Table, standing
from parindex.apps.plans.models import HandDown, Plan, Task, TaskReport
from parindex.core.kernel.time import legal_date


Said = Iterator[tuple[Key, Mapping[str, object]]]
PLAN = ("title", "year", "theme", "grounds", "start", "end", "issue_by", "areas")
TEXTS = ("content", "output", "coordinating", "due_text")
TASK = ("area", "lead", "person", "start", "due", "weight", "criterion", "indicator", "goal", "gain")


def _begun(act: Act) -> Said:
    said = {name: act.said.get(name, "") for name in PLAN}
    yield (act.chain,), {**said, "state": "draft", "number": "", "by": act.by, "at": act.at}


def _changed(act: Act) -> Said:
    yield (act.chain,), {name: act.said.get(name, "") for name in PLAN}


def _issued(act: Act) -> Said:
    said = {"number": act.said["number"], "issued_on": act.said["issued_on"], "state": "issued"}
    yield (act.chain,), said


def _closed(act: Act) -> Said:
    yield (act.chain,), {"state": "closed"}


def _document(act: Act) -> Said:
    yield (act.chain,), {"document": act.said["document"]}


def _added(act: Act) -> Said:
    for row in act.said["tasks"]:
        number = str(row["number"])
        texts = {name: act.said.get(f"{number}.{name}", "") for name in TEXTS}
        made = {"origin": row["origin"], "cancelled_on": "", "by": act.by, "at": act.at}
        yield (act.chain, number), {**{name: row[name] for name in TASK}, **texts, **made}


def _task_changed(act: Act) -> Said:
    """Of a text that was emptied an entry of before 2026-11 says nothing."""
    said = {name: act.said[name] for name in (*TASK, *TEXTS) if name in act.said}
    cleared = act.said.get("cleared")
    for name in TEXTS:
        if name not in said and (cleared is None or name in cleared):
            said[name] = UNSURE if cleared is None else ""
    yield (act.chain, str(act.said["number"])), said


def _given(act: Act) -> Said:
    yield (act.chain, str(act.said["number"])), {"person": act.said["person"], "lead": act.said["lead"]}


def _cancelled(act: Act) -> Said:
    day, why = legal_date(act.at), act.said["reason"]
    yield (act.chain, str(act.said["number"])), {"cancelled_on": day, "reason": why}


def _removed(act: Act) -> Said:
    yield (act.chain, str(act.said["number"])), GONE


def _many_given(act: Act) -> Said:
    for row in act.said["tasks"]:
        yield (act.chain, str(row["number"])), {"person": act.said["person"]}


def _many_shifted(act: Act) -> Said:
    for row in act.said["tasks"]:
        yield (act.chain, str(row["number"])), {"due": row["due"], "due_text": ""}


def _many_cancelled(act: Act) -> Said:
    day, why = legal_date(act.at), act.said["reason"]
    for row in act.said["tasks"]:
        yield (act.chain, str(row["number"])), {"cancelled_on": day, "reason": why}


def _progress(act: Act) -> Said:
    """What is reported or measured; what units below have done comes without an entry (`rolling`), and of
    such a task this is not compared."""
    said = {"percent": act.said["percent"], "done_on": act.said["done_on"]}
    yield (act.chain, str(act.said["number"])), said


def _handed(act: Act) -> Said:
    yield (act.chain, str(act.said["number"])), {"percent": UNSURE, "done_on": UNSURE}


def _reported(act: Act) -> Said:
    said = {
        "percent": act.said["percent"],
        "line": act.said.get("line", ""),
        "document": act.said["document"],
        "by": act.by,
        "at": act.at,
        "answered_by": "",
    }
    yield (str(act.said["report"]),), said


def _answered(act: Act) -> Said:
    said = {"answer": act.kind.removeprefix("task.output_"), "answered_by": act.by, "answered_at": act.at}
    yield (str(act.said["report"]),), {**said, "reason": act.said.get("reason", "")}


def _offered(act: Act) -> Said:
    for code in act.said["units"]:
        said = {"due": act.said["due"], "state": "offered", "reason": "", "by": act.by, "answered_by": ""}
        yield (act.chain, str(act.said["number"]), code), said


def _offer_answered(act: Act) -> Said:
    key = (act.chain, str(act.said["number"]), act.said["unit"])
    said = {"state": act.said["answer"], "reason": act.said.get("reason", ""), "answered_by": act.by}
    yield key, said


def _recalled(act: Act) -> Said:
    yield (act.chain, str(act.said["number"]), act.said["unit"]), {"state": "recalled"}


PLANS = {
    "plan.begun": _begun,
    "plan.changed": _changed,
    "plan.issued": _issued,
    "plan.closed": _closed,
    "plan.document": _document,
}
TASKS = {
    "task.added": _added,
    "task.changed": _task_changed,
    "task.given": _given,
    "task.cancelled": _cancelled,
    "task.removed": _removed,
    "tasks.given": _many_given,
    "tasks.shifted": _many_shifted,
    "tasks.cancelled": _many_cancelled,
    "task.reported": _progress,
    "task.measured": _progress,
    "task.output_accepted": _progress,
    "task.output_returned": _progress,
    "task.handed_down": _handed,
    "task.hand_down_answered": _handed,
}
REPORTS = {
    "task.reported": _reported,
    "task.output_accepted": _answered,
    "task.output_returned": _answered,
}
OFFERS = {
    "task.handed_down": _offered,
    "task.hand_down_answered": _offer_answered,
    "task.recalled": _recalled,
}
ALL = frozenset({*PLANS, *TASKS, *REPORTS, *OFFERS})


def _ref(key: int | None) -> str:
    return f"person:{key}" if key else ""


HELD = (
    Table(
        "plans.Plan",
        ("plan:",),
        PLANS,
        ALL,
        standing(
            Plan.objects.all(),
            ("plan:{pk}",),
            {
                **{name: name for name in (*PLAN, "state", "number", "issued_on", "by", "at")},
                "document": "document__key",
            },
        ),
    ),
    Table(
        "plans.Task",
        ("plan:",),
        TASKS,
        ALL,
        standing(
            Task.objects.all(),
            ("plan:{plan_id}", "number"),
            {
                **{name: name for name in (*TASK, *TEXTS, "origin", "by", "at", "cancelled_on")},
                "percent": "percent",
                "done_on": "done_on",
                "lead": "lead__code",
                "person": ("person_id", _ref),
                "indicator": "indicator__code",
                "reason": "cancelled_because",
            },
        ),
    ),
    Table(
        "plans.TaskReport",
        ("plan:",),
        REPORTS,
        ALL,
        standing(
            TaskReport.objects.all(),
            ("pk",),
            {
                **{
                    name: name
                    for name in (
                        "percent",
                        "line",
                        "by",
                        "at",
                        "answer",
                        "answered_by",
                        "answered_at",
                        "reason",
                    )
                },
                "document": "document__key",
            },
        ),
    ),
    Table(
        "plans.HandDown",
        ("plan:",),
        OFFERS,
        ALL,
        standing(
            HandDown.objects.all(),
            ("plan:{task__plan_id}", "task__number", "unit__code"),
            {name: name for name in ("due", "state", "reason", "by", "answered_by")},
        ),
    ),
)
