"""What the head of a unit answers for in a year: tasks, what is done and overdue, and the points on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from parindex.apps.improvement.unanswered import Unanswered, unanswered_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.queries.reaching import holding_in
from parindex.apps.organisations.roles import Role
from parindex.apps.plans.models import Task
from parindex.apps.plans.queries import tasks_of
from parindex.apps.plans.rules import FINISHED, Status, status_of
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.time import legal_date


@dataclass(frozen=True, slots=True)
class DutyTask:
    """One task with where it stands on the day."""

    task: Task
    status: Status

    @property
    def gain(self) -> Fraction | None:
        """Points expected of it; None where nothing is said."""
        return exact(self.task.gain) if self.task.gain else None


@dataclass(frozen=True)
class Duties:
    """What hangs on the head of one unit in a year.

    Attributes:
        heads: by name.
        tasks: the head's: given to them by name, or the unit's own that nobody was given. Cancelled ones are
            left out.
        others: tasks of the unit that somebody else was given.
        unanswered: of the newest published result; None without one.
    """

    unit: Unit
    heads: Sequence[str]
    tasks: Sequence[DutyTask]
    others: Sequence[DutyTask] = field(default_factory=list)
    unanswered: Unanswered | None = None

    @property
    def overdue(self) -> Sequence[DutyTask]:
        """Whose time is over."""
        return [t for t in self.tasks if t.status is Status.OVERDUE]

    @property
    def open(self) -> Sequence[DutyTask]:
        """Still to be done, in time."""
        return [t for t in self.tasks if t.status in (Status.NOT_STARTED, Status.IN_PROGRESS)]

    @property
    def done(self) -> Sequence[DutyTask]:
        """Finished, in time or late."""
        return [t for t in self.tasks if t.status in FINISHED]

    @property
    def others_overdue(self) -> int:
        """Of what somebody else was given."""
        return sum(t.status is Status.OVERDUE for t in self.others)

    @property
    def hanging(self) -> Fraction:
        """Points that the head's unfinished tasks are to bring."""
        return _points([*self.overdue, *self.open])

    @property
    def brought(self) -> Fraction:
        """Points that the head's finished tasks were to bring."""
        return _points(self.done)


def _points(tasks: Sequence[DutyTask]) -> Fraction:
    return sum((t.gain for t in tasks if t.gain is not None), Fraction(0))


def duties_of(units: Sequence[Unit], year: int, at: datetime) -> list[Duties]:
    """Of the heads of some units. Nine queries at most, however many units."""
    keys = [unit.pk for unit in units]
    holding = holding_in(keys, [Role.HEAD], at)
    names = names_of({ref for refs in holding.values() for ref in refs})
    by_unit: dict[int, list[Task]] = {}
    for task in tasks_of(keys, year):
        by_unit.setdefault(task.plan.unit_id, []).append(task)
    open_ = unanswered_of(keys)
    day = legal_date(at)
    return [
        replace(
            _duties(
                unit, holding.get((unit.pk, Role.HEAD), []), by_unit.get(unit.pk, []), names=names, day=day
            ),
            unanswered=open_.get(unit.pk),
        )
        for unit in units
    ]


def _duties(
    unit: Unit, heads: Collection[str], tasks: Sequence[Task], *, names: Mapping[str, str], day: date
) -> Duties:
    found = [DutyTask(task, status_of(task, day)) for task in tasks]
    found = [one for one in found if one.status is not Status.CANCELLED]
    found.sort(key=lambda one: (one.task.due or date.max, one.task.pk))
    own = [one for one in found if _is_heads(one.task, unit, heads)]
    return Duties(unit, [names[ref] for ref in heads], own, [one for one in found if one not in own])


def _is_heads(task: Task, unit: Unit, heads: Collection[str]) -> bool:
    """Given to the head by name, or the unit's own with nobody named."""
    if task.person is not None:
        return task.person.ref in heads
    return task.lead_id in (None, unit.pk)
