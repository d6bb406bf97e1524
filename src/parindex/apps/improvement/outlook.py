"""If the year ended today: the unit's last published result with this year's measures and tasks put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.apps.improvement.queries import Standing
from parindex.apps.improvement.remedies import answers_of
from parindex.apps.indicators.goals import forecasts
from parindex.apps.indicators.models import Indicator
from parindex.apps.plans.rules import OPEN as OPEN_STATES
from parindex.core.kernel.answers import Answer
from parindex.core.kernel.forecast import Forecast
from parindex.core.kernel.framework import Node
from parindex.core.kernel.improvement import Measure, Outlook, outlook
from parindex.core.kernel.numbers import decimal_text, exact, half_up
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer


FINE = 6
"""Decimals of a forecast that are scored."""


@dataclass(frozen=True, slots=True)
class MeasuredLeaf:
    """A leaf whose indicator was measured in the year: how it stands and where it goes."""

    leaf: Node
    indicator: Indicator
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class YearAhead:
    """The year after a result, as far as it is known.

    Attributes:
        done, coming: how many finished and open tasks answer the result's lost points.
    """

    year: int
    outlook: Outlook
    measured: Sequence[MeasuredLeaf]
    done: int
    coming: int

    @property
    def is_known(self) -> bool:
        """Whether anything of the year is known at all."""
        return bool(self.measured or self.done or self.coming)


def year_ahead(standing: Standing, day: date) -> YearAhead | None:
    """What the year after a result comes to; None where the unit has no index. Four queries."""
    if standing.outcome.index is None:
        return None
    participant, framework = standing.participant, standing.assessment.framework
    year = participant.round.year + 1
    leaves = {node.indicator: node for node in framework.nodes.values() if node.is_leaf and node.indicator}
    known = forecasts([participant.unit_id], year) if leaves else {}
    indicators = {i.code: i for i in Indicator.objects.filter(code__in=[code for code, _ in known])}
    measured = [
        MeasuredLeaf(leaves[code], indicators[code], found)
        for (code, _), found in known.items()
        if code in leaves
    ]
    measures = {one.leaf.code: made for one in measured if (made := _measure(one)) is not None}
    answers = {code: a for code, a in answers_of(participant, day).items() if a.task is not None}
    done = {code: _gain(a.task.gain) for code, a in answers.items() if a.task and a.is_done}
    coming = {code: _gain(a.task.gain) for code, a in answers.items() if a.task and a.status in OPEN_STATES}
    found = outlook(standing.assessment, standing.unit, measures, done=done, coming=coming)
    shown = [one for one in measured if one.leaf.code in found.points]
    shown.sort(key=lambda one: list(framework.nodes).index(one.leaf.code))
    return YearAhead(year, found, shown, len(done), len(coming))


def _gain(text: str) -> Fraction:
    return exact(text) if text else Fraction(0)


def _measure(one: MeasuredLeaf) -> Measure | None:
    """The forecast as the leaf's rule reads it; None where it reads no such thing."""
    f = one.forecast
    values: Mapping[str, Fraction] = {
        "so_far": f.now,
        "end": f.end,
        "low": f.end if f.low is None else f.low,
        "high": f.end if f.high is None else f.high,
    }
    try:
        answers: dict[str, Answer] = {
            name: read_answer(one.leaf, _text(one.indicator, value)) for name, value in values.items()
        }
    except AnswerRefused:
        return None
    return Measure(**answers)


def _text(indicator: Indicator, value: Fraction) -> str:
    cut = half_up(value, FINE)
    if indicator.kind == Indicator.Kind.SHARE:
        return f"{cut.numerator}/{cut.denominator}"
    return decimal_text(half_up(value, 0) if indicator.kind == Indicator.Kind.COUNT else cut)
