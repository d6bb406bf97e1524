"""Load and authorise plans and tasks; what their pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.queries import managed_units, people_of, units_below
from parindex.apps.organisations.roles import Act
from parindex.apps.plans.models import HandDown, Plan, Task
from parindex.apps.plans.permissions import check_do, check_edit, check_see
from parindex.apps.plans.queries import find_plan, find_task, tasks_in
from parindex.apps.plans.rules import Progress, Status, status_of
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk
from parindex.web.parts.marks import marks


BADGES = {
    Status.NOT_STARTED: "",
    Status.IN_PROGRESS: "waiting",
    Status.DONE: "done",
    Status.DONE_LATE: "done",
    Status.OVERDUE: "back",
    Status.CANCELLED: "",
}
"""How the status of a task looks."""
PLAN_BADGES = {"draft": "", "issued": "sent", "closed": "done"}
"""How the state of a plan looks."""
STANDING = (HandDown.State.OFFERED, HandDown.State.ACCEPTED)
HAND_BADGES = {"offered": "waiting", "accepted": "done", "declined": "back", "recalled": ""}


def visible_plan(request: Desk, pk: int) -> Plan:
    """A plan that the person sees. Raises Http404, NotAllowed."""
    found = find_plan(pk)
    if found is None:
        raise Http404(pk)
    check_see(request.rights, found)
    return found


def own_plan(request: Desk, pk: int) -> Plan:
    """A plan that the person makes. Raises Http404, NotAllowed."""
    found = visible_plan(request, pk)
    check_edit(request.rights, found)
    return found


def visible_task(request: Desk, pk: int) -> Task:
    """A task of a plan that the person sees. Raises Http404, NotAllowed."""
    found = find_task(pk, legal_date(request.at))
    if found is None:
        raise Http404(pk)
    check_see(request.rights, found.plan)
    return found


def planned_task(request: Desk, pk: int) -> Task:
    """A task of a plan that the person makes. Raises Http404, NotAllowed."""
    found = visible_task(request, pk)
    check_edit(request.rights, found.plan)
    return found


def done_task(request: Desk, pk: int) -> Task:
    """A task that the person may report on. Raises Http404, NotAllowed."""
    found = visible_task(request, pk)
    check_do(request.rights, found)
    return found


def planning_units(request: Desk) -> list[Unit]:
    """The living units whose plans the person makes. One query."""
    return [u for u in managed_units(request.rights, Act.PLAN_EDIT) if u.valid_to is None]


def frame(place: Unit | None) -> dict[str, Any]:
    """What every page of the room carries: a page of no plan or task yet says so."""
    return {
        "section": "start",
        "plan": None,
        "task": None,
        "units": [],
        "up": "",
        "named": "",
        **marks(place),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list, with how it stands. `units`: those asked to do it that did not say no."""

    task: Task
    status: Status
    units: Sequence[Unit] = ()

    @property
    def badge(self) -> str:
        """How it looks."""
        return BADGES[self.status]

    @property
    def left(self) -> bool:
        """Whether whoever was given it is not there any more."""
        return bool(getattr(self.task, "left", False))

    @property
    def waits(self) -> bool:
        """Whether its output was handed in and nobody has answered."""
        return self.task.claimed_on is not None and self.task.done_on is None


def lines(tasks: Iterable[Task], day: date) -> list[Line]:
    """Tasks as they stand on a day."""
    return [Line(task, status_of(task, day)) for task in tasks]


def lines_of(plan: Plan, day: date) -> list[Line]:
    """Every task of a plan as it stands on a day, with the units that it was handed down to. Two queries."""
    return [
        Line(task, status_of(task, day), [h.unit for h in task.handed_down.all() if h.state in STANDING])
        for task in tasks_in(plan, day)
    ]


def percent_text(progress: Progress) -> int:
    """How far tasks are together, in whole percent, cut off: 100 only where all are done."""
    return int(progress.percent or 0)


def hands_of(unit: Unit, request: Desk) -> tuple[list[Person], list[Unit]]:
    """Who may be given a task of a unit's plan: its people, and the units and divisions below it."""
    return people_of(unit, request.at), units_below(unit, legal_date(request.at))
