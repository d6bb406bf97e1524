"""Around every request: its id, how long it took, what it answered; slow queries; the log."""

from __future__ import annotations

import contextlib
import logging
import re
import time
from collections.abc import Callable
from secrets import token_hex

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from parindex.apps.watch.counters import mine
from parindex.apps.watch.logs import REQUEST
from parindex.apps.watch.metrics import count_request
from parindex.apps.watch.slow import Timer


LOG = logging.getLogger("parindex.requests")
Handler = Callable[[HttpRequest], HttpResponseBase]
ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What a proxy may name a request: 32 hexadecimal digits, as nginx makes them, or a UUID. Nothing that could
be a name, a number of somebody, or a line of its own in the log."""
PROBES = {"/healthz": "healthz", "/readyz": "readyz", "/metrics": "metrics"}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def watched(get_response: Handler) -> Handler:
    """The outermost of all: whatever answers, it has an id and is counted."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        made = id_of(request)
        request.request_id = made  # type: ignore[attr-defined]
        token, started = REQUEST.set(made), time.perf_counter()
        try:
            with connection.execute_wrapper(Timer(lambda: _place(request))):
                response = get_response(request)
            response.headers["X-Request-ID"] = made
            _told(request, response.status_code, time.perf_counter() - started)
            return response
        finally:
            REQUEST.reset(token)

    return middleware


def id_of(request: HttpRequest) -> str:
    """The id that a trusted proxy gave, where it has the shape of one; else a new one."""
    given = request.headers.get("X-Request-ID", "").lower()
    return given if settings.PARINDEX_PROXIES and ID.fullmatch(given) else token_hex(16)


def route_of(request: HttpRequest, status: int) -> str:
    """The name of the page in the program, never its address: that names units and persons."""
    match = getattr(request, "resolver_match", None)
    if match is not None and match.view_name:
        return str(match.view_name)
    if request.path in PROBES:
        return PROBES[request.path]
    if request.path.startswith(settings.STATIC_URL):
        return "static"
    return "kept" if status == 200 else "none"


def _place(request: HttpRequest) -> str:
    """The same while the request is still on its way."""
    if getattr(request, "resolver_match", None) is None:
        with contextlib.suppress(Resolver404):
            return resolve(request.path_info).view_name
    return route_of(request, 0)


def _told(request: HttpRequest, status: int, seconds: float) -> None:
    """Count it; log it where something failed or was refused, or where every request is to be logged."""
    route = route_of(request, status)
    method = request.method if request.method in METHODS else "OTHER"
    count_request(mine(), route=route, method=method or "", status=status, seconds=seconds)
    level = logging.ERROR if status >= 500 else logging.WARNING if status in (400, 403) else logging.INFO
    if level > logging.INFO or settings.PARINDEX_LOG_REQUESTS:
        said = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000)}
        LOG.log(level, "request", extra=said)
