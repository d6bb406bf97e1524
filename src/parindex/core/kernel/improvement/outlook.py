"""What this year would come to: the last result with what was measured since and what was remedied since.

Four views of one thing, each computed by the whole arithmetic. All else stays as it was in the last result:
what was not measured, and the other units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.core.kernel.answers import Answer, Ruled
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import UnitOutcome
from parindex.core.kernel.improvement.moves import what_if
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import score_answer


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Measure:
    """A leaf's measured answer: so far, at the year's end, and at both ends of its interval (which may
    be the year's end itself, where nothing is known of its error)."""

    so_far: Answer
    end: Answer
    low: Answer
    high: Answer


@dataclass(frozen=True, slots=True)
class Outlook:
    """The unit's line if the year ended today, at its end, and where that may lie.

    Attributes:
        so_far, end: with what was measured by then, and with what tasks have brought.
        low: every measure at the worse end of its interval. high: every measure at the better end, and every
            open task bringing what it promises.
        points: of each measured or remedied leaf: today, at the end, low, high.
    """

    so_far: UnitOutcome
    end: UnitOutcome
    low: UnitOutcome
    high: UnitOutcome
    points: Mapping[str, tuple[Fraction, Fraction, Fraction, Fraction]]


def outlook(
    assessment: Assessment,
    unit: int,
    measures: Mapping[str, Measure],
    *,
    done: Mapping[str, Fraction],
    coming: Mapping[str, Fraction],
) -> Outlook:
    """What the year comes to for one unit.

    Args:
        assessment: the last result, the whole round.
        measures: by leaf. One that the leaf's rule cannot score is left out.
        done, coming: points that finished and open tasks bring, by leaf or penalty item; where a leaf is
            measured, the measure alone counts.
    """
    views: list[dict[str, Answer]] = [{}, {}, {}, {}]
    points: dict[str, tuple[Fraction, Fraction, Fraction, Fraction]] = {}
    for code, measure in measures.items():
        told = _measured(assessment, unit, code, measure=measure)
        if told is not None:
            for view, (answer, _) in zip(views, told, strict=True):
                view[code] = answer
            points[code] = (told[0][1], told[1][1], told[2][1], told[3][1])
    for code in (c for c in {**done, **coming} if c in assessment.framework.leaves and c not in points):
        gained = done.get(code, ZERO)
        most = gained + coming.get(code, ZERO)
        brought = [_brought(assessment, unit, code, gain=g) for g in (gained, gained, gained, most)]
        for view, held in zip(views, brought, strict=True):
            view[code] = Ruled(held)
        points[code] = (brought[0], brought[1], brought[2], brought[3])
    so_far, end, low, high = (what_if(assessment, unit, view).units[unit] for view in views)
    return Outlook(so_far, end, low, high, points)


Told = list[tuple[Answer, Fraction]]


def _measured(assessment: Assessment, unit: int, code: str, *, measure: Measure) -> Told | None:
    """Today, at the end, at the worst and at the best, each with its points; None where the leaf does not
    apply or its rule takes no such answer."""
    leaf, framework = assessment.framework.nodes[code], assessment.framework
    maximum = assessment.node(unit, code).max
    if not maximum:
        return None
    scored: Told = []
    for answer in (measure.so_far, measure.end, measure.low, measure.high):
        try:
            points, top, _ = score_answer(leaf, answer, maximum, calendar=framework.calendar)
        except AnswerRefused:
            return None
        if top != maximum:
            return None
        scored.append((answer, points))
    worst, *_, best = sorted(scored[1:], key=lambda pair: pair[1])
    return [scored[0], scored[1], worst, best]


def _brought(assessment: Assessment, unit: int, code: str, *, gain: Fraction) -> Fraction:
    """Points of a leaf with what tasks bring; of a penalty item its size."""
    outcome = assessment.node(unit, code)
    if outcome.points < 0:
        return max(ZERO, -outcome.points - gain)
    return min(outcome.max, outcome.points + gain)
