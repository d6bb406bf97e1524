"""What must hold of plans, visits, findings and answers; where each stands by the clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from parindex.apps.inspections.models import Finding, Plan, Question, Recommendation, Visit
from parindex.core.kernel.problems import Refused
from parindex.core.wording.terms import TERMS


LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE, LONGEST_NAME, LONGEST_NUMBER = 300, 4000, 1000, 250, 100
LONGEST_RECOMMENDATION, LONGEST_REASON, LONGEST_KEY = 2000, 600, 40
LONGEST_VISIT = timedelta(days=60)
LONGEST_DEADLINE = timedelta(days=2 * 366)
MOST_PHOTOS, MOST_DOCUMENTS, MOST_TEAM = 12, 10, 20
SOON = timedelta(days=7)
FIRST_YEAR = 2000
PLAN_STEPS: dict[str, Collection[str]] = {
    "change": (Plan.State.DRAFT,),
    "add": (Plan.State.DRAFT, Plan.State.ISSUED),
    "issue": (Plan.State.DRAFT,),
    "close": (Plan.State.ISSUED,),
}
"""From which states of a plan each step may be taken."""
VISIT_STEPS: dict[str, Collection[str]] = {
    "change": (Visit.State.PLANNED,),
    "team": (Visit.State.PLANNED, Visit.State.RUNNING, Visit.State.CONCLUDED),
    "cancel": (Visit.State.PLANNED,),
    "begin": (Visit.State.PLANNED,),
    "inspect": (Visit.State.RUNNING,),
    "conclude": (Visit.State.RUNNING,),
    "remedy": (Visit.State.CONCLUDED,),
    "paper": (Visit.State.RUNNING, Visit.State.CONCLUDED, Visit.State.CLOSED),
    "close": (Visit.State.CONCLUDED,),
}
"""From which states of a visit each step may be taken."""


class Status(StrEnum):
    """Where a recommendation stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


def status_of(recommendation: Recommendation, day: date) -> Status:
    """Open until its day is over, then overdue; whoever has answered waits for who verifies."""
    state = recommendation.state
    if state == Recommendation.State.OPEN:
        return Status.OVERDUE if day > recommendation.due else Status.OPEN
    return Status(state)


def was_in_time(recommendation: Recommendation) -> bool:
    """Whether what was accepted was answered by its day."""
    on = recommendation.answered_on
    return (
        recommendation.state == Recommendation.State.VERIFIED and on is not None and on <= recommendation.due
    )


class Stage(StrEnum):
    """Where a visit stands on a day."""

    DRAFT = "draft"
    PLANNED = "planned"
    DUE = "due"
    MISSED = "missed"
    RUNNING = "running"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    CANCELLED = "cancelled"


def stage_of(visit: Visit, day: date) -> Stage:
    """As stored, but what is planned may be due on that day, or missed."""
    if visit.state != Visit.State.PLANNED:
        return Stage(visit.state)
    if visit.plan.state == Plan.State.DRAFT:
        return Stage.DRAFT
    if day < visit.starts:
        return Stage.PLANNED
    return Stage.DUE if day <= visit.ends else Stage.MISSED


def is_shown_to_unit(visit: Visit, day: date) -> bool:
    """Whether the unit may know of it: announced ones once the plan is issued, others on their day."""
    if visit.plan.state == Plan.State.DRAFT or visit.state == Visit.State.CANCELLED:
        return False
    return visit.announced or visit.state != Visit.State.PLANNED or day >= visit.starts


def is_told_to_unit(visit: Visit) -> bool:
    """Whether the unit may read what was found: once it is concluded."""
    return visit.state in (Visit.State.CONCLUDED, Visit.State.CLOSED)


def check_plan_step(plan: Plan, step: str) -> None:
    """The step may be taken now. Raises Refused ``inspection_plan_not_now``."""
    if plan.state not in PLAN_STEPS[step]:
        raise Refused("inspection_plan_not_now", now=TERMS["inspection_plan"][plan.state])


def check_visit_step(visit: Visit, step: str) -> None:
    """The step may be taken now. Raises Refused ``inspection_not_now``."""
    if visit.state not in VISIT_STEPS[step]:
        raise Refused("inspection_not_now", now=TERMS["inspection"][visit.state])


def check_key(key: str) -> None:
    """A form has its key, by which a second sending is known. Raises Refused ``inspection_key_missing``."""
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isalnum():
        raise Refused("inspection_key_missing")


def check_text(text: str, limit: int, missing: str = "") -> None:
    """A text that fits, and is there where `missing` names a refusal. Raises it, or ``text_too_long``."""
    if missing and not text:
        raise Refused(missing)
    if len(text) > limit:
        raise Refused("text_too_long", limit=limit)


def check_year(year: int, today: date) -> None:
    """A plan is of a year up to the next one. Raises Refused ``inspection_year``."""
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Refused("inspection_year", year=str(year), first=FIRST_YEAR, last=str(today.year + 1))


def check_issued(number: str, on: date | None, today: date) -> None:
    """Number and date of what is issued, not of a day to come.

    Raises:
        Refused: ``inspection_number_missing``, ``text_too_long``, ``inspection_date_missing``,
            ``inspection_date_ahead``.
    """
    check_text(number, LONGEST_NUMBER, "inspection_number_missing")
    check_signed_on(on, today)


def check_signed_on(on: date | None, today: date) -> None:
    """A date, not one to come. Raises Refused ``inspection_date_missing``, ``inspection_date_ahead``."""
    if on is None:
        raise Refused("inspection_date_missing")
    if on > today:
        raise Refused("inspection_date_ahead", on=on)


def check_days(starts: date | None, ends: date | None, year: int) -> tuple[date, date]:
    """First and last day of a visit.

    Raises:
        Refused: ``inspection_days_missing``; ``inspection_days_reversed``; ``inspection_days_long``;
            ``inspection_days_year``: it begins before the plan's year, or after the March that follows
            it, until when one may be put off.
    """
    if starts is None or ends is None:
        raise Refused("inspection_days_missing")
    if ends < starts:
        raise Refused("inspection_days_reversed", starts=starts, ends=ends)
    if ends - starts > LONGEST_VISIT:
        raise Refused("inspection_days_long", limit=LONGEST_VISIT.days)
    if not date(year, 1, 1) <= starts <= date(year + 1, 3, 31):
        raise Refused("inspection_days_year", starts=starts, year=str(year))
    return starts, ends


def check_areas(areas: Collection[str], known: Collection[str]) -> None:
    """At least one, each known. Raises Refused ``inspection_areas_missing``, ``inspection_area_unknown``."""
    if not areas:
        raise Refused("inspection_areas_missing")
    for code in areas:
        if code not in known:
            raise Refused("inspection_area_unknown", area=code[:40])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody for a team. `here`: holds a role in the territory that day. `own`: holds one in the unit."""

    key: int
    name: str
    here: bool
    own: bool


def check_team(team: Iterable[Candidate], leader: int, unit: str) -> None:
    """A team with a leader of people who are there and do not inspect their own unit.

    Raises:
        Refused: ``inspection_team_missing``, ``inspection_leader_missing``, ``inspection_team_large``;
            ``inspection_person_left``; ``inspection_own_unit``.
    """
    people = list(team)
    if not people:
        raise Refused("inspection_team_missing")
    if len(people) > MOST_TEAM:
        raise Refused("inspection_team_large", limit=MOST_TEAM)
    if leader not in {one.key for one in people}:
        raise Refused("inspection_leader_missing")
    for one in people:
        if not one.here:
            raise Refused("inspection_person_left", person=one.name)
        if one.own:
            raise Refused("inspection_own_unit", person=one.name, unit=unit)


def check_begin(visit: Visit, day: date) -> None:
    """It may begin: its plan is issued, its first day has come.

    Raises:
        Refused: ``inspection_not_now``, ``inspection_plan_draft``, ``inspection_too_early``.
    """
    check_visit_step(visit, "begin")
    if visit.plan.state == Plan.State.DRAFT:
        raise Refused("inspection_plan_draft")
    if day < visit.starts:
        raise Refused("inspection_too_early", starts=visit.starts)


def check_met(met: str) -> None:
    """One of the answers. Raises Refused ``inspection_choice``."""
    if met not in Question.Met.values:
        raise Refused("inspection_choice", text=met[:40])


def check_severity(severity: str) -> None:
    """One of the grades. Raises Refused ``inspection_severity_missing``."""
    if severity not in Finding.Severity.values:
        raise Refused("inspection_severity_missing")


def check_due(due: date | None, today: date) -> date:
    """A deadline to come, within two years.

    Raises:
        Refused: ``inspection_due_missing``, ``inspection_due_past``, ``inspection_due_far``.
    """
    if due is None:
        raise Refused("inspection_due_missing")
    if due < today:
        raise Refused("inspection_due_past", due=due)
    if due > today + LONGEST_DEADLINE:
        raise Refused("inspection_due_far", due=due)
    return due


def check_conclusion(unseen: int, bare: Collection[int], *, rest_unseen: bool) -> None:
    """All was looked at or said not to have been; what is graver than a remark has a recommendation.

    Args:
        unseen: how many questions nobody answered. bare: numbers of findings that recommend nothing.

    Raises:
        Refused: ``inspection_unseen``, ``inspection_bare``.
    """
    if unseen and not rest_unseen:
        raise Refused("inspection_unseen", count=unseen)
    if bare:
        raise Refused("inspection_bare", numbers=tuple(str(n) for n in sorted(bare)))


def check_answerable(recommendation: Recommendation) -> None:
    """The unit has not answered yet, or its answer was returned. Raises Refused ``inspection_answered``."""
    if recommendation.state != Recommendation.State.OPEN:
        raise Refused("inspection_answered", now=TERMS["remedy"][recommendation.state])


def check_verifiable(recommendation: Recommendation) -> None:
    """There is an answer to look at. Raises Refused ``inspection_unanswered``."""
    if recommendation.state != Recommendation.State.ANSWERED:
        raise Refused("inspection_unanswered", now=TERMS["remedy"][recommendation.state])


def check_close(left: int, *, numbered: bool) -> None:
    """Everything is put right, and the conclusion was issued.

    Raises:
        Refused: ``inspection_remedies_left``, ``inspection_unnumbered``.
    """
    if left:
        raise Refused("inspection_remedies_left", count=left)
    if not numbered:
        raise Refused("inspection_unnumbered")
