"""A whole round's result as plain rows: what `compute_result` stores and `rebuild` compares.

Exact numbers are text; what JSON can hold and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parindex.core.formats.stored import to_stored
from parindex.core.kernel.answers import Input
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.insights import group_medians
from parindex.core.kernel.robustness import Robustness
from parindex.core.kernel.rules.base import Ratio


@dataclass(frozen=True, slots=True)
class ComputedGroup:
    """A ranking group's figures; `fields` are named as in the model."""

    group: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComputedUnit:
    """A unit's line in its group. `unit`: its position in the table of answers."""

    unit: int
    group: str
    fields: Mapping[str, Any]


def group_lines(assessment: Assessment) -> Iterator[ComputedGroup]:
    """A line for every ranking group that has units."""
    for code, members in assessment.groups().items():
        outcomes = [assessment.units[u] for u in members]
        medians = group_medians(assessment, members)
        yield ComputedGroup(
            code,
            {
                "size": len(outcomes),
                "ranked": sum(o.rank is not None for o in outcomes),
                "grades": dict(Counter(o.grade.id for o in outcomes if o.grade)),
                "medians": {c: _text(m) for c, m in medians.items()},
                "measures": _measures(assessment, members),
            },
        )


def unit_lines(assessment: Assessment, spread: Robustness | None) -> Iterator[ComputedUnit]:
    """A line for every unit with all its nodes, in ranking order within its group."""
    ranks = {a.code: assessment.node_ranks(a.code) for a in assessment.framework.areas}
    for group, members in assessment.groups().items():
        for position, unit in enumerate(members, start=1):
            outcome = assessment.units[unit]
            fields = {
                "position": position,
                "points": _text(outcome.points),
                "applicable_max": _text(outcome.applicable_max),
                "index": _text(outcome.index),
                "grade": outcome.grade.id if outcome.grade else "",
                "rank": outcome.rank,
                "areas": [_text(assessment.node(unit, a).index) for a in ranks],
                "nodes": _nodes(assessment, unit, ranks),
                "remarks": [to_stored(r) for r in outcome.remarks],
                "band": _band(spread, unit),
            }
            yield ComputedUnit(unit, group, fields)


def _nodes(
    assessment: Assessment, unit: int, ranks: Mapping[str, Sequence[int | None]]
) -> dict[str, list[Any]]:
    """Every node: points, maximum, rank of an area, reason of a leaf."""
    return {
        code: [
            str(n.points),
            str(n.max),
            ranks[code][unit] if code in ranks else None,
            to_stored(n.reason) if n.reason else None,
        ]
        for code, n in assessment.nodes(unit).items()
    }


def _band(spread: Robustness | None, unit: int) -> dict[str, Any] | None:
    """Low, median and high rank and the odds, where the analysis was made and the unit is ranked."""
    found = spread.units[unit] if spread else None
    if found is None or found.median_rank is None:
        return None
    return {
        "low": found.low_rank,
        "median": found.median_rank,
        "high": found.high_rank,
        "grades": dict(found.grades),
        "tier": found.tier,
    }


def _measures(assessment: Assessment, members: Sequence[int]) -> dict[str, list[str]]:
    """Measured ratios added up over a group: numerator and denominator of each leaf that counts cases."""
    framework, found = assessment.framework, {}
    for code, leaf in framework.nodes.items():
        if leaf.is_leaf and framework.method_of(code) == "measured" and code in assessment.table.columns:
            column = assessment.table.columns[code]
            answers = [column.distinct[column.index[u]] for u in members]
            ratios = [a.value for a in answers if isinstance(a, Input) and isinstance(a.value, Ratio)]
            if ratios:
                found[code] = [str(sum(r.part for r in ratios)), str(sum(r.whole for r in ratios))]
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)
