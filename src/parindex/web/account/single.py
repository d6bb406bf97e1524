"""Single sign-on: to the identity provider and back."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from parindex.apps.access.single_sign_on import Pending, Provider, begin, finish, person_of, provider
from parindex.core.kernel.problems import Refused
from parindex.web.account.entering import proven, way_on
from parindex.web.account.views import door, said
from parindex.web.parts.doors import Desk, open_page
from parindex.web.parts.methods import reads


LOG = logging.getLogger("parindex.refusals")
PENDING = "single_sign_on"


@reads
@never_cache
def leave(request: Desk) -> HttpResponse:
    """To the provider."""
    at, next_ = _provider(), way_on(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(next_)
    try:
        where, pending = begin(at, back=_back(), next_=next_)
    except Refused as refused:
        return _refused(request, refused, next_)
    request.session[PENDING] = pending
    return redirect(where)


@reads
@never_cache
def back(request: Desk) -> HttpResponse:
    """From the provider; what it says is taken once, and by the browser that asked."""
    at, kept = _provider(), request.session.pop(PENDING, None)
    if kept is None:
        return redirect("account:sign_in")
    pending = Pending(**kept)
    try:
        claims = finish(at, back=_back(), answer=request.GET.dict(), pending=pending)
        person = person_of(at, claims)
    except Refused as refused:
        return _refused(request, refused, pending.next)
    return proven(request, person, way="oidc", next_=pending.next)


def _provider() -> Provider:
    """Raises Http404 where single sign-on is not set up."""
    found = provider()
    if found is None:
        raise Http404
    return found


def _back() -> str:
    """The address that is registered with the provider, the same in every language."""
    with override(settings.LANGUAGE_CODE):
        return str(settings.PARINDEX_ADDRESS) + reverse("account:single_back")


def _refused(request: Desk, refusal: Refused, next_: str) -> HttpResponse:
    """The door again, with the reason; the log knows more than the page."""
    LOG.warning(
        "single sign-on refused: %s (%r)", refusal.code, refusal.__cause__, extra={"code": refusal.code}
    )
    return door(request, said(refusal), next_=next_, status=403)


open_page(leave)
open_page(back)
