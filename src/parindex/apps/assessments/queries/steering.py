"""A round as those who run it see it: how far each unit is, what is open, who carries how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.models import Draft, Explanation, Participant, Round, Ruling
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.rounds import assignments_of, participants_of
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.framework import Framework, Node


@dataclass(frozen=True, slots=True)
class UnitState:
    """One unit's line: leaves answered of those it supplies, by area and in all."""

    participant: Participant
    areas: Sequence[tuple[int, int]]
    open_cases: int

    @property
    def done(self) -> int:
        """Leaves answered."""
        return sum(done for done, _ in self.areas)

    @property
    def todo(self) -> int:
        """Leaves the unit supplies."""
        return sum(todo for _, todo in self.areas)


@dataclass(frozen=True, slots=True)
class Load:
    """A lead department's part: leaves to rule on, and ruled on, over all units."""

    lead: Unit
    ruled: int
    total: int
    open_cases: int


@dataclass(frozen=True)
class RoundState:
    """A whole round. Costs a fixed number of queries, whatever its size."""

    framework: Framework
    units: Sequence[UnitState]
    loads: Sequence[Load]
    cases: Mapping[str, int]


def round_state(round_: Round) -> RoundState:
    """How far a round is. Seven queries."""
    framework = by_hash(round_.framework.content_hash)
    participants = list(participants_of(round_))
    answered = _answered(round_)
    ruled = set(
        Ruling.objects.filter(participant__round=round_, stage=Ruling.Stage.APPRAISED).values_list(
            "participant_id", "leaf"
        )
    )
    cases = list(
        Explanation.objects.filter(participant__round=round_)
        .exclude(state=Explanation.State.CLOSED)
        .values_list("participant_id", "leaf", "state")
    )
    open_of = Counter(key for key, _, _ in cases)
    units = [
        UnitState(
            p, [_area(framework, p, area, answered=answered) for area in framework.areas], open_of[p.pk]
        )
        for p in participants
    ]
    open_leaves = {(key, leaf) for key, leaf, _ in cases}
    loads = _loads(round_, framework, participants=participants, ruled=ruled, cases=open_leaves)
    return RoundState(framework, units, loads, Counter(state for _, _, state in cases))


def asked_of(round_: Round) -> dict[int, tuple[int, int]]:
    """For each participant: explanations that it owes, and all that were asked of it. One query."""
    found: dict[int, tuple[int, int]] = {}
    cases = Explanation.objects.filter(participant__round=round_).values_list("participant_id", "state")
    for key, state in cases:
        owed, all_ = found.get(key, (0, 0))
        found[key] = (owed + (state == Explanation.State.ASKED), all_ + 1)
    return found


def _answered(round_: Round) -> set[tuple[int, str]]:
    """(participant, leaf) of everything typed or submitted."""
    drafts = Draft.objects.filter(participant__round=round_).exclude(answer="")
    rulings = Ruling.objects.filter(participant__round=round_, stage=Ruling.Stage.SELF).exclude(answer="")
    return {
        *drafts.values_list("participant_id", "leaf"),
        *rulings.values_list("participant_id", "leaf"),
    }


def _area(
    framework: Framework, participant: Participant, area: Node, *, answered: set[tuple[int, str]]
) -> tuple[int, int]:
    """Leaves answered and leaves supplied by the unit, of one area."""
    own = [
        n.code
        for n in area.walk()
        if n.is_leaf and framework.method_of(n.code) != "survey" and applicable_max(framework, participant, n)
    ]
    return sum((participant.pk, code) in answered for code in own), len(own)


def _loads(
    round_: Round,
    framework: Framework,
    *,
    participants: Sequence[Participant],
    ruled: set[tuple[int, str]],
    cases: set[tuple[int, str]],
) -> list[Load]:
    """What each lead department has to rule on."""
    assignments = assignments_of(round_)
    leads = {u.pk: u for a in assignments for u in (a.lead, a.stand_in) if u is not None}
    total: Counter[int] = Counter()
    done: Counter[int] = Counter()
    open_: Counter[int] = Counter()
    leaves = [n for c, n in framework.leaves.items() if framework.method_of(c) != "survey"]
    for participant in participants:
        for leaf in leaves:
            if not applicable_max(framework, participant, leaf):
                continue
            part = assignment_of(assignments, framework, participant=participant, leaf=leaf.code)
            lead = lead_for(part, participant) if part else None
            if lead is not None:
                key = (participant.pk, leaf.code)
                total[lead] += 1
                done[lead] += key in ruled
                open_[lead] += key in cases
    return [
        Load(leads[k], done[k], total[k], open_[k]) for k in sorted(total, key=lambda k: leads[k].name_vi)
    ]
