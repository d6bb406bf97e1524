"""Where units say something else than what was measured, over a whole round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Draft, Participant, Round, Ruling
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.rounds import participants_of
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.checks import differs_from_value
from parindex.apps.assessments.rules.measured import Proposal
from parindex.apps.evidence.refusals import Finding
from parindex.apps.frameworks.queries import by_hash


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs, with the arithmetic; `handed_in`: whether it was submitted already.

    `more`: the points by which the answer gives more than the measured value.
    """

    participant: Participant
    proposal: Proposal
    answer: str
    note: str
    handed_in: bool
    more: Fraction
    finding: Finding


def differences(round_: Round) -> list[Difference]:
    """The largest first. A fixed number of queries."""
    framework = by_hash(round_.framework.content_hash)
    participants = {p.pk: p for p in participants_of(round_)}
    proposals = proposals_for(round_, participants.values())
    if not proposals:
        return []
    leaves = {leaf for _, leaf in proposals}
    said: dict[tuple[int, str], tuple[str, str, bool]] = {}
    for draft in Draft.objects.filter(participant__round=round_, leaf__in=leaves):
        said[draft.participant_id, draft.leaf] = (draft.answer, draft.note, False)
    own = Ruling.objects.filter(participant__round=round_, leaf__in=leaves, stage=Ruling.Stage.SELF)
    for ruling in own.order_by("turn"):
        said[ruling.participant_id, ruling.leaf] = (ruling.answer, ruling.note, True)
    found = []
    for key, proposal in proposals.items():
        answer, note, handed_in = said.get(key, ("", "", False))
        if not proposal.differs(answer):
            continue
        participant = participants[key[0]]
        points = points_of(framework, participant, proposal.leaf, answer=answer)
        (finding,) = differs_from_value(answer, points, proposal)
        more = points - (proposal.points or Fraction(0))
        found.append(Difference(participant, proposal, answer, note, handed_in, more, finding))
    return sorted(found, key=lambda d: -d.more)


def differing(rounds: Sequence[Round]) -> list[tuple[Round, list[Difference]]]:
    """Of several rounds, those in which anything differs."""
    return [(round_, found) for round_ in rounds if (found := differences(round_))]
