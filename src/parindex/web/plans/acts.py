"""What is done with a task: given to somebody, reported on, its output answered, stopped."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import document_by_key
from parindex.apps.plans import actions
from parindex.apps.plans.models import Task, TaskReport
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.back import Back, SmallForm, come_back, tried
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.parts.uploads import keep
from parindex.web.plans.frame import done_task, hands_of, planned_task, visible_task
from parindex.web.plans.task import task_page
from parindex.web.plans.typed import chosen, typed


@require_POST
def give(request: Desk, *, pk: int) -> HttpResponse:
    """Give a task to a person and a division, or take it back."""
    found = planned_task(request, pk)
    people, units = hands_of(found.plan.unit, request)
    sent = typed(request, ["person", "lead"])
    form = SmallForm("give", sent)
    try:
        person = chosen(sent, "person", {str(p.pk): p for p in people})
        lead = chosen(sent, "lead", {str(u.pk): u for u in units})
    except Refused as refusal:
        back: Back | None = come_back(request, form, refusal)
    else:
        _, back = tried(request, form, actions.give_task, task=found, person=person, lead=lead)
    if back:
        return task_page(request, visible_task(request, pk), back=back)
    messages.success(request, gettext("Đã ghi người thực hiện."))
    return redirect("plans:task", pk)


@require_POST
def report(request: Desk, *, pk: int) -> HttpResponse:
    """Say how far it is; with the second button it is done. A file goes to the unit's store first; a refused
    report comes back as it was typed, with the file that was kept chosen."""
    found = done_task(request, pk)
    sent = typed(request, ["percent", "line", "document"])
    document = _document(request, found, sent["document"])
    if document is None and request.FILES.get("file"):
        told = {**sent, "asked": "1"}
        return task_page(request, found, told=told, wrong=gettext("Chưa nhận được tệp; xem lý do ở trên."))
    try:
        made = actions.report_progress(
            task=found,
            percent=100 if request.POST.get("then") == "done" else _percent(sent["percent"]),
            line=sent["line"],
            document=document,
            by=request.user.ref,
            at=request.at,
        )
    except Refused as refusal:
        told = {**sent, "document": document.key if document else ""}
        wrong = refusal_sentence(refusal.code, refusal.data, language())
        return task_page(request, visible_task(request, pk), told=told, wrong=wrong)
    waits = made.answer == TaskReport.Answer.WAITING
    words = gettext("Đã gửi sản phẩm; chờ xác nhận.") if waits else gettext("Đã ghi tiến độ.")
    messages.success(request, words)
    return redirect("plans:task", pk)


def _percent(text: str) -> int:
    """A whole number as it was typed; -1 where it is none, which is refused as such."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def _document(request: Desk, found: Task, key: str) -> Document | None:
    """The proof: a new file, else a document of the store. None: neither, or a file that was refused."""
    file = request.FILES.get("file")
    if file is not None:
        return keep(request, found.plan.unit, file)
    if not key:
        return None
    document = document_by_key(key, units=[found.plan.unit_id])
    if document is None:
        raise Http404(key)
    return document


@require_POST
def answer_output(request: Desk, *, pk: int, report: int) -> HttpResponse:
    """Accept what was handed in, or give it back with a reason."""
    found = planned_task(request, pk)
    said = found.reports.filter(pk=report).select_related("task__plan").first()
    if said is None:
        raise Http404(report)
    if request.POST.get("then") == "return":
        sent = typed(request, ["reason"])
        _, back = tried(request, SmallForm("answer", sent), actions.return_output, report=said, **sent)
        if back:
            return task_page(request, visible_task(request, pk), back=back)
        messages.success(request, gettext("Đã trả lại, kèm lý do."))
    elif attempt(request, actions.accept_output, report=said):
        messages.success(request, gettext("Đã xác nhận; nhiệm vụ hoàn thành."))
    return redirect("plans:task", pk)


@require_POST
def stop(request: Desk, *, pk: int) -> HttpResponse:
    """Cancel a task for a reason; take it out of a draft."""
    found = planned_task(request, pk)
    if request.POST.get("then") == "remove":
        try_again = redirect("plans:task", pk)
        attempted = attempt(request, _removed, task=found)
        if attempted is None:
            return try_again
        messages.success(request, gettext("Đã bỏ nhiệm vụ khỏi dự thảo."))
        return redirect("plans:plan", found.plan_id)
    sent = typed(request, ["reason"])
    _, back = tried(request, SmallForm("stop", sent), actions.cancel_task, task=found, **sent)
    if back:
        return task_page(request, visible_task(request, pk), back=back)
    messages.success(request, gettext("Đã dừng nhiệm vụ."))
    return redirect("plans:task", pk)


def _removed(**arguments: object) -> bool:
    actions.remove_task(**arguments)  # type: ignore[arg-type]
    return True
