"""One's own account: who one is here, the password, the second factor, and what is open in one's name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from parindex.apps.access.actions import end_session, end_sessions
from parindex.apps.access.queries import factor_of, open_sessions, recovery_left
from parindex.apps.organisations.queries import roles_in_words
from parindex.web.parts.callers import browser_words
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.methods import reads


@reads
@never_cache
def own(request: Desk) -> HttpResponse:
    """The page of one's own account."""
    factor = factor_of(request.user)
    context = {
        "section": "account",
        "person": request.user,
        "roles": roles_in_words(request.rights),
        "by_password": request.user.has_usable_password(),
        "factor": factor,
        "left": recovery_left(factor) if factor else 0,
        "sessions": _rows(request),
    }
    return render(request, "account/own.html", context)


def _rows(request: Desk) -> list[dict[str, Any]]:
    """The sessions, this one first."""
    mine = request.session.session_key
    rows = [
        {
            "name": s.name,
            "since": s.since,
            "seen_at": s.seen_at,
            "address": s.address,
            "browser": browser_words(s.agent) or gettext("Trình duyệt không rõ"),
            "mine": s.session_key == mine,
        }
        for s in open_sessions(request.user, timezone.now())
    ]
    return sorted(rows, key=lambda row: not row["mine"])


@require_POST
def session_end(request: Desk) -> HttpResponse:
    """End one session, or all others."""
    name, mine = request.POST.get("session", ""), request.session.session_key or ""
    if name == "others":
        ended = attempt(request, end_sessions, person=request.user, keep=mine) or 0
        words = ngettext(
            "Đã kết thúc %(count)s phiên đăng nhập khác.",
            "Đã kết thúc %(count)s phiên đăng nhập khác.",
            ended,
        )
        messages.success(request, words % {"count": ended})
        return redirect("account:own")
    found = attempt(request, end_session, person=request.user, name=name)
    if found is not None and found.session_key == mine:
        logout(request)
        return redirect("account:sign_in")
    if found is not None:
        messages.success(request, gettext("Đã kết thúc phiên đăng nhập."))
    return redirect("account:own")
