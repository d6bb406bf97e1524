"""Working days as data: a table of days that is joined, so that every engine counts them alike.

A CSV file with the columns `day` and `kind`: `off` for a holiday, `worked` for a day of rest worked in
exchange. Saturdays and Sundays are days of rest. Where no file is given there are no holidays; nothing is
looked up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.record import day_number


SATURDAY = 5
FIRST, LAST = date(2015, 1, 1), date(2045, 12, 31)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Holidays, and days of rest worked in exchange (Labour Code 2019, art. 112; each year's decision)."""

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def positions(self) -> dict[str, np.ndarray]:
        """Every day from 2015 to 2045 with its position: how many working days there are up to and with it.

        Between two days lie as many working days, the first not counted and the last counted, as their
        positions differ. Columns `day`, `position` and `week` (ISO 8601: Monday to Sunday, 202503).
        """
        first, last = day_number(FIRST), day_number(LAST)
        days = np.arange(first, last + 1, dtype=np.int32)
        working = (days + 3) % 7 < SATURDAY  # 1970-01-01 was a Thursday
        for given, works in ((self.holidays, False), (self.worked, True)):
            inside = [day_number(d) - first for d in given if FIRST <= d <= LAST]
            working[inside] = works
        return {"day": days, "position": np.cumsum(working).astype(np.int32), "week": _weeks(days)}

    def workdays(self) -> dict[str, np.ndarray]:
        """Every working day by its position; the inverse of `positions`."""
        table = self.positions()
        first_of = np.flatnonzero(np.diff(table["position"], prepend=0))
        return {"position": table["position"][first_of], "day": table["day"][first_of]}


def _weeks(days: np.ndarray) -> np.ndarray:
    """The ISO week of each day: that of its Thursday, by the year in which that lies."""
    thursdays = (days - (days + 3) % 7 + 3).astype("datetime64[D]")
    years = thursdays.astype("datetime64[Y]")
    number = (thursdays - years.astype("datetime64[D]")).astype(np.int32) // 7 + 1
    weeks: np.ndarray = ((years.astype(np.int32) + 1970) * 100 + number).astype(np.int32)
    return weeks


def read_working_days(path: Path) -> WorkingDays:
    """The days of a CSV file.

    Raises:
        DossiersRefused: unreadable, a column missing, a day that is none, another kind than `off` and
        `worked`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise refuse(str(path), "not_utf8") from error
    reader = csv.DictReader(io.StringIO(text))
    for column in ("day", "kind"):
        if column not in (reader.fieldnames or ()):
            raise refuse(str(path), "field_missing", line=1, field=column, column=column, near="")
    found: dict[str, set[date]] = {"off": set(), "worked": set()}
    for line, row in enumerate(reader, start=2):
        if row["kind"] not in found:
            raise refuse(str(path), "day_kind_unknown", line=line, word=str(row["kind"]))
        try:
            found[row["kind"]].add(date.fromisoformat(row["day"]))
        except ValueError as error:
            raise refuse(str(path), "day_unreadable", line=line, text=str(row["day"])) from error
    return WorkingDays(frozenset(found["off"]), frozenset(found["worked"]))


def from_days(holidays: Iterable[date], worked: Iterable[date] = ()) -> WorkingDays:
    """The same from dates that are at hand."""
    return WorkingDays(frozenset(holidays), frozenset(worked))
