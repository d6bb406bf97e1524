"""The minutes of the council, drawn from its rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Explanation, Participant, Round, Ruling
from parindex.apps.assessments.queries import STAGES
from parindex.apps.assessments.queries.explanations import cases_of
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.framework import Node


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """One ruling of the council.

    Attributes:
        before: the points that stood; None where nothing had been answered.
        given: the points ruled.
        claimed, said: what the unit claimed last, as written, and its words; empty where it did not speak.
        replied: the lead department's last words, or the reason of its ruling.
    """

    participant: Participant
    leaf: Node
    ruling: Ruling
    before: Fraction | None
    given: Fraction
    claimed: str = ""
    said: str = ""
    replied: str = ""


def minutes_of(round_: Round) -> list[MinutesItem]:
    """Every ruling of the council with its reason, in the order in which they were made. Five queries."""
    participants = {p.pk: p for p in round_.participants.select_related("unit", "group")}
    rulings = list(
        Ruling.objects.filter(participant__round=round_, stage=Ruling.Stage.COUNCIL).order_by("id")
    )
    rulings = [r for r in rulings if r.reason]
    places = {(r.participant_id, r.leaf) for r in rulings}
    cases = {(c.participant_id, c.leaf): c for c in cases_of({pk for pk, _ in places})} if places else {}
    earlier = Ruling.objects.filter(
        participant__in={pk for pk, _ in places}, leaf__in={leaf for _, leaf in places}
    )
    history: dict[tuple[int, str], list[Ruling]] = {}
    for ruling in sorted(earlier.order_by("id"), key=lambda r: (STAGES.index(r.stage), r.turn)):
        history.setdefault((ruling.participant_id, ruling.leaf), []).append(ruling)
    return [
        _item(
            round_, participants[r.participant_id], r, history=history[r.participant_id, r.leaf], cases=cases
        )
        for r in rulings
    ]


def _item(
    round_: Round,
    participant: Participant,
    ruling: Ruling,
    *,
    history: Sequence[Ruling],
    cases: dict[tuple[int, str], Explanation],
) -> MinutesItem:
    framework = by_hash(round_.framework.content_hash)
    leaf = framework.leaves[ruling.leaf]
    stood = [r for r in history if r.pk < ruling.pk]
    case = cases.get((participant.pk, ruling.leaf))
    statements = [s for s in case.statements.all() if s.at <= ruling.at] if case else []
    unit = [s for s in statements if s.party == "unit"]
    appraiser = [s.text for s in statements if s.party == "appraiser"]
    reasons = [r.reason for r in stood if r.reason]
    return MinutesItem(
        participant=participant,
        leaf=leaf,
        ruling=ruling,
        before=points_of(framework, participant, leaf, answer=stood[-1].answer) if stood else None,
        given=points_of(framework, participant, leaf, answer=ruling.answer),
        claimed=next((s.claimed for s in reversed(unit) if s.claimed), ""),
        said=unit[-1].text if unit else "",
        replied=appraiser[-1] if appraiser else reasons[-1] if reasons else "",
    )
