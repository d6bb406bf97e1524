"""Somebody leaves: what passes to whom, what ends, and the one act that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.access.queries import open_sessions
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import NotAllowed, check_release, rights_of
from parindex.apps.organisations.queries import (
    find_person,
    managed_units,
    people_of,
    places_of_person,
    roles_in_words,
)
from parindex.apps.organisations.roles import Act
from parindex.apps.personal.hanging import Ending, Heap, Kind, ending_of, heaps_of
from parindex.apps.personal.leaving import check_leaves, check_receivers, release
from parindex.core.kernel.problems import Refused
from parindex.core.wording.notation import day
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.manage.forms import text
from parindex.web.manage.frame import frame, place_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


BOTH = require_http_methods(["GET", "HEAD", "POST"])
SHOWN, SHORT = 6, 80


@dataclass(frozen=True, slots=True)
class Row:
    """A heap as the page draws it: a few of its items in words, and who was chosen."""

    heap: Heap
    items: Sequence[str]
    more: int
    chosen: Person | None


@BOTH
def leave(request: Desk, *, username: str) -> HttpResponse:
    """Choose who takes over what, look at it, do it."""
    found = _leaver(request, username)
    heaps, ending = heaps_of(found, request.at), ending_of(found, request.at)
    reason, kept = text(request, "reason"), _kept(request, ending)
    receivers = _chosen(request, heaps)
    looked_at = False
    if request.method == "POST":
        try:
            check_leaves(found, reason, request.user.ref)
            check_receivers(found, heaps, receivers)
            if request.POST.get("step") == "done":
                count = release(
                    person=found,
                    receivers=receivers,
                    reason=reason,
                    keep=kept,
                    by=request.user.ref,
                    at=request.at,
                )
                messages.success(request, _done(found, count))
                return redirect(_back(request, found))
            looked_at = True
        except Refused as refusal:
            messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
    context = {
        **frame(request, "people", place_of(found)),
        "person": found,
        "crumbs": [(_back(request, found), _back_name(request, found))],
        "rows": [row_of(heap, receivers.get(heap.key)) for heap in heaps],
        "ending": ending,
        "kept": kept,
        "sessions": len(open_sessions(found, request.at)),
        "reason": reason,
        "looked_at": looked_at,
        "stuck": [heap for heap in heaps if not heap.receivers],
    }
    wrong = request.method == "POST" and not looked_at
    return render(request, "manage/leave.html", context, status=422 if wrong else 200)


def own_people(request: Desk) -> HttpResponse:
    """Whoever holds a role in the units of which the reader is the head, each with the way to leave."""
    units = managed_units(request.rights, Act.PEOPLE_RELEASE)
    if not units:
        raise NotAllowed("not_allowed", act=Act.PEOPLE_RELEASE.value)
    places = [
        {
            "unit": unit,
            "people": [
                {"person": p, "roles": [r for r in roles_in_words(rights_of(p, request.at)) if not r.lent_by]}
                for p in people_of(unit, request.at)
            ],
        }
        for unit in units
    ]
    context = {**frame(request, "people"), "places": places, "me": request.user.pk}
    return render(request, "manage/own_people.html", context)


def _leaver(request: Desk, username: str) -> Person:
    """Somebody whose leaving the reader may record. Raises Http404, NotAllowed."""
    if not request.rights.units(Act.PEOPLE_MANAGE, Act.PEOPLE_RELEASE):
        raise NotAllowed("not_allowed", act=Act.PEOPLE_RELEASE.value)
    found = find_person(username)
    if found is None:
        raise Http404(username)
    check_release(request.rights, found, places_of_person(found, request.at))
    return found


def _chosen(request: Desk, heaps: Sequence[Heap]) -> dict[str, Person]:
    """By heap, who was chosen; before anything was, whoever is the only one that may."""
    if request.method != "POST":
        return {heap.key: heap.receivers[0] for heap in heaps if len(heap.receivers) == 1}
    typed = {heap.key: text(request, heap.key, limit=150) for heap in heaps}
    people = {p.username: p for p in Person.objects.filter(username__in=[t for t in typed.values() if t])}
    return {key: people[name] for key, name in typed.items() if name in people}


def _kept(request: Desk, ending: Ending) -> list[int]:
    """Tokens that go on: those whose box was taken off."""
    if request.method != "POST":
        return []
    ended = request.POST.getlist("token")
    return [token.pk for token in ending.tokens if str(token.pk) not in ended]


def row_of(heap: Heap, chosen: Person | None = None) -> Row:
    """A heap in words."""
    words = [_words(heap.kind, item) for item in heap.items]
    return Row(heap, words[:SHOWN], max(0, len(words) - SHOWN), chosen)


def _words(kind: Kind, item: Any) -> str:
    match kind:
        case Kind.SHEETS:
            return f"{item.leaf} ({item.participant.round.title.in_(language())})"
        case Kind.APPRAISAL:
            return f"{item.node} ({item.assignment.round.title.in_(language())})"
        case Kind.TASKS:
            return f"{item.number}. {item.content[:SHORT]}"
        case Kind.INSPECTIONS:
            return f"{item.visit.unit.name.in_(language())}, {day(item.visit.starts, language())}"
        case Kind.FINDINGS:
            return f"{item.number}. {item.text[:SHORT]}"


def _done(person: Person, count: dict[str, int]) -> str:
    return gettext(
        "%(person)s đã rời đơn vị: bàn giao %(work)s việc, kết thúc %(roles)s vai trò, %(lent)s ủy quyền, "
        "%(tokens)s khóa kết nối, %(sessions)s phiên đăng nhập."
    ) % {"person": person.full_name, **count}


def _manages(request: Desk) -> bool:
    return bool(request.rights.units(Act.PEOPLE_MANAGE))


def _back(request: Desk, person: Person) -> str:
    if _manages(request):
        return reverse("manage:person", args=[person.username])
    return reverse("manage:own_people")


def _back_name(request: Desk, person: Person) -> str:
    return person.full_name if _manages(request) else gettext("Người của đơn vị")
