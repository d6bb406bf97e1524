"""What must hold of plans and tasks, and how far a task is on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.plans.models import HandDown, Plan, Task
from parindex.core.kernel.numbers import exact, read_number
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.wording.terms import TERMS


LONGEST_CONTENT, LONGEST_OUTPUT, LONGEST_LINE, LONGEST_REASON = 2000, 1000, 1000, 600
MOST_TASKS = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
WHOLE = 100


class Status(StrEnum):
    """How far a task is on a day; the value is a word in addresses."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.OVERDUE})
"""What still has to be done."""
FINISHED = frozenset({Status.DONE, Status.DONE_LATE})


def status_of(task: Task, day: date) -> Status:
    """Where a task stands on a day. What was handed in and waits to be accepted is in progress, and not
    overdue if it was handed in within its time."""
    if task.cancelled_on is not None:
        return Status.CANCELLED
    if task.done_on is not None:
        late = task.due is not None and task.done_on > task.due
        return Status.DONE_LATE if late else Status.DONE
    if task.due is not None and (task.claimed_on or day) > task.due:
        return Status.OVERDUE
    begun = task.percent > 0 or task.claimed_on is not None
    return Status.IN_PROGRESS if begun else Status.NOT_STARTED


def kind_of(task: Task, *, handed: bool) -> Task.Kind:
    """What tells how far it is. `handed`: units below have taken it into their plans."""
    if handed:
        return Task.Kind.HANDED
    if task.indicator_id is not None:
        return Task.Kind.MEASURED
    return Task.Kind.DOCUMENT if task.output else Task.Kind.LINE


@dataclass(frozen=True, slots=True)
class Progress:
    """Tasks counted on a day.

    Attributes:
        total: those that were not cancelled. done, in_time: of them finished, and finished in time.
        overdue: open ones whose time is over. due: those whose time is over, finished or not, and those
            that were finished before.
        percent: how far all are, each by its weight; None where there is none.
    """

    total: int = 0
    done: int = 0
    in_time: int = 0
    overdue: int = 0
    cancelled: int = 0
    percent: Fraction | None = None

    @property
    def due(self) -> int:
        """Those that were to be finished by now, or are."""
        return self.done + self.overdue

    @property
    def open(self) -> int:
        """Those that still have to be done."""
        return self.total - self.done


def progress_of(tasks: Iterable[Task], day: date) -> Progress:
    """Count tasks as they stand on a day; the percentages are weighed by the tasks' own weights."""
    total = done = in_time = overdue = cancelled = 0
    weighed = weights = Fraction(0)
    for task in tasks:
        status = status_of(task, day)
        if status is Status.CANCELLED:
            cancelled += 1
            continue
        total += 1
        done += status in FINISHED
        in_time += status is Status.DONE
        overdue += status is Status.OVERDUE
        weight = exact(task.weight)
        weights += weight
        weighed += weight * (WHOLE if status in FINISHED else task.percent)
    percent = weighed / weights if weights else None
    return Progress(total, done, in_time, overdue, cancelled, percent)


def check_text(text: str, limit: int, *, missing: str = "") -> str:
    """One line of at most so many characters; with `missing`, the code of the refusal where it is empty.

    Raises:
        Refused: ``text_too_long``, or that.
    """
    found = " ".join(text.split())
    if missing and not found:
        raise Refused(missing)
    if len(found) > limit:
        raise Refused("text_too_long", limit=limit)
    return found


def check_year(year: int) -> None:
    """Refused ``plan_year_unusable``."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("plan_year_unusable", year=str(year))


def check_days(first: date | None, last: date | None) -> None:
    """Refused ``period_reversed``."""
    if first and last and last < first:
        raise Refused("period_reversed", first=first, last=last)


def check_draft(plan: Plan) -> None:
    """Only a draft is changed in what it says of itself. Raises Refused ``plan_not_draft``."""
    if plan.state != Plan.State.DRAFT:
        raise Refused("plan_not_draft", now=TERMS["plan"][plan.state])


def check_living(plan: Plan) -> None:
    """A closed plan is not changed any more. Raises Refused ``plan_closed``."""
    if plan.state == Plan.State.CLOSED:
        raise Refused("plan_closed")


def check_issued(plan: Plan) -> None:
    """Work is reported once the plan is issued. Raises Refused ``plan_not_issued``."""
    if plan.state != Plan.State.ISSUED:
        raise Refused("plan_not_issued", now=TERMS["plan"][plan.state])


def check_open(task: Task) -> None:
    """Neither done nor cancelled. Raises Refused ``task_over``."""
    if task.done_on is not None or task.cancelled_on is not None:
        raise Refused("task_over")


def check_area(plan: Plan, area: str) -> None:
    """One of the plan's, or none. Raises Refused ``task_area_unknown``."""
    if area and area not in {a["code"] for a in plan.areas}:
        raise Refused("task_area_unknown", area=area[:60])


def check_weight(text: str) -> str:
    """An exact number above zero. Raises Refused ``task_weight_unusable``."""
    try:
        found = read_number(text)
    except AnswerRefused:
        raise Refused("task_weight_unusable", text=text[:40]) from None
    if not 0 < found <= 1000:
        raise Refused("task_weight_unusable", text=text[:40])
    return str(found)


def check_lead(plan: Plan, lead: Unit | None) -> None:
    """The plan's unit or one below it. Raises Refused ``task_lead_elsewhere``."""
    if lead is not None and plan.unit_id not in {above.pk for above in way_up(lead)}:
        raise Refused("task_lead_elsewhere", unit=lead.name_vi)


def check_below(task: Task, unit: Unit) -> None:
    """A task goes down the tree and never round: the unit is below the plan's. Raises Refused
    ``hand_down_not_below``."""
    own, *above = way_up(unit)
    if task.plan.unit_id not in {one.pk for one in above}:
        raise Refused("hand_down_not_below", unit=own.name_vi)


def check_ended(unit: Unit, day: date) -> None:
    """The unit is no more. Raises Refused ``hand_down_unit_lives``."""
    if unit.valid_to is None or unit.valid_to >= day:
        raise Refused("hand_down_unit_lives", unit=unit.name_vi)


def check_with_it(handed: HandDown, own: Task | None) -> None:
    """The work is still with the unit: not answered yet, or taken (`own`) and not done. Raises Refused
    ``hand_down_not_with_it``."""
    if own is None and handed.state != HandDown.State.OFFERED:
        raise Refused("hand_down_not_with_it")


def check_offered(handed: HandDown) -> None:
    """Nobody has answered yet. Raises Refused ``hand_down_answered``."""
    if handed.state != HandDown.State.OFFERED:
        raise Refused("hand_down_answered", now=TERMS["hand_down"][handed.state])
