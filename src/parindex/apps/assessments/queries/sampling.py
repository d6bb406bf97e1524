"""The sample of a round that is verified on the spot, and how far its two markings agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Round, Ruling, Visit
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.rounds import assignments_of, participants_of
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.sampling import Place
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.agreement import Agreement, Marks, agreement
from parindex.core.kernel.framework import Framework, Node


def population_of(round_: Round) -> dict[Place, Participant]:
    """What can be drawn: leaves that a unit answered, that were appraised, and that no draw has taken.

    Surveys and what nobody may rule on but the council are left out. A fixed number of queries.
    """
    framework = by_hash(round_.framework.content_hash)
    assignments = assignments_of(round_)
    taken = set(round_.visits.values_list("participant_id", "leaf"))
    stages = (Ruling.Stage.SELF, Ruling.Stage.APPRAISED)
    ruled: dict[tuple[int, str], set[str]] = {}
    rows = Ruling.objects.filter(participant__round=round_, stage__in=stages)
    for pk, leaf, stage in rows.values_list("participant_id", "leaf", "stage"):
        ruled.setdefault((pk, leaf), set()).add(stage)
    people = {p.pk: p for p in participants_of(round_)}
    found = {}
    for (pk, leaf), had in sorted(ruled.items()):
        participant = people[pk]
        if len(had) < len(stages) or (pk, leaf) in taken or framework.method_of(leaf) == "survey":
            continue
        part = assignment_of(assignments, framework, participant=participant, leaf=leaf)
        if part is not None and lead_for(part, participant) is not None:
            found[participant.unit.code, leaf] = participant
    return found


def first_of(visit: Visit) -> Ruling | None:
    """The first marking: what the appraiser ruled in the first appraisal. One query."""
    rulings = Ruling.objects.filter(
        participant=visit.participant_id, leaf=visit.leaf, stage=Ruling.Stage.APPRAISED
    )
    return rulings.order_by("turn").last()


@dataclass(frozen=True)
class Drawn:
    """One drawn leaf with both markings.

    Attributes:
        lead: the department that rules on it. `first`: its ruling. `marks`: None until it is marked again.
    """

    visit: Visit
    participant: Participant
    leaf: Node
    lead: int | None
    first: Ruling | None
    marks: Marks | None


def drawn_of(round_: Round, *, leads: Iterable[int] | None = None) -> list[Drawn]:
    """The whole sample in the order of units and of the criteria set; of some departments only where asked.

    A fixed number of queries.
    """
    framework = by_hash(round_.framework.content_hash)
    order = {code: k for k, code in enumerate(framework.leaves)}
    assignments = assignments_of(round_)
    people = {p.pk: (k, p) for k, p in enumerate(participants_of(round_))}
    visits = list(round_.visits.select_related("sample"))
    first = _first(round_, visits)
    wanted = None if leads is None else set(leads)
    found = []
    for visit in sorted(visits, key=lambda v: (people[v.participant_id][0], order.get(v.leaf, 0))):
        _, participant = people[visit.participant_id]
        part = assignment_of(assignments, framework, participant=participant, leaf=visit.leaf)
        lead = lead_for(part, participant) if part else None
        if visit.leaf in framework.leaves and (wanted is None or lead in wanted):
            leaf, ruling = framework.leaves[visit.leaf], first.get((visit.participant_id, visit.leaf))
            found.append(
                Drawn(
                    visit,
                    participant,
                    leaf,
                    lead,
                    ruling,
                    _marks(framework, participant, visit, first=ruling),
                )
            )
    return found


def _first(round_: Round, visits: Sequence[Visit]) -> dict[tuple[int, str], Ruling]:
    """The first markings of the sample. One query."""
    rulings = Ruling.objects.filter(
        participant__round=round_, leaf__in={v.leaf for v in visits}, stage=Ruling.Stage.APPRAISED
    )
    return {(r.participant_id, r.leaf): r for r in rulings.order_by("turn")}


def _marks(
    framework: Framework, participant: Participant, visit: Visit, *, first: Ruling | None
) -> Marks | None:
    if first is None or visit.at is None:
        return None
    leaf = framework.leaves[visit.leaf]
    one, two = (
        points_of(framework, participant, leaf, answer=answer) for answer in (first.answer, visit.second)
    )
    return Marks(one, two, Fraction(leaf.max_for(participant.type)))


def agreement_by(drawn: Iterable[Drawn], key: Callable[[Drawn], str]) -> Mapping[str, Agreement]:
    """How far the markings agree, by anything: a criterion, the first marker; in the order of first sight."""
    marks: dict[str, list[Marks]] = {}
    for one in drawn:
        if one.marks is not None:
            marks.setdefault(key(one), []).append(one.marks)
    return {k: agreement(found) for k, found in marks.items()}
