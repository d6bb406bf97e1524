"""What became of every lost point: a task, an acceptance, or nothing yet; and what of it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.models import Acceptance
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.rules import FINISHED, Status, status_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit decided about one lost point.

    `task`: the last one that answers it; `status`: where it stands on a day.
    """

    task: Task | None = None
    status: Status | None = None
    acceptance: Acceptance | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing answers it: neither a task that goes on or is done, nor an acceptance."""
        return self.acceptance is None and (self.task is None or self.status is Status.CANCELLED)

    @property
    def is_done(self) -> bool:
        """Whether its task is finished."""
        return self.status in FINISHED


OPEN = Answer()


ORIGIN = "lost:"
"""How the origin of every task begins that answers a lost point."""


def origin_of(participant: Participant, code: str) -> str:
    """How a task names the lost point that it answers."""
    return f"{ORIGIN}{participant.round.code}/{code}"


def answers_of(participant: Participant, day: date) -> dict[str, Answer]:
    """What answers the unit's lost points, by code. Two queries."""
    prefix = origin_of(participant, "")
    found = Task.objects.filter(plan__unit=participant.unit_id, origin__startswith=prefix)
    rows = found.select_related("plan__unit", "lead", "person").order_by("pk")
    tasks: dict[str, Task] = {task.origin.removeprefix(prefix): task for task in rows}
    accepted = {a.code: a for a in participant.acceptances.filter(withdrawn_at=None)}
    return {
        code: Answer(
            tasks.get(code),
            status_of(tasks[code], day) if code in tasks else None,
            accepted.get(code),
        )
        for code in (*tasks, *(c for c in accepted if c not in tasks))
    }


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lost points are answered, and how."""

    tasks: int
    done: int
    accepted: int
    open: int


def counted(codes: Iterable[str], answers: Mapping[str, Answer]) -> Counts:
    """Over the lost points of a unit."""
    found = [answers.get(code, OPEN) for code in codes]
    return Counts(
        tasks=sum(a.task is not None and a.status is not Status.CANCELLED for a in found),
        done=sum(a.is_done for a in found),
        accepted=sum(a.acceptance is not None for a in found),
        open=sum(a.is_open for a in found),
    )


def plan_shown(participant: Participant) -> Plan | None:
    """The unit's plan that answers this year: as `plan_for`, else a closed one. One query."""
    plans = Plan.objects.filter(unit=participant.unit_id, remedies_year=participant.round.year)
    found = plans.select_related("unit", "territory")
    order = [state.value for state in Plan.State]
    return min(found, key=lambda plan: (order.index(plan.state), -plan.pk), default=None)


def plan_for(participant: Participant) -> Plan | None:
    """The unit's plan that answers this year and can still be added to: a draft before an issued one, the
    newest first. One query."""
    plans = Plan.objects.filter(unit=participant.unit_id, remedies_year=participant.round.year)
    found = plans.exclude(state=Plan.State.CLOSED).select_related("unit", "territory")
    return min(found, key=lambda plan: (plan.state != Plan.State.DRAFT, -plan.pk), default=None)
