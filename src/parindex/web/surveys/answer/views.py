"""Pages of whoever answers. They need no account, ask for no session and set no cookie.

Why a post needs no token against forgery from other sites (CSRF): such a token protects whoever is signed in
from being made to act in their own name. Here nobody acts in a name, and no cookie is looked at. The right
to answer is the link itself: another site that could send it would have to know it, and could then as well
answer by itself. What an open counter takes is limited by the hour, whoever sends it.

What these pages answer is kept in no cache and named in no log: an address holds the right to answer, and a
log would put an hour beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import (
    AnswersRefused,
    Asked,
    Fields,
    asked_of,
    check_now,
    counter_of,
    right_of,
)
from parindex.apps.surveys.models import Counter, Invitation
from parindex.apps.surveys.queries import public_surveys
from parindex.apps.surveys.rules import check_counter
from parindex.apps.surveys.sittings import is_sitting, new_sitting
from parindex.core.kernel.problems import Refused
from parindex.core.wording.problems import sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk, scripted
from parindex.web.parts.languages import language, same_page
from parindex.web.surveys.answer.laid import Found, laid


STATUS = {
    "survey_link_unknown": 404,
    "survey_link_used": 410,
    "survey_over": 410,
    "survey_counter_closed": 410,
    "survey_counter_full": 429,
    "survey_too_large": 413,
}
STATUS_ELSE = 422
TRY_AGAIN = frozenset(
    {"survey_answers_wrong", "survey_nothing_answered", "survey_counter_full", "survey_form_old"}
)
"""Refusals after which the form is shown again, with what was chosen."""
View = Callable[..., HttpResponse]


def unnamed(view: View) -> View:
    """Mark a page whose address is a secret: kept by nobody, told to nobody, in no log."""

    def wrapped(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "POST"):
            response = HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        else:
            response = view(request, **named)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        response._has_been_logged = True  # type: ignore[attr-defined]  # of Django: it logs what is refused
        return response

    return csrf_exempt(wrapped)  # type: ignore[return-value]


@unnamed
def by_link(request: HttpRequest, *, token: str) -> HttpResponse:
    """The form behind a one-time link; sent, the link is spent."""
    at = cast(Desk, request).at
    kiosk = False
    try:
        fields, sitting = _sent(request)
        if request.method == "POST":
            try:
                actions.answer_by_link(token=token, sitting=sitting, fields=fields, at=at)
                return _to_thanks()
            except Refused as refusal:
                if refusal.code not in TRY_AGAIN:
                    raise
                right = right_of(token)
                return _form(request, right, asked_of(right), kiosk=kiosk, fields=fields, refusal=refusal)
        right = right_of(token)
        check_now(right.group, at)
        return _form(request, right, asked_of(right), kiosk=kiosk, fields={}, refusal=None)
    except Refused as refusal:
        return _refused(request, refusal)


@unnamed
def at_counter(request: HttpRequest, *, code: str) -> HttpResponse:
    """The form behind a poster or on a tablet, which shows itself anew for the next one."""
    at, kiosk = cast(Desk, request).at, request.GET.get("kiosk") == "1"
    try:
        fields, sitting = _sent(request)
        refusal = None
        if request.method == "POST":
            try:
                actions.answer_at_counter(code=code, sitting=sitting, fields=fields, kiosk=kiosk, at=at)
                return _to_thanks(code if kiosk else "")
            except Refused as found:
                if found.code not in TRY_AGAIN:
                    raise
                refusal = found
        counter = counter_of(code)
        check_now(counter.group, at)
        if refusal is None:
            check_counter(counter, at)
        return _form(request, counter, asked_of(counter), kiosk=kiosk, fields=fields, refusal=refusal)
    except Refused as found:
        return _refused(request, found)


def _sent(request: HttpRequest) -> tuple[Fields, str]:
    """What was sent, and the sitting's number. Raises Refused ``survey_too_large``."""
    if request.method != "POST":
        return {}, ""
    try:
        return dict(request.POST.lists()), request.POST.get("sitting", "")
    except SuspiciousOperation:  # larger than any form, or of more fields
        raise Refused("survey_too_large") from None


def _to_thanks(tablet: str = "") -> HttpResponse:
    """To the page that thanks; from a tablet with the code of its counter."""
    where = reverse("answer:thanks") + (f"?kiosk={tablet}" if tablet else "")
    return HttpResponse(status=303, headers={"Location": where})


def _form(
    request: HttpRequest,
    right: Invitation | Counter,
    asked: Asked,
    *,
    kiosk: bool,
    fields: Fields,
    refusal: Refused | None,
) -> HttpResponse:
    """The form, empty or with what was chosen and what is wrong with it."""
    problems: Found = refusal.found if isinstance(refusal, AnswersRefused) else {}
    sitting = fields.get("sitting", [""])[-1]
    context = {
        **_frame(request),
        **laid(asked, fields, problems),
        "survey": asked.group.survey,
        "form": asked.form,
        "unit": None if asked.several else asked.units[0],
        "counter": right if isinstance(right, Counter) else None,
        "kiosk": kiosk,
        "sitting": sitting if is_sitting(sitting) else new_sitting(),
        "wrong": _words(refusal) if refusal else "",
        "lacks": sentence("answer_required", {}, language()),
    }
    page = HttpResponse(render_to_string("answer/form.html", context))
    if refusal is not None:
        page.status_code = STATUS.get(refusal.code, STATUS_ELSE)
    return scripted(page)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A page that says why there is no form."""
    context = {**_frame(request), "words": _words(refusal), "used": refusal.code == "survey_link_used"}
    page = HttpResponse(render_to_string("answer/refused.html", context))
    page.status_code = STATUS.get(refusal.code, STATUS_ELSE)
    return scripted(page)


def _words(refusal: Refused) -> str:
    return refusal_sentence(refusal.code, refusal.data, language())


def _frame(request: HttpRequest) -> dict[str, Any]:
    """What every page of answering has. Nobody's name is asked for, so none can be shown."""
    code = language()
    links = [(c, name, same_page(request, c), c == code) for c, name in settings.LANGUAGES]
    return {"links": links, "tongue": code}


def thanks(request: HttpRequest) -> HttpResponse:
    """Thank you; on a tablet with the way to the next form. It is the same page for everybody."""
    asked = request.GET.get("kiosk", "")
    code = asked if asked.isascii() and asked.isalnum() and len(asked) <= 32 else ""
    page = HttpResponse(render_to_string("answer/thanks.html", {**_frame(request), "code": code}))
    return scripted(page) if code else page


def listed(request: HttpRequest) -> HttpResponse:
    """Surveys that are open, and those that are counted."""
    found = public_surveys()
    context = {
        "open": [s for s in found if s.state == s.State.OPEN],
        "counted": [s for s in found if s.state == s.State.COUNTED],
        "illustrative": any(s.territory.illustrative for s in found),
    }
    return render(request, "answer/list.html", context)
