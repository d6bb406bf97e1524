"""What a unit answered and lost on a leaf in the round before, where the two sets compare."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries import published
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.models import UnitResult
from parindex.core.formats.stored import from_stored
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Node
from parindex.core.kernel.reasons import Reason


@dataclass(frozen=True, slots=True)
class Past:
    """One leaf a round earlier, by the code it has now: what stood and what it gave."""

    year: int
    leaf: Node
    answer: str
    points: Fraction
    maximum: Fraction
    reason: Reason | None

    @property
    def lost(self) -> Fraction:
        """Points not held."""
        return max(self.maximum - self.points, Fraction(0))


def past_of(participant: Participant) -> dict[str, Past]:
    """Every comparable leaf of the published round before, by today's code; empty without one. Three queries.

    While that round is corrected, what stood when the correction began.
    """
    previous = participant.round.previous
    if previous is None or not previous.is_out:
        return {}
    old = UnitResult.objects.filter(
        published("result__round__", "result__computed_at"),
        participant__round=previous,
        participant__unit=participant.unit_id,
    )
    kept = old.select_related("result", "participant").order_by("-result_id").first()
    if kept is None:
        return {}
    framework, before = by_hash(participant.round.framework.content_hash), by_hash(kept.result.framework_hash)
    standing = standing_of(kept.participant, told=True)
    found = {}
    for code, was in comparable_codes(framework, before).items():
        if code in framework.leaves and was in before.leaves:
            points, maximum, _, reason = kept.nodes[was]
            ruling = standing.get(was)
            found[code] = Past(
                previous.year,
                before.leaves[was],
                ruling.answer if ruling else "",
                Fraction(points),
                Fraction(maximum),
                from_stored(reason) if reason else None,
            )
    return found
