"""What the checks compare a case with: the year before, and what other units hand in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.apps.assessments.models import EvidenceLink, Participant, Round, Ruling
from parindex.apps.assessments.queries.standing import STAGES, published
from parindex.apps.assessments.rules import checks
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.checks import Cut
from parindex.apps.assessments.rules.measured import Proposal
from parindex.apps.evidence.refusals import Finding
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework, Node


@dataclass(frozen=True, slots=True)
class PastLeaf:
    """What stood for a unit on the comparable leaf of the round before, and what it gave."""

    year: int
    leaf: Node
    answer: str
    points: Fraction
    maximum: Fraction

    @property
    def share(self) -> Fraction | None:
        """Points of the maximum; None where it was not assessed."""
        return self.points / self.maximum if self.maximum and self.answer.casefold() != "n/a" else None


def past_leaves(
    round_: Round, framework: Framework, leaves: Collection[str]
) -> dict[tuple[int, str], PastLeaf]:
    """By unit and today's code; empty without a published round before. Two queries."""
    previous = round_.previous
    if previous is None or not previous.is_out:
        return {}
    before = by_hash(previous.framework.content_hash)
    today = {
        was: code
        for code, was in comparable_codes(framework, before).items()
        if code in leaves and was in before.leaves
    }
    participants = {p.pk: p for p in previous.participants.all()}
    standing: dict[tuple[int, str], Ruling] = {}
    rulings = Ruling.objects.filter(published("participant__round__", "at"), participant__round=previous)
    for ruling in rulings.filter(leaf__in=set(today)).order_by("id"):
        key = ruling.participant_id, ruling.leaf
        kept = standing.get(key)
        if kept is None or _order(ruling) >= _order(kept):
            standing[key] = ruling
    found = {}
    for (pk, was), ruling in standing.items():
        participant, leaf = participants[pk], before.leaves[was]
        maximum = leaf.max_for(participant.type)
        if maximum:
            points = points_of(before, participant, leaf, answer=ruling.answer)
            key = participant.unit_id, today[was]
            found[key] = PastLeaf(previous.year, leaf, ruling.answer, points, maximum)
    return found


def cut_evidence(round_: Round, *, unit: int | None = None) -> dict[tuple[int, str], Cut]:
    """What units showed in the published round before on leaves whose points were cut, by unit and by hash or
    key of the document; of one unit only where asked. Three queries at most."""
    previous = round_.previous
    if previous is None or not previous.is_out:
        return {}
    found = Participant.objects.filter(round=previous).select_related("unit", "group")
    participants = {p.pk: p for p in (found if unit is None else found.filter(unit=unit))}
    own = Ruling.objects.filter(participant__in=participants, stage=Ruling.Stage.SELF).order_by("turn")
    said = {(r.participant_id, r.leaf): r for r in own}
    shown = {place: ruling for place, ruling in said.items() if ruling.evidence}
    if not shown:
        return {}
    leaves = {leaf for _, leaf in shown}
    rulings = Ruling.objects.filter(published("participant__round__", "at"), participant__in=participants)
    rulings = rulings.filter(leaf__in=leaves)
    standing: dict[tuple[int, str], Ruling] = {}
    for ruling in sorted(rulings.order_by("id"), key=_order):
        standing[ruling.participant_id, ruling.leaf] = ruling
    framework = by_hash(previous.framework.content_hash)
    cut = {}
    for (pk, code), ruling in ((place, r) for place, r in shown.items() if place[1] in framework.leaves):
        participant, leaf = participants[pk], framework.leaves[code]
        given, last = (
            points_of(framework, participant, leaf, answer=r.answer) for r in (ruling, standing[pk, code])
        )
        if last < given:
            for sha, key, _ in ruling.evidence:
                for name in filter(None, (sha, key)):
                    cut[participant.unit_id, name] = Cut(previous.year, code, given - last)
    return cut


class Grounds:
    """What every case of a part is checked against."""

    def __init__(
        self,
        framework: Framework,
        names: Mapping[int, str],
        *,
        rulings: Mapping[tuple[int, str], Sequence[Ruling]],
        links: Mapping[tuple[int, str], Sequence[EvidenceLink]],
        today: date,
        cut: Mapping[tuple[int, str], Cut],
    ) -> None:
        self.framework, self.links, self.today, self.cut = framework, links, today, cut
        self.notes: dict[str, dict[str, list[str]]] = {}
        self.files: dict[str, list[str]] = {}
        for (pk, leaf), given in rulings.items():
            said = [r for r in given if r.stage == Ruling.Stage.SELF]
            if said and (key := checks.note_key(said[-1].note)):
                self.notes.setdefault(leaf, {}).setdefault(key, []).append(names[pk])
        for (pk, _), shown in links.items():
            for sha in {link.document.content.sha256 for link in shown if link.document.content}:
                self.files.setdefault(sha, []).append(names[pk])

    def doubts(
        self,
        participant: Participant,
        leaf: Node,
        *,
        said: Ruling | None,
        measured: str,
        proposed: Proposal | None,
        past: PastLeaf | None,
    ) -> list[Finding]:
        """Everything worth a second look in what a unit handed in for one leaf.

        Args:
            measured: what was supplied for it at opening. `proposed`: the value of the leaf's indicator.
        """
        if said is None or not said.answer:
            return []
        name, links = participant.name_vi, self.links.get((participant.pk, leaf.code), ())
        maximum = leaf.max_for(participant.type)
        points = points_of(self.framework, participant, leaf, answer=said.answer)
        documents = [link.document for link in links]
        hashes = [d.content.sha256 for d in documents if d.content]
        return [
            *checks.differs_from_value(said.answer, points, proposed),
            *checks.value_changed(said.measured, proposed),
            *checks.contradicts(said.answer, measured),
            *checks.jumped(points / maximum, past.share if past else None),
            *checks.without_documents(leaf, points, maximum, documents=len(documents)),
            *checks.no_case_now(
                said.answer,
                leaf,
                before=past.answer if past else "",
                leaf_before=past.leaf if past else None,
            ),
            *checks.doubtful_documents(self.framework, leaf, documents, unit=name, today=self.today),
            *checks.rejected_before(documents, self.cut, participant.unit_id),
            *checks.same_file_elsewhere(hashes, self.files, name),
            *checks.same_note_elsewhere(said.note, self.notes.get(leaf.code, {}), name),
        ]


def _order(ruling: Ruling) -> tuple[int, int]:
    return STAGES.index(ruling.stage), ruling.turn
