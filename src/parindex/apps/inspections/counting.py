"""Inspections as measured values: units inspected, what was found, what was put right in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q

from parindex.apps.indicators.periods import months
from parindex.apps.indicators.years_work import record_counted
from parindex.apps.inspections.models import Finding, Recommendation, Visit
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of, units_below
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.data.indicators import INSPECTION_COUNT


UNITS, FINDINGS, IN_TIME = "don-vi-duoc-kiem-tra", "ton-tai-kiem-tra", "kien-nghi-khac-phuc-dung-han"
INSPECTED = frozenset({UNITS, FINDINGS, IN_TIME})
"""The indicators that inspections make, by code."""
TOLD = (Visit.State.CONCLUDED, Visit.State.CLOSED)


@dataclass
class Tally:
    """What was inspected in a year, by unit.

    Attributes:
        inspected: units that were, wherever they stand. findings: of each.
        due, in_time: recommendations that can be judged by now, and those of them remedied by their day.
    """

    inspected: set[int] = field(default_factory=set)
    findings: Counter[int] = field(default_factory=Counter)
    due: Counter[int] = field(default_factory=Counter)
    in_time: Counter[int] = field(default_factory=Counter)


def tally_of(territory: Unit, year: int, today: date) -> Tally:
    """Inspections of a territory in a year. Four queries.

    A visit counts in the year in which it was concluded, a recommendation in that of its deadline, once that
    is over or what was done is accepted.
    """
    first, after = (datetime(y, 1, 1, tzinfo=LEGAL_ZONE) for y in (year, year + 1))
    visits = Visit.objects.filter(
        plan__territory=territory, state__in=TOLD, concluded_at__gte=first, concluded_at__lt=after
    )
    found = Finding.objects.filter(visit__in=visits, withdrawn_because="")
    judged = Recommendation.objects.filter(
        Q(state=Recommendation.State.VERIFIED) | Q(due__lt=today),
        finding__visit__plan__territory=territory,
        finding__visit__state__in=TOLD,
        due__year=year,
    ).exclude(state=Recommendation.State.WITHDRAWN)
    kept = judged.filter(state=Recommendation.State.VERIFIED, answered_on__lte=F("due"))
    return Tally(
        set(visits.values_list("unit", flat=True)),
        Counter(found.values_list("visit__unit", flat=True)),
        Counter(judged.values_list("finding__visit__unit", flat=True)),
        Counter(kept.values_list("finding__visit__unit", flat=True)),
    )


def record_inspections(*, territory: Unit, by: str, at: datetime) -> int:
    """Record what is new of this year and the last as values of the source `INSPECTION_COUNT`; how many. The
    same again records nothing; a year without any inspection has no values rather than zeros."""
    today, tree = legal_date(at), tree_of(territory)
    known = {unit.pk: tree.address(unit) for unit in tree.walk()}
    below = {unit.pk for unit in units_below(territory, today)}
    rows: list[RegisterRow] = []
    for year in (today.year - 1, today.year):
        tally = tally_of(territory, year, today)
        if not tally.inspected and not tally.due:
            continue
        start, end = months(year, 1, 12)
        told = {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "as_of": min(end, today).isoformat(),
            "source": INSPECTION_COUNT,
        }
        said = [*_of_territory(tally, territory.pk, below), *_of_units(tally)]
        for unit, indicator, value in said:
            if unit in known:
                cells = {**told, "unit": known[unit], "indicator": indicator, **value}
                rows.append(RegisterRow(len(rows) + 1, cells, {}))
    return record_counted(tree, rows, origin="inspections", by=by, at=at)


Said = tuple[int, str, Mapping[str, str]]


def _of_territory(tally: Tally, territory: int, below: set[int]) -> Iterator[Said]:
    """Its own values: the share of units, and the sums."""
    if below:
        yield territory, UNITS, _share(len(tally.inspected & below), len(below))
    yield territory, FINDINGS, {"value": str(tally.findings.total())}
    if tally.due:
        yield territory, IN_TIME, _share(tally.in_time.total(), tally.due.total())


def _of_units(tally: Tally) -> Iterator[Said]:
    for unit in sorted(tally.inspected):
        yield unit, FINDINGS, {"value": str(tally.findings[unit])}
    for unit in sorted(tally.due):
        yield unit, IN_TIME, _share(tally.in_time[unit], tally.due[unit])


def _share(part: int, whole: int) -> Mapping[str, str]:
    return {"numerator": str(part), "denominator": str(whole)}


def record_all_inspections(at: datetime, *, by: str) -> int:
    """For whoever has a plan of inspection; how many values.

    Raises:
        ExceptionGroup: what went wrong, after all were counted.
    """
    recorded, wrong = 0, []
    for territory in Unit.objects.filter(inspection_plans__isnull=False).distinct().order_by("pk"):
        try:
            recorded += record_inspections(territory=territory, by=by, at=at)
        except Exception as error:  # noqa: BLE001  told below, with those of the other territories
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("counting inspections", wrong)
    return recorded
