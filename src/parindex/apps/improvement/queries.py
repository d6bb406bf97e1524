"""A unit's standing in its round's result, as the questions of improvement are asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.db.models import Q

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.queries import published
from parindex.apps.results.models import Result, UnitResult
from parindex.apps.results.stages import published_book_of
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import UnitOutcome
from parindex.core.kernel.improvement import (
    Gap,
    Goal,
    Move,
    Plan,
    alternatives,
    contributions,
    moves_of,
    needed,
)
from parindex.core.kernel.indexing import survey_leaves
from parindex.core.kernel.insights import median
from parindex.core.kernel.robustness import UnitSpread, simulate


ZERO = Fraction(0)
NEWEST = 60


@dataclass(frozen=True)
class Standing:
    """One unit in a computed result.

    Attributes:
        assessment: the whole round by what stands.
        unit: the unit's position in it.
        rivals: the other ranked units of its group, best first, with their positions.
    """

    participant: Participant
    assessment: Assessment
    unit: int
    rivals: Sequence[tuple[int, Participant]]

    @property
    def outcome(self) -> UnitOutcome:
        """The unit's own line."""
        return self.assessment.units[self.unit]

    @cached_property
    def medians(self) -> Sequence[Gap]:
        """What each part puts into the index, beside the median of the group's ranked units; what holds the
        unit back most first."""
        own = contributions(self.assessment, self.unit)
        others = [
            contributions(self.assessment, place) for place in (self.unit, *(k for k, _ in self.rivals))
        ]
        codes = dict.fromkeys(code for parts in (own, *others) for code in parts)
        found = [
            Gap(code, own.get(code, ZERO), median([parts.get(code, ZERO) for parts in others]) or ZERO)
            for code in codes
        ]
        return sorted(found, key=lambda gap: gap.difference)

    def spread(self, assessment: Assessment) -> UnitSpread | None:
        """How sure the unit's rank would be in an assessment, by the recipe of the round's kept result. One
        query; None where no such analysis was made."""
        round_ = self.participant.round
        which = published("round__", "computed_at") if round_.is_out else Q()
        results = Result.objects.filter(which, round=round_).order_by("-id")
        kept = results.values_list("robustness", flat=True).first()
        if not kept:
            return None
        found = simulate(
            assessment, draws=int(kept["draws"]), weights=float(kept["weights"]), seed=int(kept["seed"])
        )
        return found.units[self.unit]

    def moves(self, efforts: Mapping[str, Fraction]) -> dict[str, Sequence[Move]]:
        """What could be better; without surveys, which nobody decides on."""
        surveys = survey_leaves(self.assessment.framework)
        return moves_of(self.assessment, self.unit, without=surveys, efforts=efforts)

    def plans(self, goal: Goal, moves: Mapping[str, Sequence[Move]]) -> Sequence[Plan] | None:
        """The cheapest ways to a goal; none where all moves together do not suffice; None where the goal
        makes no sense for the unit."""
        need = needed(self.assessment, self.unit, goal)
        if need is None or self.outcome.index is None:
            return None
        return alternatives(moves, need.gain(self.outcome.index), above=need.above)


def standing_of(participant: Participant) -> Standing:
    """The unit in its round: in what is published of it, be it while a correction is under way; before that,
    as it stands now. Five queries at most.

    Raises:
        TableRefused: an answer cannot be scored.
    """
    book = published_book_of(participant.round)
    assessment, place = book.now, book.at[participant.pk]
    group = assessment.units[place].participant.group
    rivals = [
        (k, other)
        for k, other in enumerate(book.participants)
        if k != place
        and assessment.units[k].rank is not None
        and assessment.units[k].participant.group == group
    ]
    rivals.sort(key=lambda pair: (assessment.units[pair[0]].rank or 0, pair[1].name_vi))
    return Standing(participant, assessment, place, rivals)


def newest_lines(units: Iterable[int]) -> list[UnitResult]:
    """The newest published result of each of some units. One query."""
    rows = (
        UnitResult.objects.filter(
            published("result__round__", "result__computed_at"), participant__unit__in=set(units)
        )
        .defer("nodes")
        .select_related("participant__unit", "result__round__territory")
        .order_by("-result__round__year", "-result_id")[:NEWEST]
    )
    found: dict[int, UnitResult] = {}
    for row in rows:
        found.setdefault(row.participant.unit_id, row)
    return list(found.values())


def newest_rounds(territories: Iterable[int]) -> list[Round]:
    """The rounds with a published result, of the newest year of each territory. One query."""
    rows = Round.objects.filter(published(), territory__in=set(territories))
    found = list(rows.select_related("territory").order_by("-year", "code"))
    newest: dict[int, int] = {}
    for round_ in found:
        newest.setdefault(round_.territory_id, round_.year)
    return [round_ for round_ in found if newest[round_.territory_id] == round_.year]
