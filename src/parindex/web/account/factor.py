"""One's second factor: turn it on with a picture to scan, turn it off, renew the recovery codes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from parindex.apps.access.actions import (
    count_try,
    forget_tries,
    renew_recovery_codes,
    turn_off_factor,
    turn_on_factor,
    wait_after_miss,
)
from parindex.apps.access.actions.factors import FactorRefused
from parindex.apps.access.actions.guessing import code_side
from parindex.apps.access.queries import DOOR, factor_of, must_have_factor, recovery_left
from parindex.apps.access.sealing import seal, unseal
from parindex.apps.access.totp import enrolment_address, new_secret
from parindex.core.kernel.problems import Refused
from parindex.web.account.gate import before_gate
from parindex.web.account.views import BOTH, check_own_password, missed, said, status_of
from parindex.web.parts.callers import address_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.qr import picture


SECRET = "factor_secret"  # noqa: S105  the key in the session under which the secret waits, sealed


@never_cache
@sensitive_post_parameters()
@BOTH
def factor(request: Desk) -> HttpResponse:
    """The page of the second factor: how it stands, and what can be done about it."""
    refusal = None
    if request.method == "POST":
        try:
            return _act(request, request.POST.get("act", ""))
        except Refused as refused:
            refusal = refused
    found = factor_of(request.user)
    secret = "" if found else _secret(request)
    account = {"issuer": f"CCHC {request.get_host()}", "account": request.user.username}
    context = {
        "section": "account",
        "factor": found,
        "left": recovery_left(found) if found else 0,
        "needed": must_have_factor(request.user, request.at),
        "asks_password": request.user.has_usable_password(),
        "secret": " ".join(secret[k : k + 4] for k in range(0, len(secret), 4)),
        "picture": picture(enrolment_address(secret, **account)) if secret else None,
        "said": said(refusal),
    }
    return render(request, "account/factor.html", context, status=status_of(refusal))


before_gate(factor)


def _act(request: Desk, act: str) -> HttpResponse:
    """What a form of the page asks for. Raises Refused."""
    if request.user.has_usable_password():
        check_own_password(request, request.POST.get("password", ""))
    if act == "on":
        return _codes(request, _turn_on(request))
    if act == "codes":
        codes = renew_recovery_codes(person=request.user, by=request.user.ref, at=request.at)
        return _codes(request, codes)
    if act == "off":
        if must_have_factor(request.user, request.at):
            raise FactorRefused("factor_needed")
        turn_off_factor(person=request.user, by=request.user.ref, at=request.at)
        messages.success(request, gettext("Đã tắt xác thực hai lớp."))
    return redirect("account:own")


def _turn_on(request: Desk) -> list[str]:
    """Guesses of the code are counted, as anywhere. Raises Refused."""
    person, at, sides = request.user, request.at, code_side(request.user)
    count_try(sides=sides, at=at)
    try:
        codes = turn_on_factor(
            person=person, secret=_secret(request), code=request.POST.get("code", ""), by=person.ref, at=at
        )
    except Refused as refused:
        until = wait_after_miss(sides=sides, person=person, address=address_of(request), by=person.ref, at=at)
        missed(until, refused)
    forget_tries(sides=sides, at=at)
    request.session.pop(SECRET, None)
    request.session[DOOR] = {**request.session.get(DOOR, {}), "needs_factor": False}
    return codes


def _secret(request: Desk) -> str:
    """The secret that is being set up; it waits in the session until a code proves that it has arrived."""
    secret = unseal(request.session.get(SECRET, "")) or new_secret()
    request.session[SECRET] = seal(secret)
    return secret


def _codes(request: Desk, codes: list[str]) -> HttpResponse:
    """The recovery codes, on the one page that shows them."""
    return render(request, "account/recovery.html", {"section": "account", "codes": codes})
