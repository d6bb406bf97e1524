"""Between the door and the rooms: a password given by somebody else is exchanged first, a second factor that
is asked for is set up first, and a session that nobody used for long ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from parindex.apps.access.queries import DOOR
from parindex.apps.access.sessions import SessionStore
from parindex.web.parts.doors import Desk


Handler = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]


class Gate:
    """See the module."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and cast(Desk, request).user.is_authenticated:
            self._look(cast(Desk, request))
        return self.get_response(request)

    def _look(self, request: Desk) -> None:
        now, session = timezone.now(), cast(SessionStore, request.session)
        seen, most = session.idle_since(), timedelta(seconds=settings.PARINDEX_IDLE_SECONDS)
        if most and seen is not None and now - seen > most:
            logout(request)
            messages.info(
                request, gettext("Phiên làm việc đã kết thúc vì lâu không dùng. Hãy đăng nhập lại.")
            )
        else:
            session.note_seen(now)

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponse | None:
        """Lead to what has to be done first."""
        if getattr(view, "open_page", False) or getattr(view, "before_gate", False):
            return None
        desk = cast(Desk, request)
        if not desk.user.is_authenticated:
            return None
        door = desk.session.get(DOOR, {})
        if desk.user.one_time_until is not None and door.get("way") == "password":
            return redirect("account:password")
        if door.get("needs_factor"):
            return redirect("account:factor")
        return None


def before_gate(view: View) -> View:
    """Mark a view as open to whoever still has something to do at the gate."""
    view.before_gate = True  # type: ignore[attr-defined]
    return view
