"""A criteria set's dates moved to another year: period, windows, deadlines; not what is written in words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAYS_OFF = ("holidays", "worked_days")


def move_dates(content: dict[str, Any], years: int) -> int:
    """Move every date of a set (as plain data, in place) by whole years; its days off are left as they are.

    A leap day becomes the last of February. Returns how many dates were moved.
    """
    moved = 0
    for key, value in content.items():
        if key not in DAYS_OFF:
            content[key], count = _moved(value, years)
            moved += count
    return moved


def years_of(content: dict[str, Any]) -> set[int]:
    """The years that a set's period touches, and those of its days off where it has no period."""
    period = content.get("period") or {}
    days = [d for k, d in period.items() if k in ("start", "end")] or content.get("holidays") or []
    return {int(day[:4]) for day in days if DAY.fullmatch(day)}


def _moved(value: Any, years: int) -> tuple[Any, int]:
    if isinstance(value, dict):
        return value, move_dates(value, years)
    if isinstance(value, list):
        pairs = [_moved(item, years) for item in value]
        return [item for item, _ in pairs], sum(count for _, count in pairs)
    if isinstance(value, str) and DAY.fullmatch(value):
        later = _later(value, years)
        return later, int(later != value)
    return value, 0


def _later(day: str, years: int) -> str:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    try:
        return found.replace(year=found.year + years).isoformat()
    except ValueError:
        return found.replace(year=found.year + years, day=28).isoformat()
