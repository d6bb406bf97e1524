"""Which ways of asking a page answers to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


View = Callable[..., HttpResponseBase]


def reads(view: View) -> View:
    """A page that is only read: GET and HEAD; everything else is 405, whatever it carries."""
    read_only: Any = csrf_exempt(require_safe(view))
    return read_only  # type: ignore[no-any-return]
