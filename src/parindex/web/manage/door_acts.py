"""What is done for somebody who cannot get in, or whose account may be in strange hands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.access.actions import end_sessions, reset_password, turn_off_factor
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import check_account
from parindex.apps.organisations.queries import places_of_person
from parindex.web.manage.frame import frame, known_person, place_of
from parindex.web.parts.doors import Desk, attempt


BOTH = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@BOTH
def one_time_password(request: Desk, *, username: str) -> HttpResponse:
    """Make a one-time password; it is shown on the page that answers, and nowhere else."""
    found = _account(request, username)
    context = {**frame(request, "people", place_of(found)), "person": found, "password": ""}
    context["crumbs"] = [
        (reverse("manage:people"), gettext("Người dùng")),
        (reverse("manage:person", args=[found.username]), found.full_name),
    ]
    if request.method == "POST":
        context["password"] = attempt(request, reset_password, person=found) or ""
    return render(request, "manage/one_time.html", context)


@require_POST
def sessions_end(request: Desk, *, username: str) -> HttpResponse:
    """End whatever is open in this person's name."""
    found = _account(request, username)
    attempt(request, end_sessions, person=found)
    return redirect("manage:person", found.username)


@require_POST
def factor_off(request: Desk, *, username: str) -> HttpResponse:
    """Ask for no code any more: the telephone is lost."""
    found = _account(request, username)
    attempt(request, turn_off_factor, person=found)
    return redirect("manage:person", found.username)


def _account(request: Desk, username: str) -> Person:
    """A person whose whole account may be changed by whoever asks. Raises Http404, NotAllowed."""
    found = known_person(request, username)
    check_account(request.rights, found, places_of_person(found, request.at))
    return found
