"""Whoever was given a task and is not there any more: their task is nobody's until somebody gives it anew."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from parindex.apps.organisations.models import Grant
from parindex.apps.organisations.rules import in_force
from parindex.apps.plans.models import Task


def with_left(tasks: QuerySet[Task], day: date) -> QuerySet[Task]:
    """The same tasks, each with `left`: its person holds no role on that day in the unit of the plan, nor in
    that whose task it is, or may not sign in."""
    held = Grant.objects.filter(
        Q(unit=OuterRef("plan__unit")) | Q(unit=OuterRef("lead")),
        in_force(day),
        person=OuterRef("person"),
        person__is_active=True,
    )
    return tasks.annotate(left=Q(person__isnull=False) & ~Exists(held))
