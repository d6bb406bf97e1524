"""Signing in and out; in the demonstration, playing any role."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.access.actions import (
    confirm_second_step,
    count_try,
    forget_tries,
    record_leaving,
    wait_after_miss,
)
from parindex.apps.access.actions.guessing import code_side, sides_of
from parindex.apps.access.rules import GuessedTooOften, named, typed
from parindex.apps.access.single_sign_on import provider
from parindex.apps.organisations.models import Person
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.account.entering import come_in, proven, waiting, way_on
from parindex.web.parts.callers import address_of, counted_address
from parindex.web.parts.doors import Desk, open_page
from parindex.web.parts.languages import language


BOTH = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@sensitive_post_parameters("password")
@BOTH
def sign_in(request: Desk) -> HttpResponse:
    """The door. A name that is nobody's is answered like a wrong password, in words, waits and time."""
    next_ = request.POST.get("next", request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(way_on(request, next_))
    name, refusal = request.POST.get("username", ""), None
    if request.method == "POST":
        try:
            person = _by_password(request, named(name), typed(request.POST.get("password", "")))
            return proven(request, person, way="password", next_=next_)
        except Refused as refused:
            refusal = refused
    return door(request, said(refusal), next_=next_, name=name, status=status_of(refusal))


def door(request: Desk, words: str, *, next_: str, name: str = "", status: int = 200) -> HttpResponse:
    """The page of the door, with what there is to say."""
    single = provider()
    context = {
        "name": name,
        "next": next_,
        "said": words,
        "single": single.name if single else "",
        "mails": bool(settings.EMAIL_HOST),
    }
    return render(request, "account/sign_in.html", context, status=status)


def _by_password(request: Desk, name: str, password: str) -> Person:
    """Whose name and password these are. Raises Refused."""
    sides, at = sides_of(name, counted_address(request)), request.at
    count_try(sides=sides, at=at)
    person = authenticate(request, username=name, password=password)
    if not isinstance(person, Person):
        tried = Person.objects.filter(username__iexact=name).first()
        address = address_of(request)
        missed(
            wait_after_miss(sides=sides, person=tried, address=address, by="unknown", at=at),
            Refused("sign_in_wrong"),
        )
    forget_tries(sides=sides, at=at)
    if person.one_time_until is not None and person.one_time_until < at:
        raise Refused("one_time_over")
    return person


def missed(until: datetime | None, wrong: Refused) -> NoReturn:
    """Raise what there is to say of a wrong try: wrong, or wrong too often."""
    if until is not None:
        raise GuessedTooOften("guessed_too_often", until=until)
    raise wrong


def said(refusal: Refused | None) -> str:
    """A refusal in the page's language; "" for none."""
    return refusal_sentence(refusal.code, refusal.data, language()) if refusal else ""


def status_of(refusal: Refused | None) -> int:
    """Of a page that shows a form again: 429 where somebody has to wait."""
    return 429 if isinstance(refusal, GuessedTooOften) else 200


open_page(sign_in)


@never_cache
@BOTH
def second(request: Desk) -> HttpResponse:
    """The second step: a code of the telephone, or a recovery code."""
    found = waiting(request)
    if request.user.is_authenticated:
        return redirect("account:start")
    if found is None:
        return redirect_to_login(request.get_full_path())
    person, step = found
    refusal = None
    if request.method == "POST":
        try:
            shown = check_code(request, person, request.POST.get("code", ""))
            return come_in(request, person, way=step["way"], second=shown, next_=step["next"])
        except Refused as refused:
            refusal = refused
    return render(request, "account/second.html", {"said": said(refusal)}, status=status_of(refusal))


def check_own_password(request: Desk, password: str) -> None:
    """That whoever sits here knows the password of who is signed in; guesses are counted. Raises Refused."""
    person, at = request.user, request.at
    sides = sides_of(named(person.username), counted_address(request))
    count_try(sides=sides, at=at)
    if not person.check_password(typed(password)):
        address = address_of(request)
        missed(
            wait_after_miss(sides=sides, person=person, address=address, by=person.ref, at=at),
            Refused("password_wrong"),
        )
    forget_tries(sides=sides, at=at)


def check_code(request: Desk, person: Person, code: str) -> str:
    """Take a code of a person's second factor; guesses are counted. Returns its kind. Raises Refused."""
    sides, at = code_side(person), request.at
    count_try(sides=sides, at=at)
    try:
        shown = confirm_second_step(person=person, code=code[:50], by=person.ref, at=at)
    except Refused as refused:
        until = wait_after_miss(sides=sides, person=person, address=address_of(request), by=person.ref, at=at)
        missed(until, refused)
    forget_tries(sides=sides, at=at)
    return shown


open_page(second)


@require_POST
def sign_out(request: Desk) -> HttpResponse:
    """End this session."""
    if request.user.is_authenticated:
        record_leaving(person=request.user, address=address_of(request), by=request.user.ref, at=request.at)
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


open_page(sign_out)


@require_http_methods(["GET", "POST"])
def play_role(request: Desk) -> HttpResponse:
    """Choose an invented person and act as they; there in the demonstration only."""
    if not settings.PARINDEX_DEMO:
        raise Http404
    people = Person.objects.filter(illustrative=True, is_active=True)
    if request.method == "POST":
        chosen = get_object_or_404(people, pk=request.POST.get("person", "0"))
        return come_in(request, chosen, way="played", second="", next_=reverse("account:start"))
    shown = people.prefetch_related("grants__unit").order_by("id")
    return render(request, "account/play_role.html", {"people": shown})


open_page(play_role)
