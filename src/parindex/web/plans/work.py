"""My work today: what is overdue, what is due soon, what nobody has taken yet."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.apps.plans.queries import work_of
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk
from parindex.web.plans.frame import frame, lines


def work(request: Desk) -> HttpResponse:
    """Everything that lies before the person, soonest first. Two queries."""
    rights = request.rights
    units = rights.units(Act.PLAN_DO)
    if rights.person is None or not units:
        raise NotAllowed("not_allowed", act=Act.PLAN_DO.value)
    day = legal_date(request.at)
    found = work_of(rights.person, units, day)
    every = [*found.overdue, *found.soon, *found.later, *found.nobodys]
    context = {
        **frame(every[0].plan.unit if every else None),
        "overdue": lines(found.overdue, day),
        "soon": lines(found.soon, day),
        "later": lines(found.later, day),
        "nobodys": lines(found.nobodys, day),
        "count": found.count,
    }
    return render(request, "plans/work.html", context)
