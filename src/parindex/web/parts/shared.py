"""Answers for everybody: any page of any site may read them, and who has one need not fetch it again."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response


ORIGIN = "Access-Control-Allow-Origin"
MINUTE = 60


def shared(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer with its mark (ETag), a minute to be kept, and leave for every origin; 304 to who has it."""
    response.headers[ORIGIN] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={MINUTE}"
    response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return unless_known(request, response)


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 where it has a mark and the one who asks named it."""
    mark = response.headers.get("ETag")
    if mark is None or request.method != "GET":
        return response
    found = get_conditional_response(request, etag=mark, response=response)
    if found is None or found is response:
        return response
    if ORIGIN in response.headers:
        found.headers[ORIGIN] = response.headers[ORIGIN]
    return found
