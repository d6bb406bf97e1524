"""A unit's vault (kho tài liệu kiểm chứng): its documents, one document, its file, everything as a ZIP."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.models import EvidenceLink, Participant
from parindex.apps.assessments.permissions import can_see_sheet, check_sheet
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.evidence.actions import confirm_metadata, make_public, take_from_public
from parindex.apps.evidence.marks import citizen_ids
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.packing import Group, Packed, pack
from parindex.apps.evidence.queries import documents_of
from parindex.apps.evidence.rules import Metadata, check_openable
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet, visible_sheet
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.uploads import keep
from parindex.web.unit.sheet import frame


@require_http_methods(["GET", "HEAD", "POST"])
def vault(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """The unit's documents, found by number, title or text; new ones are uploaded here too."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_VIEW)
    if request.method == "POST":
        check_sheet(request.rights, Act.SHEET_FILL, participant)
        files: list[UploadedFile[bytes]] = request.FILES.getlist("file")
        kept = [d for f in files if (d := keep(request, participant.unit, f)) is not None]
        if kept:
            messages.success(request, gettext("Đã lưu %(n)s tài liệu vào kho.") % {"n": len(kept)})
        return redirect(request.path)
    query = " ".join(request.GET.get("q", "").split())[:200]
    number = request.GET.get("trang", "1")
    found = documents_of(
        participant.unit,
        query=query,
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
    )
    uses = EvidenceLink.objects.filter(participant=participant, detached_at=None)
    by_document: dict[int, list[str]] = {}
    for key, leaf in uses.values_list("document_id", "leaf"):
        by_document.setdefault(key, []).append(leaf)
    context = {
        **frame(request, participant),
        "found": found,
        "query": query,
        "rows": [{"document": d, "leaves": by_document.get(d.pk, [])} for d in found.documents],
        "numbers": range(1, found.pages + 1),
    }
    return render(request, "unit/vault.html", context)


def visible_document(request: Desk, participant: Participant, key: str) -> Document:
    """A document of the unit, or of another that it was attached from: for members of the unit that keeps it,
    and for whoever sees the sheet it is attached to.

    Raises:
        Http404: there is none, or it is not the person's to see.
    """
    found = Document.objects.select_related("unit", "content").defer("text")
    document = found.filter(key=key).first()
    if document is None:
        raise Http404(key)
    own = document.unit_id == participant.unit_id
    if own and request.rights.may(Act.SHEET_VIEW, participant.unit_id):
        return document
    attached = EvidenceLink.objects.filter(participant=participant, document=document).exists()
    if not attached or not can_see_sheet(request.rights, participant, assignments_of):
        raise Http404(key)
    return document


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: Desk, *, round: str, unit: str, key: str) -> HttpResponse:  # noqa: A002  the address's word
    """What a document says of itself, proposed by reading it and confirmed by a person."""
    participant = visible_sheet(request, round, unit)
    found = visible_document(request, participant, key)
    if request.method == "POST":
        request.rights.check(Act.SHEET_FILL, found.unit_id)
        try:
            issued = parse_date(request.POST.get("issued_on", ""))
        except ValueError:
            issued = None
        told = Metadata(
            number=request.POST.get("number", ""),
            issued_on=issued,
            issuer=request.POST.get("issuer", ""),
            signer=request.POST.get("signer", ""),
            title=request.POST.get("title", ""),
        )
        if attempt(request, confirm_metadata, document=found, metadata=told):
            messages.success(request, gettext("Đã xác nhận thông tin văn bản."))
        return redirect(request.path)
    links = EvidenceLink.objects.filter(document=found, participant=participant, detached_at=None)
    names = names_of({r for r in (found.uploaded_by, found.confirmed_by) if r})
    context = {
        **frame(request, participant),
        "document": found,
        "uses": links,
        "uploader": names.get(found.uploaded_by, found.uploaded_by),
        "confirmer": names.get(found.confirmed_by, ""),
        "may_fill": request.rights.may(Act.SHEET_FILL, found.unit_id),
        **_public(request, found),
    }
    return render(request, "unit/document.html", context)


def _public(request: Desk, document: Document) -> dict[str, Any]:
    """Whether everybody may read a document, and whether the person may change that."""
    may_open = request.rights.may(Act.EVIDENCE_OPEN, document.unit_id)
    door = gate(lambda: check_openable(document)) if may_open and not document.public else None
    numbers = citizen_ids(document.text) if door is not None and door.is_open else []
    opener = names_of({document.public_by}) if document.public else {}
    return {
        "may_open": may_open,
        "openable": door,
        "numbers": len(numbers),
        "opener": opener.get(document.public_by, document.public_by),
    }


@require_POST
def open_to_all(request: Desk, *, round: str, unit: str, key: str) -> HttpResponse:  # noqa: A002  the address's word
    """The unit marks a document as public, or takes that back."""
    found = visible_document(request, visible_sheet(request, round, unit), key)
    request.rights.check(Act.EVIDENCE_OPEN, found.unit_id)
    if "back" in request.POST:
        if attempt(request, take_from_public, document=found):
            messages.success(request, gettext("Tài liệu không còn công khai."))
    elif attempt(
        request,
        make_public,
        document=found,
        checked=request.POST.get("checked") == "1",
        despite=request.POST.getlist("despite"),
    ):
        messages.success(request, gettext("Đã công khai tài liệu."))
    return redirect("unit:document", round, unit, key)


def file(request: Desk, *, round: str, unit: str, key: str) -> HttpResponse:  # noqa: A002  the address's word
    """The file as it was uploaded, under its own name, never shown inside the site."""
    participant = visible_sheet(request, round, unit)
    return document_file(visible_document(request, participant, key))


def _name(framework: Framework, code: str) -> str:
    """A leaf's name; a code that a later version of the set dropped has none."""
    leaf = framework.leaves.get(code)
    return said(leaf.name) if leaf else ""


def groups_of(participant: Participant) -> list[Group]:
    """What is attached to a sheet, by criterion."""
    framework = by_hash(participant.round.framework.content_hash)
    return [
        Group(code, _name(framework, code), [Packed(x.document, x.page) for x in links])
        for code, links in evidence_of(participant).items()
    ]


def archive(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """All evidence of the sheet as one ZIP by criterion code, with an index."""
    participant = visible_sheet(request, round, unit)
    groups = groups_of(participant)
    title = f"{said(participant.round.title)} – {said(participant.name)}"
    packed = pack(groups, title=title, at=request.at, language=language())
    name = f"{participant.round.code}-{participant.unit.code}.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]
