"""The working-day calendar: a year's days off and days worked in exchange, as they were decided.

A library proposes a year; what counts is what somebody confirmed with the number of the decision. Whoever
computes with working days asks `calendar_of` here, or the calendar that a round carries in its criteria set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.schedule.models import CalendarDay, CalendarYear
from parindex.core.kernel.calendar import SATURDAY, Calendar
from parindex.core.kernel.problems import Refused


EARLIEST, LATEST = 2000, 2100
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class SetDay:
    """A day off (a holiday, or nghỉ bù), or a weekend day worked in exchange (làm bù); what it is."""

    day: date
    worked: bool
    name: str


def proposed_days(year: int) -> list[SetDay]:
    """What the library knows of a year in Việt Nam, Tết included; the decision of the year may differ."""
    import holidays

    found = holidays.country_holidays("VN", years=year, language="vi")
    off = [SetDay(day, False, name) for day, name in found.items()]
    worked = [
        SetDay(day, True, "Làm bù") for day in getattr(found, "weekend_workdays", ()) if day.year == year
    ]
    return sorted([*off, *worked], key=lambda d: d.day)


def decided(year: int) -> tuple[CalendarYear | None, list[SetDay]]:
    """A year as it was decided, with its days in order; (None, []) where it was not. Two queries."""
    found = CalendarYear.objects.filter(year=year).first()
    days = CalendarDay.objects.filter(year__year=year) if found else []
    return found, [SetDay(d.day, d.worked, d.name) for d in days]


def decided_years() -> list[int]:
    """The years that are decided, in order."""
    return list(CalendarYear.objects.order_by("year").values_list("year", flat=True))


def calendar_of(years: Iterable[int]) -> Calendar:
    """Working days of some years, as decided.

    Raises:
        Refused: ``calendar_missing`` names the first year that nobody has decided: no guess is made.
    """
    wanted = sorted(set(years))
    known = set(CalendarYear.objects.filter(year__in=wanted).values_list("year", flat=True))
    for year in wanted:
        if year not in known:
            raise Refused("calendar_missing", year=str(year))
    days = list(CalendarDay.objects.filter(year__year__in=wanted))
    return Calendar(
        frozenset(d.day for d in days if not d.worked), frozenset(d.day for d in days if d.worked)
    )


def likely_days(years: Iterable[int]) -> tuple[list[SetDay], list[int]]:
    """Days off and days worked in exchange, for a proposal: as decided, else as the library knows them; and
    the years that nobody has decided. Two queries."""
    wanted = sorted(set(years))
    known = set(CalendarYear.objects.filter(year__in=wanted).values_list("year", flat=True))
    days = [SetDay(d.day, d.worked, d.name) for d in CalendarDay.objects.filter(year__year__in=wanted)]
    undecided = [year for year in wanted if year not in known]
    days += [day for year in undecided for day in proposed_days(year)]
    return sorted(days, key=lambda d: d.day), undecided


def likely_calendar(years: Iterable[int]) -> tuple[Calendar, list[int]]:
    """The same as working days."""
    days, undecided = likely_days(years)
    off, worked = (frozenset(d.day for d in days if d.worked is said) for said in (False, True))
    return Calendar(off, worked), undecided


def working_day_after(day: date, count: int) -> date:
    """The working day that is `count` working days after a day (0: the day itself, or the next one that is).

    Raises:
        Refused: ``calendar_missing`` where it falls in, or needs, a year that nobody has decided.
    """
    years = {day.year}
    while True:
        found = calendar_of(years).working_day_after(day, count)
        if found.year in years:
            return found
        years |= set(range(day.year, found.year + 1))


@transaction.atomic
def set_year(*, year: int, days: Sequence[SetDay], document: str, by: str, at: datetime) -> CalendarYear:
    """Put a year's calendar in the place of what was known of it; one ledger entry with every day.

    Raises:
        Refused: ``year_out_of_range``, ``document_needed``, ``days_too_many``, ``day_of_other_year``,
            ``day_twice``, ``day_unnamed``, ``worked_day_in_week``.
    """
    if not EARLIEST <= year <= LATEST:
        raise Refused("year_out_of_range", first=str(EARLIEST), last=str(LATEST))
    if not document.strip():
        raise Refused("document_needed")
    _check_days(year, days)
    kept, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"document": document.strip()[:250], "by": by, "at": at}
    )
    kept.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(year=kept, day=d.day, worked=d.worked, name=d.name.strip()[:200]) for d in days
    )
    rows = [[d.day.isoformat(), "worked" if d.worked else "off", d.name.strip()[:200]] for d in days]
    payload = {"v": 1, "year": year, "document": kept.document, "days": sorted(rows)}
    record(chain="calendar", kind="calendar.set", subject=str(year), payload=payload, by=by, at=at)
    return kept


def _check_days(year: int, days: Sequence[SetDay]) -> None:
    if len(days) > MOST_DAYS:
        raise Refused("days_too_many", limit=MOST_DAYS)
    seen: set[date] = set()
    for one in days:
        if one.day.year != year:
            raise Refused("day_of_other_year", day=one.day, year=str(year))
        if one.day in seen:
            raise Refused("day_twice", day=one.day)
        if not one.name.strip():
            raise Refused("day_unnamed", day=one.day)
        if one.worked and one.day.weekday() < SATURDAY:
            raise Refused("worked_day_in_week", day=one.day)
        seen.add(one.day)
