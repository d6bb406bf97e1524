"""The cheapest ways to what the unit aims at, each computed anew to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from parindex.apps.improvement.queries import Standing
from parindex.core.kernel.improvement import Goal, Move, Plan, is_reached
from parindex.web.improve.asked import LEFT, LEVEL, Asked
from parindex.web.improve.outcomes import anew, outcome


SHOWN_RANKS = 10


def goals(standing: Standing) -> dict[str, Any]:
    """What there is above the unit: places, nearest first, and grades."""
    own = standing.outcome
    bands = list(standing.assessment.framework.grades.bands)
    better = bands[: bands.index(own.grade)] if own.grade else bands
    ranks = range(own.rank - 1, max(own.rank - 1 - SHOWN_RANKS, 0), -1) if own.rank else range(0)
    return {"ranks": [str(rank) for rank in ranks], "grades": better[::-1]}


def found(
    sent: QueryDict, standing: Standing, asked: Asked, *, moves: Mapping[str, Sequence[Move]]
) -> dict[str, Any] | None:
    """The plans to the goal that was named, if any; `plans` is None for a goal that makes no sense."""
    goal = asked.goal
    if goal is None:
        return None
    plans = standing.plans(goal, {code: m for code, m in moves.items() if code not in asked.left})
    if plans is None:
        return {"plans": None}
    levels = {(m.leaf, m.points): k for options in moves.values() for k, m in enumerate(options, start=1)}
    return {"plans": [_plan(sent, standing, plan, goal=goal, levels=levels) for plan in plans]}


def _plan(
    sent: QueryDict,
    standing: Standing,
    plan: Plan,
    *,
    goal: Goal,
    levels: Mapping[tuple[str, Fraction], int],
) -> dict[str, Any]:
    """A plan with what it comes to, and the address that tries it."""
    then = anew(standing, plan.moves)
    tries = {LEVEL + move.leaf: str(levels[move.leaf, move.points]) for move in plan.moves}
    return {
        "effort": plan.effort,
        "rows": [_move(sent, standing, move) for move in plan.moves],
        "then": outcome(standing, then),
        "reached": is_reached(then, standing.unit, goal),
        "url": f"?{question(_without_levels(sent), tries)}#thu",
    }


def _move(sent: QueryDict, standing: Standing, move: Move) -> dict[str, Any]:
    """One move, and the address that asks for ways without it."""
    kept = _without_levels(sent)
    kept.appendlist(LEFT, move.leaf)
    return {
        "node": standing.assessment.framework.nodes[move.leaf],
        "held": standing.assessment.node(standing.unit, move.leaf),
        "move": move,
        "leave_url": f"?{question(kept, {})}#duong-len",
    }


def question(sent: QueryDict, more: Mapping[str, str]) -> str:
    """The same question with something more; what was left empty is left out."""
    kept = sent.copy()
    for key in [k for k in kept if not kept[k]]:
        del kept[key]
    kept.update(more)
    return kept.urlencode()


def _without_levels(sent: QueryDict) -> QueryDict:
    """The question with no levels to try."""
    kept = sent.copy()
    for key in [k for k in kept if k.startswith(LEVEL)]:
        del kept[key]
    return kept
