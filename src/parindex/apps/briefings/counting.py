"""Emulation as measured values: initiatives that somebody recognised, by unit and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from parindex.apps.briefings.models import Initiative
from parindex.apps.indicators.periods import months
from parindex.apps.indicators.years_work import in_every_territory, record_counted
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.core.formats.folded import folded
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.time import legal_date
from parindex.data.indicators import EMULATION_COUNT


RECOGNISED = "sang-kien-duoc-cong-nhan"
"""The indicator that initiatives make, by code."""


def recognised_in(year: int, units: Collection[int]) -> Counter[int]:
    """How many initiatives of some units were recognised in a year, by the date of the decision. One query.

    A unit that handed one in to a movement of the year, none of which is recognised, has zero. One that was
    handed in to two movements, by its title and the decision, is one.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = Initiative.objects.filter(
        Q(recognised_on__year=year) | Q(campaign__start__lte=last, campaign__end__gte=first), unit__in=units
    )
    counted: Counter[int] = Counter()
    seen: set[tuple[int, str, str]] = set()
    for unit, title, decision, on in found.values_list("unit", "title", "decision", "recognised_on"):
        counted[unit] += 0
        key = (unit, folded(title), folded(decision))
        if on is not None and on.year == year and key not in seen:
            seen.add(key)
            counted[unit] += 1
    return counted


def record_initiatives(*, territory: Unit, by: str, at: datetime) -> int:
    """Record what is new of this year and the last as values of the source `EMULATION_COUNT`; how many. The
    same again records nothing; a year without any initiative has no values rather than zeros."""
    today, tree = legal_date(at), tree_of(territory)
    known = {unit.pk: tree.address(unit) for unit in tree.walk()}
    rows: list[RegisterRow] = []
    for year in (today.year - 1, today.year):
        counted = dict(sorted(recognised_in(year, known).items()))
        if not counted:
            continue
        start, end = months(year, 1, 12)
        for unit, count in {**counted, territory.pk: sum(counted.values())}.items():
            cells = {
                "unit": known[unit],
                "from": start.isoformat(),
                "to": end.isoformat(),
                "as_of": min(end, today).isoformat(),
                "source": EMULATION_COUNT,
                "indicator": RECOGNISED,
                "value": str(count),
            }
            rows.append(RegisterRow(len(rows) + 1, cells, {}))
    return record_counted(tree, rows, origin="emulation", by=by, at=at)


def record_all_initiatives(at: datetime, *, by: str) -> int:
    """For every territory; how many values.

    Raises:
        ExceptionGroup: what went wrong, after all were counted.
    """
    return in_every_territory(record_initiatives, what="counting initiatives", by=by, at=at)
