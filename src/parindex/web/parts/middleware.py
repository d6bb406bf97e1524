"""Headers of every answer, what a request may hold, and the cache of public pages."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeGuard

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from parindex.apps.results.queries import newest_stamp
from parindex.web.parts.context import loading
from parindex.web.parts.shared import unless_known


Handler = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, str]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KEPT_BYTES = 64 * 2**20
LARGEST = KEPT_BYTES // 16
BESIDE_A_PAGE = 2_000  # about what an answer's headers and objects take
LOOK_AGAIN = 1.0


def security_headers(get_response: Handler) -> Handler:
    """No script, no frame, nothing from outside, nothing kept of an inner page: said with every answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class Sayable:
    """No NUL reaches a view: a database refuses to keep it or to look for it, and nobody types it.

    An address with one leads nowhere; of a form's fields only the character itself is dropped.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *view_arguments: object) -> None:
        """Clean what a form sent. What other programs send is read by its own readers."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        if any("\0" in text for name, values in request.POST.lists() for text in (name, *values)):
            request.POST = _sayable(request.POST)  # type: ignore[assignment]


def _sayable(sent: QueryDict) -> QueryDict:
    """The same without the character, and as unchangeable as it came."""
    clean = QueryDict(mutable=True)
    for name, values in sent.lists():
        clean.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    return QueryDict(clean.urlencode())


def page_cache(get_response: Handler) -> Handler:
    """Keep whole public pages until what they are made from changes; what changed is looked up once a second
    at most."""
    pages = Pages()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_somebody = bool(request.COOKIES) or "HTTP_AUTHORIZATION" in request.META
        if not settings.PARINDEX_CACHE or request.method != "GET" or is_somebody:
            return get_response(request)
        stamp = pages.stamp()
        key = (request.META.get("HTTP_HOST", ""), request.get_full_path())
        kept = pages.get(key)
        if kept is not None:
            return unless_known(request, kept)
        response = get_response(request)
        if _may_be_kept(response):
            pages.keep(key, response, stamp)
        return response

    return middleware


def _may_be_kept(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """A whole answer for everybody that does not say otherwise."""
    whole = isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies
    return whole and "no-store" not in response.headers.get("Cache-Control", "")


class Pages:
    """Whole answers in memory: at most `KEPT_BYTES` of them, those not asked for longest dropped first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, HttpResponse] = OrderedDict()
        self._bytes = 0
        self._stamp = ""
        self._looked = float("-inf")
        self._lock = Lock()

    def stamp(self) -> str:
        """What the kept pages were made from: the ledger, and how far a demonstration has been loaded."""
        now = time.monotonic()
        if now - self._looked > LOOK_AGAIN:
            found = f"{newest_stamp()} {loading()}"
            with self._lock:
                if found != self._stamp:
                    self._kept.clear()
                    self._bytes = 0
                self._looked, self._stamp = now, found
        return self._stamp

    def get(self, key: Key) -> HttpResponse | None:
        """A kept answer as a fresh object."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            self._kept.move_to_end(key)
        return _copy(kept)

    def keep(self, key: Key, response: HttpResponse, stamp: str) -> None:
        """Keep an answer, unless what it was made from has changed since `stamp`."""
        size = _size(key, response)
        with self._lock:
            if stamp != self._stamp or size > LARGEST or key in self._kept:
                return
            self._kept[key] = _copy(response)
            self._bytes += size
            while self._bytes > KEPT_BYTES:
                self._bytes -= _size(*self._kept.popitem(last=False))


def _size(key: Key, response: HttpResponse) -> int:
    """About how many bytes of memory an answer takes."""
    return BESIDE_A_PAGE + len(key[0]) + 4 * len(key[1]) + len(response.content)


def _copy(response: HttpResponse) -> HttpResponse:
    """The same answer as a fresh object."""
    return HttpResponse(response.content, status=response.status_code, headers=dict(response.headers))
