"""What lead departments appraise."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from parindex.apps.assessments.models import Round


def rounds_to_appraise(leads: Iterable[int]) -> list[Round]:
    """Running rounds in which one of the departments appraises something."""
    units = set(leads)
    assigned = Q(assignments__lead__in=units) | Q(assignments__stand_in__in=units)
    rounds = Round.objects.filter(assigned, state=Round.State.RUNNING).distinct()
    return list(rounds.select_related("territory").prefetch_related("phases").order_by("-year", "id"))
