"""Months as briefings count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def last_day(month: date) -> date:
    """The last day of the month that a day is in."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def after(month: date) -> date:
    """The first day of the next month."""
    return last_day(month) + timedelta(days=1)
