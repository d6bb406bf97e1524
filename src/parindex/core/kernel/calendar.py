"""Calendar and working days. Holidays are data of the framework, never looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """A framework's holidays (Labour Code 2019, art. 112; each year's decision), days off beside weekends.

    `worked` are weekend days worked in exchange for a day off (hoán đổi ngày làm việc).
    """

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def working_days(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days(end, start)
        weeks, rest = divmod((end - start).days, 7)
        weekdays = 5 * weeks + sum(
            (start + timedelta(days=k)).weekday() < SATURDAY for k in range(1, rest + 1)
        )
        off = sum(start < d <= end and d.weekday() < SATURDAY for d in self.holidays - self.worked)
        return weekdays - off + sum(start < d <= end and d.weekday() >= SATURDAY for d in self.worked)

    def working_day_after(self, day: date, count: int) -> date:
        """The working day `count` working days after a day; for 0 the day itself, or the next one."""
        here, left = day, count
        while left > 0 or not self.is_working(here):
            here += timedelta(days=1)
            left -= self.is_working(here)
        return here

    def days(self, start: date, end: date, *, working: bool) -> int:
        """Days from `start` to `end`, calendar or working."""
        return self.working_days(start, end) if working else (end - start).days
