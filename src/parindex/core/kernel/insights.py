"""What a result tells a leader: where points were lost, and how a unit stands against its group's median."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.core.kernel.assess import Assessment


def losses(assessment: Assessment, unit: int) -> list[tuple[str, Fraction]]:
    """Leaves where the unit holds less than its applicable maximum: (code, points lost), largest first."""
    framework = assessment.framework
    lost = []
    for code, node in framework.nodes.items():
        if node.is_leaf:
            outcome = assessment.node(unit, code)
            if outcome.points < outcome.max:
                lost.append((code, outcome.max - outcome.points))
    return sorted(lost, key=lambda pair: -pair[1])


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The middle value, the mean of the two middle ones for an even number; exact."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def group_medians(assessment: Assessment, units: Sequence[int]) -> dict[str, Fraction | None]:
    """Median index of every node of the tree over some units to which it applies."""
    return {
        code: median([i for u in units if (i := indexes[u]) is not None])
        for code in assessment.framework.nodes
        for indexes in [assessment.node_indexes(code)]
    }
