"""The matrix units × criteria of what applies: what the set itself says, and what is left out at opening.

The criteria set decides first (a maximum for the unit's type, no exemption). What it has for a unit can be
left out at opening, each time with a reason; what it does not have cannot be put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused


LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A criterion that is not assessed at a unit, decided at opening: code of the unit, of the leaf, why."""

    unit: str
    leaf: str
    reason: str


def matrix_leaves(framework: Framework) -> dict[str, Node]:
    """The columns of the matrix: every leaf of the tree, surveys too; bonus and penalty items are for all."""
    return {code: leaf for code, leaf in framework.leaves.items() if code not in framework.extras}


def applied_leaves(framework: Framework, participant: Participant) -> frozenset[str]:
    """What the criteria set itself has for a unit, which need not be stored."""
    if framework.type_codes and participant.type not in framework.type_codes:
        return frozenset()
    leaves = matrix_leaves(framework).items()
    return frozenset(code for code, leaf in leaves if applicable_max(framework, participant, leaf))


def check_left_out(
    framework: Framework, participants: Mapping[str, Participant], rows: Sequence[LeftOut]
) -> None:
    """That each exception is about something the set has for the unit, once, with its reason.

    Args:
        participants: by the code of their unit.

    Raises:
        Refused: ``unit_code_unknown``, ``leaf_unknown``, ``leaf_not_for_unit``, ``reason_needed``,
            ``reason_too_long``, ``left_out_twice``.
    """
    leaves, applied = matrix_leaves(framework), dict[str, frozenset[str]]()
    seen: set[tuple[str, str]] = set()
    for row in rows:
        participant = participants.get(row.unit)
        if participant is None:
            raise Refused("unit_code_unknown", unit=row.unit)
        if row.leaf not in leaves:
            raise Refused("leaf_unknown", leaf=row.leaf)
        if row.unit not in applied:
            applied[row.unit] = applied_leaves(framework, participant)
        if row.leaf not in applied[row.unit]:
            raise Refused("leaf_not_for_unit", leaf=row.leaf, unit=participant.name_vi)
        if (row.unit, row.leaf) in seen:
            raise Refused("left_out_twice", leaf=row.leaf, unit=participant.name_vi)
        seen.add((row.unit, row.leaf))
        check_reason(row.reason)


def check_reason(reason: str) -> None:
    """That there is one, not too long. Raises Refused ``reason_needed``, ``reason_too_long``."""
    if not reason.strip():
        raise Refused("reason_needed")
    if len(reason) > LONGEST_REASON:
        raise Refused("reason_too_long", limit=LONGEST_REASON)


def by_unit(rows: Iterable[LeftOut]) -> dict[str, dict[str, str]]:
    """Exceptions as reasons by leaf, by unit."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.unit, {})[row.leaf] = row.reason
    return found
