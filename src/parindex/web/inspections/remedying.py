"""A recommendation: what the unit did about it, with proof, and whether that holds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.evidence.queries import document_by_key, documents_of
from parindex.apps.inspections import actions
from parindex.apps.inspections.models import Answer, Recommendation, Visit
from parindex.apps.inspections.permissions import can_answer, can_run, check_answers, check_run
from parindex.apps.inspections.rules import check_answerable, status_of
from parindex.apps.organisations.queries import names_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.inspections.frame import REMEDY_BADGES, frame, known_recommendation, typed, why
from parindex.web.inspections.uploads import keep_all, sent
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk, scripted


CHOICES = 12
BADGES = {"": "waiting", "accepted": "done", "returned": "back"}


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: Desk, *, pk: int) -> HttpResponse:
    """A recommendation with all that was said about it; the unit answers, who inspects verifies."""
    found = known_recommendation(request, pk)
    visit, wrong, text, back = found.finding.visit, "", "", None
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "answer":
            check_answers(request.rights, visit)
            wrong, text = _answer(request, found), request.POST.get("text", "")
        else:
            check_run(request.rights, visit)
            back = _verify(request, found, act)
        if not wrong and not back:
            return redirect("inspections:recommendation", pk)
    answers = list(found.answers.prefetch_related("documents").order_by("pk"))
    names = names_of({ref for a in answers for ref in (a.by, a.judged_by) if ref})
    status = status_of(found, legal_date(request.at))
    open_ = found.state == Recommendation.State.OPEN and visit.state == Visit.State.CONCLUDED
    answering = open_ and can_answer(request.rights, visit)
    waiting = found.state == Recommendation.State.ANSWERED and visit.state == Visit.State.CONCLUDED
    context = {
        **frame(visit.plan.territory),
        "one": found,
        "finding": found.finding,
        "visit": visit,
        "status": status.value,
        "badge": REMEDY_BADGES[status],
        "answers": [_row(a, names) for a in answers],
        "answering": answering,
        "verifying": waiting and can_run(request.rights, visit),
        "vault": documents_of(visit.unit, size=CHOICES).documents if answering else [],
        "wrong": wrong,
        "text": text,
        "chosen": request.POST.getlist("document"),
        "refused": back,
        "done": " ".join(a.key for a in answers),
    }
    return scripted(
        render(request, "inspections/recommendation.html", context, status=422 if wrong or back else 200)
    )


def _row(answer: Answer, names: dict[str, str]) -> dict[str, object]:
    return {
        "answer": answer,
        "by": names.get(answer.by, ""),
        "judge": names.get(answer.judged_by, ""),
        "badge": BADGES[answer.verdict],
        "documents": list(answer.documents.all()),
    }


def _answer(request: Desk, found: Recommendation) -> str:
    """Keep the files in the unit's vault, then the answer; why not, where it was refused."""
    said, unit = typed(request, "text", "key"), found.finding.visit.unit
    known = found.answers.filter(key=said["key"]).exists()
    documents = []
    try:
        if not known:
            check_answerable(found)
        for key in request.POST.getlist("document"):
            one = document_by_key(key, units=[unit.pk])
            if one is None:
                raise Http404(key)
            documents.append(one)
        kept = keep_all(request, unit, sent(request, "files"))
        if kept is None:
            return gettext("Có tệp chưa nhận được; xem lý do ở trên.")
        actions.answer_recommendation(
            recommendation=found,
            text=said["text"],
            documents=[*documents, *kept],
            key=said["key"],
            by=request.user.ref,
            at=request.at,
        )
    except Refused as refusal:
        return why(refusal)
    messages.success(request, gettext("Đã gửi báo cáo khắc phục."))
    return ""


def _verify(request: Desk, found: Recommendation, act: str) -> Back | None:
    if act not in ("accept", "return"):
        raise Http404(act)
    accepted, said = act == "accept", typed(request, "reason")
    do = actions.verify_answer
    _, back = tried(request, SmallForm("verify", said), do, recommendation=found, accepted=accepted, **said)
    if back is None:
        done = gettext("Đã xác nhận khắc phục.") if accepted else gettext("Đã trả lại đơn vị.")
        messages.success(request, done)
    return back
