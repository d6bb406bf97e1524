"""A unit's nodes beside the best and the median of its group, and beside itself a round earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries import published
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.models import UnitResult
from parindex.apps.results.rows import GroupTable
from parindex.core.kernel.comparing import comparable_codes


@dataclass(frozen=True, slots=True)
class Beside:
    """Indexes of one node in percent, None where there is none to compare with.

    Attributes:
        before: the unit's own a round earlier, where both sets say the same.
    """

    best: Fraction | None
    median: Fraction | None
    before: Fraction | None


def bests_of(table: GroupTable) -> dict[str, Fraction]:
    """The highest index that any ranked unit of a group has at each node of the tree. One query."""
    rows = UnitResult.objects.filter(result_id=table.result, group__code=table.code, rank__isnull=False)
    best: dict[str, Fraction] = {}
    for nodes in rows.values_list("nodes", flat=True):
        for code, (points, maximum, *_) in nodes.items():
            if code in table.framework.nodes and maximum != "0":
                index = Fraction(points) / Fraction(maximum) * 100
                if code not in best or index > best[code]:
                    best[code] = index
    return best


def before_of(participant: Participant) -> dict[str, Fraction]:
    """The unit's indexes in the published round before, by today's codes; empty without one. Two queries."""
    previous = participant.round.previous
    if previous is None or not previous.is_out:
        return {}
    old = UnitResult.objects.filter(
        published("result__round__", "result__computed_at"),
        participant__round=previous,
        participant__unit=participant.unit_id,
    )
    kept = old.select_related("result").order_by("-result_id").first()
    if kept is None:
        return {}
    framework, earlier = (
        by_hash(participant.round.framework.content_hash),
        by_hash(kept.result.framework_hash),
    )
    found = {}
    for code, was in comparable_codes(framework, earlier).items():
        if was in kept.nodes:
            points, maximum, *_ = kept.nodes[was]
            if maximum != "0":
                found[code] = Fraction(points) / Fraction(maximum) * 100
    return found


def beside(
    table: GroupTable, *, bests: Mapping[str, Fraction], before: Mapping[str, Fraction]
) -> dict[str, Beside]:
    """Every node of the tree, by its code."""
    return {
        code: Beside(bests.get(code), table.medians.get(code), before.get(code))
        for code in table.framework.nodes
    }
