"""What the units answered or were measured at from which a unit came, where it is assessed on their figures.

Nothing is taken over by itself: each figure is shown with whose it is; the unit takes it over or does not.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Ruling
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.standing import STAGES
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.explanations import told_from
from parindex.apps.assessments.rules.sheets import check_typed
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Succession, Unit
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


ALL = "-"
RATIO = re.compile(r"(\d{1,15})\s*/\s*(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Inherited:
    """One figure of a predecessor for a leaf, or of all of them added up.

    Attributes:
        key: the predecessor's code, with a mark where it was measured; `ALL` for the sum.
        units: whose it is. `round_title`: of the round in which they answered; empty where it was measured.
        answer: as it was written. `points`: what it would give here; None, with `why_not`, where it cannot
            be typed here.
    """

    key: str
    units: Sequence[Text]
    answer: str
    round_title: Text | None = None
    source: str = ""
    points: Fraction | None = None
    why_not: Refused | None = None

    @property
    def can_be_taken(self) -> bool:
        """Whether the unit may type it."""
        return self.why_not is None


def inherited(participant: Participant, leaf: Node, at: datetime) -> list[Inherited]:
    """The predecessors' figures for one leaf, those that were answered first. None, and no query, for a unit
    that is assessed on its own; else a few for each predecessor.

    An answer stands as it was ruled once its round has told the unit so, and as the unit gave it before.
    """
    if participant.basis != Participant.Basis.PREDECESSORS:
        return []
    earlier = _earlier(participant.unit)
    said = _answered(participant, leaf, earlier, at=at)
    measured = _measured(participant, leaf, earlier)
    both = [*said, *(m for m in measured if m.answer not in {s.answer for s in said if s.units == m.units})]
    whole = said if len(said) == len(earlier) else measured
    return [*both, *_sum(participant, leaf, whole, size=len(earlier))]


def _earlier(unit: Unit) -> list[Unit]:
    """The units from which it came. One query."""
    came = Succession.objects.filter(later=unit).select_related("earlier").order_by("on", "id")
    return [succession.earlier for succession in came]


def _answered(
    participant: Participant, leaf: Node, earlier: Sequence[Unit], *, at: datetime
) -> list[Inherited]:
    """What they answered in rounds of the same year and place, where the leaf asks the same; in this very
    round if they take part in it."""
    taking = Participant.objects.filter(
        unit__in=earlier, round__year=participant.round.year, round__territory=participant.round.territory_id
    ).select_related("round__framework", "unit")
    found: dict[int, Inherited] = {}
    rounds = taking.prefetch_related("round__phases", "extensions").order_by("-round_id")
    for theirs in sorted(rounds, key=lambda theirs: theirs.round_id != participant.round_id):
        node = by_hash(theirs.round.framework.content_hash).leaves.get(leaf.code)
        ruling = _stood(theirs, leaf.code, at) if node is not None and node.rule == leaf.rule else None
        if ruling is not None and ruling.answer and theirs.unit_id not in found:
            found[theirs.unit_id] = _as_typed(
                participant,
                leaf,
                Inherited(theirs.unit.code, [theirs.name], ruling.answer, theirs.round.title),
            )
    return [found[unit.pk] for unit in earlier if unit.pk in found]


def _stood(theirs: Participant, leaf: str, at: datetime) -> Ruling | None:
    """The ruling that stands as far as the unit has been told."""
    rulings = theirs.rulings.filter(leaf=leaf)
    if told_from(theirs, at) is not None:
        rulings = rulings.filter(stage=Ruling.Stage.SELF)
    return max(rulings, key=lambda r: (STAGES.index(r.stage), r.turn), default=None)


def _measured(participant: Participant, leaf: Node, earlier: Sequence[Unit]) -> list[Inherited]:
    """What was measured of them over the leaf's period."""
    if not leaf.indicator:
        return []
    as_them = []
    for unit in earlier:
        one = copy.copy(participant)
        one.pk, one.unit = unit.pk, unit
        as_them.append(one)
    proposals = proposals_for(participant.round, as_them, leaves=[leaf.code])
    found = []
    for unit in earlier:
        proposal = proposals.get((unit.pk, leaf.code))
        if proposal is not None and proposal.answer:
            names = Text(unit.name_vi, unit.name_en)
            told = Inherited(f"{unit.code}~", [names], proposal.answer, source=proposal.value.source)
            found.append(_as_typed(participant, leaf, told))
    return found


def _sum(participant: Participant, leaf: Node, of: Sequence[Inherited], *, size: int) -> list[Inherited]:
    """All of them added up, where every predecessor has a part of a whole."""
    parts = [RATIO.fullmatch(one.answer.strip()) for one in of]
    if size < 2 or len(parts) != size or not all(parts):
        return []
    part, whole = (sum(int(p[k]) for p in parts if p) for k in (1, 2))
    units = [name for one in of for name in one.units]
    return [_as_typed(participant, leaf, Inherited(ALL, units, f"{part}/{whole}"))]


def _as_typed(participant: Participant, leaf: Node, one: Inherited) -> Inherited:
    """With the points that it would give the unit, or why the unit cannot type it."""
    framework = by_hash(participant.round.framework.content_hash)
    try:
        check_typed(framework, participant, leaf, text=one.answer)
        points = points_of(framework, participant, leaf, answer=one.answer)
    except Refused as refusal:
        return Inherited(one.key, one.units, one.answer, one.round_title, one.source, why_not=refusal)
    return Inherited(one.key, one.units, one.answer, one.round_title, one.source, points)
