"""Dates as officials type them: day before month, always."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parindex.core.kernel.problems import Refused


EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_TYPED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SERIAL = re.compile(r"[1-9]\d{4}")
_SERIAL_ZERO = date(1899, 12, 30)


def read_day(text: str) -> date:
    """``01/07/2025`` (day first), ``1.7.2025`` or ``2025-07-01``.

    Raises:
        Refused: ``day_unreadable`` (`text`); ``day_serial`` (`text`, `day`) for a spreadsheet's bare number
            of a day, which says nothing of itself: the date it would be is named, and not taken.
    """
    typed = text.strip()
    found = _TYPED.fullmatch(typed)
    iso = None if found else _ISO.fullmatch(typed)
    parts = (found[3], found[2], found[1]) if found else iso.groups() if iso else None
    if parts is not None:
        try:
            made = date(*(int(p) for p in parts))
        except ValueError:
            raise Refused("day_unreadable", text=typed[:40]) from None
        if EARLIEST <= made <= LATEST:
            return made
    if _SERIAL.fullmatch(typed):
        raise Refused("day_serial", text=typed, day=_SERIAL_ZERO + timedelta(days=int(typed)))
    raise Refused("day_unreadable", text=typed[:40])
