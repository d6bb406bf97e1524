"""Where acts on inspections are kept in the ledger, and rows held while one happens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.apps.audit.record import record
from parindex.apps.inspections.models import Plan, Visit


def plan_chain(plan: Plan) -> str:
    """The chain of a plan."""
    return f"inspection_plan:{plan.pk}"


def visit_chain(visit: Visit) -> str:
    """The chain of a visit."""
    return f"inspection:{visit.pk}"


def lock_plan(plan: Plan) -> Plan:
    """The plan as it stands, held until the transaction ends."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("territory", "framework")
    return found.defer("framework__source").get(pk=plan.pk)


def lock_visit(visit: Visit) -> Visit:
    """The visit as it stands, held until the transaction ends."""
    found = Visit.objects.select_for_update(of=("self",)).select_related("plan__territory", "unit")
    return found.get(pk=visit.pk)


def tell_plan(
    plan: Plan, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    """An entry of a plan's chain; what was written freely lies beside it."""
    subject = f"{plan.territory.code}/{plan.year}"
    told = {"v": 1, **payload}
    record(chain=plan_chain(plan), kind=kind, subject=subject, payload=told, texts=texts, by=by, at=at)


def tell_visit(
    visit: Visit, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    """An entry of a visit's chain; what was written freely lies beside it."""
    told = {"v": 1, **payload}
    record(
        chain=visit_chain(visit), kind=kind, subject=visit.unit.code, payload=told, texts=texts, by=by, at=at
    )
