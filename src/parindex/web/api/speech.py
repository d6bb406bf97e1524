"""In which language a system is answered, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from parindex.web.parts.doors import open_page
from parindex.web.parts.languages import language
from parindex.web.parts.methods import reads
from parindex.web.parts.shared import shared


View = Callable[..., HttpResponseBase]


def wanted(request: HttpRequest) -> str:
    """The first language of ``Accept-Language`` that is spoken here; else that of the address."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if (spoken := code.partition("-")[0]) in ("vi", "en"):
            return spoken
    return language()


def to_systems(view: View) -> View:
    """A view for systems: open to whoever has a token, in the language they ask for, kept by nobody."""

    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **more: Any) -> HttpResponseBase:
        with override(wanted(request)):
            response = view(request, *arguments, **more)
            response.headers["Content-Language"] = language()
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response

    return open_page(answered)


def to_everybody(view: View) -> View:
    """A view that is read without a token, in the language of its address, and may be kept by anybody."""

    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **more: Any) -> HttpResponseBase:
        asked, request.method = request.method, "GET"  # HEAD is answered as GET is; the server cuts it
        response = view(request, *arguments, **more)
        request.method = asked
        response.headers["Content-Language"] = language()
        return shared(request, response)

    return open_page(reads(answered))
