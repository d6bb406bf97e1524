"""Periods of the reports on administrative reform, as the ministry sets them.

Source: official letter 581/BNV-CCHC of the Ministry of Home Affairs, as republished by a provincial
department: what each period covers, and that reports are sent by the 20th of its last month. The third
quarter begins on 15 June, as printed there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A period that comes back every year; days as (month, day), the first one maybe of the year before."""

    code: str
    name: Text
    first: tuple[int, int]
    last: tuple[int, int]
    due: int
    from_year_before: bool = True

    def in_year(self, year: int) -> ReportPeriod:
        """Of one year. Raises ValueError for a year that no calendar has."""
        begun = year - 1 if self.from_year_before else year
        month = self.last[0]
        return ReportPeriod(
            self, year, date(begun, *self.first), date(year, *self.last), date(year, month, self.due)
        )


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A period of one year: its first and last day, and the day by which its report is sent."""

    kind: Kind
    year: int
    first: date
    last: date
    due: date

    @property
    def code(self) -> str:
        """Its name in addresses: ``2026-quy-1``."""
        return f"{self.year}-{self.kind.code}"

    @property
    def name(self) -> Text:
        """``quý I năm 2026``."""
        return Text(
            f"{self.kind.name.vi} năm {self.year}".removeprefix("năm "), f"{self.kind.name.en} {self.year}"
        )

    @property
    def before(self) -> ReportPeriod:
        """The same a year earlier."""
        return self.kind.in_year(self.year - 1)


KINDS: Sequence[Kind] = (
    Kind("quy-1", Text("quý I", "first quarter of"), (12, 15), (3, 14), 20),
    Kind("6-thang", Text("6 tháng đầu", "first half of"), (12, 15), (6, 14), 20),
    Kind("quy-3", Text("quý III", "third quarter of"), (6, 15), (9, 14), 20, from_year_before=False),
    Kind("nam", Text("năm", "year"), (12, 15), (12, 14), 20),
)
