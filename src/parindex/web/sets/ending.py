"""The states a set has been through, and its end: locked with its decision, or given up."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.frameworks.actions import Decision, drop_draft, go_back, lock_draft
from parindex.apps.frameworks.models import SetDraft
from parindex.apps.frameworks.queries import versions_of
from parindex.apps.frameworks.rules import check_lock
from parindex.apps.organisations.queries import names_of
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate
from parindex.web.sets.desk import draft_or_404
from parindex.web.sets.tree import frame


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: Desk, *, pk: int) -> HttpResponse:
    """Every state, newest first; each can be gone back to."""
    draft = draft_or_404(request, pk)
    if request.method == "POST":
        number = request.POST.get("number", "")
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
        if attempt(request, go_back, draft=draft, number=wanted):
            messages.success(request, gettext("Đã quay lại phiên bản %(n)s.") % {"n": wanted})
        return redirect("sets:versions", pk)
    found = versions_of(draft)
    names = names_of({v.by for v in found})
    rows = [{"version": v, "by": names[v.by]} for v in found]
    return render(request, "sets/versions.html", {**frame(draft), "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: Desk, *, pk: int) -> HttpResponse:
    """The decision's number, date and issuer; then nothing is changed any more."""
    draft = draft_or_404(request, pk)
    typed = {k: request.POST.get(k, "").strip()[:250] for k in ("document", "issued", "issuer")}
    status = 200
    if request.method == "POST":
        try:
            issued = date.fromisoformat(typed["issued"])
        except ValueError:
            issued = None
        if issued is None:
            messages.error(request, gettext("Hãy ghi ngày của quyết định."))
        else:
            decision = Decision(typed["document"], issued, typed["issuer"])
            stored = attempt(request, lock_draft, draft=draft, decision=decision)
            if stored is not None:
                messages.success(request, gettext("Đã khóa bộ tiêu chí %(name)s.") % {"name": stored})
                if draft.territory.parent_id:  # a unit's own set has no public page
                    return redirect("sets:set", draft.pk)
                return redirect("public:framework", stored.identifier, stored.version)
        status = 422
    context = {**frame(draft), "gate": gate(lambda: _check(draft)), "typed": typed}
    return render(request, "sets/lock.html", context, status=status)


def _check(draft: SetDraft) -> None:
    check_lock(draft)


@require_POST
def drop(request: Desk, *, pk: int) -> HttpResponse:
    """Given up: it leaves the list."""
    draft = draft_or_404(request, pk)
    if attempt(request, drop_draft, draft=draft):
        messages.success(request, gettext("Đã bỏ bản soạn."))
    return redirect("sets:desk")
