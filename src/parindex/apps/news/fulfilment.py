"""Which articles fulfil a communication plan: each counts once, for as many planned ones as can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parindex.apps.news.models import Article, PlannedArticles
from parindex.apps.news.once import NEAR, Telling, repeated
from parindex.core.kernel.time import LEGAL_ZONE, legal_date


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many articles of a category (empty: any) within some days, both inclusive."""

    start: date
    end: date
    category: str
    count: int

    def takes(self, article: tuple[date, str]) -> bool:
        """Whether an article, by day and category, may count for it."""
        day, category = article
        return self.start <= day <= self.end and self.category in ("", category)


def matched(wanted: Sequence[Wanted], articles: Sequence[tuple[date, str]]) -> list[int | None]:
    """For each article the line that it counts for; None: it is beyond the plan.

    A largest matching, found by augmenting paths: an article is moved to another line where that makes room
    for one that fits nowhere else. Lines that end first are filled first; the same input, the same answer.
    """
    places = _Places(wanted, articles)
    for article in range(len(articles)):
        places.take(article, set())
    found: list[int | None] = [None] * len(articles)
    for k, taken in enumerate(places.held):
        for article in taken:
            found[article] = k
    return found


class _Places:
    """Lines with the articles that they hold so far."""

    def __init__(self, wanted: Sequence[Wanted], articles: Sequence[tuple[date, str]]) -> None:
        self.wanted, self.articles = wanted, articles
        self.order = sorted(range(len(wanted)), key=lambda k: (wanted[k].end, wanted[k].start, k))
        self.held: list[list[int]] = [[] for _ in wanted]

    def take(self, article: int, seen: set[int]) -> bool:
        """Find a line for an article, moving others where need be; lines in `seen` were tried already."""
        for k in self.order:
            if k not in seen and self.wanted[k].takes(self.articles[article]):
                seen.add(k)
                if self._has_room(k, seen):
                    self.held[k].append(article)
                    return True
        return False

    def _has_room(self, k: int, seen: set[int]) -> bool:
        if len(self.held[k]) < self.wanted[k].count:
            return True
        moved = next((other for other in self.held[k] if self.take(other, seen)), None)
        if moved is None:
            return False
        self.held[k].remove(moved)
        return True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan with the articles that fulfil it, and where it stands on a day."""

    planned: PlannedArticles
    articles: Sequence[Article]
    state: str

    @property
    def done(self) -> int:
        """How many of the planned articles there are."""
        return len(self.articles)

    @property
    def missing(self) -> int:
        """How many there are not yet."""
        return 0 if self.planned.dropped else self.planned.count - self.done


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A unit's plan of a year: its lines, how many articles of the year are beyond it, and how many on other
    sites say again what was counted."""

    lines: Sequence[Line]
    beyond: int = 0
    again: int = 0

    @property
    def planned(self) -> int:
        """Articles of the whole year's plan."""
        return sum(line.planned.count for line in self.lines if not line.planned.dropped)

    @property
    def done(self) -> int:
        """Those of them that there are."""
        return sum(line.done for line in self.lines)

    @property
    def short(self) -> int:
        """Those missing whose last day is past."""
        return sum(line.missing for line in self.lines if line.state == "short")


def fulfilments(units: Collection[int], year: int, day: date) -> dict[int, Fulfilment]:
    """The plans of some units in a year as they stand on a day, by unit; none for units without. Two queries.

    An article counts on the day on which it was first published, while it is public; those on other sites
    too, as of the category in which they are registered, unless they say again what was told already.
    """
    lines: dict[int, list[PlannedArticles]] = {}
    kept = PlannedArticles.objects.filter(unit__in=units, year=year).select_related(
        "territory", "unit__parent__parent__parent"
    )
    for one in kept.order_by("unit_id", "start", "end", "pk"):
        lines.setdefault(one.unit_id, []).append(one)
    near = _public(lines, year, day)
    repeats = repeated([_telling(article) for article in near])
    articles: dict[int, list[Article]] = {}
    for article in near:
        if date(year, 1, 1) <= _day(article) <= min(date(year, 12, 31), day):
            articles.setdefault(article.unit_id, []).append(article)
    return {
        unit: _fulfilment(found, articles.get(unit, []), repeats=repeats, day=day)
        for unit, found in lines.items()
    }


def _public(units: Collection[int], year: int, day: date) -> list[Article]:
    """Public articles of some units in a year up to a day and just beside it, in the order in which they
    came."""
    start = date(year, 1, 1) - NEAR
    first = datetime(start.year, start.month, start.day, tzinfo=LEGAL_ZONE)
    last = min(date(year, 12, 31), day) + NEAR + timedelta(days=1)
    found = Article.objects.filter(
        unit__in=list(units),
        live__isnull=False,
        published_at__gte=first,
        published_at__lt=datetime(last.year, last.month, last.day, tzinfo=LEGAL_ZONE),
    )
    return list(found.select_related("live", "territory").order_by("published_at", "pk"))


def _day(article: Article) -> date:
    return legal_date(article.published_at) if article.published_at else date.min


def _telling(article: Article) -> Telling:
    title = article.live.title if article.live else ""
    return Telling(article.pk, article.unit_id, title, _day(article), bool(article.outside))


def _fulfilment(
    lines: Sequence[PlannedArticles], public: Sequence[Article], *, repeats: Collection[int], day: date
) -> Fulfilment:
    articles = [article for article in public if article.pk not in repeats]
    standing = [line for line in lines if not line.dropped]
    wanted = [Wanted(line.start, line.end, line.category, line.count) for line in standing]
    told = [_told(article) for article in articles]
    taken: Mapping[int, list[Article]] = {line.pk: [] for line in lines}
    beyond = 0
    for article, k in zip(articles, matched(wanted, told), strict=True):
        if k is None:
            beyond += 1
        else:
            taken[standing[k].pk].append(article)
    return Fulfilment(
        [Line(line, taken[line.pk], _state(line, taken[line.pk], day)) for line in lines],
        beyond,
        len(public) - len(articles),
    )


def _told(article: Article) -> tuple[date, str]:
    return _day(article), article.live.category if article.live else ""


def _state(line: PlannedArticles, articles: Sequence[Article], day: date) -> str:
    """A code of the family ``planned_articles``."""
    if line.dropped:
        return "dropped"
    if len(articles) == line.count:
        return "done"
    if day > line.end:
        return "short"
    return "open" if day >= line.start else "ahead"
