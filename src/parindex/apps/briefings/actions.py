"""What changes a briefing: each act is one transaction and one entry of the briefing's chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.briefings.drafting import drafted
from parindex.apps.briefings.facts import facts_of
from parindex.apps.briefings.models import Briefing, BriefingRevision, Conclusion
from parindex.apps.briefings.rules import (
    ConclusionWritten,
    check_draft,
    check_issue,
    check_issued,
    check_month,
    sound_conclusions,
    sound_sections,
    takes,
)
from parindex.apps.briefings.telling import tell_issued
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.rules import check_living
from parindex.apps.plans.actions import TaskWritten, add_task
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.queries import tasks_by_origin
from parindex.core.formats.canonical import digest
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.briefings import SECTIONS


State = Briefing.State
STEERING = "chi-dao"
"""The area of a plan that a conclusion's task stands in, where the plan has it."""


@dataclass(frozen=True, slots=True)
class BriefingWritten:
    """A briefing as somebody typed it: texts by section, the meeting's day, the conclusions in order."""

    sections: Mapping[str, str]
    conclusions: Sequence[ConclusionWritten] = ()
    held_on: date | None = None


def chain_of(briefing: Briefing) -> str:
    """The chain of one briefing."""
    return f"briefing:{briefing.pk}"


@transaction.atomic
def begin_briefing(*, unit: Unit, month: date, by: str, at: datetime) -> Briefing:
    """Draft a unit's briefing of a month from what is known.

    Args:
        month: any day of it.

    Raises:
        Refused: ``unit_ended``, ``briefing_ahead``, ``briefing_month_unreadable``, ``briefing_exists``.
    """
    check_living(unit)
    first, today = month.replace(day=1), legal_date(at)
    check_month(first, today)
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    if Briefing.objects.filter(unit=held, month=first).exists():
        raise Refused("briefing_exists", month=f"{first.month}/{first.year}")
    made = Briefing.objects.create(territory=way_up(unit)[-1], unit=unit, month=first, by=by, at=at)
    facts = facts_of(unit, first, today)
    sections = [{"code": c, "text": t, "drafted": t} for c, t in drafted(facts).items()]
    figures = [row.stored() for row in facts.figures.rows]
    _revise(made, sections, figures, [], kind="briefing.drafted", by=by, at=at)
    return made


@transaction.atomic
def save_briefing(
    *, briefing: Briefing, written: BriefingWritten, base: int, by: str, at: datetime
) -> Briefing:
    """Add a revision. The same again adds none.

    Args:
        base: the number of the revision that was open before the person.

    Raises:
        Refused: ``briefing_issued``, ``briefing_changed``, ``briefing_section_unknown``, ``text_too_long``,
            and what `sound_conclusions` refuses.
    """
    locked = lock(briefing)
    check_draft(locked)
    newest = newest_of(locked)
    if newest.number != base:
        raise Refused("briefing_changed", number=newest.number)
    texts = sound_sections(written.sections)
    known = addresses_below(locked.unit)
    conclusions = sound_conclusions(locked, written.conclusions, known)
    sections = [{**one, "text": texts.get(one["code"], one["text"])} for one in newest.sections]
    if locked.held_on != written.held_on:
        locked.held_on = written.held_on
        locked.save(update_fields=["held_on"])
    if (sections, conclusions) != (newest.sections, newest.conclusions):
        _revise(locked, sections, newest.figures, conclusions, kind="briefing.saved", by=by, at=at)
    return locked


@transaction.atomic
def refresh_briefing(*, briefing: Briefing, by: str, at: datetime) -> Briefing:
    """Draft anew from what is known now: the table, and each section that nobody has edited.

    Raises:
        Refused: ``briefing_issued``.
    """
    locked = lock(briefing)
    check_draft(locked)
    newest, facts = newest_of(locked), facts_of(locked.unit, locked.month, legal_date(at))
    standing = {one["code"]: one for one in newest.sections}
    sections = []
    for code, text in drafted(facts).items():
        one = standing.get(code)
        edited = one is not None and one["text"] != one["drafted"]
        sections.append({"code": code, "text": one["text"] if one and edited else text, "drafted": text})
    figures = [row.stored() for row in facts.figures.rows]
    if (sections, figures) != (newest.sections, newest.figures):
        _revise(locked, sections, figures, newest.conclusions, kind="briefing.drafted", by=by, at=at)
    return locked


@transaction.atomic
def issue_briefing(
    *, briefing: Briefing, number: str, on: date, signer: str = "", by: str, at: datetime
) -> Briefing:
    """Freeze the newest revision as the paper that was issued; units that conclusions name are told.

    Raises:
        Refused: ``briefing_issued``, ``briefing_empty``, and what `check_issue` refuses.
    """
    locked = lock(briefing)
    check_draft(locked)
    newest, said, who = newest_of(locked), one_line(number), one_line(signer)
    if not any(one["text"] for one in newest.sections):
        raise Refused("briefing_empty")
    check_issue(locked, number=said, on=on, signer=who, today=legal_date(at))
    locked.state, locked.number, locked.issued_on = State.ISSUED, said, on
    locked.signer, locked.issued_at = who, at
    locked.save()
    known = addresses_below(locked.unit)
    Conclusion.objects.bulk_create(
        Conclusion(
            briefing=locked,
            number=k,
            content=row["content"],
            unit=known.get(row["unit"]),
            due=date.fromisoformat(row["due"]) if row["due"] else None,
        )
        for k, row in enumerate(newest.conclusions, start=1)
    )
    payload = {"v": 1, "revision": newest.number, "content": content_hash(newest), "on": on.isoformat()}
    _record(locked, "briefing.issued", payload, by=by, at=at, number=said, signer=who)
    tell_issued(locked, by=by, at=at)
    return locked


@transaction.atomic
def hand_conclusions(*, briefing: Briefing, plan: Plan, by: str, at: datetime) -> list[Task]:
    """Make each conclusion whose deadline is within a plan of the unit, or that has none, a task of it; one
    that is a task already stays that one.

    Returns:
        The tasks that are new.

    Raises:
        Refused: ``briefing_not_issued``, ``conclusions_none``, ``conclusions_plan_elsewhere``,
            ``conclusions_other_days``: no deadline that is left is within the plan, or as tasks are refused.
    """
    locked = lock(briefing)
    check_issued(locked)
    rows = list(locked.conclusions.select_related("unit__parent__parent__parent"))
    if not rows:
        raise Refused("conclusions_none")
    if plan.unit_id != locked.unit_id or plan.state == Plan.State.CLOSED:
        raise Refused("conclusions_plan_elsewhere")
    known = tasks_by_origin([row.origin for row in rows])
    left = [row for row in rows if row.origin not in known]
    fitting = [row for row in left if takes(plan, row)]
    if left and not fitting:
        raise Refused("conclusions_other_days", start=plan.start, end=plan.end)
    area = STEERING if any(a["code"] == STEERING for a in plan.areas) else ""
    made = [
        add_task(plan=plan, written=_task(row, area, locked), origin=row.origin, by=by, at=at)
        for row in fitting
    ]
    if made:
        payload = {"v": 1, "plan": plan.pk, "rows": [task.origin for task in made]}
        _record(locked, "briefing.handed_on", payload, by=by, at=at)
    return made


def _task(row: Conclusion, area: str, briefing: Briefing) -> TaskWritten:
    below = row.unit if row.unit_id != briefing.unit_id else None
    return TaskWritten(content=row.content, area=area, lead=below, due=row.due)


def lock(briefing: Briefing) -> Briefing:
    """The briefing as it stands, held until the transaction ends."""
    held = Briefing.objects.select_for_update(of=("self",)).select_related(
        "unit__parent__parent__parent", "territory"
    )
    return held.get(pk=briefing.pk)


def newest_of(briefing: Briefing) -> BriefingRevision:
    """The last revision: every briefing has one."""
    return briefing.revisions.order_by("-number")[0]


def addresses_below(unit: Unit) -> dict[str, Unit]:
    """A unit and all below it that goes on, by address."""
    tree = tree_of(unit)
    return {tree.address(u): u for u in tree.walk() if u.valid_to is None}


def content_hash(revision: BriefingRevision) -> str:
    """SHA-256 over all that a revision says."""
    texts = [[one["code"], one["text"]] for one in revision.sections]
    return digest([texts, revision.figures, revision.conclusions])


def _revise(  # noqa: PLR0917  the three parts of a revision, in its order
    briefing: Briefing,
    sections: list[dict[str, str]],
    figures: list[dict[str, str]],
    conclusions: list[dict[str, str]],
    *,
    kind: str,
    by: str,
    at: datetime,
) -> BriefingRevision:
    last = briefing.revisions.order_by("-number").first()
    made = BriefingRevision.objects.create(
        briefing=briefing,
        number=last.number + 1 if last else 1,
        sections=sorted(sections, key=lambda one: list(SECTIONS).index(one["code"])),
        figures=figures,
        conclusions=conclusions,
        by=by,
        at=at,
    )
    payload = {"v": 1, "revision": made.number, "content": content_hash(made)}
    _record(briefing, kind, payload, by=by, at=at)
    return made


def _record(
    briefing: Briefing, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    subject = f"{briefing.unit.code}/{briefing.month:%Y-%m}"
    record(chain=chain_of(briefing), kind=kind, subject=subject, payload=payload, texts=texts, by=by, at=at)
