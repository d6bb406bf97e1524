"""A published result as other bodies take it over: what they need of it, and no more than it says.

For the quality grading of agencies (Decree 335/2025/NĐ-CP), for the emulation and commendation body, and of
the units that have to explain. Conditions are told as met or not; nothing is proposed and nothing converted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.queries import published
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.plans.queries import plan_counts
from parindex.apps.plans.rules import Progress
from parindex.apps.results.models import Result, UnitResult
from parindex.core.kernel.framework import Band, Framework
from parindex.core.kernel.text import Text


ZERO = Fraction(0)
NOTHING = Progress()


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One unit of a published result.

    Attributes:
        position: of its grade, 0 for the best; None where it has none.
        size: how many of its group are ranked.
        penalty: points taken off for cases. late_days: by which its sheet came late.
        tasks: of its issued plans of the assessed year, as they stand on the day.
        before: the unit's line a round earlier, where that is published.
    """

    participant: Participant
    group: Text
    index: Fraction | None
    band: Band | None
    position: int | None
    rank: int | None
    size: int
    penalty: Fraction
    late_days: int
    tasks: Progress
    before: HandedBefore | None


@dataclass(frozen=True, slots=True)
class HandedBefore:
    """The same a round earlier; `position`: of its grade among this round's, None where they know no such."""

    index: Fraction | None
    position: int | None
    rank: int | None


def handed_lines(round_: Round, day: date) -> list[HandedLine]:
    """Every unit by group and ranking. Six queries, however many units."""
    rows = _lines_of(round_)
    before = {}
    if round_.previous is not None and round_.previous.is_out:
        framework = handed_framework(round_)
        before = {
            row.participant.unit_id: HandedBefore(row.index, _position(framework, row.grade), row.rank)
            for row in _lines_of(round_.previous)
        }
    tasks = plan_counts([row.participant.unit_id for row in rows], round_.year, day)
    sizes: dict[int, int] = {}
    for row in rows:
        sizes[row.group_id] = sizes.get(row.group_id, 0) + (row.rank is not None)
    return [_line(row, size=sizes[row.group_id], tasks=tasks, before=before) for row in rows]


def handed_framework(round_: Round) -> Framework:
    """The criteria set of what is published. One query."""
    told = Result.objects.filter(published("round__", "computed_at"), round=round_).order_by("-pk")
    return by_hash(told.values_list("framework_hash", flat=True).first() or round_.framework.content_hash)


def _lines_of(round_: Round) -> list[UnitResult]:
    """Of what is published, the newest."""
    told = Result.objects.filter(published("round__", "computed_at"), round=round_)
    newest = told.order_by("-pk").values("pk")[:1]
    rows = UnitResult.objects.filter(result__in=newest).select_related("participant__unit", "group", "result")
    return list(rows.order_by("group__position", "position"))


def _line(
    row: UnitResult, *, size: int, tasks: Mapping[int, Progress], before: Mapping[int, HandedBefore]
) -> HandedLine:
    framework = by_hash(row.result.framework_hash)
    position = _position(framework, row.grade)
    items = framework.penalty.items if framework.penalty else ()
    taken = sum((-Fraction(row.nodes[i.code][0]) for i in items if i.code in row.nodes), ZERO)
    participant = row.participant
    return HandedLine(
        participant=participant,
        group=row.group.name,
        index=row.index,
        band=None if position is None else framework.grades.bands[position],
        position=position,
        rank=row.rank,
        size=size,
        penalty=taken,
        late_days=participant.late_days,
        tasks=tasks.get(participant.unit_id, NOTHING),
        before=before.get(participant.unit_id),
    )


def _position(framework: Framework, grade: str) -> int | None:
    ids = [band.id for band in framework.grades.bands]
    return ids.index(grade) if grade in ids else None


class Condition(StrEnum):
    """What an emulation body may ask of a result."""

    GRADE = "grade"  # at least the grade that was asked for
    NO_PENALTY = "no_penalty"
    IN_TIME = "in_time"  # the sheet was not late
    TASKS = "tasks"  # no task of the year's plans is overdue, and there were such


def conditions(line: HandedLine, least: int) -> dict[Condition, bool]:
    """Each condition, met or not. `least`: position of the least grade."""
    return {
        Condition.GRADE: line.position is not None and line.position <= least,
        Condition.NO_PENALTY: not line.penalty,
        Condition.IN_TIME: not line.late_days,
        Condition.TASKS: line.tasks.total > 0 and not line.tasks.overdue,
    }


class Ground(StrEnum):
    """Why a unit has to explain."""

    LOWEST = "lowest"  # the lowest grade
    NO_INDEX = "no_index"
    GRADE_FELL = "grade_fell"
    RANK_FELL = "rank_fell"  # by as many places as were asked for
    BELOW = "below"  # an index below what was asked for


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when on a unit has to explain: `places` lost in rank; an index `below` that (None: whatever)."""

    places: int = 5
    below: Fraction | None = None


def grounds(line: HandedLine, bands: int, bounds: Bounds) -> Sequence[Ground]:
    """Why the unit has to explain; none where it has not to. `bands`: how many grades there are."""
    found = []
    if line.index is None:
        found.append(Ground.NO_INDEX)
    if bands > 1 and line.position == bands - 1:
        found.append(Ground.LOWEST)
    before = line.before
    if before is not None and _fell(before.position, line.position, 1):
        found.append(Ground.GRADE_FELL)
    if before is not None and _fell(before.rank, line.rank, bounds.places):
        found.append(Ground.RANK_FELL)
    if bounds.below is not None and line.index is not None and line.index < bounds.below:
        found.append(Ground.BELOW)
    return found


def _fell(before: int | None, here: int | None, places: int) -> bool:
    """Whether a place is lower than before by so many; never where either is not known."""
    return before is not None and here is not None and here - before >= places
