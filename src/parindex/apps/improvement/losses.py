"""Every point a unit lost, beside its group and the year before, with what its sheet says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.sheets import standing_of as rulings_of
from parindex.apps.improvement.queries import Standing
from parindex.apps.improvement.years import LastYear
from parindex.apps.results.stages import published_book_of
from parindex.core.kernel.improvement import Loss, losses_of
from parindex.core.kernel.insights import median


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class LostPoint:
    """One lost point as the unit's page tells it.

    Attributes:
        best, middle: of the group's ranked units, in percent of the maximum; None where it compares nothing.
        before: points lost a year earlier where the question is the same; None where it is not.
        lowered: how many points appraisal and council gave less than the unit gave itself.
        said: why, by whoever ruled last, where that lowered it.
        bare: the unit's sheet cites no document for it.
    """

    loss: Loss
    best: Fraction | None
    middle: Fraction | None
    before: Fraction | None
    lowered: Fraction = ZERO
    said: str = ""
    bare: bool = False

    @property
    def code(self) -> str:
        """Where."""
        return self.loss.code


def lost_points(standing: Standing, last: LastYear | None) -> list[LostPoint]:
    """Everything the unit lost, the most first. Six queries at most."""
    before = _before(last)
    found = [_beside(standing, one, before) for one in losses_of(standing.assessment, standing.unit)]
    if not published_book_of(standing.participant.round).is_self_assessed:
        return found
    own, documents = _self_points(standing), evidence_of(standing.participant)
    rulings = rulings_of(standing.participant, told=standing.participant.round.is_out)
    return [
        _with_sheet(one, own[one.code], ruling=rulings.get(one.code), bare=one.code not in documents)
        if one.code in own
        else one
        for one in found
    ]


def _beside(standing: Standing, loss: Loss, before: Mapping[str, Fraction]) -> LostPoint:
    if loss.code not in standing.assessment.framework.nodes:
        return LostPoint(loss, None, None, None)
    indexes = standing.assessment.node_indexes(loss.code)
    group = [i for k in (standing.unit, *(k for k, _ in standing.rivals)) if (i := indexes[k]) is not None]
    return LostPoint(loss, max(group, default=None), median(group), before.get(loss.code))


def _self_points(standing: Standing) -> dict[str, Fraction]:
    """What the unit gave itself, leaf by leaf. One query beside the round's."""
    participant = standing.participant
    book = published_book_of(participant.round)
    first, place = book.stages[Ruling.Stage.SELF], book.at[participant.pk]
    own = Ruling.objects.filter(participant=participant, stage=Ruling.Stage.SELF)
    leaves = set(own.values_list("leaf", flat=True))
    return {leaf: first.node(place, leaf).points for leaf in leaves if leaf in book.framework.nodes}


def _with_sheet(point: LostPoint, own: Fraction, *, ruling: Ruling | None, bare: bool) -> LostPoint:
    held = point.loss.outcome.points if point.loss.outcome else ZERO
    lowered = max(own - held, ZERO)
    said = ruling.reason if ruling and lowered else ""
    return replace(point, lowered=lowered, said=said, bare=bare)


def _before(last: LastYear | None) -> dict[str, Fraction]:
    """Points lost a year earlier, by today's code, where one criterion became one."""
    changes = last.comparison.changes if last and last.comparison else ()
    return {
        change.codes[0]: change.year_before.maximum - change.year_before.points
        for change in changes
        if len(change.codes) == 1 == len(change.codes_before) and change.year_before.maximum
    }
