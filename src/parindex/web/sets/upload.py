"""The set in Excel: fetched, brought back, shown as differences row by row, taken when confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.frameworks.actions import change_draft
from parindex.apps.frameworks.models import SetDraft
from parindex.core.formats.framework_rows import NEXT, PARTS, Plain, check_plain
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.problems import Refused
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.workbooks import XLSX
from parindex.web.sets.desk import draft_or_404, problem_words, sentence
from parindex.web.sets.tree import frame
from parindex.web.sets.workbook import Taken, carried, read_workbook, workbook


LARGEST = 10_000_000
SALT = "sets.workbook.confirmed"
AN_HOUR = 3600


def download(request: Desk, *, pk: int) -> HttpResponse:
    """The workbook of the set as it is now."""
    draft = draft_or_404(request, pk)
    answer = HttpResponse(workbook(draft), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="bo-tieu-chi-{pk}.xlsx"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: Desk, *, pk: int) -> HttpResponse:
    """Fetch and bring back; nothing is kept before it is confirmed."""
    draft = draft_or_404(request, pk)
    if request.method == "POST" and "confirmed" in request.POST:
        return _confirm(request, draft)
    found: dict[str, Any] = {"differences": [], "faults": [], "after": []}
    found |= {"wrong": "", "confirmed": "", "file": ""}
    if request.method == "POST":
        found |= _preview(request, draft)
    refused = found["wrong"] or found["faults"]
    return render(request, "sets/table.html", {**frame(draft), **found}, status=422 if refused else 200)


def _preview(request: Desk, draft: SetDraft) -> dict[str, Any]:
    """What the file would change, and what would be wrong then; with a fault it changes nothing."""
    sent = request.FILES.get("file")
    if sent is None:
        return {"wrong": sentence(Refused("file_missing"))}
    if sent.size is None or sent.size > LARGEST:
        return {"wrong": sentence(Refused("file_too_big", limit=LARGEST // 1_000_000))}
    name = (sent.name or "")[:200]
    try:
        taken: Taken = read_workbook(sent.read(), name, draft)
    except FileRefused as refusal:
        return {"wrong": " ".join(problem_words(p.code, p.data) for p in refusal.problems), "file": name}
    except Refused as refusal:
        return {"wrong": sentence(refusal), "file": name}
    if taken.faults:
        return {"faults": taken.faults, "file": name}
    if not taken.differences:
        return {"wrong": sentence(Refused("workbook_unfilled")), "file": name}
    _, problems = check_plain(taken.content)
    kept = [draft.pk, draft.number, request.user.pk, dict(carried(taken.content)), taken.content.get(NEXT)]
    return {
        "file": name,
        "differences": taken.differences,
        "after": [problem_words(p.code, p.data) for p in problems],
        "confirmed": signing.dumps(kept, salt=SALT, compress=True),
    }


def _confirm(request: Desk, draft: SetDraft) -> HttpResponse:
    """Take what was shown, if nobody has changed the set since. Raises Refused ``upload_changed``."""
    try:
        pk, number, who, parts, following = signing.loads(
            request.POST["confirmed"], salt=SALT, max_age=AN_HOUR
        )
    except BadSignature:
        raise Refused("upload_changed") from None
    if (pk, who) != (draft.pk, request.user.pk):
        raise Refused("upload_changed")
    if number != draft.number:
        messages.error(request, sentence(Refused("upload_changed")))
        return redirect("sets:table", draft.pk)

    def edit(content: Plain) -> None:
        for part in PARTS:
            content.pop(part, None)
        content.update(parts)
        content[NEXT] = following

    made = attempt(request, change_draft, draft=draft, change="workbook", edit=edit)
    if made is None:
        return redirect("sets:table", draft.pk)
    n = made.number
    words = ngettext("Đã nhận tệp Excel: phiên bản %(n)s.", "Đã nhận tệp Excel: phiên bản %(n)s.", n)
    messages.success(request, words % {"n": n})
    return redirect("sets:set", draft.pk)
