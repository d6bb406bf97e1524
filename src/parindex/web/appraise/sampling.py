"""Phúc tra: the drawn leaves of a lead department, each visited, with minutes, and marked a second time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Marked, mark_visit
from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.permissions import assignment_of, check_appraise
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.sampling import Drawn, drawn_of
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.assessments.rules.sampling import check_draw, check_marker
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.rules import rule_in_words
from parindex.web.appraise.frame import sentence
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.doors import LOG, Desk
from parindex.web.parts.finding import appraised_round
from parindex.web.parts.gates import Gate, gate
from parindex.web.parts.inputs import answer_in, controls_of
from parindex.web.parts.languages import language


NAME = "second"
MOST = 4000


def sample(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """What was drawn of the person's departments, unit by unit; what waits stands first."""
    round_ = appraised_round(request, round)
    own = _own(request, round_)
    context = {
        **_frame(round_),
        "waiting": [_row(d) for d in own if d.visit.at is None],
        "done": [_row(d) for d in own if d.visit.at is not None],
        "draws": round_.samples.count(),
    }
    return render(request, "appraise/sample.html", context)


def _own(request: Desk, round_: Round) -> list[Drawn]:
    """Nobody sees the sample of their own unit here."""
    found = drawn_of(round_, leads=request.rights.units(Act.APPRAISAL_VIEW))
    return [d for d in found if not request.rights.belongs_to(d.participant.unit_id)]


def _frame(round_: Round) -> dict[str, Any]:
    return {"section": "start", "round": round_, "territory": {"name": round_.territory.name}}


def _row(d: Drawn) -> dict[str, Any]:
    return {
        "drawn": d,
        "unit": d.participant.name,
        "code": d.leaf.code,
        "name": d.leaf.name,
        "marks": d.marks,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """One drawn leaf: what the unit says and shows, not what was ruled; POST keeps the second marking."""
    round_ = appraised_round(request, round)
    of_leaf = (d for d in _own(request, round_) if d.participant.unit.code == unit and d.leaf.code == code)
    found = next(of_leaf, None)
    if found is None:
        raise Http404(code)
    if request.method != "POST":
        return _page(request, found)
    _check_rights(request, found)
    try:
        mark_visit(visit=found.visit, marked=_marked(found, request.POST), by=request.user.ref, at=request.at)
    except Refused as refusal:
        LOG.warning(
            "refused %s %s: %s", request.method, request.path, refusal.code, extra={"code": refusal.code}
        )
        return _page(request, found, posted=request.POST, wrong=sentence(refusal), status=422)
    messages.success(request, gettext("Đã ghi kết quả phúc tra."))
    return redirect("appraise:visit", round_, unit, code)


def _check_rights(request: Desk, found: Drawn) -> None:
    """As for ruling on it: held in the department that does, and not of the unit. Raises NotAllowed."""
    round_ = found.participant.round
    framework = by_hash(round_.framework.content_hash)
    part = assignment_of(
        assignments_of(round_), framework, participant=found.participant, leaf=found.leaf.code
    )
    check_appraise(request.rights, Act.APPRAISAL_RULE, participant=found.participant, assignment=part)


def _marked(found: Drawn, posted: QueryDict) -> Marked:
    points = posted.get("points", "").strip()[:60]
    by_points = posted.get("how") == "points" and points
    answer = f"points:{points}" if by_points else answer_in(found.leaf, NAME, posted)
    try:
        on = date.fromisoformat(posted.get("on", ""))
    except ValueError:
        on = None
    place, present, minutes = (posted.get(k, "").strip()[:MOST] for k in ("place", "present", "found"))
    return Marked(answer, on, place[:250], present, minutes)


def _page(
    request: Desk, found: Drawn, *, posted: QueryDict | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    """The leaf as it is to be marked, or as it was."""
    participant, code = found.participant, found.leaf.code
    said = standing_of(participant, upto=Ruling.Stage.SELF).get(code)
    typed = answer_in(found.leaf, NAME, posted) if posted is not None else ""
    first, done = found.first, found.visit.at is not None
    names = names_of({found.visit.by, first.by if first else ""}) if done else {}
    context = {
        **_frame(participant.round),
        "drawn": found,
        "participant": participant,
        "node": found.leaf,
        "maximum": found.leaf.max_for(participant.type),
        "said": said,
        "facts": answer_facts(found.leaf, said.answer, language()) if said else [],
        "documents": evidence_of(participant).get(code, []),
        "rule": rule_in_words(found.leaf.rule, language()) if found.leaf.rule else [],
        "gate": _gate(request, found),
        "controls": controls_of(found.leaf, NAME, typed),
        "typed": {
            k: posted.get(k, "") if posted else ""
            for k in ("how", "points", "on", "place", "present", "found")
        },
        "wrong": wrong,
        "done": done,
        "by": names.get(found.visit.by, ""),
        "first_by": names.get(first.by, "") if first else "",
        "first_reason": first.reason if first and done else "",
        "second_facts": answer_facts(found.leaf, found.visit.second, language()) if done else [],
    }
    return render(request, "appraise/visit.html", context, status=status)


def _gate(request: Desk, found: Drawn) -> Gate:
    """Whether the person may mark it now."""

    def check() -> None:
        _check_rights(request, found)
        check_draw(found.participant.round, each=found.visit.sample.each)
        check_marker(found.visit, found.first, request.user.ref)

    return gate(check)
