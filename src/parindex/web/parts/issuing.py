"""What comes back of a paper: number, date, signer and the signed file; and what its signatures prove."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import check_round
from parindex.apps.evidence.inspecting import Inspected, inspect_upload
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.evidence.signatures import signatures_of
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.actions import Signed, issue_paper
from parindex.apps.papers.models import IssuedPaper
from parindex.core.kernel.problems import Refused
from parindex.core.papers import Paper
from parindex.core.wording.findings import finding_sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


LOOK = "chu-ky"


@dataclass(frozen=True, slots=True)
class Drafted:
    """Which paper comes back, as it is drafted now; `participant`: whose it is, None: the round's."""

    round: Round
    kind: str
    paper: Paper
    participant: Participant | None = None


def issues_shown(
    request: Desk, round_: Round, issues: Sequence[IssuedPaper], *, url: Callable[[IssuedPaper], str]
) -> dict[str, Any]:
    """What a paper's page says of its issues: the standing one first; what its signatures prove, once asked.

    Args:
        issues: oldest first. `url`: where the signed file of one is fetched.
    """
    newest_first = list(issues)[::-1]
    document = newest_first[0].document if newest_first and is_looked(request) else None
    return {
        "issues": [{"paper": one, "url": url(one)} for one in newest_first],
        **signatures_shown(document),
        "runs": request.rights.may(Act.ROUND_RUN, round_.territory_id),
    }


def is_looked(request: Desk) -> bool:
    """Whether somebody asked what the signatures prove: it takes a while."""
    return request.GET.get(LOOK) == "1"


def signatures_shown(document: Document | None) -> dict[str, Any]:
    """What ``parts/signatures.html`` says of a signed copy; of None nothing."""
    return {
        "looked": document is not None,
        "signatures": signatures_of(document) if document is not None else None,
    }


def take_issue(request: Desk, drafted: Drafted) -> None:
    """Say that a paper was issued, by what was sent. A file that is no PDF, or was made from other figures,
    is refused in a message.

    Raises:
        NotAllowed: the person does not run the round.
    """
    check_round(request.rights, Act.ROUND_RUN, drafted.round)
    day = _day(request)
    if day is None:
        messages.error(request, gettext("Ngày chưa đúng; ghi ngày trên bản đã ký."))
        return

    def issued(*, file: Inspected | None, despite: Collection[str]) -> None:
        signed = Signed(
            number=request.POST.get("number", "")[:100],
            date=day,
            signer=request.POST.get("signer", "")[:200],
            position=request.POST.get("position", "")[:200],
            file=file,
            despite=despite,
        )
        issue_paper(
            round_=drafted.round,
            kind=drafted.kind,
            paper=drafted.paper,
            signed=signed,
            participant=drafted.participant,
            by=request.user.ref,
            at=request.at,
        )

    if with_signed_file(request, issued):
        messages.success(request, gettext("Đã ghi văn bản là đã ban hành."))


def with_signed_file(request: Desk, act: Callable[..., object]) -> bool:
    """Do something with the signed file that was sent as ``file``, or with none. What is refused, and what
    somebody must be asked about first, becomes a message.

    Args:
        act: takes ``file`` and ``despite``, the codes of findings that were asked about.

    Returns:
        whether it was done.
    """
    file = request.FILES.get("file")
    despite = TO_BE_ASKED if request.POST.get("checked") == "1" else frozenset()
    try:
        if file is None:
            act(file=None, despite=())
            return True
        with inspect_upload(stream=file, name=file.name or "", size=file.size) as upload:
            asked = [f for f in upload.findings if f.code in TO_BE_ASKED - despite]
            if not asked:
                act(file=upload, despite=despite)
                return True
        for finding in asked:
            messages.error(request, finding_sentence(finding.code, finding.data, language()))
        words = gettext("Nếu đã kiểm tra và vẫn cần lưu, hãy đánh dấu ô xác nhận rồi tải lên lại.")
        messages.error(request, words)
    except Refused as refusal:
        messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
    return False


def _day(request: Desk) -> date | None:
    try:
        return parse_date(request.POST.get("date", ""))
    except ValueError:
        return None
