"""What a period held, as one-stop systems report it: carried over, came, handled, still open at its end.

A week, a month or a year of Decision 766/QĐ-TTg is such a period; `index766` says of its five groups what
dossiers can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Literal

from parindex.core.dossiers.activity import Activity as Activity
from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.measures import Run
from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.question import Key, Question
from parindex.core.dossiers.record import minute_of
from parindex.core.dossiers.units import Successors, Unit, boundaries


Length = Literal["week", "month", "year"]


def activity(
    store: Path,
    *,
    first: date,
    last: date,
    by: Sequence[Key] = ("unit",),
    working_days: WorkingDays | None = None,
    units: Sequence[Unit] = (),
    successors: Successors = "keep",
    engine: str = "duckdb",
) -> dict[tuple[str | int, ...], Activity]:
    """Count a period from its first day to its last; see `measures.measure` for the rest.

    Raises:
        DossiersRefused: as `measure`.
    """
    manifest = read_manifest(store)
    if not manifest.parts():
        return {}
    since, until = minute_of(datetime.combine(first, time())), minute_of(datetime.combine(last, time(23, 59)))
    question = Question(until, tuple(by), boundaries(units), rolled=bool(units), since=since)
    run = Run(
        store, manifest, question, days=working_days or WorkingDays(), units=units, successors=successors
    )
    return {row[: len(by)]: Activity(*row[len(by) + 1 :]) for row in run.activity(engine)}


def periods(length: Length, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The whole weeks (Monday to Sunday), months or years from the one of `first` to the one of `last`."""
    if length == "week":
        day = first - timedelta(days=first.weekday())
    else:
        day = first.replace(day=1) if length == "month" else first.replace(month=1, day=1)
    while day <= last:
        if length == "week":
            after = day + timedelta(days=7)
        elif length == "month":
            after = _after(day)
        else:
            after = day.replace(year=day.year + 1)
        yield day, after - timedelta(days=1)
        day = after


def read_span(text: str) -> tuple[date, date]:
    """``2025``, ``2025-Q1``, ``2025-03`` or ``2025-01-01/2025-03-15`` as first and last day.

    Raises:
        DossiersRefused: `span_unreadable`.
    """
    found = _SPAN.fullmatch(text.strip())
    try:
        if found and found["quarter"]:
            start = date(int(found["year"]), 3 * int(found["quarter"]) - 2, 1)
            return start, _after(_after(_after(start))) - timedelta(days=1)
        if found:
            month = int(found["month"] or 1)
            start = date(int(found["year"]), month, 1)
            return start, (
                _after(start) if found["month"] else start.replace(year=start.year + 1)
            ) - timedelta(days=1)
        first, last = (date.fromisoformat(part) for part in text.split("/"))
        if first <= last:
            return first, last
    except ValueError:
        pass
    raise refuse("--period", "span_unreadable", text=text[:40])


_SPAN = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d{2}))?", re.A)


def _after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Index766:
    """What dossiers say of Decision 766's groups; rates are None where there is nothing to have a share of.

    Groups 1 (transparency) and 5 (satisfaction) come from other sources. Points are given by the criteria set
    `qd766`, as far as its rules are known.

    Attributes:
        progress: group 2, resolved by the deadline of all resolved.
        digitisation: group 3; online: group 4.1, came online of all that came.
        payment: group 4.2, fee-bearing dossiers paid online.
        procedures_with_fee, procedures_paid_online: group 4.2, procedures with such a dossier.
    """

    progress: Fraction | None
    digitisation: Fraction | None
    online: Fraction | None
    payment: Fraction | None
    procedures_with_fee: int
    procedures_paid_online: int


def index766(found: dict[tuple[str | int, ...], Activity]) -> dict[str | int, Index766]:
    """The groups for each unit, from an `activity` by unit and procedure."""
    units: dict[str | int, list[Activity]] = {}
    for (unit, _), counted in found.items():
        units.setdefault(unit, []).append(counted)
    return {unit: _index(procedures) for unit, procedures in units.items()}


def _index(procedures: Sequence[Activity]) -> Index766:
    whole = sum(procedures, Activity())
    return Index766(
        progress=_rate(whole.early + whole.on_time, whole.handled),
        digitisation=_rate(whole.digitised, whole.digitised_known),
        online=_rate(whole.came_online, whole.came),
        payment=_rate(whole.paid_online, whole.with_fee),
        procedures_with_fee=sum(p.with_fee > 0 for p in procedures),
        procedures_paid_online=sum(p.paid_online > 0 for p in procedures),
    )


def _rate(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
