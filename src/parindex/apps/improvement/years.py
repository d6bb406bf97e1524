"""A unit beside itself a round earlier: which round that is, and what came between."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.queries import Standing
from parindex.apps.results.stages import published_book_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.improvement import YearComparison, compare_years


@dataclass(frozen=True)
class LastYear:
    """The round before, in which the unit took part.

    Attributes:
        comparison: None where the unit has no index in one of the two.
    """

    participant: Participant
    framework: Framework
    comparison: YearComparison | None


def participant_before(participant: Participant) -> Participant | None:
    """The same unit in the round before, where that is published. One query at most."""
    previous = participant.round.previous
    if previous is None or not previous.is_out:
        return None
    found = Participant.objects.filter(round=previous, unit=participant.unit_id)
    return found.select_related("round__framework", "round__territory", "unit", "group").first()


def last_year_of(standing: Standing) -> LastYear | None:
    """What the unit was a round earlier, and what came between. Five queries at most.

    Raises:
        TableRefused: an answer of the round before cannot be scored.
    """
    before = participant_before(standing.participant)
    if before is None:
        return None
    book = published_book_of(before.round)
    comparison = compare_years(standing.assessment, book.now, units=(standing.unit, book.at[before.pk]))
    return LastYear(before, book.framework, comparison)
