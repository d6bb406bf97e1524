"""Periods as officials write them: a year, a quarter, a month; read strictly, said in words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

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
