"""Made-up answers: for every leaf a few that could be given, of which the one nearest to the unit's level is
taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from random import Random
from typing import Any

from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.numbers import decimal_text, fixed_text, half_up
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.rules import (
    AllOrNothing,
    Branch,
    Choice,
    Conditions,
    Count,
    DaysAfter,
    Deadline,
    Deduct,
    Formula,
    LevelRange,
    Linear,
    PerDayLate,
    Points,
    Proportional,
    Satisfaction,
    Steps,
    SurveyOptions,
)
from parindex.data.minhhoa.surveys import LEAF, STRATA, SURVEYED
from parindex.data.minhhoa.units import SampleUnit


SPREAD = 0.22
_ANNOUNCED = ((2, 19), (4, 8), (6, 10))
ON_TIME, LATE, DOCUMENTS = "đúng hạn", "trễ hạn", "văn bản"
FEW_DOSSIERS, FEW_WITH_FEES = 100, 350
SHARES = (1.0, 0.985, 0.965, 0.94, 0.91, 0.87, 0.82, 0.76, 0.68, 0.58, 0.45, 0.3)


@dataclass(frozen=True, slots=True)
class Written:
    """One answer as it would stand in a file."""

    unit: str
    leaf: str
    text: str
    se: str = ""
    n: str = ""


def answer_sheet(framework: Framework, unit: SampleUnit, round_code: str) -> Iterator[Written]:
    """Every answer of one unit; leaves that are not for it are left out.

    What belongs together agrees: one ground of "not applicable" holds for all its leaves, and letters of
    apology are counted over the dossiers that were late.
    """
    late: int | None = None
    for code, leaf in framework.leaves.items():
        if not leaf.max_for(unit.type) or _exempt(framework, leaf, unit):
            continue
        rng = Random(f"{round_code}|{unit.code}|{code}")  # noqa: S311  made-up figures
        written = _answer(framework, leaf, _Case(unit, round_code, rng, late))
        if ON_TIME in leaf.name.vi and "/" in written.text:
            part, whole = map(int, written.text.split("/"))
            late = whole - part
        yield written


def _exempt(framework: Framework, leaf: Node, unit: SampleUnit) -> bool:
    node: Node | None = leaf
    while node is not None:
        if node.exemption(unit.name.vi, unit.type) or not node.max_for(unit.type):
            return True
        node = framework.parents.get(node.code)
    return False


@dataclass(frozen=True, slots=True)
class _Case:
    """Who answers, in which round, by which random numbers; `late`: its late dossiers, where known."""

    unit: SampleUnit
    round_code: str
    rng: Random
    late: int | None


def _answer(framework: Framework, leaf: Node, case: _Case) -> Written:
    """One answer; "not applicable" or "no case arose" where the set allows it and the unit is such a one."""
    unit, rng = case.unit, case.rng
    chance = rng.random()
    if leaf.not_applicable_if and _does_not_apply(leaf.not_applicable_if.vi, case):
        return Written(unit.code, leaf.code, "n/a")
    if leaf.no_case and (case.late == 0 if _of_late_ones(leaf) else chance < 0.08):
        return Written(unit.code, leaf.code, "no-case")
    maximum = leaf.max_for(unit.type)
    target = _target(framework, leaf, unit, rng=rng)
    best, text = None, ""
    setting = _Setting(rng, maximum, _volume(leaf, case), int(case.round_code[:4]), framework.calendar)
    for candidate in _candidates(leaf.rule, setting):
        points, _, _ = score_answer(leaf, read_answer(leaf, candidate), maximum, calendar=framework.calendar)
        distance = abs(float(points / maximum) - target)
        if best is None or distance < best:
            best, text = distance, candidate
    se, n = _error(leaf, text)
    if (case.round_code, leaf.code) == (SURVEYED, LEAF):
        own = [s for s in STRATA if s.unit == unit.code]
        se = decimal_text(half_up(Fraction(own[0].error), 2)) if own else se
    return Written(unit.code, leaf.code, text, se, n)


def _does_not_apply(ground: str, case: _Case) -> bool:
    """Offices with few dossiers have no procedures or fees; other grounds hold for one unit in twelve."""
    if "phí" in ground:
        return case.unit.volume < FEW_WITH_FEES
    if "hồ sơ" in ground or "thủ tục hành chính" in ground:
        return case.unit.volume < FEW_DOSSIERS
    subject = DOCUMENTS if DOCUMENTS in ground or ground == "không được giao" else ground
    rng = Random(f"{case.round_code}|{case.unit.code}|{subject}")  # noqa: S311  made-up figures
    return rng.random() < 1 / 12


def _of_late_ones(leaf: Node) -> bool:
    """Whether a leaf asks about the dossiers that were late."""
    return LATE in leaf.name.vi


def _target(framework: Framework, leaf: Node, unit: SampleUnit, *, rng: Random) -> float:
    """The share of the maximum aimed at: the unit's level with some chance; bonus and penalty are rare."""
    if leaf.code in framework.extras:
        return 0.5 if rng.random() < 0.12 else 0.0
    noise = (rng.random() + rng.random() + rng.random() - 1.5) * SPREAD * (1.6 - unit.level)
    return min(max(unit.level + noise * 1.6, 0.0), 1.0)


def _volume(leaf: Node, case: _Case) -> int:
    """How many cases a ratio counts: dossiers, the late ones, or the few things an office does in a year."""
    if _of_late_ones(leaf) and case.late:
        return case.late
    if "hồ sơ" in leaf.name.vi.lower() or leaf.method == "measured":
        return max(int(case.unit.volume * (0.9 + 0.2 * case.rng.random())), 12)
    return 12 + int(case.rng.random() * 40)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What candidates are made from."""

    rng: Random
    maximum: Fraction
    volume: int
    year: int
    calendar: Calendar

    def at_work(self, day: date, step: int) -> str:
        """The day itself, or the nearest before (-1) or after it (1) on which offices work."""
        while not self.calendar.is_working(day):
            day += timedelta(days=step)
        return day.isoformat()


def _candidates(rule: Any, s: _Setting) -> list[str]:
    return _MAKERS[type(rule)](rule, s)


def _given(rule: Points, s: _Setting) -> list[str]:
    step = rule.step or Fraction(1, 4)
    return [decimal_text(step * k) for k in range(int(s.maximum / step) + 1)]


def _levels(rule: LevelRange, s: _Setting) -> list[str]:
    quarter = Fraction(1, 4)
    return [
        f"{o.id}:{decimal_text(min(o.from_ + quarter * k, o.to))}"
        for o in rule.options
        for k in range(int((o.to - o.from_) / quarter) + 1)
    ]


def _met(rule: AllOrNothing | Conditions, s: _Setting) -> list[str]:
    ids = [c.id for c in rule.conditions]
    fewer = [";".join(ids[:k] + ids[k + 1 :]) for k in range(len(ids)) if len(ids) > 1]
    return ["all", "none", *fewer] if isinstance(rule, Conditions) else ["yes", "no", *fewer]


def _due(rule: Deadline | PerDayLate, s: _Setting) -> list[str]:
    early, late = 2 + int(s.rng.random() * 20), 1 + int(s.rng.random() * 12)
    days = [-early, late] if isinstance(rule, Deadline) else [-early, 1, 2, 3, 5, 8, 12]
    return [s.at_work(rule.due + timedelta(days=d), 1 if d > 0 else -1) for d in days]


def _after(rule: DaysAfter, s: _Setting) -> list[str]:
    base = rule.base
    found = []
    for k, days in enumerate(
        [max(step.within - 1 - int(s.rng.random() * 4), 1) for step in rule.steps]
        + [rule.steps[-1].within * 2 + 9]
    ):
        if base is not None:
            found.append(s.at_work(base + timedelta(days=days), -1))
        else:
            start = date(s.year, *_ANNOUNCED[k % len(_ANNOUNCED)])
            found.append(f"{s.at_work(start + timedelta(days=days), -1)};base={start.isoformat()}")
    return found


def _share(rule: Steps | Proportional | Linear, s: _Setting) -> list[str]:
    if rule.input == "ratio":
        parts = [round(s.volume * (p - 0.012 * s.rng.random())) if p < 1 else s.volume for p in SHARES]
        return [f"{part}/{s.volume}" for part in parts]
    if isinstance(rule, Steps):
        marks = [
            b for step in rule.steps for b in (step.from_, step.equals, step.above, step.to) if b is not None
        ]
        return [*sorted({decimal_text(m + k) for m in marks for k in (0, 1, 2)}), "0"]
    low = rule.zero_at if isinstance(rule, Linear) else Fraction(0)
    return [fixed_text(low + (rule.full_at - low) * Fraction(round(p * 1000), 1000), 1) for p in SHARES]


def _counted(rule: Count, s: _Setting) -> list[str]:
    cap = rule.cap if rule.cap is not None else s.maximum
    return [str(k) for k in range(min(int(cap / rule.each.of(s.maximum)) + 1, 60) + 1)]


def _cases(rule: Deduct, s: _Setting) -> list[str]:
    return [str(k) for k in range(6)]


def _options(rule: SurveyOptions, s: _Setting) -> list[str]:
    n, found = 90 + int(s.rng.random() * 110), []
    ids = [o.id for o in sorted(rule.options, key=lambda o: -o.weight)]
    for p in SHARES:
        first = round(n * max(p * 1.25 - 0.3, 0))
        rest = n - first
        counts = [first, round(rest * 0.75)]
        counts += [rest - counts[1]] + [0] * (len(ids) - 3)
        found.append(";".join(f"{i}={c}" for i, c in zip(ids, counts, strict=False)))
    return found


def _satisfied(rule: Satisfaction, s: _Setting) -> list[str]:
    n = 120 + int(s.rng.random() * 160)
    return [f"{round(n * (p - 0.02 * s.rng.random()))}/{n}" for p in SHARES]


def _branched(rule: Branch, s: _Setting) -> list[str]:
    case = rule.branches[0 if s.rng.random() < 0.7 else -1]
    return [f"{case.id}: {text}" for text in _candidates(case.rule, replace(s, volume=4 + s.volume % 9))]


def _named(rule: Formula, s: _Setting) -> list[str]:
    """The first input is what was assigned, the next what was done in time, a third what was done late."""
    whole, found = 20 + int(s.rng.random() * 60), []
    for p in SHARES:
        done = round(whole * p)
        values = [whole, done, round((whole - done) * 0.6)]
        found.append(";".join(f"{i.id}={v}" for i, v in zip(rule.inputs, values, strict=False)))
    return found


def _error(leaf: Node, text: str) -> tuple[str, str]:
    """Standard error (percent points) of the mean of a survey answer, and its number of respondents."""
    if isinstance(leaf.rule, Satisfaction):
        part, n = map(int, text.split("/"))
        given = [(100.0, part), (0.0, n - part)]
    elif isinstance(leaf.rule, SurveyOptions):
        counts = {k: int(v) for k, _, v in (item.partition("=") for item in text.split(";"))}
        n = sum(counts.values())
        given = [(float(o.weight), counts[o.id]) for o in leaf.rule.options]
    else:
        return "", ""
    mean = sum(value * count for value, count in given) / n
    se = sqrt(sum((value - mean) ** 2 * count for value, count in given) / n / (n - 1))
    return decimal_text(half_up(Fraction(se), 2)), str(n)


_MAKERS: Mapping[type, Callable[[Any, _Setting], list[str]]] = {
    Points: _given,
    Choice: lambda rule, s: [o.id for o in rule.options],
    LevelRange: _levels,
    AllOrNothing: _met,
    Conditions: _met,
    Deadline: _due,
    DaysAfter: _after,
    PerDayLate: _due,
    Steps: _share,
    Proportional: _share,
    Linear: _share,
    Count: _counted,
    Deduct: _cases,
    SurveyOptions: _options,
    Satisfaction: _satisfied,
    Branch: _branched,
    Formula: _named,
}
