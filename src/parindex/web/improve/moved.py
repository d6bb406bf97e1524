"""What moved the rank since last year: units that were passed or that passed by, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.urls import reverse

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.permissions import sees_others, sees_ranks
from parindex.apps.improvement.queries import Standing
from parindex.apps.improvement.years import LastYear, RankMove, rank_move
from parindex.apps.organisations.permissions import Rights
from parindex.core.kernel.improvement import gaps
from parindex.web.improve.against import row_of


SHOWN = 3
"""Criteria that are named of each unit; its own page has all."""


def moved_rank(rights: Rights, standing: Standing, last: LastYear) -> dict[str, Any] | None:
    """The rank in two rounds with the units that changed places with this one, as far as the person sees
    other units; None where there is no rank in one of the two."""
    found = rank_move(standing, last)
    if found is None:
        return None
    rounds = (standing.participant.round, last.participant.round)
    named = all(sees_ranks(rights, one) for one in rounds)
    others = sees_others(rights, rounds[0])
    return {
        "move": found,
        "change": found.before - found.now,
        "passed": _rows(standing, last, found.passed, others=others) if named else [],
        "passing": _rows(standing, last, found.passing, others=others) if named else [],
        "named": named,
        "quiet": _quiet(found),
    }


def _quiet(found: RankMove) -> bool:
    """Whether nobody changed places with the unit."""
    return not found.passed and not found.passing


def _rows(
    standing: Standing, last: LastYear, units: Sequence[tuple[int, Participant]], *, others: bool
) -> list[dict[str, Any]]:
    """Each unit with its ranks, the difference of the indexes and what makes most of it."""
    return [_row(standing, last, place, other=other, others=others) for place, other in units]


def _row(
    standing: Standing, last: LastYear, place: int, *, other: Participant, others: bool
) -> dict[str, Any]:
    parts = gaps(standing.assessment, standing.unit, place)
    total = sum((gap.difference for gap in parts), Fraction(0))
    most = [gap for gap in (parts[::-1] if total > 0 else parts) if gap.difference * total > 0][:SHOWN]
    own = standing.participant
    return {
        "name": other.name,
        "rank": standing.assessment.units[place].rank,
        "before": last.ranks[other.unit_id],
        "total": total,
        "most": [row_of(standing, gap) for gap in most] if others else [],
        "url": f"{reverse('improve:unit', args=[own.round, own.unit.code])}?voi={other.unit.code}#vi-sao"
        if others
        else "",
    }
