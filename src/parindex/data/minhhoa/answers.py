"""Made-up answers: for every leaf a few that could be given, of which the one nearest to the unit's level is
taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from random import Random
from typing import Any

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
from parindex.data.minhhoa.units import SampleUnit


SPREAD = 0.22
_ANNOUNCED = ((2, 19), (4, 8), (6, 10))
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
    """Every answer of one unit; leaves that are not for it are left out."""
    for code, leaf in framework.leaves.items():
        maximum = leaf.max_for(unit.type)
        if maximum and not _exempt(framework, leaf, unit):
            rng = Random(f"{round_code}|{unit.code}|{code}")  # noqa: S311  made-up figures
            yield _answer(framework, leaf, unit, rng=rng, year=int(round_code[:4]))


def _exempt(framework: Framework, leaf: Node, unit: SampleUnit) -> bool:
    node: Node | None = leaf
    while node is not None:
        if node.exemption(unit.name.vi, unit.type) or not node.max_for(unit.type):
            return True
        node = framework.parents.get(node.code)
    return False


def _answer(framework: Framework, leaf: Node, unit: SampleUnit, *, rng: Random, year: int) -> Written:
    """One answer: now and then "not applicable" or "no case arose" where the set allows it."""
    chance = rng.random()
    if leaf.no_case and chance < 0.08:
        return Written(unit.code, leaf.code, "no-case")
    if leaf.not_applicable_if and chance < 0.10:
        return Written(unit.code, leaf.code, "n/a")
    maximum = leaf.max_for(unit.type)
    target = _target(framework, leaf, unit, rng=rng)
    best, text = None, ""
    for candidate in _candidates(leaf.rule, _Setting(rng, maximum, _volume(leaf, unit, rng), year)):
        points, _, _ = score_answer(leaf, read_answer(leaf, candidate), maximum, calendar=framework.calendar)
        distance = abs(float(points / maximum) - target)
        if best is None or distance < best:
            best, text = distance, candidate
    se, n = _error(leaf, text)
    return Written(unit.code, leaf.code, text, se, n)


def _target(framework: Framework, leaf: Node, unit: SampleUnit, *, rng: Random) -> float:
    """The share of the maximum aimed at: the unit's level with some chance; bonus and penalty are rare."""
    if leaf.code in framework.extras:
        return 0.5 if rng.random() < 0.12 else 0.0
    noise = (rng.random() + rng.random() + rng.random() - 1.5) * SPREAD * (1.6 - unit.level)
    return min(max(unit.level + noise * 1.6, 0.0), 1.0)


def _volume(leaf: Node, unit: SampleUnit, rng: Random) -> int:
    """How many cases a ratio counts: dossiers, or the few things an office does in a year."""
    if "hồ sơ" in leaf.name.vi.lower() or leaf.method == "measured":
        return max(int(unit.volume * (0.9 + 0.2 * rng.random())), 12)
    return 12 + int(rng.random() * 40)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What candidates are made from."""

    rng: Random
    maximum: Fraction
    volume: int
    year: int


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
    early, late = 2 + int(s.rng.random() * 20), 1 + int(s.rng.random() * 18)
    days = [-early, late] if isinstance(rule, Deadline) else [-early, 1, 2, 3, 5, 8, 12]
    return [(rule.due + timedelta(days=d)).isoformat() for d in days]


def _after(rule: DaysAfter, s: _Setting) -> list[str]:
    base = rule.base
    found = []
    for k, days in enumerate(
        [max(step.within - 1 - int(s.rng.random() * 4), 1) for step in rule.steps]
        + [rule.steps[-1].within * 2 + 9]
    ):
        if base is not None:
            found.append((base + timedelta(days=days)).isoformat())
        else:
            start = date(s.year, *_ANNOUNCED[k % len(_ANNOUNCED)])
            found.append(f"{(start + timedelta(days=days)).isoformat()};base={start.isoformat()}")
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
    return [
        f"{case.id}: {text}"
        for text in _candidates(case.rule, _Setting(s.rng, s.maximum, 4 + s.volume % 9, s.year))
    ]


def _named(rule: Formula, s: _Setting) -> list[str]:
    """The first input is what was assigned, the next what was done in time, a third what was done late."""
    whole, found = 20 + int(s.rng.random() * 60), []
    for p in SHARES:
        done = round(whole * p)
        values = [whole, done, round((whole - done) * 0.6)]
        found.append(";".join(f"{i.id}={v}" for i, v in zip(rule.inputs, values, strict=False)))
    return found


def _error(leaf: Node, text: str) -> tuple[str, str]:
    """Standard error (percent points) and number of respondents of a survey answer."""
    if isinstance(leaf.rule, Satisfaction):
        part, whole = map(int, text.split("/"))
        share, n = part / whole, whole
    elif isinstance(leaf.rule, SurveyOptions):
        counts = {k: int(v) for k, _, v in (item.partition("=") for item in text.split(";"))}
        n = sum(counts.values())
        share = sum(float(o.weight) / 100 * counts.get(o.id, 0) for o in leaf.rule.options) / n
    else:
        return "", ""
    se = 100 * sqrt(share * (1 - share) / n)
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
