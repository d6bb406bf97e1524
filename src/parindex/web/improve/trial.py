"""What if: the leaves that could hold more, and what the levels that were chosen would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from parindex.apps.improvement.queries import Standing
from parindex.core.kernel.framework import Node
from parindex.core.kernel.improvement import Move
from parindex.web.improve.asked import EFFORT, LEVEL
from parindex.web.improve.outcomes import anew, outcome


def areas(
    standing: Standing,
    moves: Mapping[str, Sequence[Move]],
    *,
    trying: Mapping[str, Move],
    sent: QueryDict,
) -> list[dict[str, Any]]:
    """Every leaf that could hold more, by area; an area opens where something is tried."""
    found = []
    for area in standing.assessment.framework.areas:
        nodes = [node for node in area.walk() if node.code in moves]
        held = [standing.assessment.node(standing.unit, node.code) for node in nodes]
        if nodes:
            found.append(
                {
                    "area": area,
                    "rows": [_row(standing, n, moves[n.code], trying=trying, sent=sent) for n in nodes],
                    "lost": sum((one.max - one.points for one in held), Fraction(0)),
                    "open": any(node.code in trying for node in nodes),
                }
            )
    return found


def _row(
    standing: Standing, node: Node, options: Sequence[Move], *, trying: Mapping[str, Move], sent: QueryDict
) -> dict[str, Any]:
    return {
        "node": node,
        "held": standing.assessment.node(standing.unit, node.code),
        "levels": [
            {"number": k, "move": move, "chosen": trying.get(node.code) == move}
            for k, move in enumerate(options, start=1)
        ],
        "name": LEVEL + node.code,
        "effort_name": EFFORT + node.code,
        "effort": sent.get(EFFORT + node.code, ""),
    }


def outcome_of(standing: Standing, trying: Mapping[str, Move]) -> dict[str, Any]:
    """The whole computed anew with the tried levels, how sure the rank would be, and whom the unit passes."""
    then = anew(standing, trying.values())
    before, after = standing.outcome, then.units[standing.unit]
    gain = None if before.index is None or after.index is None else after.index - before.index
    return {
        "then": outcome(standing, then),
        "gain": gain,
        "count": len(trying),
        "passed": [
            rival.name
            for place, rival in standing.rivals
            if (before.rank or 0) > (standing.assessment.units[place].rank or 0)
            and (after.rank or 0) < (then.units[place].rank or 0)
        ],
        "was": standing.spread(standing.assessment),
        "band": standing.spread(then),
    }
