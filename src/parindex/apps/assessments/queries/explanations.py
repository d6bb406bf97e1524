"""What is in dispute: for a unit, and before the council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Prefetch, QuerySet

from parindex.apps.assessments.models import Explanation, Participant, Round, Ruling, Statement
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.rounds import assignments_of, participants_of
from parindex.apps.assessments.queries.standing import STAGES
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.penalties import is_penalty
from parindex.apps.assessments.rules.sheets import Place, place_of
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.framework import Framework, Node


UNITS_TURN = (Explanation.State.ASKED, Explanation.State.REPLIED)


@dataclass(frozen=True, slots=True)
class Dispute:
    """One leaf of one unit with what was ruled at each stage.

    Attributes:
        rulings: the last ruling of each stage that has one; `points` what each of them gives.
        case: the explanation, with its statements read; None where nobody asked or claimed.
    """

    participant: Participant
    leaf: Node
    rulings: Mapping[str, Ruling]
    points: Mapping[str, Fraction]
    case: Explanation | None

    @property
    def standing(self) -> Ruling | None:
        """The last ruling of the last stage."""
        return self.rulings[list(self.rulings)[-1]] if self.rulings else None

    @property
    def now(self) -> Fraction:
        """The points that stand."""
        return self.points[list(self.points)[-1]] if self.points else Fraction(0)

    @property
    def lost(self) -> Fraction:
        """Points taken from what the unit gave itself, 0 where it gave itself none; all of a penalty's."""
        if is_penalty(by_hash(self.participant.round.framework.content_hash), self.leaf.code):
            return self.now
        own = self.points.get(Ruling.Stage.SELF.value)
        return Fraction(0) if own is None else max(own - self.now, Fraction(0))

    @property
    def changed(self) -> bool:
        """Whether somebody gave other points than the unit gave itself."""
        later = [s for s in self.points if STAGES.index(s) > STAGES.index(Ruling.Stage.SELF)]
        return any(self.points[s] != self.points.get(Ruling.Stage.SELF.value, 0) for s in later)

    @property
    def claimed(self) -> str:
        """The points that the unit claimed last, as written."""
        said = list(self.case.statements.all()) if self.case else []
        return next((s.claimed for s in reversed(said) if s.claimed), "")


def cases_of(participants: Iterable[int]) -> QuerySet[Explanation]:
    """The explanations of some participants with all that was said. Two queries."""
    found = Explanation.objects.filter(participant__in=set(participants)).order_by("participant_id", "leaf")
    return found.prefetch_related(Prefetch("statements", Statement.objects.order_by("position")))


def waiting_for(units: Iterable[int]) -> list[Explanation]:
    """Cases of some units in running rounds in which the unit holds the ball. One query."""
    found = Explanation.objects.filter(
        participant__unit__in=set(units), participant__round__state=Round.State.RUNNING, state__in=UNITS_TURN
    )
    return list(
        found.select_related("participant__unit", "participant__round__territory__parent").order_by("id")
    )


def disputes(participant: Participant, *, changed: bool = False) -> list[Dispute]:
    """Leaves of a unit that are being explained or lost points, in the order of the criteria set.

    Args:
        changed: also leaves that gained points, or were given some that the unit did not claim.
    """
    found = _all_of([participant], None)
    return [d for d in found if d.case is not None or d.lost or (changed and d.changed)]


def dispute(participant: Participant, leaf: str) -> Dispute | None:
    """One leaf of a unit, whether in dispute or not; None where the criteria set has none of that code."""
    return next(iter(_all_of([participant], {(participant.pk, leaf)})), None)


def leaves_of(participants: Sequence[Participant]) -> list[Dispute]:
    """Every leaf of some participants of one round, by participant and in the order of the set. Three
    queries."""
    return _all_of(participants, None)


def open_cases(round_: Round) -> list[Dispute]:
    """What the council has to rule on, by unit and criterion.

    Explanations that are not closed, and leaves that nobody could rule on: the lead department is the unit
    itself and has no stand-in. A fixed number of queries.
    """
    participants = {p.pk: p for p in participants_of(round_)}
    left = Explanation.objects.filter(participant__round=round_).exclude(state=Explanation.State.CLOSED)
    places = set(left.values_list("participant_id", "leaf"))
    places |= _orphans(round_, list(participants.values()))
    involved = [p for pk, p in participants.items() if any(pk == place[0] for place in places)]
    return _all_of(involved, places)


def _orphans(round_: Round, participants: Sequence[Participant]) -> set[tuple[int, str]]:
    """(participant, leaf) of what a unit would have to rule on itself, and the council has not."""
    assignments = assignments_of(round_)
    alone = {a.lead_id for a in assignments if a.stand_in_id is None}
    units = [p for p in participants if p.unit_id in alone]
    framework = by_hash(round_.framework.content_hash)
    found = set()
    for who, rulings in _rulings(units).items():
        participant = next(p for p in units if p.pk == who)
        for code, leaf in framework.leaves.items():
            part = assignment_of(assignments, framework, participant=participant, leaf=code)
            ruled = rulings.get(code, {})
            if (
                part
                and lead_for(part, participant) is None
                and _waits(framework, participant, leaf, ruled=ruled)
            ):
                found.add((who, code))
    return found


def _waits(
    framework: Framework, participant: Participant, leaf: Node, *, ruled: Mapping[str, Ruling]
) -> bool:
    """Whether somebody other than the unit has yet to look at what it answered."""
    own = ruled.get(Ruling.Stage.SELF.value)
    given = None if own else next(iter(ruled.values()), None)
    place = place_of(framework, participant, leaf, given=given)
    if Ruling.Stage.COUNCIL.value in ruled or place not in (Place.TODO, Place.CLAIM):
        return False
    return place is Place.TODO or own is not None


def _rulings(participants: Sequence[Participant]) -> dict[int, dict[str, dict[str, Ruling]]]:
    """The last ruling by participant, leaf and stage, stages in their order. One query."""
    found: dict[int, dict[str, dict[str, Ruling]]] = {p.pk: {} for p in participants}
    rulings = Ruling.objects.filter(participant__in=list(found)) if found else Ruling.objects.none()
    ordered = sorted(rulings.order_by("id"), key=lambda r: (STAGES.index(r.stage), r.turn))
    for ruling in ordered:
        found[ruling.participant_id].setdefault(ruling.leaf, {})[ruling.stage] = ruling
    return found


def _all_of(participants: Sequence[Participant], places: set[tuple[int, str]] | None) -> list[Dispute]:
    """Leaves of some participants, all of them or the named ones."""
    rulings = _rulings(participants)
    cases = {(c.participant_id, c.leaf): c for c in cases_of(rulings)} if rulings else {}
    found = []
    for participant in participants:
        framework = by_hash(participant.round.framework.content_hash)
        for code, leaf in framework.leaves.items():
            if places is None or (participant.pk, code) in places:
                ruled = rulings[participant.pk].get(code, {})
                points = {
                    s: points_of(framework, participant, leaf, answer=r.answer) for s, r in ruled.items()
                }
                case = cases.get((participant.pk, code))
                found.append(Dispute(participant, leaf, ruled, points, case))
    return found
