"""What the pages share: finding a plan, a visit, a recommendation with its right; reading what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest

from parindex.apps.inspections.checklists import areas_of
from parindex.apps.inspections.models import Finding, Plan, Recommendation, Visit
from parindex.apps.inspections.permissions import (
    can_read_findings,
    check_follow,
    check_plan,
    check_run,
    check_see,
)
from parindex.apps.inspections.queries import find_finding, find_plan, find_recommendation, find_visit
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks


INSPECTING = (Act.INSPECTION_RUN, Act.INSPECTION_VIEW, Act.INSPECTION_ANSWER)
VISIT_BADGES = {
    "draft": "",
    "planned": "",
    "due": "waiting",
    "missed": "back",
    "running": "sent",
    "concluded": "waiting",
    "closed": "done",
    "cancelled": "",
}
"""How a visit's stage looks."""
REMEDY_BADGES = {"open": "", "overdue": "back", "answered": "waiting", "verified": "done", "withdrawn": ""}
"""How a recommendation's status looks."""
PLAN_BADGES = {"draft": "", "issued": "sent", "closed": "done"}
MET_BADGES = {"": "", "met": "done", "not_met": "back", "not_applicable": ""}


def frame(place: Unit | None) -> dict[str, Any]:
    """What every page carries; `key`: that of its form, by which a second sending is known."""
    unless_said = dict.fromkeys(("up", "visit_up", "with_unit"), "")
    return {"section": "start", **marks(place), "key": uuid4().hex, **unless_said}


def known_plan(request: Desk, pk: int, *, run: bool = False) -> Plan:
    """A plan that the person reads, or makes. Raises Http404, NotAllowed."""
    _check_somewhere(request.rights)
    found = find_plan(pk)
    if found is None:
        raise Http404(str(pk))
    (check_plan if run else check_follow)(request.rights, found)
    return found


def known_visit(request: Desk, pk: int, *, run: bool = False) -> Visit:
    """A visit that the person may see, or runs. Raises Http404, NotAllowed."""
    found = find_visit(pk)
    if found is None:
        raise Http404(str(pk))
    if run:
        check_run(request.rights, found)
    else:
        check_see(request.rights, found, legal_date(request.at))
    return found


def known_finding(request: Desk, pk: int, number: int, *, run: bool = False) -> Finding:
    """A finding that the person may read, or writes. Raises Http404, NotAllowed."""
    visit = known_visit(request, pk, run=run)
    if not can_read_findings(request.rights, visit):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)
    found = find_finding(visit, number)
    if found is None:
        raise Http404(str(number))
    found.visit = visit
    return found


def known_recommendation(request: Desk, pk: int) -> Recommendation:
    """A recommendation that the person may read. Raises Http404, NotAllowed."""
    found = find_recommendation(pk)
    if found is None:
        raise Http404(str(pk))
    if not can_read_findings(request.rights, found.finding.visit):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)
    return found


def _check_somewhere(rights: Rights) -> None:
    """The person has to do with inspections at all. Raises NotAllowed."""
    if not rights.units(*INSPECTING):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)


def area_names(plan: Plan) -> Mapping[str, Text]:
    """Names of the areas, by code."""
    return areas_of(plan)


def typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """What a form sent in some fields; empty where it did not."""
    return {name: request.POST.get(name, "") for name in names}


def whole(text: str) -> int:
    """A key that was chosen; 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def wholes(request: HttpRequest, name: str) -> list[int]:
    """Keys that were chosen."""
    return [n for n in map(whole, request.POST.getlist(name)) if n]


def day_of(text: str) -> date | None:
    """A day as a browser sends it; None where nothing was typed.

    Raises:
        Refused: ``inspection_date_unreadable``.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("inspection_date_unreadable", text=text[:40]) from None


def why(refusal: Refused) -> str:
    """A refusal in the page's language."""
    return refusal_sentence(refusal.code, refusal.data, language())
