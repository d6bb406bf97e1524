"""What the head of every page says to whoever is signed in. Apart from `context`, which needs no database."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from parindex.apps.notices.queries import unread_topics
from parindex.apps.organisations.models import Person


def notices(request: HttpRequest) -> dict[str, Any]:
    """How many notices are unread: one query, made where a page asks."""
    return {"unread_notices": SimpleLazyObject(lambda: _unread(request))}


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return unread_topics(cast(Person, user).ref) if user is not None and user.is_authenticated else 0
