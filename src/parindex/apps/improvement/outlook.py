"""If the year ended today: the unit's last published result with this year's measures and tasks put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.codes import codes_of_next_year
from parindex.apps.improvement.queries import Standing
from parindex.apps.improvement.remedies import ORIGIN, answers_of
from parindex.apps.indicators.goals import forecasts
from parindex.apps.indicators.models import Indicator
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.rules import FINISHED, Status, status_of
from parindex.apps.plans.rules import OPEN as OPEN_STATES
from parindex.core.kernel.answers import Answer
from parindex.core.kernel.forecast import Forecast
from parindex.core.kernel.framework import Framework, Node
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
        done, coming: how many finished and open tasks bring points: those that answer the result's lost
            points, and others of the year's issued plans that name a criterion and what they are to bring.
        unmapped: others that name a criterion of the year's own set of which no code map says what it was.
    """

    year: int
    outlook: Outlook
    measured: Sequence[MeasuredLeaf]
    done: int
    coming: int
    unmapped: int

    @property
    def is_known(self) -> bool:
        """Whether anything of the year is known at all."""
        return bool(self.measured or self.done or self.coming or self.unmapped)


def year_ahead(standing: Standing, day: date) -> YearAhead | None:
    """What the year after a result comes to; None where the unit has no index. Five queries."""
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
    brought, unmapped = _brought(participant, framework, day)
    done = _sums(one for one in brought if one[2] in FINISHED)
    coming = _sums(one for one in brought if one[2] in OPEN_STATES)
    found = outlook(standing.assessment, standing.unit, measures, done=done, coming=coming)
    shown = [one for one in measured if one.leaf.code in found.points]
    shown.sort(key=lambda one: list(framework.nodes).index(one.leaf.code))
    finished = sum(status in FINISHED for _, _, status in brought)
    waiting = sum(status in OPEN_STATES for _, _, status in brought)
    return YearAhead(year, found, shown, finished, waiting, unmapped)


Brought = tuple[str, Fraction, Status]


def _brought(participant: Participant, framework: Framework, day: date) -> tuple[list[Brought], int]:
    """What tasks bring: criterion of the result's set, points, and where each stands; and how many name a
    criterion that is none of it by any map. Four queries."""
    year = participant.round.year + 1
    found = [
        (code, answer.task.gain, answer.status)
        for code, answer in answers_of(participant, day).items()
        if answer.task is not None and answer.status is not None
    ]
    others = Task.objects.filter(plan__unit=participant.unit_id, plan__year=year)
    others = others.exclude(plan__state=Plan.State.DRAFT).exclude(criterion="").exclude(gain="")
    others = others.exclude(origin__startswith=ORIGIN).select_related("indicator", "plan")
    rows = list(others.order_by("pk"))
    mapped = codes_of_next_year(participant, framework) if rows else None
    told = [(_code(task, mapped, participant.round.year), task) for task in rows]
    found += [(code, task.gain, status_of(task, day)) for code, task in told if code in framework.leaves]
    brought = [(code, exact(gain) if gain else Fraction(0), status) for code, gain, status in found]
    return brought, sum(code not in framework.leaves for code, task in told if task.cancelled_on is None)


def _code(task: Task, mapped: Mapping[str, str] | None, year: int) -> str:
    """The criterion of a task in the result's set; "" where no map tells."""
    if mapped is None or task.plan.remedies_year == year:
        return task.criterion
    return mapped.get(task.criterion, "")


def _sums(brought: Iterable[Brought]) -> dict[str, Fraction]:
    """Points by criterion."""
    found: dict[str, Fraction] = {}
    for code, gain, _ in brought:
        found[code] = found.get(code, Fraction(0)) + gain
    return found


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
