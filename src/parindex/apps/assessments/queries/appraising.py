"""What lead departments appraise: every leaf of their part, over all units, with what speaks for and against.

A case is read whole from a fixed number of queries, whatever the number of units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from django.db.models import Q

from parindex.apps.assessments.models import (
    EvidenceLink,
    Explanation,
    Participant,
    Round,
    Ruling,
    Share,
)
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.checks import Grounds, PastLeaf, cut_evidence, past_leaves
from parindex.apps.assessments.queries.evidence import attached_to
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.rounds import assignments_of, participants_of
from parindex.apps.assessments.queries.standing import STAGES
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.measured import Proposal
from parindex.apps.assessments.rules.sheets import Place, applicable_max, place_of
from parindex.apps.evidence.refusals import Finding
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Grant
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.time import legal_date


SUGGESTED = 5
RULED = (Ruling.Stage.APPRAISED.value, Ruling.Stage.EXPLAINED.value, Ruling.Stage.COUNCIL.value)


def rounds_to_appraise(leads: Iterable[int]) -> list[Round]:
    """Running rounds in which one of the departments appraises something."""
    units = set(leads)
    assigned = Q(assignments__lead__in=units) | Q(assignments__stand_in__in=units)
    rounds = Round.objects.filter(assigned, state=Round.State.RUNNING).distinct()
    return list(rounds.select_related("territory").prefetch_related("phases").order_by("-year", "id"))


class Standing(StrEnum):
    """Where a case is with the lead department."""

    WAITING = "waiting"  # to be ruled on
    DONE = "done"  # ruled on
    EXPLAINING = "explaining"  # with the unit, or before the council
    FREE = "free"  # a bonus nobody claims, a penalty nobody entered: nothing to do


@dataclass(frozen=True)
class Case:
    """One leaf of one unit, as the department that rules on it sees it.

    Attributes:
        lead: the unit that rules; `said`: the unit's own answer; `stood`: what stands now.
        proposed: what was measured for it.
        maximum: for this unit. `held`: a penalty, which the unit does not answer.
    """

    participant: Participant
    leaf: Node
    lead: int
    framework: Framework = field(repr=False)
    maximum: Fraction
    held: bool
    said: Ruling | None
    stood: Ruling | None
    links: Sequence[EvidenceLink]
    explanation: Explanation | None
    past: PastLeaf | None
    proposed: Proposal | None = None
    doubts: Sequence[Finding] = ()

    @property
    def standing(self) -> Standing:
        """Whose turn it is."""
        case = self.explanation
        if case is not None and case.state in (Explanation.State.ASKED, Explanation.State.COUNCIL):
            return Standing.EXPLAINING
        if case is not None and case.state == Explanation.State.ANSWERED:
            return Standing.WAITING
        if self.stood is not None and self.stood.stage in RULED:
            return Standing.DONE
        if self.said is None and (self.held or self.leaf.code in self.framework.extras):
            return Standing.FREE
        return Standing.WAITING

    @property
    def ruled(self) -> Ruling | None:
        """The ruling that stands, where it is not the unit's own answer."""
        return self.stood if self.stood is not None and self.stood.stage in RULED else None

    @property
    def said_points(self) -> Fraction:
        """What the unit's answer gives."""
        return self._points(self.said)

    @property
    def points(self) -> Fraction:
        """What stands gives."""
        return self._points(self.stood)

    @property
    def is_plain(self) -> bool:
        """Answered, nothing doubtful, evidence where it is asked for: may be accepted with others."""
        shown = bool(self.links) or not self.leaf.evidence
        answered = self.said is not None and bool(self.said.answer)
        return self.standing is Standing.WAITING and answered and shown and not self.doubts and self.is_first

    @property
    def is_first(self) -> bool:
        """Nothing of it has been explained yet."""
        return self.explanation is None

    def _points(self, ruling: Ruling | None) -> Fraction:
        if ruling is None:
            return Fraction(0)
        return points_of(self.framework, self.participant, self.leaf, answer=ruling.answer)


@dataclass(frozen=True)
class Part:
    """All cases of a person's departments in a round, in the order of units and of the criteria set."""

    round: Round
    framework: Framework
    leads: frozenset[int]
    cases: Sequence[Case]

    def of_leaf(self, code: str) -> list[Case]:
        """One criterion over all units."""
        return [c for c in self.cases if c.leaf.code == code]

    def of_unit(self, code: str) -> list[Case]:
        """One unit over all criteria."""
        return [c for c in self.cases if c.participant.unit.code == code]

    def find(self, participant: int, leaf: str) -> Case | None:
        """One case."""
        return next((c for c in self.cases if c.participant.pk == participant and c.leaf.code == leaf), None)


def part_of(
    round_: Round, rights: Rights, at: datetime, *, leaf: str | None = None, unit: str | None = None
) -> Part:
    """What a person's departments rule on in a round; only one leaf or one unit where asked.

    A department's own sheet is its stand-in's; whoever belongs to a unit does not see it here either. Where a
    part is shared out, a person sees what is theirs, and the department's head all of it.
    """
    framework = by_hash(round_.framework.content_hash)
    leads = rights.units(Act.APPRAISAL_VIEW)
    participants = [
        p
        for p in participants_of(round_)
        if (unit is None or p.unit.code == unit) and not rights.belongs_to(p.unit_id)
    ]
    mine = _mine(round_, framework, rights, participants=participants, leaf=leaf)
    leaves = {c for codes in mine.values() for c in codes}
    grounds = _Read(round_, framework, participants, leaves=leaves, at=at)
    cases = [
        case
        for participant in participants
        for code, lead in mine[participant.pk].items()
        if (case := grounds.case(participant, framework.leaves[code], lead)) is not None
    ]
    return Part(round_, framework, leads, cases)


def _mine(
    round_: Round,
    framework: Framework,
    rights: Rights,
    *,
    participants: Sequence[Participant],
    leaf: str | None,
) -> dict[int, dict[str, int]]:
    """For each participant the leaves that the person's departments rule on, with the department."""
    leads, heads = rights.units(Act.APPRAISAL_VIEW), rights.units(Act.APPRAISAL_SIGN)
    assignments = assignments_of(round_)
    shares = _shares(round_)
    person = rights.person.pk if rights.person else None
    codes = [leaf] if leaf is not None else list(framework.leaves)
    codes = [c for c in codes if c in framework.leaves and framework.method_of(c) != "survey"]
    found: dict[int, dict[str, int]] = {}
    for participant in participants:
        own = found.setdefault(participant.pk, {})
        for code in codes:
            part = assignment_of(assignments, framework, participant=participant, leaf=code)
            lead = lead_for(part, participant) if part else None
            if part is None or lead is None or lead not in leads:
                continue
            given = shares.get(part.pk)
            if not given or lead in heads or _is_shared(framework, code, given, person=person):
                own[code] = lead
    return found


def _shares(round_: Round) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = {}
    for share in Share.objects.filter(assignment__round=round_).order_by("id"):
        found.setdefault(share.assignment_id, []).append(share)
    return found


def _is_shared(framework: Framework, code: str, shares: Iterable[Share], *, person: int | None) -> bool:
    """Whether a leaf, or what it lies in, was given to the person."""
    given = {s.node for s in shares if s.person_id == person}
    node = framework.leaves[code]
    while node.code not in given:
        parent = framework.parents.get(node.code)
        if parent is None:
            return False
        node = parent
    return True


class _Read:
    """What the cases of a part are made from: one query for each kind of thing."""

    def __init__(
        self,
        round_: Round,
        framework: Framework,
        participants: Sequence[Participant],
        *,
        leaves: set[str],
        at: datetime,
    ) -> None:
        self.framework = framework
        keys = [p.pk for p in participants]
        self.rulings: dict[tuple[int, str], list[Ruling]] = {}
        # of all units, as notes and files are compared across them
        rulings = Ruling.objects.filter(participant__round=round_, leaf__in=leaves)
        for ruling in rulings.select_related("measured").order_by("id"):
            self.rulings.setdefault((ruling.participant_id, ruling.leaf), []).append(ruling)
        self.links = attached_to(round_, leaves)
        explanations = Explanation.objects.filter(participant__in=keys, leaf__in=leaves)
        self.proposals = proposals_for(round_, participants, leaves=leaves)
        self.explanations = {(e.participant_id, e.leaf): e for e in explanations}
        self.past = past_leaves(round_, framework, leaves)
        names = dict(round_.participants.values_list("pk", "name_vi"))
        self.grounds = Grounds(
            framework,
            names,
            rulings=self.rulings,
            links=self.links,
            today=legal_date(at),
            cut=cut_evidence(round_),
        )

    def case(self, participant: Participant, leaf: Node, lead: int) -> Case | None:
        """One case; None where the leaf is not assessed for the unit."""
        if not applicable_max(self.framework, participant, leaf):
            return None
        key = participant.pk, leaf.code
        rulings = sorted(self.rulings.get(key, ()), key=lambda r: (STAGES.index(r.stage), r.turn))
        given = [r for r in rulings if r.stage == Ruling.Stage.OPENING]
        place = place_of(self.framework, participant, leaf, given=given[-1] if given else None)
        if place is Place.NOT_ASSESSED:
            return None
        said = [r for r in rulings if r.stage == Ruling.Stage.SELF]
        links, past = self.links.get(key, ()), self.past.get((participant.unit_id, leaf.code))
        proposed = self.proposals.get(key)
        own, measured = (said[-1] if said else None), (given[-1].answer if given else "")
        return Case(
            participant=participant,
            leaf=leaf,
            lead=lead,
            framework=self.framework,
            maximum=leaf.max_for(participant.type),
            held=place is Place.HELD,
            said=own,
            stood=rulings[-1] if rulings else None,
            links=links,
            explanation=self.explanations.get(key),
            past=past,
            proposed=proposed,
            doubts=self.grounds.doubts(
                participant, leaf, said=own, measured=measured, proposed=proposed, past=past
            ),
        )


def reasons_used(lead: int, leaves: Iterable[str]) -> dict[str, list[str]]:
    """The reasons that a department's people gave on each leaf before, the most used first. Two queries."""
    people = {f"person:{pk}" for pk in Grant.objects.filter(unit=lead).values_list("person_id", flat=True)}
    rulings = Ruling.objects.filter(leaf__in=set(leaves), by__in=people, stage__in=RULED).exclude(reason="")
    counted: dict[str, Counter[str]] = {}
    for leaf, reason in rulings.order_by("-id").values_list("leaf", "reason")[:5000]:
        counted.setdefault(leaf, Counter())[reason] += 1
    return {leaf: [reason for reason, _ in used.most_common(SUGGESTED)] for leaf, used in counted.items()}
