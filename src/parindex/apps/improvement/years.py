"""A unit beside itself a round earlier: which round that is, and what came between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.queries import Standing
from parindex.apps.results.stages import RoundBook, published_book_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.improvement import YearComparison, compare_years


@dataclass(frozen=True)
class LastYear:
    """The round before, in which the unit took part.

    Attributes:
        comparison: None where the unit has no index in one of the two.
        ranks: by unit, of the ranking group that the unit was in.
    """

    participant: Participant
    framework: Framework
    comparison: YearComparison | None
    ranks: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class RankMove:
    """A unit's rank in two rounds, among those that were ranked with it in both.

    Attributes:
        before, now: as they were published. passed: stood before it then and stand after it now; passing: the
            other way round. Each with its position in this round's assessment, best rank first.
        strangers: units ranked with it now that were not then.
    """

    before: int
    now: int
    passed: Sequence[tuple[int, Participant]]
    passing: Sequence[tuple[int, Participant]]
    strangers: int


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
    return LastYear(before, book.framework, comparison, _ranks(book, before))


def _ranks(book: RoundBook, participant: Participant) -> dict[int, int]:
    """Ranks of the participant's group, by unit."""
    units = book.now.units
    group = units[book.at[participant.pk]].participant.group
    return {
        other.unit_id: rank
        for k, other in enumerate(book.participants)
        if units[k].participant.group == group and (rank := units[k].rank) is not None
    }


def rank_move(standing: Standing, last: LastYear) -> RankMove | None:
    """Which units moved the unit's rank since the round before; None where it was not ranked in one of the
    two."""
    now, before = standing.outcome.rank, last.ranks.get(standing.participant.unit_id)
    if now is None or before is None:
        return None
    passed, passing, strangers = [], [], 0
    for place, other in standing.rivals:
        theirs, then = standing.assessment.units[place].rank or 0, last.ranks.get(other.unit_id)
        if then is None:
            strangers += 1
        elif then < before and theirs > now:
            passed.append((place, other))
        elif then > before and theirs < now:
            passing.append((place, other))
    return RankMove(before, now, passed, passing, strangers)
