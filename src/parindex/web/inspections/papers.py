"""Minutes and conclusion of a visit: looked at, fetched, and their number, date and signer typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.inspections import actions
from parindex.apps.inspections.models import IssuedPaper, Visit
from parindex.apps.inspections.papers import facts_of
from parindex.apps.inspections.permissions import can_read_findings, can_run
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.papers import Paper
from parindex.core.papers.inspections import InspectionFacts, conclusion, minutes
from parindex.web.inspections.frame import day_of, frame, known_visit, typed, why
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk
from parindex.web.parts.issuing import is_looked, signatures_shown, with_signed_file
from parindex.web.parts.papers import pages_of, paper_file, paper_page


Builder = Callable[[InspectionFacts], Paper]
KINDS: Mapping[str, tuple[Text, Builder]] = {
    IssuedPaper.Kind.MINUTES.value: (Text("Biên bản kiểm tra", "Minutes of the inspection"), minutes),
    IssuedPaper.Kind.CONCLUSION.value: (
        Text("Thông báo kết luận kiểm tra", "Conclusion of the inspection"),
        conclusion,
    ),
}
"""Name and builder of each paper. Minutes are made as soon as the work on the spot has begun, a conclusion
once it has ended."""
SIGNED = ("number", "on", "signer")
EARLIEST = {
    IssuedPaper.Kind.MINUTES.value: (Visit.State.RUNNING, Visit.State.CONCLUDED, Visit.State.CLOSED),
    IssuedPaper.Kind.CONCLUSION.value: (Visit.State.CONCLUDED, Visit.State.CLOSED),
}


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Desk, *, pk: int, kind: str) -> HttpResponse:
    """A paper page by page as pictures; how it was signed."""
    visit, name, build = _known(request, pk, kind)
    if request.method == "POST":
        visit = known_visit(request, pk, run=True)
        if _record(request, visit, kind):
            return redirect("inspections:paper", pk, kind)
    refused = request.method == "POST"
    signed = _signed(visit, kind)
    document = signed.document if signed else None
    first = reverse("inspections:paper_page", args=[pk, kind, 1])
    pages = [
        {"shown": page, "url": f"{first.replace('trang-1.', f'trang-{page.number}.')}?v={page.mark}"}
        for page in pages_of(build(_facts(request, visit, kind)))
    ]
    context = {
        **frame(visit.plan.territory),
        "visit": visit,
        "kind": kind,
        "name": name,
        "pages": pages,
        "signed": signed,
        "has_copy": document is not None and document.has_file,
        **signatures_shown(document if is_looked(request) else None),
        "runs": can_run(request.rights, visit),
        "numbered": kind == IssuedPaper.Kind.CONCLUSION,
        "told": typed(request, *SIGNED) if refused else _told(signed),
    }
    return render(request, "inspections/paper.html", context, status=422 if refused else 200)


def _told(signed: IssuedPaper | None) -> dict[str, str]:
    """How it was signed, as the form shows it."""
    if signed is None:
        return dict.fromkeys(SIGNED, "")
    return {"number": signed.number, "on": signed.on.isoformat(), "signer": signed.signer}


def _record(request: Desk, visit: Visit, kind: str) -> bool:
    """Whether number, date, signer and file were kept; what was refused is said in a message."""
    said = typed(request, *SIGNED)
    try:
        more: dict[str, Any] = {**said, "on": day_of(said["on"])}
    except Refused as refusal:
        messages.error(request, why(refusal))
        return False
    more |= {"visit": visit, "kind": kind, "by": request.user.ref, "at": request.at}
    if with_signed_file(request, partial(actions.record_paper, **more)):
        messages.success(request, gettext("Đã ghi số, ngày văn bản."))
        return True
    return False


def signed_file(request: Desk, *, pk: int, kind: str) -> HttpResponse:
    """The signed copy of a paper, for whoever may read the paper. Raises Http404, NotAllowed."""
    visit, *_ = _known(request, pk, kind)
    found = _signed(visit, kind)
    return document_file(found.document if found else None)


def _signed(visit: Visit, kind: str) -> IssuedPaper | None:
    """How a paper was signed, as far as it is known. One query."""
    return visit.papers.select_related("document__content").filter(kind=kind).first()


def download(request: Desk, *, pk: int, kind: str, form: str) -> HttpResponse:
    """A paper as .docx to be worked on, or as .pdf. Raises Http404."""
    visit, _, build = _known(request, pk, kind)
    name = f"{kind}-{visit.unit.code}-{visit.starts:%Y%m%d}"
    return paper_file(build(_facts(request, visit, kind)), name, form)


def picture(request: Desk, *, pk: int, kind: str, number: int) -> HttpResponse:
    """A page of a paper as a picture. Raises Http404."""
    visit, _, build = _known(request, pk, kind)
    return paper_page(build(_facts(request, visit, kind)), number)


def _facts(request: Desk, visit: Visit, kind: str) -> InspectionFacts:
    """What a paper tells; only minutes have photos."""
    return facts_of(visit, request.at, photos=kind == IssuedPaper.Kind.MINUTES)


def _known(request: Desk, pk: int, kind: str) -> tuple[Visit, Text, Builder]:
    """A visit of which the person may read the findings, and a paper that can be made by now."""
    visit = known_visit(request, pk)
    if not can_read_findings(request.rights, visit):
        raise NotAllowed("not_allowed", act=Act.INSPECTION_VIEW.value)
    if kind not in KINDS or visit.state not in EARLIEST[kind]:
        raise Http404(kind)
    return visit, *KINDS[kind]
