"""Pages for what went wrong."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.evidence.store import StoreSilentError


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that cannot be read, such as one with a thousand fields or another site's name."""
    return render(request, "parts/400.html", status=400)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that this site did not give out, or gave out too long ago."""
    words = gettext("Biểu mẫu này đã cũ hoặc trình duyệt không giữ cookie. Hãy tải lại trang rồi gửi lại.")
    return render(request, "parts/403.html", {"words": words}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what was looked for, and where to go on."""
    return render(request, "parts/404.html", {"path": request.path}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where database, disk or store of evidence gives no help now: a page that needs neither them
    nor a context.

    It says which of them it is, and nothing else of the error.
    """
    cause = _cause(sys.exc_info()[1])
    response = render(request, "parts/500.html", {"cause": cause}, status=503 if cause else 500)
    if cause:
        response.headers["Retry-After"] = "30"
    return response


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_FULL = "53100"  # as PostgreSQL calls it


def _cause(error: BaseException | None) -> str:
    """``disk``, ``database``, ``store``, or "" for anything else."""
    if isinstance(error, StoreSilentError):
        return "store"
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return "disk"
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    full = getattr(error.__cause__, "sqlstate", "") == DISK_FULL or "disk is full" in str(error)
    return "disk" if full else "database"
