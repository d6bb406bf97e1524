"""Answering lost points from the page: a draft plan in one act, an acceptance, its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.actions import accept_loss, draft_remedies, withdraw_acceptance
from parindex.apps.improvement.models import Acceptance
from parindex.apps.improvement.permissions import check_remedy
from parindex.web.improve.gates import asked_unit
from parindex.web.improve.lost import lost_page
from parindex.web.parts.back import SmallForm, tried
from parindex.web.parts.doors import Desk, attempt


def _answerable(request: Desk, round_: str, unit: str) -> Participant:
    participant = asked_unit(request, round_, unit)
    check_remedy(request.rights, participant)
    return participant


@require_POST
def draft(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every lost point without an answer becomes a task."""
    participant = _answerable(request, round, unit)
    drafted = attempt(request, draft_remedies, participant=participant)
    if drafted is None:
        return redirect("improve:lost", participant.round, unit)
    if drafted.made:
        said = ngettext(
            "Đã đưa %(n)s nhiệm vụ vào dự thảo. Hãy xem lại nội dung, người làm, hạn rồi ban hành.",
            "Đã đưa %(n)s nhiệm vụ vào dự thảo. Hãy xem lại nội dung, người làm, hạn rồi ban hành.",
            drafted.made,
        ) % {"n": drafted.made}
    else:
        said = gettext("Kế hoạch đã có đủ nhiệm vụ; không thêm gì.")
    messages.success(request, said)
    return redirect("improve:lost", participant.round, unit)


@require_POST
def accept(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """One lost point is accepted for a reason, or open again."""
    participant = _answerable(request, round, unit)
    code = request.POST.get("code", "")[:60]
    if "withdraw" in request.POST:
        found = Acceptance.objects.filter(participant=participant, code=code, withdrawn_at=None).first()
        if found is None:
            raise Http404(code)
        found.participant = participant
        if attempt(request, withdraw_acceptance, acceptance=found):
            messages.success(request, gettext("Đã rút lại việc chấp nhận."))
    else:
        sent = {"reason": request.POST.get("reason", "")}
        _, back = tried(
            request,
            SmallForm(f"accept-{code}", sent),
            accept_loss,
            participant=participant,
            code=code,
            **sent,
        )
        if back:
            return lost_page(request, participant, back)
        messages.success(request, gettext("Đã ghi việc chấp nhận và lý do."))
    return redirect("improve:lost", participant.round, unit)
