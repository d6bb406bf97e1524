"""What pages read of briefings."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from parindex.apps.briefings.facts import followed
from parindex.apps.briefings.models import Briefing
from parindex.apps.briefings.permissions import visible_briefings
from parindex.apps.briefings.rules import takes
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import Rights
from parindex.apps.plans.models import Plan


def briefings_seen(rights: Rights) -> QuerySet[Briefing]:
    """All that a person may see, newest month first, with how many conclusions each has."""
    found = Briefing.objects.filter(visible_briefings(rights)).annotate(count=Count("conclusions"))
    return found.select_related("unit__parent__parent__parent").order_by(
        "-month", "unit__parent_id", "unit__name_vi", "pk"
    )


def find_briefing(unit: Unit, month: date) -> Briefing | None:
    """Of a unit and month. One query."""
    found = Briefing.objects.filter(unit=unit, month=month)
    return found.select_related("unit__parent__parent__parent", "territory").first()


def open_plans(briefing: Briefing) -> list[Plan]:
    """The unit's plans of the month's year or one beside it that are not closed. One query."""
    year = briefing.month.year
    found = Plan.objects.filter(unit=briefing.unit, year__in=(year - 1, year, year + 1))
    return list(found.exclude(state=Plan.State.CLOSED).order_by("pk"))


def plans_for(briefing: Briefing) -> list[Plan]:
    """Those of `open_plans` that conclusions can still become tasks of, as a deadline is within their days;
    issued ones first, then those that take most. Three queries."""
    year = briefing.month.year
    left = [row for row, task in followed(briefing) if task is None]
    taken = {plan: sum(takes(plan, row) for row in left) for plan in open_plans(briefing)}
    return sorted(
        (plan for plan, count in taken.items() if count),
        key=lambda p: (p.state != Plan.State.ISSUED, -taken[p], abs(p.year - year), p.pk),
    )
