"""Instants are UTC; legal dates and deadlines are read in Việt Nam's time, which has no daylight saving."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone


LEGAL_ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
MINUTE = timedelta(minutes=1)


def legal_date(at: datetime) -> date:
    """The date an instant falls on in Việt Nam."""
    return at.astimezone(LEGAL_ZONE).date()


def is_within(at: datetime, opens: datetime, closes: datetime) -> bool:
    """Whether an instant lies from `opens` to the end of the minute of `closes`: the stated minute counts."""
    return opens <= at < closes.replace(second=0, microsecond=0) + MINUTE


def has_passed(at: datetime, closes: datetime) -> bool:
    """Whether the stated minute is over."""
    return at >= closes.replace(second=0, microsecond=0) + MINUTE
