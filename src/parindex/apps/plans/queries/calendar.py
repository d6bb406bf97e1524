"""Tasks with a day, as a calendar has them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from parindex.apps.organisations.models import Person
from parindex.apps.plans.models import Plan, Task


KEPT = timedelta(days=400)
MOST = 2000


def dated_tasks(person: Person, units: Collection[int], day: date) -> list[Task]:
    """The dated tasks of issued and closed plans that a person was given, and those of some units, from a
    year before a day on. Cancelled ones are among them, so that a calendar takes them out. One query."""
    mine = Q(person=person) | Q(plan__unit__in=units) | Q(lead__in=units)
    found = Task.objects.filter(mine, due__gte=day - KEPT).exclude(plan__state=Plan.State.DRAFT)
    rows = found.select_related("plan__unit", "plan__territory", "lead", "person").order_by("due", "pk")
    return list(rows[:MOST])
