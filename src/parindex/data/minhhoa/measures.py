"""What was measured of the invented province's units: the very figures of their answers, as sources tell
them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parindex.core.formats.framework_file import parse_framework
from parindex.data import minhhoa


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
        if leaf.indicator and slash and part.isdecimal():
            yield Measured(
                leaf.indicator,
                written.unit,
                period.start,
                period.end,
                int(part),
                int(whole),
                period.cutoff or period.end,
            )
