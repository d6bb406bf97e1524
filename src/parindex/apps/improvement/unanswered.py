"""How much of what units lost is answered by nothing yet, from their kept results and without computing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.queries import published
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.improvement.models import Acceptance
from parindex.apps.plans.models import Task
from parindex.apps.results.models import UnitResult
from parindex.core.kernel.improvement.contributions import LATE
from parindex.core.kernel.indexing import late_points


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What a unit lost in its newest published result and nothing answers: in how many places, how many
    points."""

    line: UnitResult
    places: int
    points: Fraction


def unanswered_of(units: Collection[int]) -> dict[int, Unanswered]:
    """By unit; those without a published result are left out. Four queries, however many units."""
    lines = _newest(units)
    tasks = Task.objects.filter(plan__unit__in=units, origin__startswith="lost:", cancelled_on=None)
    answered = {
        (unit, origin.removeprefix("lost:")) for unit, origin in tasks.values_list("plan__unit", "origin")
    }
    accepted = Acceptance.objects.filter(participant__unit__in=units, withdrawn_at=None)
    rows = accepted.values_list("participant__unit", "participant__round__code", "code")
    answered |= {(unit, f"{round_}/{code}") for unit, round_, code in rows}
    return {line.participant.unit_id: _unanswered(line, answered) for line in lines}


def _newest(units: Collection[int]) -> Iterable[UnitResult]:
    """Each unit's newest published line."""
    rows = UnitResult.objects.filter(
        published("result__round__", "result__computed_at"), participant__unit__in=units, index__isnull=False
    )
    newest: dict[int, int] = {}
    order = rows.order_by("-result__round__year", "-result_id").values_list("participant__unit", "pk")
    for unit, key in order:
        newest.setdefault(unit, key)
    return UnitResult.objects.filter(pk__in=newest.values()).select_related(
        "participant__unit", "result__round__territory__parent"
    )


def _unanswered(line: UnitResult, answered: Collection[tuple[int, str]]) -> Unanswered:
    framework, participant = by_hash(line.result.framework_hash), line.participant
    lost: dict[str, Fraction] = {}
    for code, (points, maximum, *_) in line.nodes.items():
        node = framework.nodes.get(code)
        held = Fraction(points)
        if node is not None and node.is_leaf:
            lost[code] = Fraction(maximum) - held
        elif node is None:
            lost[code] = -held
    lost[LATE] = late_points(framework.late_submission, participant.late_days)
    unit, round_ = participant.unit_id, line.result.round.code
    still = [v for code, v in lost.items() if v > 0 and (unit, f"{round_}/{code}") not in answered]
    return Unanswered(line, len(still), sum(still, Fraction(0)))
