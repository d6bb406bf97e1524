"""Making a plan, issuing it, closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import check_living as check_unit_living
from parindex.apps.plans.areas import default_areas
from parindex.apps.plans.models import Plan
from parindex.apps.plans.rules import check_days, check_draft, check_issued, check_text, check_year
from parindex.apps.plans.telling import tell_plan_issued
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


LONGEST_TITLE, LONGEST_THEME, LONGEST_NUMBER, LONGEST_GROUNDS = 300, 500, 100, 5000


@dataclass(frozen=True, slots=True)
class PlanWritten:
    """A plan as somebody typed it; see `parindex.apps.plans.models.Plan`.

    `start`, `end`: None: the first and last day of the year. `areas`: none: the usual ones.
    """

    title: str
    year: int
    theme: str = ""
    grounds: str = ""
    start: date | None = None
    end: date | None = None
    issue_by: date | None = None
    areas: Sequence[Mapping[str, str]] = field(default_factory=default_areas)


def chain_of(plan: Plan) -> str:
    """The chain of one plan and its tasks."""
    return f"plan:{plan.pk}"


@transaction.atomic
def begin_plan(
    *, unit: Unit, written: PlanWritten, remedies_year: int | None = None, by: str, at: datetime
) -> Plan:
    """Begin a plan of a unit, as a draft.

    Raises:
        Refused: ``unit_ended``, ``plan_title_missing``, ``plan_year_unusable``, ``period_reversed``,
            ``text_too_long``.
    """
    check_unit_living(unit)
    said = _said(written)
    made = Plan.objects.create(
        unit=unit, territory=way_up(unit)[-1], remedies_year=remedies_year, by=by, at=at, **said
    )
    _record(made, "plan.begun", said, by=by, at=at)
    return made


@transaction.atomic
def change_plan(*, plan: Plan, written: PlanWritten, by: str, at: datetime) -> Plan:
    """Say anew what a draft says of itself. The same again changes nothing.

    Raises:
        Refused: as `begin_plan`; ``plan_not_draft``.
    """
    locked = lock_plan(plan)
    check_draft(locked)
    said = _said(written)
    used = set(locked.tasks.exclude(area="").values_list("area", flat=True))
    for code in sorted(used - {a["code"] for a in written.areas}):
        raise Refused("plan_area_used", area=locked.area_name(code).vi)
    if all(getattr(locked, name) == value for name, value in said.items()):
        return locked
    for name, value in said.items():
        setattr(locked, name, value)
    locked.save()
    _record(locked, "plan.changed", said, by=by, at=at)
    return locked


def _said(written: PlanWritten) -> dict[str, object]:
    check_year(written.year)
    start = written.start or date(written.year, 1, 1)
    end = written.end or date(written.year, 12, 31)
    check_days(start, end)
    grounds = "\n".join(line for raw in written.grounds.splitlines() if (line := " ".join(raw.split())))
    if len(grounds) > LONGEST_GROUNDS:
        raise Refused("text_too_long", limit=LONGEST_GROUNDS)
    return {
        "title": check_text(written.title, LONGEST_TITLE, missing="plan_title_missing"),
        "year": written.year,
        "theme": check_text(written.theme, LONGEST_THEME),
        "grounds": grounds,
        "start": start,
        "end": end,
        "issue_by": written.issue_by,
        "areas": [dict(area) for area in written.areas],
    }


@transaction.atomic
def issue_plan(*, plan: Plan, number: str, issued_on: date, by: str, at: datetime) -> Plan:
    """The plan was signed: its number and date; from now on work is reported.

    Raises:
        Refused: ``plan_not_draft``, ``plan_number_missing``, ``plan_number_taken``, ``plan_empty``,
            ``plan_date_ahead``.
    """
    locked = lock_plan(plan)
    check_draft(locked)
    said = check_text(number, LONGEST_NUMBER, missing="plan_number_missing")
    if issued_on > legal_date(at):
        raise Refused("plan_date_ahead", day=issued_on)
    if not locked.tasks.exists():
        raise Refused("plan_empty")
    if Plan.objects.filter(unit=locked.unit_id, year=locked.year, number=said).exists():
        raise Refused("plan_number_taken", number=said)
    locked.number, locked.issued_on, locked.state = said, issued_on, Plan.State.ISSUED
    locked.save()
    _record(locked, "plan.issued", {"number": said, "issued_on": issued_on}, by=by, at=at)
    tell_plan_issued(locked, by=by, at=at)
    return locked


@transaction.atomic
def close_plan(*, plan: Plan, by: str, at: datetime) -> Plan:
    """The year is over and summed up: nothing of the plan changes any more. Raises Refused
    ``plan_not_issued``."""
    locked = lock_plan(plan)
    check_issued(locked)
    locked.state = Plan.State.CLOSED
    locked.save(update_fields=["state"])
    _record(locked, "plan.closed", {}, by=by, at=at)
    return locked


@transaction.atomic
def name_document(*, plan: Plan, document: Document, by: str, at: datetime) -> Plan:
    """The document that the plan is, from the unit's store. Raises Refused ``document_elsewhere``."""
    locked = lock_plan(plan)
    if document.unit_id != locked.unit_id:
        raise Refused("document_elsewhere")
    locked.document = document
    locked.save(update_fields=["document"])
    _record(locked, "plan.document", {"document": document.key}, by=by, at=at)
    return locked


def lock_plan(plan: Plan) -> Plan:
    """The plan as it stands, held until the transaction ends."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("unit", "territory")
    return found.get(pk=plan.pk)


TEXTS = ("title", "theme", "grounds")


def _record(plan: Plan, kind: str, said: Mapping[str, object], *, by: str, at: datetime) -> None:
    texts = {name: str(said[name]) for name in TEXTS if name in said}
    payload = {"v": 1, **{k: _plain(v) for k, v in said.items() if k not in TEXTS}}
    record(
        chain=chain_of(plan),
        kind=kind,
        subject=f"{plan.unit.code}/{plan.year}",
        payload=payload,
        texts=texts,
        by=by,
        at=at,
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
