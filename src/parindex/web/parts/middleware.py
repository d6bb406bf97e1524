"""Headers of every answer, and the cache of public pages."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from parindex.apps.results.queries import newest_stamp


Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KEPT_PAGES = 2000
LOOK_AGAIN = 1.0


def security_headers(get_response: Handler) -> Handler:
    """No script, no frame, nothing from outside: said to the browser with every answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return middleware


def page_cache(get_response: Handler) -> Handler:
    """Keep whole public pages until the stored results change; what changed is looked up once a second at
    most."""
    pages: OrderedDict[tuple[str, str], HttpResponse] = OrderedDict()
    state = {"looked": 0.0, "stamp": ""}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not settings.PARINDEX_CACHE or request.method != "GET" or request.COOKIES:
            return get_response(request)
        now = time.monotonic()
        if now - state["looked"] > LOOK_AGAIN:  # type: ignore[operator]
            stamp = newest_stamp()
            if stamp != state["stamp"]:
                pages.clear()
            state.update(looked=now, stamp=stamp)
        key = (request.META.get("HTTP_HOST", ""), request.get_full_path())
        kept = pages.get(key)
        if kept is not None:
            return _copy(kept)
        response = get_response(request)
        if isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies:
            pages[key] = _copy(response)
            while len(pages) > KEPT_PAGES:
                pages.popitem(last=False)
        return response

    return middleware


def _copy(response: HttpResponse) -> HttpResponse:
    """The same answer as a fresh object."""
    return HttpResponse(response.content, status=response.status_code, headers=dict(response.headers))
