"""Choosing a password: one's own while signed in, or by a link that was mailed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from parindex.apps.access.actions import change_password, choose_password, count_try
from parindex.apps.access.actions.guessing import letter_sides
from parindex.apps.access.queries import DOOR, person_for_letter
from parindex.apps.access.rules import SHORTEST, named
from parindex.apps.organisations.models import Person
from parindex.core.kernel.problems import Refused
from parindex.web.account.gate import before_gate
from parindex.web.account.letters import send_link
from parindex.web.account.views import BOTH, check_own_password, said, status_of
from parindex.web.parts.callers import counted_address
from parindex.web.parts.doors import Desk, open_page


@never_cache
@sensitive_post_parameters()
@BOTH
def password(request: Desk) -> HttpResponse:
    """Change one's own password; a one-time password was typed just now and is not asked for again."""
    person = request.user
    if not person.has_usable_password():
        messages.info(request, gettext("Tài khoản này không đăng nhập bằng mật khẩu."))
        return redirect("account:own")
    first = person.one_time_until is not None and request.session.get(DOOR, {}).get("way") == "password"
    refusal = None
    if request.method == "POST":
        try:
            if not first:
                check_own_password(request, request.POST.get("old", ""))
            _change(request)
            return redirect("account:start" if first else "account:own")
        except Refused as refused:
            refusal = refused
    context = {"section": "account", "first": first, "said": said(refusal), "least": SHORTEST}
    return render(request, "account/password.html", context, status=status_of(refusal))


def _change(request: Desk) -> None:
    """Raises Refused."""
    person = Person.objects.get(pk=request.user.pk)
    change_password(
        person=person,
        new=request.POST.get("new", ""),
        again=request.POST.get("again", ""),
        keep=request.session.session_key or "",
        by=person.ref,
        at=request.at,
    )
    request.user = person
    update_session_auth_hash(request, person)
    messages.success(request, gettext("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."))


before_gate(password)


@never_cache
@BOTH
def forgotten(request: Desk) -> HttpResponse:
    """Ask for a link by mail. The answer is the same whether or not there is such a person."""
    if not settings.EMAIL_HOST:
        raise Http404
    refusal, sent = None, False
    if request.method == "POST":
        try:
            name = named(request.POST.get("username", ""))
            count_try(sides=letter_sides(name, counted_address(request)), at=request.at)
            person = person_for_letter(name)
            if person is not None:
                send_link(person)
            sent = True
        except Refused as refused:
            refusal = refused
    context = {"said": said(refusal), "sent": sent}
    return render(request, "account/forgotten.html", context, status=status_of(refusal))


open_page(forgotten)


@never_cache
@sensitive_post_parameters()
@BOTH
def choose(request: Desk, *, person: str, token: str) -> HttpResponse:
    """Choose a password by the link that was mailed; it is good for an hour, once."""
    found = _linked(person, token)
    if found is None:
        return render(request, "account/link_over.html", {"said": said(Refused("link_over"))}, status=410)
    refusal = None
    if request.method == "POST":
        try:
            choose_password(
                person=found,
                new=request.POST.get("new", ""),
                again=request.POST.get("again", ""),
                by=found.ref,
                at=request.at,
            )
            messages.success(request, gettext("Đã đặt mật khẩu mới. Hãy đăng nhập."))
            return redirect("account:sign_in")
        except Refused as refused:
            refusal = refused
    context = {"said": said(refusal), "least": SHORTEST, "name": found.username}
    return render(request, "account/choose.html", context)


open_page(choose)


def _linked(key: str, token: str) -> Person | None:
    """Whom a link is for, while it holds."""
    try:
        number = int(urlsafe_base64_decode(key))
    except ValueError:
        return None
    found = Person.objects.filter(pk=number, is_active=True).first() if 0 < number < 2**63 else None
    return found if found and default_token_generator.check_token(found, token) else None
