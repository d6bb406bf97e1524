"""What a leaf's rule asks for its full mark, in a few words, for whoever has to see to it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from parindex.core.kernel.rules import (
    AllOrNothing,
    AnyRule,
    Branch,
    Choice,
    Conditions,
    Count,
    DaysAfter,
    Deadline,
    Deduct,
    LevelRange,
    Linear,
    PerDayLate,
    Proportional,
    Steps,
)
from parindex.core.wording.notation import listing, number, percent
from parindex.core.wording.rules import step_range


def full_mark_words(rule: AnyRule | None, language: str) -> str:
    """``từ 95% trở lên``, ``ban hành đúng hạn``; empty where the rule itself does not say (points given by an
    appraiser, a formula)."""
    for kind, words in _WRITERS:
        if isinstance(rule, kind):
            return words(rule, language)
    return ""


def _worth(award: Any) -> Fraction:
    """Awards of one rule are all in points or all in percent of the maximum."""
    return award.points if award.points is not None else award.percent or Fraction(0)


HUNDRED = 100


def _steps(rule: Steps, language: str) -> str:
    return step_range(max(rule.steps, key=_worth), rule, language) if rule.steps else ""


def _choice(rule: Choice, language: str) -> str:
    return str(max(rule.options, key=_worth).name.in_(language)) if rule.options else ""


def _level(rule: LevelRange, language: str) -> str:
    return str(max(rule.options, key=lambda o: o.to).name.in_(language)) if rule.options else ""


def _all(rule: AllOrNothing | Conditions, language: str) -> str:
    names = listing([str(c.name.in_(language)) for c in rule.conditions], language)
    return f"đủ các điều kiện: {names}" if language == "vi" else f"all of: {names}"


def _in_time(rule: Deadline | PerDayLate, language: str) -> str:
    return "ban hành đúng hạn" if language == "vi" else "issued in time"


def _within(rule: DaysAfter, language: str) -> str:
    if not rule.steps:
        return ""
    within = max(rule.steps, key=_worth).within
    working = rule.count == "working"
    if language == "vi":
        return f"trong {within} ngày{' làm việc' if working else ''}"
    return f"within {within} {'working ' if working else ''}days"


def _none_of(rule: Deduct, language: str) -> str:
    unit = rule.unit.in_(language) if rule.unit else ("trường hợp" if language == "vi" else "case")
    return f"không để xảy ra {unit}" if language == "vi" else f"no {unit}"


def _more(rule: Count, language: str) -> str:
    unit = rule.unit.in_(language) if rule.unit else ("trường hợp" if language == "vi" else "case")
    return f"có thêm {unit}" if language == "vi" else f"more of: {unit}"


def _proportional(rule: Proportional, language: str) -> str:
    return _at_least(rule, language)


def _linear(rule: Linear, language: str) -> str:
    if rule.full_at < rule.zero_at:
        full = _mark(rule, language)
        return f"không quá {full}" if language == "vi" else f"at most {full}"
    return _at_least(rule, language)


def _at_least(rule: Proportional | Linear, language: str) -> str:
    full = _mark(rule, language)
    if getattr(rule, "input", "ratio") == "ratio" and rule.full_at == HUNDRED:
        return f"đạt {full}" if language == "vi" else f"all, {full}"
    return f"từ {full} trở lên" if language == "vi" else f"from {full} up"


def _mark(rule: Proportional | Linear, language: str) -> str:
    if getattr(rule, "input", "ratio") == "ratio":
        return percent(rule.full_at, language, decimals=None)
    unit = getattr(rule, "unit", None)
    return f"{number(rule.full_at, language)}{' ' + unit.in_(language) if unit is not None else ''}"


def _branch(rule: Branch, language: str) -> str:
    """Which case holds is the unit's own; where all ask the same, that is said."""
    asked = {full_mark_words(case.rule, language) for case in rule.branches}
    return asked.pop() if len(asked) == 1 else ""


_WRITERS: tuple[tuple[type, Callable[[Any, str], str]], ...] = (
    (Steps, _steps),
    (Choice, _choice),
    (LevelRange, _level),
    (AllOrNothing, _all),
    (Conditions, _all),
    (Deadline, _in_time),
    (PerDayLate, _in_time),
    (DaysAfter, _within),
    (Deduct, _none_of),
    (Count, _more),
    (Proportional, _proportional),
    (Linear, _linear),
    (Branch, _branch),
)
