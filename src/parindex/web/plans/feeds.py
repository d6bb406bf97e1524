"""Deadlines in other calendars: a file for who is signed in, and a secret address that can be revoked."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import NotAllowed, Rights, rights_of
from parindex.apps.organisations.roles import Act
from parindex.apps.plans.actions.feeds import feed_of, feed_owner, make_feed, revoke_feed
from parindex.apps.plans.models import Task
from parindex.apps.plans.queries.calendar import dated_tasks
from parindex.core.formats.icalendar import CalendarDay, calendar
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.templatetags.parts import said
from parindex.web.plans.frame import frame


ICS = "text/calendar; charset=utf-8"
REMINDERS = (7, 1)


def _person(request: Desk) -> Person:
    """Whoever is signed in and sees plans. Raises NotAllowed."""
    person = request.rights.person
    if person is None or not request.rights.units(Act.PLAN_VIEW, Act.PLAN_EDIT, Act.PLAN_DO):
        raise NotAllowed("not_allowed", act=Act.PLAN_VIEW.value)
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Desk) -> HttpResponse:
    """One's calendar: fetch it once, or let a program fetch it by a secret address, which is shown once."""
    person = _person(request)
    if request.method == "POST":
        if request.POST.get("act") == "revoke":
            if attempt(request, revoke_feed, person=person):
                messages.success(request, gettext("Địa chỉ lịch đã bị thu hồi; không ai mở được nữa."))
            return redirect("plans:calendar")
        secret = attempt(request, make_feed, person=person)
        return _page(request, person, secret=secret or "")
    return _page(request, person)


def _page(request: Desk, person: Person, *, secret: str = "") -> HttpResponse:
    address = request.build_absolute_uri(reverse("plans:feed", args=[secret])) if secret else ""
    context = {
        **frame(None),
        "feed": feed_of(person),
        "address": address,
        "count": len(_tasks(person, request.rights, request)),
    }
    answer = render(request, "plans/calendar.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def own_file(request: Desk) -> HttpResponse:
    """The calendar as it stands, for who is signed in."""
    person = _person(request)
    answer = _answer(request, _tasks(person, request.rights, request))
    answer.headers["Content-Disposition"] = 'attachment; filename="nhiem-vu.ics"'
    return answer


def feed(request: Desk, *, secret: str) -> HttpResponse:
    """The calendar at its secret address, as far as its person may see plans today. Raises Http404."""
    person = feed_owner(secret)
    if person is None:
        raise Http404("feed")
    return _answer(request, _tasks(person, rights_of(person, request.at), request))


def _tasks(person: Person, rights: Rights, request: Desk) -> list[Task]:
    """What the person was given, and all of the units whose plans they make."""
    return dated_tasks(person, rights.units(Act.PLAN_EDIT), legal_date(request.at))


def _answer(request: HttpRequest, tasks: Iterable[Task]) -> HttpResponse:
    name = gettext("Nhiệm vụ cải cách hành chính")
    answer = HttpResponse(calendar(name, (_day(request, task) for task in tasks)), content_type=ICS)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _day(request: HttpRequest, task: Task) -> CalendarDay:
    """A task on the day of its deadline; what is done no longer reminds."""
    if task.due is None:
        raise ValueError(task.pk)
    done = task.done_on is not None
    about = [task.plan.number or task.plan.title, task.output and gettext("Sản phẩm:") + " " + task.output]
    return CalendarDay(
        uid=f"task-{task.pk}@{task.plan.territory.code}.parindex",
        title=("✓ " if done else "") + task.content,
        first=task.due,
        last=task.due,
        changed=task.at,
        text="\n".join(line for line in about if line),
        url=request.build_absolute_uri(reverse("plans:task", args=[task.pk])),
        place=said(task.unit.name),
        cancelled=task.cancelled_on is not None,
        reminders=() if done else REMINDERS,
    )
