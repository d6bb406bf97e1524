"""A leaf's rule as a short printed scale, and the policies of a set in sentences."""

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
from parindex.core.kernel.rules.base import Award
from parindex.core.kernel.rules.ratios import Step
from parindex.core.wording.notation import day, number, percent, some


def rule_in_words(rule: AnyRule, language: str) -> list[str]:
    """The rule's scale, a line a step."""
    for kinds, words in _WRITERS:
        if isinstance(rule, kinds):
            return words(rule, language)
    raise TypeError(type(rule).__name__)


def _points(value: Fraction, language: str) -> str:
    return f"{number(value, language)} điểm" if language == "vi" else some(value, "point")


def award_words(award: Award, language: str) -> str:
    """``2 điểm``, or ``75 % điểm tối đa``."""
    if award.points is not None:
        return _points(award.points, language)
    share = percent(award.percent or Fraction(0), language, decimals=None)
    return f"{share} điểm tối đa" if language == "vi" else f"{share} of the maximum"


def _mark(value: Fraction, rule: object, language: str) -> str:
    if getattr(rule, "input", "ratio") == "ratio":
        return percent(value, language, decimals=None)
    unit = getattr(rule, "unit", None)
    return f"{number(value, language)}{' ' + unit.in_(language) if unit is not None else ''}"


def step_range(step: Step, rule: object, language: str) -> str:
    """A step's range: ``từ 80 % đến dưới 90 %``."""
    vi = language == "vi"
    if step.equals is not None:
        return _mark(step.equals, rule, language)
    parts = []
    if step.from_ is not None:
        parts.append(("từ " if vi else "from ") + _mark(step.from_, rule, language))
    if step.above is not None:
        parts.append(("trên " if vi else "above ") + _mark(step.above, rule, language))
    if step.below is not None:
        parts.append(
            (("đến dưới " if parts else "dưới ") if vi else ("to below " if parts else "below "))
            + _mark(step.below, rule, language)
        )
    if step.to is not None:
        parts.append(
            (("đến " if parts else "không quá ") if vi else ("to " if parts else "at most "))
            + _mark(step.to, rule, language)
        )
    if len(parts) == 1 and (step.from_ is not None):
        parts.append("trở lên" if vi else "up")
    return " ".join(parts) or ("mọi giá trị" if vi else "any value")


def _steps(rule: Steps, language: str) -> list[str]:
    return [f"{step_range(s, rule, language)}: {award_words(s, language)}" for s in rule.steps]


def _given(rule: Points, language: str) -> list[str]:
    step = rule.step
    if language == "vi":
        return [
            "Cơ quan thẩm định cho điểm từ 0 đến điểm tối đa"
            + (f", theo bước {number(step, language)} điểm" if step else "")
        ]
    return [
        "The appraiser gives 0 to the maximum"
        + (f", in steps of {number(step, language)} points" if step else "")
    ]


def _options(rule: Choice, language: str) -> list[str]:
    return [f"{o.name.in_(language)}: {award_words(o, language)}" for o in rule.options]


def _ranges(rule: LevelRange, language: str) -> list[str]:
    to = "đến" if language == "vi" else "to"
    return [
        f"{o.name.in_(language)}: "
        + (
            _points(o.to, language)
            if o.from_ == o.to
            else f"{number(o.from_, language)} {to} {_points(o.to, language)}"
        )
        for o in rule.options
    ]


def _all(rule: AllOrNothing, language: str) -> list[str]:
    first = (
        "Điểm tối đa khi đạt đủ, thiếu một là 0 điểm:"
        if language == "vi"
        else "The full mark when all hold, else 0:"
    )
    return [first, *(c.name.in_(language) for c in rule.conditions)]


def _conditions(rule: Conditions, language: str) -> list[str]:
    return [f"{c.name.in_(language)}: {award_words(c, language)}" for c in rule.conditions]


def _deadline(rule: Deadline, language: str) -> list[str]:
    due = day(rule.due, language)
    words = (
        (f"Ban hành chậm nhất {due}", f"Sau {due}", "Không ban hành")
        if language == "vi"
        else (f"Issued by {due}", f"After {due}", "Not issued")
    )
    return [
        f"{w}: {award_words(a, language)}"
        for w, a in zip(words, (rule.in_time, rule.late, rule.none), strict=True)
    ]


def _days_after(rule: DaysAfter, language: str) -> list[str]:
    vi = language == "vi"
    day_of = "working day" if rule.count == "working" else "day"
    days_of = "ngày làm việc" if rule.count == "working" else "ngày"
    base = (
        rule.base_name.in_(language)
        if rule.base_name
        else day(rule.base, language)
        if rule.base
        else ("mốc" if vi else "the base date")
    )
    lines = [
        (f"Trong {s.within} {days_of} kể từ {base}" if vi else f"Within {some(s.within, day_of)} of {base}")
        + f": {award_words(s, language)}"
        for s in rule.steps
    ]
    return [
        *lines,
        ("Muộn hơn hoặc không ban hành" if vi else "Later or never")
        + f": {award_words(rule.otherwise, language)}",
    ]


def _per_day(rule: PerDayLate, language: str) -> list[str]:
    due, each = day(rule.due, language), _points(rule.each, language)
    vi = language == "vi"
    free = ""
    if rule.free_days:
        free = (
            f" (sau {rule.free_days} ngày đầu)" if vi else f" (after the first {some(rule.free_days, 'day')})"
        )
    kind = (" làm việc" if vi else "working ") if rule.count == "working" else ""
    if vi:
        return [
            f"Chậm nhất {due}: điểm tối đa",
            f"Mỗi ngày{kind} muộn{free}: trừ {each}",
            f"Không ban hành: {award_words(rule.none, language)}",
        ]
    return [
        f"By {due}: the full mark",
        f"Each {kind}day late{free}: {each} off",
        f"Not issued: {award_words(rule.none, language)}",
    ]


def _rounding(decimals: int | None, language: str) -> list[str]:
    if decimals is None:
        return []
    return [
        f"Làm tròn {decimals} chữ số thập phân"
        if language == "vi"
        else f"Rounded to {some(decimals, 'decimal')}"
    ]


def _proportional(rule: Proportional, language: str) -> list[str]:
    full = _mark(rule.full_at, rule, language)
    vi = language == "vi"
    lines = [
        f"Từ {full} trở lên: điểm tối đa" if vi else f"From {full} up: the full mark",
        f"Dưới {full}: giá trị / {full} × điểm tối đa" if vi else f"Below {full}: value / {full} × maximum",
    ]
    if rule.zero_below is not None:
        low = _mark(rule.zero_below, rule, language)
        lines.append(f"Dưới {low}: 0 điểm" if vi else f"Below {low}: 0 points")
    return lines + _rounding(rule.round, language)


def _linear(rule: Linear, language: str) -> list[str]:
    zero, full = _mark(rule.zero_at, rule, language), _mark(rule.full_at, rule, language)
    if language == "vi":
        line = f"0 điểm ở {zero}, điểm tối đa ở {full}, giữa hai mốc tính theo đường thẳng"
    else:
        line = f"0 points at {zero}, the full mark at {full}, a straight line between"
    return [line, *_rounding(rule.round, language)]


def _count(rule: Count, language: str) -> list[str]:
    unit = rule.unit.in_(language) if rule.unit else ("trường hợp" if language == "vi" else "case")
    each = award_words(rule.each, language)
    cap = (
        _points(rule.cap, language)
        if rule.cap is not None
        else ("điểm tối đa" if language == "vi" else "the maximum")
    )
    return [
        f"Mỗi {unit}: {each}; không quá {cap}" if language == "vi" else f"Each {unit}: {each}; up to {cap}"
    ]


def _deduct(rule: Deduct, language: str) -> list[str]:
    unit = rule.unit.in_(language) if rule.unit else ("trường hợp" if language == "vi" else "case")
    each, start, floor = (
        award_words(rule.each, language),
        award_words(rule.start, language),
        number(rule.floor, language),
    )
    if language == "vi":
        return [f"Từ {start}, mỗi {unit} trừ {each}; không thấp hơn {floor}"]
    return [f"From {start}, {each} off for each {unit}; not below {floor}"]


def _survey(rule: SurveyOptions, language: str) -> list[str]:
    first = "Bình quân trọng số × điểm tối đa:" if language == "vi" else "Mean weight × maximum:"
    weights = [f"{o.name.in_(language)}: {percent(o.weight, language, decimals=None)}" for o in rule.options]
    return [first, *weights, *_rounding(rule.round, language)]


def _satisfaction(rule: Satisfaction, language: str) -> list[str]:
    line = "Tỷ lệ hài lòng × điểm tối đa" if language == "vi" else "Share of satisfied respondents × maximum"
    return [line, *_rounding(rule.round, language)]


def _branch(rule: Branch, language: str) -> list[str]:
    return [
        f"{c.name.in_(language)} – {line}" for c in rule.branches for line in rule_in_words(c.rule, language)
    ]


def _formula(rule: Formula, language: str) -> list[str]:
    where = "trong đó" if language == "vi" else "where"
    names = [
        f"{i.id}: {i.name.in_(language)}{' (' + i.unit.in_(language) + ')' if i.unit else ''}"
        for i in rule.inputs
    ]
    return [f"{rule.expression}, {where}:", *names, *_rounding(rule.round, language)]


_WRITERS: tuple[tuple[type, Callable[[Any, str], list[str]]], ...] = (
    (Points, _given),
    (Choice, _options),
    (LevelRange, _ranges),
    (AllOrNothing, _all),
    (Conditions, _conditions),
    (Deadline, _deadline),
    (DaysAfter, _days_after),
    (PerDayLate, _per_day),
    (Steps, _steps),
    (Proportional, _proportional),
    (Linear, _linear),
    (Count, _count),
    (Deduct, _deduct),
    (SurveyOptions, _survey),
    (Satisfaction, _satisfaction),
    (Branch, _branch),
    (Formula, _formula),
)
