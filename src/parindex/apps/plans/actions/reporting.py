"""Saying how far a task is; handing in its output; accepting it or giving it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.evidence.models import Document
from parindex.apps.plans.actions.planning import chain_of
from parindex.apps.plans.actions.tasks import lock_task
from parindex.apps.plans.models import Task, TaskReport
from parindex.apps.plans.rolling import roll_up
from parindex.apps.plans.rules import (
    LONGEST_LINE,
    LONGEST_REASON,
    WHOLE,
    check_issued,
    check_open,
    check_text,
    kind_of,
)
from parindex.apps.plans.telling import tell_claimed, tell_output
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


Answer = TaskReport.Answer


@transaction.atomic
def report_progress(
    *, task: Task, percent: int, line: str, document: Document | None = None, by: str, at: datetime
) -> TaskReport:
    """Say how far a task of an issued plan is, with a document as proof where there is one.

    A task without output is done at 100. One with an output is handed in at 100 with its document, and done
    when that is accepted, as of the day it was handed in. The same words again add nothing.

    Raises:
        Refused: ``plan_not_issued``, ``task_over``, ``task_measured``: its indicator tells; ``task_below``:
            the units tell that it was handed down to; ``task_percent``, ``task_line_missing``,
            ``task_document_missing``, ``document_elsewhere``, ``task_waiting``: what was handed in waits.
    """
    locked = lock_task(task)
    check_issued(locked.plan)
    check_open(locked)
    kind = _own_kind(locked)
    if not 0 <= percent <= WHOLE:
        raise Refused("task_percent")
    said = check_text(line, LONGEST_LINE, missing="task_line_missing")
    if locked.claimed_on is not None:
        raise Refused("task_waiting")
    if document is not None and document.unit_id not in {locked.plan.unit_id, locked.lead_id}:
        raise Refused("document_elsewhere")
    claims = kind is Task.Kind.DOCUMENT and percent == WHOLE
    if claims and document is None:
        raise Refused("task_document_missing")
    last = locked.reports.order_by("-pk").first()
    same = last is not None and (last.percent, last.line, last.document_id, last.by) == (
        percent,
        said,
        document and document.pk,
        by,
    )
    if same and last is not None and last.answer == Answer.NONE:
        return last
    report = TaskReport.objects.create(
        task=locked,
        percent=percent,
        line=said,
        document=document,
        by=by,
        at=at,
        answer=Answer.WAITING if claims else Answer.NONE,
    )
    _count(locked, report, by=by, at=at)
    return report


def _own_kind(task: Task) -> Task.Kind:
    kind = kind_of(task, handed=task.children.filter(cancelled_on=None).exists())
    if kind is Task.Kind.MEASURED:
        raise Refused("task_measured")
    if kind is Task.Kind.HANDED:
        raise Refused("task_below")
    return kind


def _count(task: Task, report: TaskReport, *, by: str, at: datetime) -> None:
    """What a report makes of its task."""
    task.percent, day = report.percent, legal_date(at)
    claims = report.answer == Answer.WAITING
    if claims:
        task.claimed_on = day
    elif report.percent == WHOLE:
        task.done_on = day
    task.save(update_fields=["percent", "claimed_on", "done_on"])
    _record(task, "task.reported", report, line=report.line, by=by, at=at)
    if claims:
        tell_claimed(task, by=by, at=at)
    roll_up(task.parent)


@transaction.atomic
def accept_output(*, report: TaskReport, by: str, at: datetime) -> Task:
    """What was handed in is the output: the task is done, on the day it was handed in.

    Raises:
        Refused: ``output_answered``, ``task_over``, ``output_own_work``: whoever handed it in does not
            accept it.
    """
    locked, task = _waiting(report)
    if locked.by == by:
        raise Refused("output_own_work")
    task.done_on, task.claimed_on, task.percent = task.claimed_on, None, WHOLE
    task.save(update_fields=["done_on", "claimed_on", "percent"])
    _answer(locked, task, Answer.ACCEPTED, by=by, at=at)
    tell_output(task, "task_accepted", to=locked.by, by=by, at=at)
    roll_up(task.parent)
    return task


@transaction.atomic
def return_output(*, report: TaskReport, reason: str, by: str, at: datetime) -> Task:
    """What was handed in is not yet the output; the task is open again.

    Raises:
        Refused: ``output_answered``, ``task_over``, ``task_reason_missing``, ``text_too_long``.
    """
    locked, task = _waiting(report)
    said = check_text(reason, LONGEST_REASON, missing="task_reason_missing")
    before = task.reports.filter(pk__lt=locked.pk).order_by("-pk").values_list("percent", flat=True).first()
    task.claimed_on, task.percent = None, min(before or 0, WHOLE - 1)
    task.save(update_fields=["claimed_on", "percent"])
    _answer(locked, task, Answer.RETURNED, reason=said, by=by, at=at)
    tell_output(task, "task_returned", to=locked.by, by=by, at=at, reason=said)
    roll_up(task.parent)
    return task


def _waiting(report: TaskReport) -> tuple[TaskReport, Task]:
    task = lock_task(report.task)
    check_issued(task.plan)
    locked = TaskReport.objects.get(pk=report.pk)
    if locked.answer != Answer.WAITING:
        raise Refused("output_answered")
    check_open(task)
    return locked, task


def _answer(report: TaskReport, task: Task, answer: str, *, reason: str = "", by: str, at: datetime) -> None:
    report.answer, report.answered_by, report.answered_at, report.reason = answer, by, at, reason
    report.save(update_fields=["answer", "answered_by", "answered_at", "reason"])
    _record(task, f"task.output_{answer}", report, reason=reason, by=by, at=at)


def _record(task: Task, kind: str, report: TaskReport, *, by: str, at: datetime, **texts: str) -> None:
    payload = {
        "v": 1,
        "number": task.number,
        "report": report.pk,
        "percent": task.percent,
        "document": report.document.key if report.document else "",
        "done_on": task.done_on.isoformat() if task.done_on else "",
    }
    subject = f"{task.plan.unit.code}/{task.plan.year}/{task.number}"
    record(chain=chain_of(task.plan), kind=kind, subject=subject, payload=payload, texts=texts, by=by, at=at)
