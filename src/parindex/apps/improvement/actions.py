"""Answering lost points: a draft plan in one act, or an acceptance with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.assessments.models import Handout, Participant
from parindex.apps.audit.record import hold, record
from parindex.apps.improvement.models import Acceptance
from parindex.apps.improvement.queries import standing_of
from parindex.apps.improvement.remedies import OPEN, answers_of, origin_of, plan_for
from parindex.apps.plans.actions import PlanWritten, TaskWritten, add_tasks, begin_plan
from parindex.apps.plans.models import Plan
from parindex.apps.plans.rules import LONGEST_REASON, check_text
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.improvement import Loss, losses_of
from parindex.core.kernel.numbers import decimal_text
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.rules import Deadline, PerDayLate
from parindex.core.kernel.time import legal_date
from parindex.core.wording.remedies import GROUND, TITLE, remedy_output, remedy_task


LANGUAGE = "vi"  # of what is drafted: a plan is an official paper
MOST_AREA = 60
DUE = (11, 30)
"""Until when a remedy is proposed, where the criterion's rule names no day."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft plan, and how many tasks were new to it."""

    plan: Plan
    made: int


def chain_of(participant: Participant) -> str:
    """The chain of what a unit decided about the points it lost in a round."""
    return f"remedy:{participant.pk}"


@transaction.atomic
def draft_remedies(*, participant: Participant, by: str, at: datetime) -> Drafted:
    """Give every lost point that has no answer yet a task in the unit's remediation plan of the next year,
    which is begun where there is none. Done again, it adds nothing.

    Raises:
        Refused: ``remedy_not_published``, ``remedy_nothing_lost``, ``remedy_all_answered`` where there is
            nothing to draft and no plan, or what the plan refuses.
    """
    _check_published(participant)
    hold(chain_of(participant))
    standing = standing_of(participant)
    lost = losses_of(standing.assessment, standing.unit)
    if not lost:
        raise Refused("remedy_nothing_lost")
    answers = answers_of(participant, legal_date(at))
    todo = [loss for loss in lost if answers.get(loss.code, OPEN) == OPEN]
    plan = plan_for(participant)
    if plan is None and not todo:
        raise Refused("remedy_all_answered")
    if plan is None:
        plan = _begin(participant, standing.assessment.framework, by=by, at=at)
    rows = _rows(participant, standing.assessment.framework, todo, plan=plan, day=legal_date(at))
    add_tasks(plan=plan, rows=rows, by=by, at=at)
    return Drafted(plan, len(rows))


def _begin(participant: Participant, framework: Framework, *, by: str, at: datetime) -> Plan:
    year = participant.round.year + 1
    areas = [
        {"code": area.code[:MOST_AREA], "vi": area.name.vi, "en": area.name.en} for area in framework.areas
    ]
    written = PlanWritten(
        title=TITLE.in_(LANGUAGE).format(year=year, assessed=participant.round.year),
        year=year,
        grounds=GROUND.in_(LANGUAGE).format(title=participant.round.title_vi),
        areas=areas,
    )
    return begin_plan(
        unit=participant.unit, written=written, remedies_year=participant.round.year, by=by, at=at
    )


def _rows(
    participant: Participant, framework: Framework, todo: Sequence[Loss], *, plan: Plan, day: date
) -> list[tuple[TaskWritten, str]]:
    """A task for each lost point: what, by whom, until when, for how many points. One query."""
    known = {area["code"] for area in plan.areas}
    homes = {leaf.code: area.code[:MOST_AREA] for area in framework.areas for leaf in area.walk()}
    handed = {
        h.leaf: h for h in Handout.objects.filter(participant=participant).select_related("person", "unit")
    }
    rows = []
    for loss in todo:
        handout, leaf = handed.get(loss.code), framework.leaves.get(loss.code)
        person = handout.person if handout and handout.person and handout.person.is_active else None
        lead = handout.unit if handout else None
        area = homes.get(loss.code, "")
        written = TaskWritten(
            content=remedy_task(leaf, loss.cause, LANGUAGE),
            output=remedy_output(loss.cause, LANGUAGE),
            area=area if area in known else "",
            person=person,
            lead=lead if lead and lead.parent_id == plan.unit_id else None,
            due=_due(leaf.rule if leaf else None, plan.year, day),
            criterion=loss.code if leaf else "",
            gain=decimal_text(loss.points),
        )
        rows.append((written, origin_of(participant, loss.code)))
    return rows


def _due(rule: object, year: int, day: date) -> date:
    """The rule's own day in the plan's year while it is still to come, else `DUE`."""
    if isinstance(rule, Deadline | PerDayLate):
        month, last = rule.due.month, min(rule.due.day, 28) if rule.due.month == 2 else rule.due.day
        own = date(year, month, last)
        if own > day:
            return own
    return date(year, *DUE)


@transaction.atomic
def accept_loss(*, participant: Participant, code: str, reason: str, by: str, at: datetime) -> Acceptance:
    """Record that a lost point is accepted, and why. The same reason again changes nothing; another one takes
    the place of the first.

    Raises:
        Refused: ``remedy_not_published``, ``remedy_nothing_lost``, ``remedy_has_task``,
            ``acceptance_reason_missing``, ``text_too_long``.
    """
    _check_published(participant)
    hold(chain_of(participant))
    said = check_text(reason, LONGEST_REASON, missing="acceptance_reason_missing")
    standing = standing_of(participant)
    if code not in {loss.code for loss in losses_of(standing.assessment, standing.unit)}:
        raise Refused("remedy_nothing_lost")
    answer = answers_of(participant, legal_date(at)).get(code, OPEN)
    kept = answer.acceptance
    if kept is not None and kept.reason == said:
        return kept
    if kept is None and not answer.is_open:
        raise Refused("remedy_has_task")
    if kept is not None:
        _withdraw(kept, by=by, at=at)
    made = Acceptance.objects.create(participant=participant, code=code, reason=said, by=by, at=at)
    _record(made, "loss.accepted", {"reason": said}, by=by, at=at)
    return made


@transaction.atomic
def withdraw_acceptance(*, acceptance: Acceptance, by: str, at: datetime) -> Acceptance:
    """The loss is not accepted any more, and open again. Raises Refused ``acceptance_withdrawn``."""
    hold(chain_of(acceptance.participant))
    locked = Acceptance.objects.select_for_update().get(pk=acceptance.pk)
    locked.participant = acceptance.participant
    if locked.withdrawn_at is not None:
        raise Refused("acceptance_withdrawn")
    _withdraw(locked, by=by, at=at)
    _record(locked, "loss.reopened", {}, by=by, at=at)
    return locked


def _withdraw(acceptance: Acceptance, *, by: str, at: datetime) -> None:
    acceptance.withdrawn_by, acceptance.withdrawn_at = by, at
    acceptance.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _check_published(participant: Participant) -> None:
    if not participant.round.is_out:
        raise Refused("remedy_not_published")


def _record(acceptance: Acceptance, kind: str, texts: dict[str, str], *, by: str, at: datetime) -> None:
    participant = acceptance.participant
    record(
        chain=chain_of(participant),
        kind=kind,
        subject=f"{participant.round.code}/{participant.unit.code}/{acceptance.code}",
        payload={"v": 1, "leaf": acceptance.code},
        texts=texts,
        by=by,
        at=at,
    )
