"""What results are of: items, factors, the whole of a questionnaire; and groups of respondents together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isnan, sqrt
from typing import Literal

from parindex.core.surveys.estimation import Estimates, Measure, Weighted
from parindex.core.surveys.problems import SurveyRefused
from parindex.core.surveys.questionnaire import Factor, Item, Questionnaire


ZERO = Fraction(0)
SE_DECIMALS = 6


def measured(item: Item, measure: Measure) -> bool:
    """Whether an item says who is satisfied (share), or has scores (index)."""
    return item.question.asks_satisfaction if measure == "share" else item.question.scored


def weighted_items(questionnaire: Questionnaire, factor: str, measure: Measure) -> Weighted:
    """The items whose weighted mean a factor is, with weights that add up to 1; of the whole for "".

    The whole is the weighted mean of the factors at the top, each as its own `mean` says; without factors, of
    all items. Items of no factor are not part of a questionnaire's whole that has factors. Empty where
    nothing has the measure.
    """
    items = [i for i in questionnaire.items if measured(i, measure)]
    if factor:
        found = _of_factor(questionnaire, next(f for f in questionnaire.factors if f.code == factor), items)
    elif questionnaire.factors:
        found = _of_parts(questionnaire, "", items)
    else:
        found = [(i, i.weight) for i in items]
    total = sum((w for _, w in found), ZERO)
    return [(i, w / total) for i, w in found]


def _below(questionnaire: Questionnaire, code: str) -> set[str]:
    """A factor and all that is part of it; parents stand before their parts."""
    found = {code}
    for factor in questionnaire.factors:
        if factor.part_of in found:
            found.add(factor.code)
    return found


def _of_factor(
    questionnaire: Questionnaire, factor: Factor, items: Sequence[Item]
) -> list[tuple[Item, Fraction]]:
    if factor.mean == "parts":
        return _of_parts(questionnaire, factor.code, items)
    below = _below(questionnaire, factor.code)
    return [(i, i.weight) for i in items if i.factor in below]


def _of_parts(questionnaire: Questionnaire, code: str, items: Sequence[Item]) -> list[tuple[Item, Fraction]]:
    """Items of the parts, each part weighing what it says however many items it has."""
    found: list[tuple[Item, Fraction]] = []
    for part in (f for f in questionnaire.factors if f.part_of == code):
        own = _of_factor(questionnaire, part, items)
        total = sum((w for _, w in own), ZERO)
        found += [(i, part.weight * w / total) for i, w in own]
    return found


@dataclass(frozen=True, slots=True)
class Figure:
    """One estimate as it is handed on to indicators and points.

    Attributes:
        value: in percent, exact.
        se: standard error in percentage points, with six decimals; None where nobody can know it.
        low, high: 95 % interval in percent; None as `se`.
        n: answers with an opinion; no_opinion: without.
    """

    value: Fraction
    se: Decimal | None
    low: Decimal | None
    high: Decimal | None
    n: int
    no_opinion: int = 0
    deff: float | None = None
    single: bool = False
    beyond: bool = False
    in_part: bool = False

    @property
    def spread(self) -> Decimal | None:
        """The standard error that a draw should use: where all said the same, what the interval leaves open.

        A standard error of 0 among twelve satisfied people does not mean that all are; half of the interval
        over 1.96 is the error of that size. 0 for a census.
        """
        if self.se is None or self.se or self.low is None or self.high is None:
            return self.se
        return _decimal(float(self.high - self.low) / 2 / 1.959964)


def figure(estimates: Estimates, unit: int, exact: Fraction | None) -> Figure | None:
    """A unit's estimate with its exact value (see `exact_value`); None where there is no survey of it."""
    if exact is None:
        return None
    return Figure(
        value=exact * 100,
        se=_known(estimates.se[unit]),
        low=_known(estimates.low[unit]),
        high=_known(estimates.high[unit]),
        n=int(estimates.n[unit]),
        no_opinion=int(estimates.no_opinion[unit]),
        deff=None if isnan(estimates.deff[unit]) else float(estimates.deff[unit]),
        single=bool(estimates.single[unit]),
        beyond=bool(estimates.beyond[unit]),
        in_part=bool(estimates.in_part[unit]),
    )


def _known(value: float) -> Decimal | None:
    return None if isnan(value) else _decimal(float(value) * 100)


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{SE_DECIMALS}f}")


@dataclass(frozen=True, slots=True)
class Combined:
    """Groups of respondents together.

    Attributes:
        value: Σ weight x value / Σ weight, in percent, exact; None where a group that counts is missing.
        se: root of Σ (weight / Σ weight)² se², the groups being asked independently; None where one has none.
        low, high: value ± 1.96 se, kept inside 0..100.
        missing: positions of groups without a survey.
    """

    value: Fraction | None
    se: Decimal | None
    low: Decimal | None
    high: Decimal | None
    n: int
    missing: tuple[int, ...]


def combine(
    groups: Sequence[tuple[Fraction, Figure | None]], *, missing: Literal["no_survey", "rescale"]
) -> Combined:
    """One figure of a unit out of the figures of its groups and their weights.

    Args:
        missing: what a group without a survey means: the unit has none (``no_survey``), or the others share
            its weight (``rescale``). It never counts as zero; the caller says which rule is declared.

    Raises:
        SurveyRefused: ``group_weight``: a weight is not above zero.
    """
    if any(w <= 0 for w, _ in groups):
        raise SurveyRefused("group_weight")
    lacking = tuple(k for k, (_, f) in enumerate(groups) if f is None)
    there = [(w, f) for w, f in groups if f is not None]
    n = sum(f.n for _, f in there)
    if not there or (lacking and missing == "no_survey"):
        return Combined(None, None, None, None, n, lacking)
    total = sum((w for w, _ in there), ZERO)
    value = sum((w * f.value for w, f in there), ZERO) / total
    errors = [(float(w / total), f.spread) for w, f in there]
    if any(e is None for _, e in errors):
        return Combined(value, None, None, None, n, lacking)
    se = sqrt(sum((w * float(e or 0)) ** 2 for w, e in errors))
    low, high = max(float(value) - 1.959964 * se, 0.0), min(float(value) + 1.959964 * se, 100.0)
    return Combined(value, _decimal(se), _decimal(low), _decimal(high), n, lacking)
