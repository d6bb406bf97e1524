"""Who may join a running round with a part of it, and which leaves are outside that part."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused


def check_joining(round_: Round, framework: Framework, *, unit: Unit, type_: str) -> None:
    """Raises Refused ``round_not_running``, ``unit_takes_part``, ``unit_type_unknown``."""
    if round_.state != Round.State.RUNNING:
        raise Refused("round_not_running")
    if (
        round_.participants.filter(unit=unit).exists()
        or round_.participants.filter(unit__code=unit.code).exists()
    ):
        raise Refused("unit_takes_part", unit=unit.name_vi)
    if framework.type_codes and type_ not in framework.type_codes:
        raise Refused("unit_type_unknown", type=type_[:50])


def outside(framework: Framework, participant: Participant, nodes: Sequence[str]) -> list[str]:
    """The leaves that would apply to the unit and are not in its part.

    Args:
        nodes: what it takes part with, where that is some criteria.

    Raises:
        Refused: ``node_unknown``, ``part_empty``: nothing is left that it could be assessed by.
    """
    known = {**framework.nodes, **framework.extras}
    for code in nodes:
        if code not in known:
            raise Refused("node_unknown", node=code[:50])
    inside = {leaf.code for code in nodes for leaf in known[code].walk() if leaf.is_leaf}
    applying = [c for c, leaf in framework.leaves.items() if applicable_max(framework, participant, leaf)]
    part = Participant.Part(participant.part)
    if part is Participant.Part.OBSERVER:
        return applying
    if part is Participant.Part.SURVEY:
        inside = {c for c in applying if framework.method_of(c) == "survey"}
    left = [c for c in applying if c not in inside]
    if len(left) == len(applying):
        raise Refused("part_empty")
    return left
