"""Who comes in: the clock and the rights of a request, sign-in by default, acting with a readable refusal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.guests import guest_of
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import NOBODY, Rights, rights_of
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.languages import language
from parindex.web.parts.middleware import POLICY


LOG = logging.getLogger("parindex.refusals")

Handler = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
Made = TypeVar("Made")


class Desk(HttpRequest):
    """A request of somebody signed in, as the views of the inner rooms receive it."""

    user: Person
    at: datetime
    rights: Rights
    round: Round  # what an inner page is about, once it is found


def clock_and_rights(get_response: Handler) -> Handler:
    """Give each request its instant (`at`) and, once asked for, the rights of whoever sent it (`rights`)."""
    clock: Callable[[], datetime] | None = (
        import_string(settings.PARINDEX_CLOCK) if settings.PARINDEX_CLOCK else None
    )

    def middleware(request: HttpRequest) -> HttpResponseBase:
        desk = cast(Desk, request)
        desk.at = clock() if clock else timezone.now()
        desk.rights = cast(Rights, SimpleLazyObject(lambda: _rights(desk)))
        _let_guest_in(desk)
        return get_response(request)

    return middleware


GUEST = "guest"
"""Where a session keeps by which link somebody came in, and as whom."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A guest at the desk: signed in nowhere, and yet somebody by name."""

    ref: str
    full_name: str
    pk: int | None = None
    is_authenticated: bool = False
    is_anonymous: bool = True
    is_active: bool = False


def _let_guest_in(request: Desk) -> None:
    """Whoever came by a guest link and is not signed in acts as that guest, as long as the link holds."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.user.is_authenticated:
        return
    kept = request.session.get(GUEST)
    if not kept:
        return
    found = guest_of(kept["link"], kept["guest"], request.at)
    if found is None:
        request.session.pop(GUEST, None)
        return
    guest, request.rights = found
    request.user = cast(Person, Visitor(guest.ref, str(guest)))


def _rights(request: Desk) -> Rights:
    return rights_of(request.user, request.at) if request.user.is_authenticated else NOBODY


class SignInRequired:
    """Every view asks for sign-in, except those marked open: what nobody thought of stays closed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *view_arguments: Any) -> HttpResponseBase | None:
        """Send those who are not signed in to the door, with the way back."""
        desk = cast(Desk, request)
        if getattr(view, "open_page", False) or desk.user.is_authenticated:
            return None
        if getattr(view, "guest_page", False) and isinstance(desk.user, Visitor):
            return None
        return redirect_to_login(request.get_full_path())


def open_page(view: View) -> View:
    """Mark a view as open to everybody."""
    view.open_page = True  # type: ignore[attr-defined]
    return view


def guest_page(view: View) -> View:
    """Mark a view as open to a guest too, who may act on the sheet of their link and on no other."""
    view.guest_page = True  # type: ignore[attr-defined]
    return view


def attempt(request: Desk, act: Callable[..., Made], **arguments: Any) -> Made | None:
    """Call an action as the person at the desk; a refusal becomes a message on the next page.

    Returns:
        What the action returns; None where it refused.
    """
    try:
        return act(**arguments, by=request.user.ref, at=request.at)
    except Refused as refusal:
        messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
        return None


def scripted(response: HttpResponse) -> HttpResponse:
    """Let a page of the inner rooms run the project's own scripts and talk to its own site; nothing else."""
    response.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'; connect-src 'self'"
    return response


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A page that says why, with status 403."""
    words = refusal_sentence(refusal.code, refusal.data, language())
    return render(request, "parts/403.html", {"words": words}, status=403)


class SayRefusals:
    """A right that is missing where a page is opened becomes a page that says which, and is logged."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refusals that no view turned into a message."""
        if not isinstance(error, Refused):
            return None
        LOG.warning("refused %s %s: %s", request.method, request.path, error.code, extra={"code": error.code})
        return refused(request, error)
