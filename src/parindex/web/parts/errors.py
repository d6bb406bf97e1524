"""Pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext


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
    """500: a page that needs neither database nor context."""
    return render(request, "parts/500.html", status=500)
