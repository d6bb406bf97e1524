"""What a correction changed: whose index, grade or rank, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Ruling
from parindex.apps.publications.models import Publication
from parindex.apps.results.models import UnitResult


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stood: index, grade by its code, rank."""

    index: Fraction | None
    grade: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One unit before and after; `rulings`: what the council ruled on it in between, oldest first."""

    participant: Participant
    before: Standing | None
    after: Standing
    rulings: Sequence[Ruling]


def changes_of(publication: Publication) -> list[Change]:
    """The units that a correction ruled on, or whose index, grade or rank it changed, in ranking order.

    None for a first publication. Three queries.
    """
    replaced = publication.replaces
    if replaced is None:
        return []
    before = {row.participant_id: _standing(row) for row in _rows(replaced)}
    rulings = _rulings(publication, replaced)
    found = []
    for row in _rows(publication):
        was, now = before.get(row.participant_id), _standing(row)
        ruled = rulings.get(row.participant_id, ())
        if was != now or ruled:
            found.append(Change(row.participant, was, now, ruled))
    return found


def lines_of(publication: Publication) -> list[UnitResult]:
    """The units of a publication as they stood in it, by ranking group and place. One query."""
    return list(_rows(publication))


def _rows(publication: Publication) -> Sequence[UnitResult]:
    rows = UnitResult.objects.filter(result=publication.result_id).defer("nodes", "remarks", "areas")
    return list(rows.select_related("participant__unit", "group").order_by("group__position", "position"))


def _standing(row: UnitResult) -> Standing:
    return Standing(row.index, row.grade, row.rank)


def _rulings(publication: Publication, replaced: Publication) -> Mapping[int, list[Ruling]]:
    """By participant, what was ruled after the one publication and before the other."""
    found: dict[int, list[Ruling]] = {}
    between = Ruling.objects.filter(
        participant__round=publication.round_id, at__gt=replaced.at, at__lte=publication.at
    )
    for ruling in between.order_by("id"):
        found.setdefault(ruling.participant_id, []).append(ruling)
    return found
