"""What comes back of a paper: number, date, signer and the signed file; and what its signatures prove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.permissions import check_round
from parindex.apps.evidence.inspecting import Inspected, inspect_upload
from parindex.apps.evidence.queries import open_document
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.actions import Signed, issue_paper
from parindex.apps.papers.queries import find_issued
from parindex.core.kernel.problems import Refused
from parindex.core.papers import Paper
from parindex.core.wording.findings import finding_sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.papers.views import asked, made
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import SANDBOX
from parindex.web.parts.finding import visible_round
from parindex.web.parts.languages import language


@dataclass(frozen=True, slots=True)
class _Back:
    """Which paper comes back, as it is drafted now, and the date on it."""

    round: Round
    kind: str
    paper: Paper
    day: date


@require_POST
def issue(request: Desk, *, round: str, kind: str) -> HttpResponse:  # noqa: A002  the address's word
    """Say that a paper was issued. A file that is no PDF, or was made from other figures, is refused."""
    round_, found = asked(request, round, kind)
    check_round(request.rights, Act.ROUND_RUN, round_)
    paper = made(request, round_, found)
    page = redirect("papers:paper", round_, found.code)
    day = _day(request)
    if day is None:
        messages.error(request, gettext("Ngày chưa đúng; ghi ngày trên bản đã ký."))
        return page
    file = request.FILES.get("file")
    back = _Back(round_, found.code, paper, day)
    try:
        if file is None:
            _issue(request, back, None)
        else:
            with inspect_upload(stream=file, name=file.name or "", size=file.size) as upload:
                _issue(request, back, upload)
    except Refused as refusal:
        messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
    return page


def _day(request: Desk) -> date | None:
    try:
        return parse_date(request.POST.get("date", ""))
    except ValueError:
        return None


def _issue(request: Desk, back: _Back, upload: Inspected | None) -> None:
    """Record it, unless the file holds what somebody must be asked about first. Raises Refused."""
    checked = request.POST.get("checked") == "1"
    findings = [f for f in upload.findings if f.code in TO_BE_ASKED] if upload else []
    if findings and not checked:
        for finding in findings:
            messages.error(request, finding_sentence(finding.code, finding.data, language()))
        words = gettext("Nếu đã kiểm tra và vẫn cần lưu, hãy đánh dấu ô xác nhận rồi tải lên lại.")
        messages.error(request, words)
        return
    issue_paper(
        round_=back.round,
        kind=back.kind,
        paper=back.paper,
        signed=Signed(
            number=request.POST.get("number", "")[:100],
            date=back.day,
            signer=request.POST.get("signer", "")[:200],
            position=request.POST.get("position", "")[:200],
            file=upload,
            despite=TO_BE_ASKED if checked else (),
        ),
        by=request.user.ref,
        at=request.at,
    )
    messages.success(request, gettext("Đã ghi văn bản là đã ban hành."))


def signed_file(request: Desk, *, round: str, key: int) -> HttpResponse:  # noqa: A002  the address's word
    """The signed file of a paper. Raises Http404."""
    round_ = visible_round(request, round)
    found = find_issued(round_, key)
    if found is None or found.document is None or found.document.content is None:
        raise Http404(key)
    answer = FileResponse(
        open_document(found.document),
        as_attachment=True,
        filename=found.document.file_name,
        content_type=found.document.content.media_type,
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer  # type: ignore[return-value]
