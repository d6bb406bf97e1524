"""What was measured of the invented province's units: the very figures of their answers, as sources tell
them; what the same sources told earlier in the year; and the year's targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.framework import Node
from parindex.core.kernel.numbers import fixed_text
from parindex.core.kernel.rules import Satisfaction, SurveyOptions
from parindex.data import minhhoa
from parindex.data.minhhoa.surveys import SURVEYED


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What a survey found of one unit: `value` and standard error `se` in percent, `n` answers."""

    indicator: str
    unit: str
    year: int
    value: str
    se: str
    n: str
    as_of: date


DECIMALS = 4


def surveyed_in(sample: minhhoa.SampleRound) -> Iterator[Surveyed]:
    """What surveys found of one round's year, in the order of its units: the very figures of their answers.

    Those that the demonstration's own survey of citizens asks about are left out: its count tells them.
    """
    framework = parse_framework(minhhoa.framework_file(sample), f"{sample.framework}.yaml")
    period = framework.period
    if period is None or sample.code == SURVEYED:
        return
    for written in minhhoa.answers_of(sample)[1]:
        leaf = framework.leaves[written.leaf]
        if leaf.indicator and written.se:
            yield Surveyed(
                leaf.indicator,
                written.unit,
                sample.year,
                percent_of(leaf, written.text),
                written.se,
                written.n,
                period.cutoff or period.end,
            )


def percent_of(leaf: Node, text: str) -> str:
    """A survey's answer as its percentage, as counts of surveys hand it on."""
    if not isinstance(leaf.rule, Satisfaction | SurveyOptions):
        raise TypeError(leaf.code)
    return fixed_text(leaf.rule.number(leaf.rule.read(text)), DECIMALS)


@dataclass(frozen=True, slots=True)
class Measured:
    """One share of one unit in the period of one set."""

    indicator: str
    unit: str
    start: date
    end: date
    numerator: int
    denominator: int
    as_of: date


def measured_in(sample: minhhoa.SampleRound) -> Iterator[Measured]:
    """The values of one round's period, in the order of its units."""
    framework = parse_framework(minhhoa.framework_file(sample), f"{sample.framework}.yaml")
    period = framework.period
    if period is None:
        return
    for written in minhhoa.answers_of(sample)[1]:
        leaf = framework.leaves[written.leaf]
        part, slash, whole = written.text.partition("/")
        if leaf.indicator and slash and part.isdecimal() and not written.se:
            yield Measured(
                leaf.indicator,
                written.unit,
                period.start,
                period.end,
                int(part),
                int(whole),
                period.cutoff or period.end,
            )


EARLIER: Mapping[str, tuple[date, ...]] = {
    "2025-co-quan": (date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)),
    "2025-cap-xa": (date(2025, 9, 30),),
}
"""Days at which the sources had already told of a round's period; see `told_by`."""
TARGET_YEAR = 2025
TARGETS: Mapping[str, tuple[int, int]] = {
    "ho-so-dung-han": (94, 96),
    "ho-so-truc-tuyen": (55, 60),
    "thanh-toan-truc-tuyen": (40, 50),
    "so-hoa-ho-so": (65, 75),
}
"""Percent that the plan asks of each unit, and of the whole province."""
TARGET_PLAN = "Kế hoạch số 01/KH-UBND ngày 05/01/2025 (minh họa)"


def told_by(found: Measured, day: date, *, place: int) -> Measured:
    """What the source had told by an earlier day: so many cases as days had gone, and of those that failed in
    the end more or fewer, by turns, so that some units win ground in the year and some lose it.

    Args:
        place: of the value among those of its round.
    """
    gone = Fraction((day - found.start).days + 1, (found.as_of - found.start).days + 1)
    whole, fails = int(found.denominator * gone), found.denominator - found.numerator
    pace = (gone, gone * (2 - gone), gone * gone)[place % 3]  # steady, better later, worse later
    failed = min(int(fails * (pace if 2 * fails < found.denominator else gone)), whole)
    return replace(found, numerator=whole - failed, denominator=whole, as_of=day)
