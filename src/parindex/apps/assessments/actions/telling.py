"""Who is told of what happens in a round: the parties of each turn, but never the one who acted.

A notice repeats nothing that a person wrote freely (a reminder's own words apart): it leads to the place
where that stands, and is redacted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Participant, Phase, Round, Share
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries.rounds import assignments_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.notices.actions import Message, tell_all
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import Role
from parindex.core.wording.notices import SENTENCES


class Party(StrEnum):
    """As whom somebody is told; it decides where the notice leads."""

    UNIT = "unit"
    LEAD = "lead"
    ROUND = "round"


ANSWERING = (Role.FOCAL, Role.HEAD)
APPRAISING = (Role.APPRAISER, Role.LEAD_HEAD, Role.INSPECTOR)
STEERING = (Role.SECRETARIAT, Role.ASSISTANT)
SITTING = (*STEERING, Role.CHAIR, Role.MEMBER)


@dataclass(frozen=True, slots=True)
class Circle:
    """Holders of some roles in a unit, and persons named besides; `said`: what only they are told."""

    party: Party
    unit: int
    roles: Collection[Role] = ()
    people: Collection[str] = ()
    said: Mapping[str, str] = field(default_factory=dict)


def tell_circles(
    kind: str,
    *,
    round_: Round,
    circles: Iterable[Circle],
    by: str,
    at: datetime,
    said: Mapping[str, str] | None = None,
    url: str = "",
) -> int:
    """Tell some circles the same kind of thing. Whoever belongs to several is told as of the first.

    Where the sentence names a unit, who stands for several is told of each. Four queries, however many
    circles.

    Returns:
        how many notices.
    """
    asked = list(circles)
    roles = {role for circle in asked for role in circle.roles}
    holding = holding_in({c.unit for c in asked}, roles, at) if roles else {}
    common = {"round": round_.title_vi, "round_en": round_.title_en, "at_round": round_name(round_)}
    messages, told = [], set()
    of_units = "{unit}" in SENTENCES[kind][0]
    for circle in asked:
        refs = [*circle.people, *(r for role in circle.roles for r in holding.get((circle.unit, role), ()))]
        about = circle.said.get("at_unit", "") if of_units else ""
        to = [
            r for r in dict.fromkeys(refs) if r != by and (r, about) not in told and r.startswith("person:")
        ]
        told |= {(r, about) for r in to}
        data = {**common, **(said or {}), **circle.said, "party": circle.party.value}
        messages.append(Message(to, kind, data, url))
    return len(tell_all(messages, at=at))


def tell_unit(
    participant: Participant, kind: str, said: Mapping[str, str], *, by: str, at: datetime, url: str = ""
) -> int:
    """Tell those who answer for one unit."""
    circles = [the_unit(participant)]
    return tell_circles(kind, round_=participant.round, circles=circles, said=said, by=by, at=at, url=url)


def of_unit(participant: Participant) -> dict[str, str]:
    """What a notice says of a unit that takes part."""
    return {"unit": participant.name_vi, "unit_en": participant.name_en, "at_unit": participant.unit.code}


def the_unit(participant: Participant, roles: Collection[Role] = ANSWERING) -> Circle:
    """Those who answer for a unit."""
    return Circle(Party.UNIT, participant.unit_id, roles, said=of_unit(participant))


def persons(participant: Participant, people: Collection[str]) -> Circle:
    """Named persons of a unit."""
    return Circle(Party.UNIT, participant.unit_id, people=people, said=of_unit(participant))


def the_secretariat(round_: Round, participant: Participant | None = None) -> Circle:
    """Those who run a round, told of a unit where one is named."""
    said = of_unit(participant) if participant else {}
    return Circle(Party.ROUND, round_.territory_id, STEERING, said=said)


def the_council(round_: Round) -> Circle:
    """The council and those who run the round."""
    return Circle(Party.ROUND, round_.territory_id, SITTING)


def the_appraisers(participant: Participant, leaf: str) -> Circle:
    """Those who rule on one leaf of a unit: the whole lead department, or its head and whoever was given the
    leaf where the part is shared out; the secretariat where nobody may rule but the council. Two queries."""
    round_, said = participant.round, of_unit(participant)
    framework = by_hash(round_.framework.content_hash)
    part = assignment_of(assignments_of(round_), framework, participant=participant, leaf=leaf)
    lead = lead_for(part, participant) if part else None
    if part is None or lead is None:
        return the_secretariat(round_, participant)
    above, node = {leaf}, framework.parents.get(leaf)
    while node is not None:
        above.add(node.code)
        node = framework.parents.get(node.code)
    shares = list(Share.objects.filter(assignment=part))
    if not shares:
        return Circle(Party.LEAD, lead, APPRAISING, said=said)
    given = [f"person:{s.person_id}" for s in shares if s.node in above]
    return Circle(Party.LEAD, lead, (Role.LEAD_HEAD,), people=given, said=said)


def every_unit(participants: Iterable[Participant]) -> list[Circle]:
    """Those who answer for each of the units."""
    return [the_unit(p) for p in participants]


def every_lead(round_: Round) -> list[Circle]:
    """Everybody who appraises something in a round. One query."""
    leads = {u for a in assignments_of(round_) for u in (a.lead_id, a.stand_in_id) if u is not None}
    return [Circle(Party.LEAD, lead, APPRAISING) for lead in sorted(leads)]


def everybody(round_: Round) -> list[Circle]:
    """All parties of a round. Two queries."""
    participants = round_.participants.select_related("unit").order_by("id")
    return [the_council(round_), *every_unit(participants), *every_lead(round_)]


def of_phase(phase: Phase) -> list[Circle]:
    """Whose phase it is."""
    round_ = phase.round
    if phase.kind in (Phase.Kind.SELF, Phase.Kind.EXPLANATION):
        return every_unit(round_.participants.select_related("unit").order_by("id"))
    return every_lead(round_) if phase.kind == Phase.Kind.APPRAISAL else [the_council(round_)]


def phase_said(phase: Phase, until: datetime | None = None) -> dict[str, str]:
    """What a notice says of a phase; `until`: another deadline than its own."""
    closes = until or phase.closes_at
    return {"phase": str(phase.kind), "turn": str(phase.turn), "until": closes.isoformat()}


def leaves_said(leaves: Sequence[str]) -> dict[str, str]:
    """Leaves by their codes, the first few of many."""
    shown = ", ".join(leaves[:MOST_LEAVES])
    more = len(leaves) - MOST_LEAVES
    vi = f"{shown} và {more} tiêu chí khác" if more > 0 else shown
    en = f"{shown} and {more} more" if more > 0 else shown
    return {"leaves": vi, "leaves_en": en, "leaf": leaves[0]}


MOST_LEAVES = 8
