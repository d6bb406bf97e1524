"""Grades: bands on the exact index with needs, caps, and quotas that see the whole ranking group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from parindex.core.kernel.answers import Answer, Input
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.framework import Condition, GradePolicy, Quota
from parindex.core.kernel.numbers import half_up
from parindex.core.kernel.ranking import sortable
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.rules.base import Branched, Chosen


Look = Callable[[str], NodeOutcome]


def holds(condition: Condition, look: Look) -> bool:
    """Whether a condition holds for the unit that `look` shows ("" is the whole)."""
    node = look(condition.node)
    if condition.answered:
        return bool(set(_chosen(node.answer)) & set(condition.answered))
    if condition.index_below is not None:
        return node.index is not None and node.index < condition.index_below
    if condition.index_at_least is not None:
        return node.index is not None and node.index >= condition.index_at_least
    if condition.points_below is not None:
        return node.points < condition.points_below
    return condition.points_at_least is not None and node.points >= condition.points_at_least


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    """Option ids an answer names."""
    if not isinstance(answer, Input):
        return ()
    value = answer.value
    if isinstance(value, Branched):
        inner = value.value.ids if isinstance(value.value, Chosen) else ()
        return (value.branch, *inner)
    return value.ids if isinstance(value, Chosen) else ()


def grade(policy: GradePolicy, index: Fraction | None, look: Look) -> tuple[int | None, list[Reason]]:
    """Position of the unit's band before quotas (0 is best), and what lowered it."""
    if index is None or not policy.bands:
        return None, []
    remarks: list[Reason] = []
    position = None
    for k, band in enumerate(policy.bands):
        if index < band.min:
            continue
        if all(holds(need, look) for need in band.needs):
            position = k
            break
        remarks.append(Reason("grade_need", {"grade": band.id}))
    ids = [b.id for b in policy.bands]
    for cap in policy.caps:
        limit = ids.index(cap.at_most)
        if position is not None and position < limit and any(holds(c, look) for c in cap.when):
            remarks.append(
                Reason("grade_cap", {"from": ids[position], "grade": cap.at_most, "ground": cap.ground})
            )
            position = limit
    return position, remarks


def apply_quotas(
    policy: GradePolicy,
    graded: dict[int, int],
    *,
    indexes: Mapping[int, Fraction],
    remarks: Mapping[int, list[Reason]],
) -> None:
    """Lower, in place, the grades of one ranking group that exceed a quota, the best grade's quota first.

    Args:
        graded: band position by unit, for the units of the group that are graded and ranked.
        indexes: their exact indexes.
        remarks: where `grade_quota` is written down.
    """
    ids = [b.id for b in policy.bands]
    for quota in sorted(policy.quotas, key=lambda q: ids.index(q.grade)):
        position = ids.index(quota.grade)
        holders = [u for u, k in graded.items() if k <= position]
        base = len(graded)
        if quota.of is not None:
            next_below = ids.index(quota.of)
            base = len(holders) + sum(k == next_below for k in graded.values() if k > position)
        holders = [u for u in holders if graded[u] == position]
        lower = min(position + 1, len(ids) - 1)
        said = {"from": quota.grade, "grade": ids[lower], "percent": quota.percent, "ground": quota.ground}
        for unit in _over(quota, holders, indexes, allowed=allowed_by(quota, base)):
            graded[unit] = lower
            remarks[unit].append(Reason("grade_quota", said))


def allowed_by(quota: Quota, base: int) -> int:
    """How many units of a base may hold the quota's grade."""
    exact = base * quota.percent / 100
    if quota.rounding == "half_up":
        return int(half_up(exact, 0))
    return ceil(exact) if quota.rounding == "up" else floor(exact)


def _over(
    quota: Quota, holders: Sequence[int], indexes: Mapping[int, Fraction], *, allowed: int
) -> list[int]:
    """Holders beyond the allowed number, lowest first to fall; equals at the limit stay or fall together."""
    if len(holders) <= allowed:
        return []
    keys = dict(zip(holders, sortable([indexes[u] for u in holders]), strict=True))
    order = sorted(holders, key=lambda u: keys[u], reverse=True)
    last = keys[order[allowed - 1]] if allowed else None
    first_out = keys[order[allowed]]
    if last is None or last != first_out:
        return order[allowed:]
    if quota.ties == "keep":
        return [u for u in order if keys[u] < first_out]
    return [u for u in order if keys[u] <= first_out]
