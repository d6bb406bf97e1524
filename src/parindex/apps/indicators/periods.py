"""Periods as officials write them: a year, a quarter, a month; read strictly, said in words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import day


_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(?:T|tháng )?(\d{1,2})/(\d{4})|(\d{4})-(\d{2})", re.I)
_QUARTER = re.compile(r"(?:Q|quý )(\d)/(\d{4})|(\d{4})-Q(\d)", re.I)


def read_period(text: str) -> tuple[date, date]:
    """``2025``, ``03/2025`` or ``2025-03``, ``Q1/2025`` or ``2025-Q1``, as first and last day.

    Raises:
        Refused: ``period_unreadable``.
    """
    typed = text.strip()
    try:
        if found := _YEAR.fullmatch(typed):
            return months(int(found[1]), 1, 12)
        if found := _QUARTER.fullmatch(typed):
            quarter, year = int(found[1] or found[4]), int(found[2] or found[3])
            return months(year, 3 * quarter - 2, 3 * quarter)
        if found := _MONTH.fullmatch(typed):
            month, year = int(found[1] or found[4]), int(found[2] or found[3])
            return months(year, month, month)
    except ValueError:
        pass
    raise Refused("period_unreadable", text=typed[:40])


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last of another. Raises ValueError where there is none."""
    if not 1 <= first <= last <= 12 or not 1900 <= year <= 2199:
        raise ValueError(year)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def is_month(start: date, end: date) -> bool:
    """Whether a period is a month of the calendar."""
    return (start, end) == months(start.year, start.month, start.month)


def month_before(day: date) -> tuple[date, date]:
    """The month that ended last before a day."""
    last = day.replace(day=1) - timedelta(days=1)
    return months(last.year, last.month, last.month)


def month_after(day: date) -> tuple[date, date]:
    """The month that follows the one of a day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return months(year, month, month)


def recent_periods(today: date) -> list[tuple[date, date]]:
    """The month, the quarter and the year of a day, and those before: 13 months, 5 quarters, 3 years; of each
    the newest first."""
    count = today.year * 12 + today.month - 1
    found = [((n // 12), n % 12 + 1) for n in range(count, count - 13, -1)]
    quarters = sorted({(y, (m + 2) // 3) for y, m in found}, reverse=True)
    years = range(today.year, today.year - 3, -1)
    return [
        *(months(y, m, m) for y, m in found),
        *(months(y, 3 * q - 2, 3 * q) for y, q in quarters),
        *(months(y, 1, 12) for y in years),
    ]


def typed_period(period: tuple[date, date]) -> str:
    """A period as it is typed: 2025, Q1/2025, 03/2025."""
    start, end = period
    length = end.month - start.month + 1
    if length == 12:
        return str(start.year)
    return f"Q{end.month // 3}/{start.year}" if length == 3 else f"{start.month:02}/{start.year}"


def said_period(start: date, end: date) -> Text:
    """A period in words: the year, the quarter, the month, or both its days."""
    if start.year == end.year and (start, end) == months(start.year, start.month, end.month):
        length = end.month - start.month + 1
        if length == 12:
            return Text(f"năm {start.year}", f"{start.year}")
        if length == 1:
            return Text(f"tháng {start.month}/{start.year}", f"{start:%m/%Y}")
        if length == 3 and start.month % 3 == 1:
            quarter = (start.month + 2) // 3
            return Text(f"quý {quarter}/{start.year}", f"Q{quarter} {start.year}")
    return Text(f"{day(start, 'vi')} – {day(end, 'vi')}", f"{day(start, 'en')} – {day(end, 'en')}")
