"""Communication as measured values: articles of a unit, months and topics covered, readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from parindex.apps.indicators.periods import months
from parindex.apps.indicators.years_work import in_every_territory, record_counted
from parindex.apps.news.categories import AREAS
from parindex.apps.news.fulfilment import fulfilments
from parindex.apps.news.models import Article, ReadCount
from parindex.apps.news.once import NEAR, Telling, repeated
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.data.indicators import NEWS_COUNT


ARTICLES, MONTHS, TOPICS, READS = "tin-bai-cchc", "thang-co-tin-bai", "chu-de-tin-bai", "luot-doc-tin-bai"
PLANNED = "ke-hoach-truyen-thong"
COMMUNICATION = frozenset({ARTICLES, MONTHS, TOPICS, READS, PLANNED})
"""The indicators that articles make, by code."""
Period = tuple[date, date]


@dataclass
class Tally:
    """What a unit published in a period."""

    articles: int = 0
    months: set[tuple[int, int]] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    reads: int = 0

    def values(self) -> dict[str, int]:
        """By indicator."""
        return {
            ARTICLES: self.articles,
            MONTHS: len(self.months),
            TOPICS: len(self.topics),
            READS: self.reads,
        }


def tallies(territory: Unit, period: Period) -> dict[int, Tally]:
    """By unit, for those that published anything in the period or were read in it. Two queries.

    An article counts in the period in which it was first published, while it is public; one that was
    withdrawn counts no more, and its unit is told of all the same. One on another site counts as an article
    and a month, once where it says again what was told, and has no readings here.
    """
    first, last = period
    of_place = Article.objects.filter(territory=territory)
    near = of_place.filter(
        published_at__gte=_start(first - NEAR), published_at__lt=_start(last + NEAR + timedelta(days=1))
    )
    fields = ("pk", "unit", "live__category", "live__title", "published_at", "outside")
    rows = [
        (Telling(pk, unit, title or "", legal_date(at), bool(outside)), category)
        for pk, unit, category, title, at, outside in near.values_list(*fields)
    ]
    again = repeated([telling for telling, category in rows if category is not None])
    found: dict[int, Tally] = {}
    for telling, category in rows:
        day = telling.day
        if not first <= day <= last:
            continue
        tally = found.setdefault(telling.unit, Tally())
        if category is None or telling.key in again:
            continue
        tally.articles += 1
        tally.months.add((day.year, day.month))
        tally.topics |= {category} & set(AREAS)
    reads = ReadCount.objects.filter(
        article__territory=territory, article__live__isnull=False, day__gte=first, day__lte=last
    )
    for unit, count in reads.values_list("article__unit", "count"):
        found.setdefault(unit, Tally()).reads += count
    return found


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LEGAL_ZONE)


def usual_periods(day: date) -> list[Period]:
    """The year of a day, its month, and the month before with its year."""
    before = day.replace(day=1) - timedelta(days=1)
    wanted = [
        months(day.year, 1, 12),
        months(day.year, day.month, day.month),
        months(before.year, before.month, before.month),
        months(before.year, 1, 12),
    ]
    return list(dict.fromkeys(wanted))


def record_communication(
    *, territory: Unit, periods: Iterable[Period] | None = None, by: str, at: datetime
) -> int:
    """Record what is new as values of the source `NEWS_COUNT`; how many. The same again records nothing."""
    today, tree = legal_date(at), tree_of(territory)
    known = {unit.pk: unit for unit in tree.walk()}
    rows: list[RegisterRow] = []
    for start, end in usual_periods(today) if periods is None else periods:
        for pk, tally in sorted(tallies(territory, (start, end)).items()):
            if pk != territory.pk:
                told = {
                    "unit": tree.address(known[pk]),
                    "from": start.isoformat(),
                    "to": end.isoformat(),
                    "as_of": min(end, today).isoformat(),
                    "source": NEWS_COUNT,
                }
                rows += _rows(told, tally, first=len(rows) + 1)
        if (start, end) == months(start.year, 1, 12):
            rows += _planned_rows(tree, known, today=today, year=start.year, first=len(rows) + 1)
    return record_counted(tree, rows, origin="news", by=by, at=at)


def _rows(told: Mapping[str, str], tally: Tally, *, first: int) -> list[RegisterRow]:
    """A row an indicator, from what they share."""
    return [
        RegisterRow(first + k, {**told, "indicator": indicator, "value": str(value)}, {})
        for k, (indicator, value) in enumerate(tally.values().items())
    ]


def _planned_rows(
    tree: Tree, known: Mapping[int, Unit], *, today: date, year: int, first: int
) -> list[RegisterRow]:
    """How far each unit's communication plan of a year is fulfilled. Two queries."""
    found = {pk: f for pk, f in sorted(fulfilments(known, year, today).items()) if f.planned}
    return [
        RegisterRow(
            first + k,
            {
                "unit": tree.address(known[pk]),
                "from": date(year, 1, 1).isoformat(),
                "to": date(year, 12, 31).isoformat(),
                "as_of": min(date(year, 12, 31), today).isoformat(),
                "source": NEWS_COUNT,
                "indicator": PLANNED,
                "numerator": str(one.done),
                "denominator": str(one.planned),
            },
            {},
        )
        for k, (pk, one) in enumerate(found.items())
        if pk != tree.root.pk
    ]


def record_all_communication(at: datetime, *, by: str) -> int:
    """For every territory; how many values.

    Raises:
        ExceptionGroup: what went wrong, after all were counted.
    """
    return in_every_territory(record_communication, what="counting news", by=by, at=at)
