"""From points to the index (%), by the framework's named policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.core.kernel.answers import Participant
from parindex.core.kernel.framework import Extra, Framework, LatePolicy
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.totals import Exact, Totals, total


ZERO = Fraction(0)
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A unit's index before grades and ranks."""

    points: Fraction
    maximum: Fraction
    index: Fraction | None
    remarks: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What an index policy works on: the whole tree, its survey leaves apart, and what nobody answered."""

    points: Exact
    maxima: Exact
    survey_points: Exact
    survey_maxima: Exact
    unanswered: Mapping[int, Sequence[str]]
    has_extras: bool


def parts_of(framework: Framework, totals: Totals, size: int) -> Parts:
    """Sum the roots, and the survey leaves."""
    roots = [n.code for n in framework.tree]
    survey = survey_leaves(framework)
    return Parts(
        total([totals.points[c] for c in roots], size),
        total([totals.maxima[c] for c in roots], size),
        total([totals.points[c] for c in survey], size),
        total([totals.maxima[c] for c in survey], size),
        totals.unanswered(c for c, n in framework.nodes.items() if n.is_leaf),
        bool(framework.extras or framework.late_submission),
    )


def survey_leaves(framework: Framework) -> list[str]:
    """Codes of the tree's leaves that are scored by survey."""
    return [c for c, n in framework.nodes.items() if n.is_leaf and framework.method_of(c) == "survey"]


def survey_full(framework: Framework, unit_type: str) -> Fraction:
    """The survey leaves' maximum for a type, whatever applies to a single unit."""
    return sum((framework.nodes[c].max_for(unit_type) for c in survey_leaves(framework)), ZERO)


def late_points(policy: LatePolicy | None, days: int) -> Fraction:
    """Points off for a sheet `days` late: each step once from its day on, its rate for each day from then."""
    if policy is None or days <= 0:
        return ZERO
    return sum(
        (s.points + s.per_day * (days - s.from_day + 1) for s in policy.steps if days >= s.from_day), ZERO
    )


def capped(extra: Extra | None, totals: Totals, unit: int) -> tuple[Fraction, bool]:
    """Points of a bonus or penalty section inside its cap, and whether the cap bit."""
    if extra is None:
        return ZERO, False
    points = sum((totals.points[n.code][unit] for n in extra.items), ZERO)
    if extra.max is not None and points > extra.max:
        return extra.max, True
    return points, False


def extras_of(
    framework: Framework, totals: Totals, *, unit: int, participant: Participant
) -> tuple[Fraction, list[Reason]]:
    """Bonus less penalty less lateness, with a remark for each that is not 0."""
    remarks = []
    bonus, bonus_cut = capped(framework.bonus, totals, unit)
    penalty, penalty_cut = capped(framework.penalty, totals, unit)
    late = late_points(framework.late_submission, participant.late_days)
    if bonus:
        remarks.append(Reason("bonus_capped" if bonus_cut else "bonus", {"points": bonus}))
    if penalty:
        remarks.append(Reason("penalty_capped" if penalty_cut else "penalty", {"points": penalty}))
    if late:
        remarks.append(Reason("late", {"days": participant.late_days, "points": late}))
    return bonus - penalty - late, remarks


def index_unit(
    framework: Framework, totals: Totals, parts: Parts, *, unit: int, participant: Participant
) -> Indexed:
    """One unit's points, applicable maximum and index."""
    policy = framework.index
    late = framework.late_submission
    extra, remarks = ZERO, list[Reason]()
    if parts.has_extras:
        extra, remarks = extras_of(framework, totals, unit=unit, participant=participant)
    points, maximum, more = _base(framework, parts, unit=unit, participant=participant)
    remarks += more
    missing = parts.unanswered.get(unit)
    if missing:
        remarks.append(Reason("incomplete", {"count": len(missing), "leaves": tuple(missing)}))
    if policy.extras == "points":
        points = max(ZERO, points + extra)
    if late and late.refused_after is not None and participant.late_days > late.refused_after:
        refused = Reason("late_refused", {"days": participant.late_days, "limit": late.refused_after})
        return Indexed(points, maximum, None, (*remarks, refused))
    if maximum == 0 or (missing and _unranked(framework, missing)):
        return Indexed(points, maximum, None, (*remarks, Reason("no_index", {})))
    index = points if policy.policy == "total" else points / maximum * HUNDRED
    if policy.extras == "index":
        index = max(ZERO, index + extra)
    if policy.ceiling is not None and index > policy.ceiling:
        remarks.append(Reason("index_ceiling", {"index": index, "ceiling": policy.ceiling}))
        index = policy.ceiling
    return Indexed(points, maximum, index, tuple(remarks))


def _unranked(framework: Framework, missing: Sequence[str]) -> bool:
    """Whether leaves without an answer leave the unit without index."""
    policy = framework.index
    if policy.no_answer == "unranked":
        return True
    return policy.no_survey == "unranked" and any(framework.method_of(c) == "survey" for c in missing)


def _base(
    framework: Framework, parts: Parts, *, unit: int, participant: Participant
) -> tuple[Fraction, Fraction, list[Reason]]:
    """Points and what they are divided by, before bonus and penalty."""
    points, maximum = parts.points[unit], parts.maxima[unit]
    if framework.index.policy != "rescale_then_add_survey":
        return points, maximum, []
    survey, survey_max = parts.survey_points[unit], parts.survey_maxima[unit]
    appraised, appraised_max = points - survey, maximum - survey_max
    full = framework.max_for(participant.type)
    appraised_full = full - survey_full(framework, participant.type)
    if appraised_max == 0:
        return ZERO, ZERO, []
    rescaled = appraised * appraised_full / appraised_max
    data = {
        "appraised": appraised,
        "appraised_max": appraised_max,
        "full": appraised_full,
        "rescaled": rescaled,
        "survey": survey,
    }
    remark = Reason("index_rescaled", data)
    if survey_max == 0 and framework.index.without_survey == "rescale":
        return rescaled, appraised_full, [remark]
    return rescaled + survey, full, [remark]
