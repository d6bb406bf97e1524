"""Tasks as work: whose, until when, how far; by units, persons, criteria and what they answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Person
from parindex.apps.plans.models import Plan, Task, TaskReport
from parindex.apps.plans.owners import with_left
from parindex.apps.plans.rules import Progress, progress_of


SOON = timedelta(days=7)
_OPEN = Q(done_on=None, cancelled_on=None)


def _issued() -> QuerySet[Task]:
    found = Task.objects.filter(plan__state=Plan.State.ISSUED)
    return found.select_related("plan__unit", "lead", "person", "indicator")


def tasks_of(units: Collection[int], year: int) -> list[Task]:
    """Every task of the issued and closed plans of some units for a year. One query."""
    found = Task.objects.filter(plan__unit__in=units, plan__year=year).exclude(plan__state=Plan.State.DRAFT)
    return list(found.select_related("plan__unit", "lead", "person", "indicator"))


def overdue_on(units: Collection[int], day: date) -> list[Task]:
    """Open tasks whose time was over on a day, longest first; what was handed in within its time is not
    among them. One query."""
    late = Q(claimed_on=None, due__lt=day) | Q(claimed_on__isnull=False)
    found = _issued().filter(_OPEN, late, plan__unit__in=units, due__lt=day).order_by("due", "pk")
    return [t for t in found if t.claimed_on is None or (t.due is not None and t.claimed_on > t.due)]


def due_between(units: Collection[int], first: date, last: date) -> list[Task]:
    """Open tasks that are due in a stretch of days, soonest first. One query."""
    found = _issued().filter(_OPEN, plan__unit__in=units, due__gte=first, due__lte=last)
    return list(found.order_by("due", "pk"))


def plan_counts(units: Collection[int], year: int, day: date) -> dict[int, Progress]:
    """By unit: its tasks of a year as they stand on a day, of all its issued plans. One query."""
    by_unit: dict[int, list[Task]] = {}
    for task in tasks_of(units, year):
        by_unit.setdefault(task.plan.unit_id, []).append(task)
    return {unit: progress_of(tasks, day) for unit, tasks in by_unit.items()}


def tasks_by_origin(origins: Collection[str]) -> dict[str, Task]:
    """What answers each origin: its task, the last one where more plans have one. One query."""
    found = Task.objects.filter(origin__in=origins).exclude(origin="")
    rows = found.select_related("plan__unit", "lead", "person", "indicator").order_by("pk")
    return {task.origin: task for task in rows}


@dataclass(frozen=True, slots=True)
class Work:
    """What lies before one person on a day, each soonest first.

    Attributes:
        overdue, soon, later: theirs by name. nobodys: tasks of their units that nobody was given, or somebody
            who has left.
    """

    overdue: list[Task]
    soon: list[Task]
    later: list[Task]
    nobodys: list[Task]

    @property
    def count(self) -> int:
        """How many are theirs."""
        return len(self.overdue) + len(self.soon) + len(self.later)


def work_of(person: Person, units: Collection[int], day: date) -> Work:
    """Open tasks of issued plans: the person's own, and of the units in which they do tasks those that nobody
    was given, or somebody who has left. One query; what was handed in and waits is not before them."""
    theirs = Q(lead__in=units) | Q(lead=None, plan__unit__in=units)
    mine = Q(person=person) | (Q(person=None) | Q(left=True)) & theirs
    found = with_left(_issued(), day).filter(_OPEN, mine, claimed_on=None, indicator=None, children=None)
    rows = sorted(found, key=lambda t: (t.due or date.max, t.pk))
    own = [t for t in rows if t.person_id == person.pk]
    return Work(
        [t for t in own if t.due is not None and t.due < day],
        [t for t in own if t.due is not None and day <= t.due <= day + SOON],
        [t for t in own if t.due is None or t.due > day + SOON],
        [t for t in rows if t.person_id != person.pk],
    )


def output_of(task: Task, key: str) -> Document | None:
    """A document that a report on the task came with. One query."""
    kept = Document.objects.select_related("content").defer("text")
    return kept.filter(key=key, task_reports__task=task).first()


def documents_for(unit: int, year: int, *, remedies: bool = False) -> dict[str, list[Document]]:
    """By criterion of the year's set: the documents of a unit's tasks of a year that prove them: accepted
    outputs and proofs of finished tasks. One query.

    `remedies`: those of plans that answer lost points instead, by criterion of the set of the year that they
    answer.
    """
    proof = Q(answer=TaskReport.Answer.ACCEPTED) | Q(answer=TaskReport.Answer.NONE)
    found = (
        TaskReport.objects.filter(
            proof,
            task__plan__unit=unit,
            task__plan__year=year,
            task__plan__remedies_year__isnull=not remedies,
            task__done_on__isnull=False,
            document__isnull=False,
            document__erased_at=None,
        )
        .exclude(task__criterion="")
        .select_related("document", "task")
        .order_by("pk")
    )
    by_criterion: dict[str, dict[int, Document]] = {}
    for report in found:
        if report.document is not None:
            by_criterion.setdefault(report.task.criterion, {})[report.document.pk] = report.document
    return {code: list(documents.values()) for code, documents in by_criterion.items()}
