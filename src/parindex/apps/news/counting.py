"""Communication as measured values: articles of a unit, months and topics covered, readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from parindex.apps.indicators.actions import ValuesRefused, record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.periods import months
from parindex.apps.indicators.planning import plan_values
from parindex.apps.news.categories import AREAS
from parindex.apps.news.models import Article, ReadCount
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.formats.registers import Outcome, RegisterRow
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.data.indicators import NEWS_COUNT


ARTICLES, MONTHS, TOPICS, READS = "tin-bai-cchc", "thang-co-tin-bai", "chu-de-tin-bai", "luot-doc-tin-bai"
COMMUNICATION = frozenset({ARTICLES, MONTHS, TOPICS, READS})
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
    and a month, and has no readings here.
    """
    first, last = period
    of_place = Article.objects.filter(territory=territory)
    within = of_place.filter(
        published_at__gte=_start(first), published_at__lt=_start(last + timedelta(days=1))
    )
    found: dict[int, Tally] = {}
    for unit, category, at in within.values_list("unit", "live__category", "published_at"):
        tally = found.setdefault(unit, Tally())
        if category is None or at is None:
            continue
        day = legal_date(at)
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
    if not rows:
        return 0
    define_common(at, by=by)
    new = _new_rows(tree, rows, at=at)
    if new:
        record_values(territory=territory, rows=new, origin="news", by=by, at=at)
    return len(new)


def _rows(told: Mapping[str, str], tally: Tally, *, first: int) -> list[RegisterRow]:
    """A row an indicator, from what they share."""
    return [
        RegisterRow(first + k, {**told, "indicator": indicator, "value": str(value)}, {})
        for k, (indicator, value) in enumerate(tally.values().items())
    ]


def _new_rows(tree: Tree, rows: Sequence[RegisterRow], *, at: datetime) -> list[RegisterRow]:
    """Those that say something else than what stands. Raises ValuesRefused."""
    planned = plan_values(tree, rows, at=at).rows
    if any(p.outcome is Outcome.REFUSED for p in planned):
        raise ValuesRefused(planned)
    return [
        row
        for row, plan in zip(rows, planned, strict=True)
        if plan.outcome is Outcome.ADDED or any(key != "as_of" for key, _, _ in plan.changes)
    ]


def record_all_communication(at: datetime, *, by: str) -> int:
    """For every territory; how many values.

    Raises:
        ExceptionGroup: what went wrong, after all were counted.
    """
    recorded, wrong = 0, []
    for territory in Unit.objects.filter(parent=None).order_by("code"):
        try:
            recorded += record_communication(territory=territory, by=by, at=at)
        except Exception as error:  # noqa: BLE001  told below, with those of the other territories
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("counting news", wrong)
    return recorded
