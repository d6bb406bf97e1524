"""`/healthz`, `/readyz`, `/metrics`: answered before anything else looks at a request.

They ask for no host name (a probe calls a machine by its number), no session and no language, and none of
them can be followed into the site, so they stand in no table of addresses.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from parindex.apps.watch.metrics import exposition
from parindex.apps.watch.ready import hindrances


Handler = Callable[[HttpRequest], HttpResponseBase]
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via")
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
PLAIN = "text/plain; charset=utf-8"
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


def probes(get_response: Handler) -> Handler:
    """See the module."""
    answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "/healthz": _lives,
        "/readyz": _is_ready,
        "/metrics": _metrics,
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = answers.get(request.path)
        if answer is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def _lives(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type=PLAIN)


def _is_ready(request: HttpRequest) -> HttpResponse:
    """It can do its work: 200; or 503 with a word a line for what stands in the way."""
    found = list(hindrances())
    return HttpResponse("\n".join(found or ["ok"]) + "\n", status=503 if found else 200, content_type=PLAIN)


def _metrics(request: HttpRequest) -> HttpResponse:
    """For who has the token; where there is none, for programs of this machine that come straight here."""
    if not may_measure(request):
        return HttpResponse(status=403, content_type=PLAIN)
    return HttpResponse(exposition(at=timezone.now()), content_type=EXPOSITION)


def may_measure(request: HttpRequest) -> bool:
    """Whether metrics are for this caller. What a proxy of this machine passes on comes from elsewhere."""
    if settings.PARINDEX_METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.PARINDEX_METRICS_TOKEN}")
    if any(name in request.headers for name in PASSED_ON):
        return False
    host = request.headers.get("Host", "").rpartition(":")[0] or request.headers.get("Host", "")
    return host in LOCAL and _is_here(request.META.get("REMOTE_ADDR", ""))


def _is_here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
