"""What cannot be answered, as a code and a sentence with its status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from parindex.apps.access.rules import GuessedTooOften
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


STATUS = {
    "push_key_unusable": 400,
    "body_unreadable": 400,
    "token_missing": 401,
    "token_wrong": 401,
    "unit_of_others": 403,
    "indicator_of_others": 403,
    "dossiers_not_granted": 403,
    "address_unknown": 404,
    "unit_not_found": 404,
    "indicator_unknown": 404,
    "push_key_reused": 409,
    "body_too_large": 413,
    "push_too_long": 413,
    "asked_too_often": 429,
    "store_busy": 503,
    "store_broken": 503,
    "store_format": 503,
    "store_failed": 503,
}
"""Statuses of refusals; 422 for any other."""
SOON = 10
"""Seconds after which to ask again what another ingestion holds."""


def nowhere(api: NinjaAPI) -> Callable[..., HttpResponse]:
    """A view for addresses that lead nowhere, so that a mistyped one is answered like any other fault."""

    @csrf_exempt
    def missing(request: HttpRequest, *, rest: str) -> HttpResponse:
        return api.on_exception(request, Refused("address_unknown", path=rest[:100]))

    return missing


def say_faults(api: NinjaAPI) -> None:
    """Let an API answer refusals in words."""

    def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
        status = STATUS.get(refusal.code, 422)
        words = refusal_sentence(refusal.code, refusal.data, language())
        response = api.create_response(request, {"code": refusal.code, "sentence": words}, status=status)
        if status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="parindex"'
        if status == 503:
            response.headers["Retry-After"] = str(SOON)
        return response

    def too_often(request: HttpRequest, refusal: GuessedTooOften) -> HttpResponse:
        until = cast(datetime, refusal.data["until"])
        response = refused(request, Refused("asked_too_often", until=until))
        seconds = ceil((until - cast(Desk, request).at).total_seconds())
        response.headers["Retry-After"] = str(max(seconds, 1))
        return response

    def nobody(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
        return refused(request, Refused("token_missing"))

    def unreadable(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        field = str(fault.errors[0]["loc"][-1]) if fault.errors else "?"
        return refused(request, Refused("query_unreadable", field=field))

    api.exception_handler(Refused)(refused)
    api.exception_handler(GuessedTooOften)(too_often)
    api.exception_handler(AuthenticationError)(nobody)
    api.exception_handler(ValidationError)(unreadable)
