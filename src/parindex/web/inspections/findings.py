"""Findings: written on the spot with photos and documents, with what is recommended; their pictures and
files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.evidence.models import Document
from parindex.apps.evidence.store import open_derived
from parindex.apps.inspections import actions
from parindex.apps.inspections.actions.inspecting import FOLDER
from parindex.apps.inspections.checklists import criteria_of
from parindex.apps.inspections.models import Finding, Visit
from parindex.apps.inspections.permissions import can_answer, can_read_findings, can_run
from parindex.apps.inspections.queries import findings_of_visit
from parindex.apps.inspections.rules import MOST_PHOTOS, VISIT_STEPS
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.queries.people import people_within
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.inspections.frame import (
    area_names,
    day_of,
    frame,
    known_finding,
    known_visit,
    typed,
    whole,
    why,
)
from parindex.web.inspections.uploads import as_photos, keep_all, sent
from parindex.web.inspections.visiting import finding_rows
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk, attempt, scripted


FIELDS = ("about", "severity", "text", "who", "responsible")


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk, *, pk: int) -> HttpResponse:
    """A new finding, with photos of it; sent twice it is one."""
    visit = known_visit(request, pk, run=True)
    if visit.state not in VISIT_STEPS["inspect"] and request.method != "POST":
        return redirect("inspections:visit", pk)
    said, wrong = {**dict.fromkeys(FIELDS, ""), "about": _asked(request, visit)}, ""
    if request.method == "POST":
        said = typed(request, *FIELDS)
        try:
            made = actions.add_finding(
                visit=visit,
                written=_written(said),
                key=request.POST.get("key", ""),
                by=request.user.ref,
                at=request.at,
            )
        except Refused as refusal:
            wrong = why(refusal)
        else:
            made.visit = visit
            _photos(request, made)
            messages.success(request, gettext("Đã ghi tồn tại số %(n)s.") % {"n": made.number})
            return redirect("inspections:finding", pk, made.number)
    context = {
        **frame(visit.plan.territory),
        **_form(request, visit, said),
        "finding": None,
        "wrong": wrong,
        "done": " ".join(visit.findings.values_list("key", flat=True)),
    }
    return scripted(render(request, "inspections/finding_form.html", context, status=422 if wrong else 200))


def _asked(request: Desk, visit: Visit) -> str:
    """The line of the checklist that the button stood at."""
    area, criterion = (request.GET.get(name, "")[:40] for name in ("linh-vuc", "tieu-chi"))
    return f"{area}|{criterion}" if area in visit.areas else ""


def _written(said: Mapping[str, str]) -> actions.FindingWritten:
    area, _, criterion = said["about"].partition("|")
    kind, _, key = said["who"].partition(":")
    return actions.FindingWritten(
        area=area,
        criterion=criterion,
        severity=said["severity"],
        text=said["text"],
        person=whole(key) if kind == "person" else 0,
        division=whole(key) if kind == "unit" else 0,
        responsible=said["responsible"],
    )


def _form(request: Desk, visit: Visit, said: Mapping[str, str]) -> dict[str, Any]:
    names = area_names(visit.plan)
    units = [u for u in tree_of(visit.unit).walk() if u.valid_to is None]
    return {
        "visit": visit,
        "said": said,
        "areas": [
            {"code": a, "name": names.get(a) or a, "criteria": criteria_of(visit.plan, [a]).items()}
            for a in visit.areas
        ],
        "severities": list(Finding.Severity.values),
        "units": [(f"unit:{u.pk}", u) for u in units],
        "people": [(f"person:{p.pk}", p) for p in people_within(visit.unit, request.at)],
        "most": MOST_PHOTOS,
    }


def _photos(request: Desk, finding: Finding) -> Back | None:
    """Add the photos that came with the form, and say what became of them."""
    files, said = sent(request, "photos"), typed(request, "caption")
    if not files:
        return None
    do, photos = actions.add_photos, as_photos(files)
    added, back = tried(request, SmallForm("photos", said), do, finding=finding, files=photos, **said)
    if added:
        messages.success(request, gettext("Đã thêm %(n)s ảnh.") % {"n": added})
    elif added == 0:
        messages.info(request, gettext("Ảnh này đã có."))
    return back


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: Desk, *, pk: int, number: int) -> HttpResponse:
    """A finding with its photos, documents and recommendations; while the inspection runs, written anew."""
    found = known_finding(request, pk, number)
    if request.method != "POST":
        return _page(request, found)
    known_visit(request, pk, run=True)
    said = typed(request, *FIELDS)
    try:
        actions.change_finding(finding=found, written=_written(said), by=request.user.ref, at=request.at)
    except Refused as refusal:
        return _page(request, found, said=said, wrong=why(refusal))
    messages.success(request, gettext("Đã lưu."))
    return redirect("inspections:finding", pk, number)


def _page(
    request: Desk,
    found: Finding,
    *,
    said: Mapping[str, str] | None = None,
    wrong: str = "",
    advice: Mapping[str, str] | None = None,
    back: Back | None = None,
) -> HttpResponse:
    """The page of a finding. `said`, `wrong`: a change that was refused, and why; `advice`: a recommendation
    that was, with its `wrong`; `back`: another of its forms that was."""
    visit = found.visit
    whole_ = next(f for f in findings_of_visit(visit) if f.pk == found.pk)
    row = finding_rows(visit, [whole_], request)[0]
    running = can_run(request.rights, visit) and visit.state == Visit.State.RUNNING
    criteria = criteria_of(visit.plan, [found.area])
    context = {
        **frame(visit.plan.territory),
        **_form(request, visit, said or _said(found)),
        "finding": whole_,
        "row": row,
        "criterion": criteria.get(found.criterion),
        "wrong": wrong,
        "advice": advice or {"text": "", "due": "", "wrong": ""},
        "editing": running and not found.withdrawn_because,
        "answers": can_answer(request.rights, visit),
        "today": legal_date(request.at),
        "done": " ".join(r["one"].key for r in row["remedies"]),
        "refused": back,
    }
    status = 422 if wrong or advice or back else 200
    return scripted(render(request, "inspections/finding.html", context, status=status))


def _said(found: Finding) -> dict[str, str]:
    who = f"person:{found.person_id}" if found.person_id else ""
    return {
        "about": f"{found.area}|{found.criterion}",
        "severity": found.severity,
        "text": found.text,
        "who": who or (f"unit:{found.division_id}" if found.division_id else ""),
        "responsible": found.responsible,
    }


@require_POST
def add(request: Desk, *, pk: int, number: int) -> HttpResponse:
    """Photos, documents, a recommendation to a finding; or take it back."""
    found = known_finding(request, pk, number, run=True)
    act = request.POST.get("act", "")
    if act == "recommend":
        return _recommended(request, found)
    if act not in ADDING:
        raise Http404(act)
    back = ADDING[act](request, found)
    if back:
        return _page(request, known_finding(request, pk, number), back=back)
    return redirect("inspections:finding", pk, number)


def _documents(request: Desk, found: Finding) -> Back | None:
    """Into the vault of who inspects, and behind the finding."""
    files = sent(request, "files")
    if found.visit.state not in VISIT_STEPS["inspect"]:
        files = []
    kept = keep_all(request, found.visit.plan.territory, files) or []
    made = [d for d in kept if attempt(request, actions.add_proof, finding=found, document=d)]
    if made:
        messages.success(request, gettext("Đã đính kèm %(n)s tài liệu.") % {"n": len(made)})
    return None


def _recommended(request: Desk, found: Finding) -> HttpResponse:
    """A recommendation, kept; one that is refused stands in its form again, with why."""
    said = typed(request, "text", "due", "key")
    try:
        actions.recommend(
            finding=found,
            text=said["text"],
            due=day_of(said["due"]),
            key=said["key"],
            by=request.user.ref,
            at=request.at,
        )
    except Refused as refusal:
        return _page(request, found, advice={**said, "wrong": why(refusal)})
    messages.success(request, gettext("Đã ghi kiến nghị."))
    return redirect("inspections:finding", found.visit.pk, found.number)


def _withdraw(request: Desk, found: Finding) -> Back | None:
    said = typed(request, "reason")
    _, back = tried(request, SmallForm("withdraw", said), actions.withdraw_finding, finding=found, **said)
    if back is None:
        messages.success(request, gettext("Đã rút tồn tại này."))
    return back


ADDING: Mapping[str, Callable[[Desk, Finding], Back | None]] = {
    "photos": _photos,
    "documents": _documents,
    "withdraw": _withdraw,
}
"""What may be added to a finding, by the form's name for it."""


def picture(request: Desk, *, pk: int, number: int, photo: int, width: int) -> HttpResponse:
    """One size of a photo, for whoever may read the finding."""
    found = known_finding(request, pk, number)
    kept = found.photos.filter(number=photo).first()
    sha256 = next((s[3] for s in kept.sizes if s[0] == width), "") if kept else ""
    file = open_derived(sha256, FOLDER) if sha256 else None
    if file is None:
        raise Http404(f"{photo} {width}")
    with file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def file(request: Desk, *, pk: int, key: str) -> HttpResponse:
    """A document behind a finding or an answer, under its own name, never shown inside the site."""
    visit = known_visit(request, pk)
    if not can_read_findings(request.rights, visit):
        raise Http404(key)
    documents = Document.objects.select_related("content").defer("text").filter(key=key)
    found = (
        documents.filter(proving__finding__visit=visit).first()
        or documents.filter(remedying__recommendation__finding__visit=visit).first()
    )
    return document_file(found)
