"""A visit as its inspector sees it on the spot, page by small page; and as everybody else reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.inspections import actions
from parindex.apps.inspections.models import Finding, Question, Visit
from parindex.apps.inspections.permissions import can_answer, can_plan, can_read_findings, can_run
from parindex.apps.inspections.queries import findings_of_visit, questions_of
from parindex.apps.inspections.rules import check_begin, check_close, stage_of
from parindex.core.kernel.time import legal_date
from parindex.web.inspections.desk import remedy_rows
from parindex.web.inspections.frame import (
    MET_BADGES,
    VISIT_BADGES,
    area_names,
    frame,
    known_visit,
    typed,
    whole,
)
from parindex.web.inspections.pictures import shown
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk, scripted
from parindex.web.parts.gates import gate


def visit(request: Desk, *, pk: int) -> HttpResponse:
    """A visit: where it stands, its checklist by area, its findings, its next step."""
    return _page(request, known_visit(request, pk))


def _page(request: Desk, found: Visit, back: Back | None = None) -> HttpResponse:
    """The page of a visit. `back`: a form of it that was refused."""
    rights, day = request.rights, legal_date(request.at)
    runs, stage = can_run(rights, found), stage_of(found, day)
    reads = can_read_findings(rights, found)
    questions = questions_of(found) if reads else []
    shown_findings = findings_of_visit(found) if reads else []
    papers = {p.kind: p for p in found.papers.all()}
    context = {
        **frame(found.plan.territory),
        "visit": found,
        "stage": stage.value,
        "badge": VISIT_BADGES[stage],
        "team": list(found.members.all()),
        "runs": runs,
        "plans": can_plan(rights, found.plan),
        "reads": reads,
        "answers": can_answer(rights, found),
        "running": runs and found.state == Visit.State.RUNNING,
        "may_begin": gate(lambda: check_begin(found, day)),
        "areas": _progress(found, questions),
        "unseen": sum(q.met == "" for q in questions),
        "findings": finding_rows(found, shown_findings, request),
        "papers": papers,
        "copies": {kind for kind, one in papers.items() if one.document_id},
        "may_close": gate(lambda: check_close(_left(shown_findings), numbered="ket-luan" in papers)),
        "told": found.state in (Visit.State.CONCLUDED, Visit.State.CLOSED),
        "done": " ".join(f.key for f in shown_findings),
        "refused": back,
    }
    return scripted(render(request, "inspections/visit.html", context, status=422 if back else 200))


def _left(findings: Sequence[Finding]) -> int:
    """How many recommendations are not remedied."""
    every = [one.state for finding in findings for one in finding.recommendations.all()]
    return sum(state in ("open", "answered") for state in every)


def _progress(found: Visit, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The areas with how much of each was looked at, and what is not met."""
    names = area_names(found.plan)
    every = Counter(q.area for q in questions)
    seen = Counter(q.area for q in questions if q.met)
    bad = Counter(q.area for q in questions if q.met == "not_met")
    return [
        {"code": a, "name": names.get(a) or a, "all": every[a], "seen": seen[a], "bad": bad[a]}
        for a in found.areas
    ]


def finding_rows(found: Visit, findings: Sequence[Finding], request: Desk) -> list[dict[str, Any]]:
    """Findings with what hangs on each, as pages list them."""
    names, day = area_names(found.plan), legal_date(request.at)
    return [
        {
            "finding": one,
            "area": names.get(one.area) or one.area,
            "photos": [shown(found, one, photo) for photo in one.photos.all()],
            "remedies": remedy_rows(one.recommendations.all(), day),
        }
        for one in findings
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: Desk, *, pk: int, area: str) -> HttpResponse:
    """The questions of one area; each is its own small form, which may be sent again."""
    found = known_visit(request, pk)
    if area not in found.areas or not can_read_findings(request.rights, found):
        raise Http404(area)
    back = None
    if request.method == "POST":
        known_visit(request, pk, run=True)
        position = whole(request.POST.get("position", ""))
        said = typed(request, "note", "met")
        do = actions.answer_question
        _, back = tried(request, SmallForm(f"q{position}", said), do, visit=found, position=position, **said)
        if not back:
            return redirect(f"{reverse('inspections:checklist', args=[pk, area])}#q{position}")
    questions = [q for q in questions_of(found) if q.area == area]
    names = area_names(found.plan)
    following = found.areas[found.areas.index(area) + 1 :]
    context = {
        **frame(found.plan.territory),
        "visit": found,
        "area": area,
        "area_name": names.get(area) or area,
        "following": [(a, names.get(a) or a) for a in following[:1]],
        "rows": [{"question": q, "badge": MET_BADGES[q.met], "form": f"q{q.position}"} for q in questions],
        "seen": sum(bool(q.met) for q in questions),
        "choices": [c for c in Question.Met.values if c],
        "running": can_run(request.rights, found) and found.state == Visit.State.RUNNING,
        "refused": back,
    }
    return scripted(render(request, "inspections/checklist.html", context, status=422 if back else 200))


@require_POST
def step(request: Desk, *, pk: int) -> HttpResponse:
    """One step of the visit on its way."""
    asked = request.POST.get("act", "")
    if asked not in STEPS:
        raise Http404(asked)
    found = known_visit(request, pk, run=True)
    do, said, fields = STEPS[asked]
    sent = typed(request, *fields)
    more: dict[str, Any] = dict(sent)
    if asked == "conclude":
        more = {"rest_unseen": more["rest_unseen"] == "1"}
    if asked == "cancel" and not can_plan(request.rights, found.plan):
        raise Http404(asked)
    _, back = tried(request, SmallForm(asked, sent), do, visit=found, **more)
    if back:
        return _page(request, known_visit(request, pk), back)
    messages.success(request, said())
    return redirect("inspections:visit", pk)


Step = tuple[Callable[..., Visit], Callable[[], str], Sequence[str]]
STEPS: Mapping[str, Step] = {
    "begin": (actions.begin_visit, lambda: gettext("Đã bắt đầu kiểm tra; đơn vị đã được báo."), ()),
    "note": (actions.note_visit, lambda: gettext("Đã lưu."), ("present", "summary")),
    "conclude": (
        actions.conclude_visit,
        lambda: gettext("Đã kết thúc kiểm tra tại đơn vị; đơn vị xem được tồn tại và kiến nghị."),
        ("rest_unseen",),
    ),
    "cancel": (actions.cancel_visit, lambda: gettext("Đã ghi không thực hiện."), ("reason",)),
    "close": (actions.close_visit, lambda: gettext("Đã khép cuộc kiểm tra."), ()),
}
"""By the button's name: what it does, what is said then, and the fields that it needs."""
