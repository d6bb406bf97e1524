"""One story told on two sites counts once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from parindex.core.formats.folded import folded


NEAR = timedelta(days=7)
"""Within so many days the same title of the same unit is the same story; a monthly notice is not."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A public article of a unit: its key, title, day, and whether it is on another site."""

    key: int
    unit: int
    title: str
    day: date
    outside: bool


def repeated(tellings: Sequence[Telling]) -> set[int]:
    """Keys of the articles on other sites that say again what their unit told here, or at another address.

    What was published here always counts; of those on other sites alone the first does. Capitals, accents and
    punctuation of titles make no difference.
    """
    told: dict[tuple[int, str], list[date]] = {}
    again: set[int] = set()
    for one in sorted(tellings, key=lambda t: (t.outside, t.day, t.key)):
        days = told.setdefault((one.unit, " ".join(re.findall(r"\w+", folded(one.title)))), [])
        if one.outside and any(abs(one.day - day) <= NEAR for day in days):
            again.add(one.key)
        else:
            days.append(one.day)
    return again
