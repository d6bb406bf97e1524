"""How the round ends: concluded by the chair, published or reopened by the secretariat; and the minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.assessments.actions import Wrong, bring_up, reopen_round
from parindex.apps.assessments.models import Phase, Round
from parindex.apps.assessments.permissions import check_round
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.apps.publications.actions import correct as correct_result
from parindex.apps.publications.actions import publish as publish_result
from parindex.apps.publications.store import path_of
from parindex.apps.results.actions import RoundStillMovesError, conclude_round
from parindex.apps.results.minutes import minutes_of
from parindex.apps.results.stages import RoundBook, book_of
from parindex.core.kernel.assess import Assessment
from parindex.core.wording.notation import instant
from parindex.web.council.frames import computed, frame, outcome
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round
from parindex.web.parts.instants import read_instant
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, workbook


MOST = 1000


def _for(request: Desk, name: str, act: Act) -> Round:
    """A round that the person may do something to. Raises Http404, NotAllowed."""
    round_ = visible_round(request, name)
    check_round(request.rights, act, round_)
    return round_


@require_POST
def conclude(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The chair ends the round: the result is computed and nothing is ruled any more."""
    round_ = _for(request, round, Act.COUNCIL_CHAIR)
    try:
        result = attempt(request, conclude_round, round_=round_)
    except RoundStillMovesError:
        result = None
        messages.error(request, gettext("Còn người đang ghi kết quả vào kỳ này. Hãy thử lại sau ít phút."))
    if result is None:
        return redirect("council:room", round_)
    messages.success(request, gettext("Đã kết thúc kỳ đánh giá. Kết quả chưa công bố."))
    return redirect("council:stages", round_)


@require_POST
def publish(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Open the concluded result to the public."""
    round_ = _for(request, round, Act.ROUND_RUN)
    if attempt(request, publish_result, round_=round_, **_decided(request)):
        messages.success(request, gettext("Đã công bố kết quả, kèm gói kết quả có chữ ký."))
    return redirect("council:room", round_)


def _decided(request: Desk) -> dict[str, Any]:
    """What the form says of the decision: how much is public, its number and date."""
    return {"publicity": request.POST.get("publicity"), "decision": request.POST.get("decision", "")[:250]}


@require_POST
def correct(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Bring a leaf of a published result before the council: the first one reopens the round."""
    round_ = _for(request, round, Act.ROUND_RUN)
    asked = (request.POST.get(name, "").strip() for name in ("unit", "code", "reason"))
    unit, code, reason = (text[:MOST] for text in asked)
    wrong = Wrong(unit, code, reason)
    if round_.corrected_since is not None:
        if attempt(request, bring_up, round_=round_, wrong=wrong):
            messages.success(request, gettext("Đã đưa tiêu chí ra hội đồng."))
        return redirect("council:room", round_)
    until = read_instant(request.POST.get("until", ""))
    if until is None:
        messages.error(request, gettext("Hãy ghi hạn kết luận (ngày, giờ)."))
    elif attempt(request, correct_result, round_=round_, first=wrong, until=until):
        words = gettext("Đã mở lại để đính chính. Kết quả cũ vẫn công khai cho đến khi công bố lại.")
        messages.success(request, words)
    return redirect("council:room", round_)


def bundle(request: Desk, *, round: str, number: int) -> HttpResponse:  # noqa: A002  the address's word
    """The whole bundle of a publication, for those who follow the round: to keep, and to give on request."""
    round_ = visible_round(request, round)
    found = get_object_or_404(round_.publications, number=number)
    path = path_of(found.sha256)
    if not path.is_file():
        raise Http404(found.sha256)
    name = content_disposition_header(as_attachment=True, filename=found.file_name)
    return HttpResponse(
        path.read_bytes(), content_type="application/zip", headers={"Content-Disposition": name}
    )


@require_POST
def reopen(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Let a concluded round that is not public run again, for a reason."""
    round_ = _for(request, round, Act.ROUND_RUN)
    reason = request.POST.get("reason", "").strip()[:MOST]
    if attempt(request, reopen_round, round_=round_, reason=reason):
        messages.success(request, gettext("Đã mở lại kỳ đánh giá."))
    return redirect("council:room", round_)


def minutes(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every ruling with both sides' words and its reason, and what the round gives as it stands."""
    round_ = visible_round(request, round)
    items = minutes_of(round_)
    assessment = computed(round_, lambda book: book.now)
    book = book_of(round_)
    context = {
        **frame(request, round_),
        "sitting": round_.phases.filter(kind=Phase.Kind.COUNCIL).order_by("turn").last(),
        "items": items,
        "names": names_of({i.ruling.by for i in items}),
        "lines": _lines(book, assessment) if assessment else [],
        "percent": book.framework.index.policy != "total",
    }
    return render(request, "council/minutes.html", context)


def minutes_file(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The rulings of the minutes as a workbook."""
    round_ = visible_round(request, round)
    items = minutes_of(round_)
    names = names_of({i.ruling.by for i in items})
    header = [
        gettext("Đơn vị"),
        gettext("Mã"),
        gettext("Tiêu chí"),
        gettext("Trước"),
        gettext("Đề nghị"),
        gettext("Kết luận"),
        gettext("Lý do"),
        gettext("Người ghi"),
        gettext("Thời điểm"),
    ]
    rows: list[list[Cell]] = [
        [
            said(i.participant.name),
            i.leaf.code,
            said(i.leaf.name),
            i.before,
            i.claimed,
            i.given,
            i.ruling.reason,
            names.get(i.ruling.by, i.ruling.by),
            instant(i.ruling.at, language()),
        ]
        for i in items
    ]
    return workbook(f"{round_.code}-bien-ban", [Sheet(gettext("Biên bản"), header, rows)])


def _lines(book: RoundBook, assessment: Assessment) -> list[dict[str, Any]]:
    """Each ranking group with its units as they stand."""
    return [
        {
            "group": book.participants[members[0]].group.name,
            "rows": [
                {"unit": book.participants[u].name, **outcome(book.framework, assessment, u)} for u in members
            ],
        }
        for members in assessment.groups().values()
    ]
