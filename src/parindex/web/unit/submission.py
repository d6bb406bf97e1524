"""Submitting, withdrawing, the signed report, the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import SignedReport, attach_report, submit_sheet, withdraw_sheet
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.bonuses import undecided
from parindex.apps.assessments.rules.measured import unreasoned
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.core.papers import Paper, docx_file, pdf_file, spaced_code
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet, visible_sheet
from parindex.web.parts.uploads import keep
from parindex.web.unit.report import report_of
from parindex.web.unit.sheet import frame, row, totals


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTS: Mapping[str, tuple[str, Callable[[Paper], bytes], bool]] = {
    "pdf": ("application/pdf", pdf_file, False),
    "docx": (WORD, docx_file, True),
}


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Look once more at what is missing, then submit."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_SUBMIT)
    if request.method == "POST":
        made = attempt(request, submit_sheet, participant=participant)
        if made is None:
            return redirect("unit:sheet", participant.round, unit)
        return redirect("unit:receipt", participant.round, unit, made.turn)
    view = sheet_view(participant)
    shown = evidence_of(participant)
    bare = [e for e in view.entries.values() if e.answer and e.version and e.leaf.code not in shown]
    typed = {e.leaf.code: (e.answer, e.note) for e in (*view.at(Place.TODO), *view.at(Place.CLAIM))}
    gives = {
        code: e.outcome.points for code, e in view.entries.items() if e.place is Place.CLAIM and e.answer
    }
    silent = unreasoned(proposals_for(participant.round, [participant]), participant, typed)
    context = {
        **frame(request, participant),
        **totals(view),
        "bare": [row(view, e) for e in bare],
        "silent": [row(view, view.entries[code]) for code in silent],
        "claimed": [row(view, view.entries[code]) for code in undecided(view.framework, gives, shown)],
    }
    return render(request, "unit/submit.html", context)


@require_POST
def withdraw(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Take the sheet back."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_SUBMIT)
    if attempt(request, withdraw_sheet, participant=participant):
        messages.success(request, gettext("Đã rút lại bảng tự chấm. Hãy nộp lại trước hạn."))
    return redirect("unit:sheet", participant.round, unit)


@require_POST
def report(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Say which signed report carries the submission."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_SIGN)
    try:
        day = parse_date(request.POST.get("date", ""))
    except ValueError:
        day = None
    if day is None:
        messages.error(request, gettext("Ngày văn bản chưa đúng; ghi ngày trên văn bản đã ký."))
        return redirect("unit:sheet", participant.round, unit)
    file = request.FILES.get("file")
    document = keep(request, participant.unit, file) if file else None
    if file and document is None:
        return redirect("unit:sheet", participant.round, unit)
    signed = SignedReport(
        number=request.POST.get("number", "")[:100],
        date=day,
        signer=request.POST.get("signer", "")[:200],
        code=request.POST.get("code", "")[:20],
        document=document,
    )
    if attempt(request, attach_report, participant=participant, report=signed):
        messages.success(request, gettext("Đã gắn văn bản vào bảng tự chấm."))
    return redirect("unit:sheet", participant.round, unit)


def receipt(request: Desk, *, round: str, unit: str, turn: int) -> HttpResponse:  # noqa: A002  the address's word
    """What was submitted, when, by whom, its hash and the code for paper."""
    participant = visible_sheet(request, round, unit)
    found = participant.sheet.submissions.select_related("report_document").filter(turn=turn).first()
    if found is None:
        raise Http404(turn)
    context = {
        **frame(request, participant),
        "submission": found,
        "standing": found.withdrawn_at is None and not participant.sheet.submissions.filter(turn__gt=turn),
        "spaced": spaced_code(found.code),
        "name": names_of({found.by})[found.by],
    }
    return render(request, "unit/receipt.html", context)


def report_file(request: Desk, *, round: str, unit: str, turn: int, kind: str) -> HttpResponse:  # noqa: A002  the address's word
    """The self-assessment report of a submission: .pdf to be signed, .docx to be worked on first."""
    participant = visible_sheet(request, round, unit)
    found = participant.sheet.submissions.filter(turn=turn).first()
    if found is None or kind not in REPORTS:
        raise Http404(kind)
    media_type, make, to_edit = REPORTS[kind]
    answer = HttpResponse(make(report_of(found, participant, to_edit=to_edit)), content_type=media_type)
    name = f"bao-cao-tu-danh-gia-{participant.unit.code}-lan-{turn}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
