"""Every point that a unit lost, with its cause: what kind of thing would have to be different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from parindex.core.kernel.answers import NoAnswer, Ruled
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.improvement.contributions import LATE, contributions, index_per_point
from parindex.core.kernel.indexing import late_points


ZERO = Fraction(0)


class Cause(StrEnum):
    """Why points are lost."""

    UNANSWERED = "unanswered"  # nothing was answered
    NO_DOCUMENT = "no_document"  # a document that was to be issued is not there
    LATE_DOCUMENT = "late_document"  # it came after its time
    MEASURE = "measure"  # a measured share or count is low
    SURVEY = "survey"  # people were asked
    RULED = "ruled"  # somebody entitled set the points
    STEP = "step"  # the step, option or conditions of the rule that were reached
    PENALTY = "penalty"  # a case that points are taken off for
    LATE = "late"  # the sheet came late


@dataclass(frozen=True, slots=True)
class Loss:
    """Points lost in one place.

    Attributes:
        code: of a leaf of the tree or a penalty item; `LATE` for a late sheet.
        points: lost, above 0. worth: the same in percentage points of the index.
        outcome: what stands there; None for a late sheet.
    """

    code: str
    cause: Cause
    points: Fraction
    worth: Fraction
    outcome: NodeOutcome | None = None


def losses_of(assessment: Assessment, unit: int) -> Sequence[Loss]:
    """Everything a unit lost, the most first; empty where it has no index."""
    framework, found = assessment.framework, []
    for code, each in index_per_point(assessment, unit).items():
        outcome = assessment.node(unit, code)
        lost = outcome.max - outcome.points
        if lost > 0:
            cause = cause_of(outcome, framework.method_of(code))
            found.append(Loss(code, cause, lost, lost * each, outcome))
    if assessment.units[unit].index is None:
        return []
    found += _taken_off(assessment, unit)
    return sorted(found, key=lambda loss: (-loss.worth, loss.code))


def cause_of(outcome: NodeOutcome, method: str) -> Cause:
    """Why a leaf holds less than its maximum."""
    if outcome.answer is None or isinstance(outcome.answer, NoAnswer):
        return Cause.UNANSWERED
    if isinstance(outcome.answer, Ruled):
        return Cause.RULED
    kind, _, step = (outcome.reason.code if outcome.reason else "").partition(".")
    if kind in ("deadline", "days_after", "per_day_late"):
        return Cause.NO_DOCUMENT if step == "none" else Cause.LATE_DOCUMENT
    if method == "survey":
        return Cause.SURVEY
    return Cause.MEASURE if method == "measured" else Cause.STEP


def _taken_off(assessment: Assessment, unit: int) -> list[Loss]:
    """Penalties one by one, and lateness."""
    framework, whole = assessment.framework, assessment.units[unit]
    each = Fraction(1)
    if framework.index.extras == "points" and framework.index.policy != "total" and whole.applicable_max:
        each = 100 / whole.applicable_max
    items = framework.penalty.items if framework.penalty else ()
    found = []
    for item in items:
        outcome = assessment.node(unit, item.code)
        if outcome.points < 0:
            found.append(Loss(item.code, Cause.PENALTY, -outcome.points, -outcome.points * each, outcome))
    late = late_points(framework.late_submission, whole.participant.late_days)
    if late:
        worth = -contributions(assessment, unit).get(LATE, ZERO)
        found.append(Loss(LATE, Cause.LATE, late, worth))
    return found
