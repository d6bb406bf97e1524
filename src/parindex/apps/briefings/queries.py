"""What pages read of briefings."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from parindex.apps.briefings.models import Briefing
from parindex.apps.briefings.permissions import visible_briefings
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


def plans_for(briefing: Briefing) -> list[Plan]:
    """The unit's plans that conclusions can become tasks of: those not closed, of the month's year or one
    beside it, issued ones first. One query."""
    year = briefing.month.year
    found = Plan.objects.filter(unit=briefing.unit, year__in=(year - 1, year, year + 1))
    open_ = found.exclude(state=Plan.State.CLOSED)
    return sorted(open_, key=lambda p: (p.state != Plan.State.ISSUED, abs(p.year - year), p.pk))
