"""From a proven name to an open session: the second step where there is one, then the way in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from parindex.apps.access.actions import record_entry
from parindex.apps.access.queries import DOOR, factor_of, must_have_factor
from parindex.apps.organisations.models import Person
from parindex.web.parts.callers import address_of, agent_of
from parindex.web.parts.doors import Desk


STEP = "second_step"
STEP_LASTS = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def way_on(request: Desk, wanted: str) -> str:
    """Where to go after signing in: the page that was asked for, never another site."""
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here else resolve_url(settings.LOGIN_REDIRECT_URL)


def proven(request: Desk, person: Person, *, way: str, next_: str) -> HttpResponse:
    """The first step is done: to the second, or in."""
    if factor_of(person) is None:
        return come_in(request, person, way=way, second="", next_=next_)
    request.session.cycle_key()
    request.session[STEP] = {
        "person": person.pk,
        "way": way,
        "next": next_,
        "at": timezone.now().isoformat(),
        "password": person.get_session_auth_hash(),
    }
    return redirect("account:second")


def waiting(request: Desk) -> tuple[Person, dict[str, Any]] | None:
    """Who stands at the second step in this browser, unless for too long, or the password has changed."""
    step = request.session.get(STEP)
    if step is None or timezone.now() - datetime.fromisoformat(step["at"]) > STEP_LASTS:
        return None
    person = Person.objects.filter(pk=step["person"], is_active=True).first()
    if person is None or person.get_session_auth_hash() != step["password"]:
        return None
    return person, step


def come_in(request: Desk, person: Person, *, way: str, second: str, next_: str) -> HttpResponse:
    """Open a session under a new key, and write it down."""
    now = timezone.now()
    request.session.pop(STEP, None)
    login(request, person, backend=BACKEND)
    request.session[DOOR] = {
        "since": now.isoformat(),
        "address": address_of(request),
        "agent": agent_of(request),
        "way": way,
        "needs_factor": not second and must_have_factor(person, request.at),
    }
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    record_entry(
        person=person, way=way, second=second, address=address_of(request), by=person.ref, at=request.at
    )
    return redirect(way_on(request, next_))
