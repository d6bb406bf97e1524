"""What a round that is about to be opened like the one before would leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.models import Assignment, Participant, Round
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.rounds import assignments_of, participants_of
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.core.kernel.framework import Framework, Node


@dataclass(frozen=True)
class Gaps:
    """What nobody would appraise.

    Attributes:
        unassigned: leaves that no department is given for some unit; the council would rule on them.
        own: units that would appraise themselves, for want of a stand-in, with how many leaves.
        unsuited: units of a type that the set does not know.
    """

    unassigned: Sequence[Node]
    own: Sequence[tuple[Participant, int]]
    unsuited: Sequence[Participant]


def gaps_of(last: Round, framework: Framework) -> Gaps:
    """The last round's units and plan of appraisal tried against a criteria set. Two queries."""
    assignments = [a for a in assignments_of(last) if a.node in framework.nodes or a.node in framework.extras]
    return gaps_between(framework, participants_of(last), assignments)


def gaps_between(
    framework: Framework, participants: Iterable[Participant], assignments: Sequence[Assignment]
) -> Gaps:
    """Units and a plan of appraisal tried against a criteria set; neither need be stored yet."""
    unassigned: dict[str, Node] = {}
    own: list[tuple[Participant, int]] = []
    unsuited: list[Participant] = []
    for participant in participants:
        if framework.type_codes and participant.type not in framework.type_codes:
            unsuited.append(participant)
            continue
        alone = 0
        for code, leaf in framework.leaves.items():
            if framework.method_of(code) == "survey" or not applicable_max(framework, participant, leaf):
                continue
            part = assignment_of(assignments, framework, participant=participant, leaf=code)
            if part is None:
                unassigned[code] = leaf
            elif lead_for(part, participant) is None:
                alone += 1
        if alone:
            own.append((participant, alone))
    ordered = [leaf for code, leaf in framework.leaves.items() if code in unassigned]
    return Gaps(ordered, own, unsuited)
