"""What pages read of articles; a bounded number of queries, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, When
from django.db.models.functions import TruncMonth

from parindex.apps.news.actions import KIND
from parindex.apps.news.models import Article, Feed, Revision
from parindex.apps.news.permissions import own_articles
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import Rights
from parindex.apps.search.index import matching
from parindex.core.kernel.time import LEGAL_ZONE


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for; empty is everything.

    Attributes:
        unit: an address by codes. tag: a slug. month: its first day. words: of the title or text.
    """

    category: str = ""
    unit: Unit | None = None
    tag: str = ""
    month: date | None = None
    words: str = ""


def public_articles(territory: Unit | None, asked: Asked | None = None) -> QuerySet[Article]:
    """What everybody reads, newest first; of one territory or of all."""
    wanted = asked or Asked()
    found = Article.objects.filter(live__isnull=False)
    if territory is not None:
        found = found.filter(territory=territory)
    if wanted.category:
        found = found.filter(live__category=wanted.category)
    if wanted.unit is not None:
        found = found.filter(unit=wanted.unit)
    if wanted.tag:
        found = found.filter(live_tags__slug=wanted.tag)
    if wanted.month is not None:
        found = found.filter(
            published_at__gte=_start(wanted.month), published_at__lt=_start(_next(wanted.month))
        )
    if wanted.words:
        found = _holding(found, territory, wanted.words)
    return found.select_related("live", "unit__parent__parent", "territory").order_by("-published_at", "-pk")


def _holding(articles: QuerySet[Article], territory: Unit | None, words: str) -> QuerySet[Article]:
    """Those that have every word."""
    places = [territory.pk] if territory else Unit.objects.filter(parent=None).values_list("pk", flat=True)
    keys = matching(words, units=list(places), kind=KIND).values_list("subject", flat=True)
    return articles.filter(pk__in=[int(key) for key in keys])


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LEGAL_ZONE)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def territories() -> list[Unit]:
    """Those that have a section: something was published there. One query."""
    with_news = Article.objects.filter(live__isnull=False).values("territory")
    return list(Unit.objects.filter(parent=None, pk__in=with_news).order_by("-illustrative", "code"))


def newest_articles(territory: str, count: int) -> list[Article]:
    """The newest that everybody reads, of a territory by its code. One query."""
    found = public_articles(None).filter(territory__parent=None, territory__code=territory)
    return list(found[:count])


def find_public(territory: str, number: int) -> Article | None:
    """An article that is or was public, by its address; its `live` is None where it was withdrawn."""
    found = Article.objects.filter(territory__parent=None, territory__code=territory, number=number)
    found = found.filter(published_at__isnull=False, outside="")
    return found.select_related("live", "unit__parent__parent", "territory").first()


@dataclass(frozen=True, slots=True)
class Facets:
    """By what readers can narrow a list: codes with how many articles each has."""

    categories: dict[str, int]
    units: list[tuple[Unit, int]]
    months: list[tuple[date, int]]
    tags: list[tuple[str, str, int]]


def facets(territory: Unit, *, most: int = 24) -> Facets:
    """Of all public articles of a territory. Five queries."""
    shown = Article.objects.filter(territory=territory, live__isnull=False).order_by()
    by_category = dict(shown.values_list("live__category").annotate(Count("pk")))
    by_unit = dict(shown.values_list("unit").annotate(Count("pk")))
    units = Unit.objects.filter(pk__in=by_unit).select_related("parent__parent").order_by("name_vi")
    months = shown.annotate(month=TruncMonth("published_at", tzinfo=LEGAL_ZONE)).values_list("month")
    tags = shown.filter(live_tags__isnull=False).values_list("live_tags__slug")
    named = tags.annotate(name=Max("live_tags__name"), count=Count("pk")).order_by(
        "-count", "live_tags__slug"
    )
    return Facets(
        by_category,
        [(unit, by_unit[unit.pk]) for unit in units],
        [(m.date(), n) for m, n in months.annotate(Count("pk")).order_by("-month")[:most]],
        [(slug, name, count) for slug, name, count in named[:most]],
    )


def neighbours(article: Article, count: int) -> list[Article]:
    """Other public articles of its unit, then of its category, newest first. One query."""
    live = article.live
    near = Q(unit=article.unit_id) | Q(live__category=live.category if live else "")
    found = public_articles(article.territory).filter(near).exclude(pk=article.pk)
    first = Case(When(unit=article.unit_id, then=0), default=1, output_field=IntegerField())
    return list(found.order_by(first, "-published_at", "-pk")[:count])


def desk_articles(rights: Rights) -> QuerySet[Article]:
    """What a person writes or reviews, those on other sites left out; newest work first."""
    found = Article.objects.filter(own_articles(rights), outside="").distinct()
    touched = found.annotate(touched=Max("revisions__at"), newest=Max("revisions__number"))
    return touched.select_related("unit", "territory", "live").order_by("-touched", "-pk")


def newest_revisions(articles: Collection[Article]) -> dict[int, Revision]:
    """The newest revision of each article. One query."""
    last = Revision.objects.filter(article__in=articles).order_by("article_id", "number")
    return {r.article_id: r for r in last.defer("body")}


def find_article(pk: int) -> Article | None:
    """An article by its key, with all that its page asks. One query."""
    found = Article.objects.select_related("live", "unit__parent__parent", "territory")
    return found.filter(pk=pk).first()


def waiting_count(rights: Rights, territories: Collection[int]) -> dict[int, int]:
    """How many articles wait for review in each territory. One query."""
    waiting = Article.objects.filter(territory__in=territories, state=Article.State.REVIEW)
    rows: Any = waiting.values_list("territory").annotate(Count("pk")).order_by()
    return dict(rows)


def outside_articles(territory: Unit, count: int) -> list[Article]:
    """What was registered last of other sites, and is public. One query."""
    return list(public_articles(territory).exclude(outside="").order_by("-at", "-pk")[:count])


def feeds_of(territories: Collection[int]) -> list[Feed]:
    """Every feed of the territories' units, followed ones first. One query."""
    found = Feed.objects.select_related("unit__parent__parent__parent").order_by(
        "-followed", "unit__name_vi", "pk"
    )
    above = (
        Q(unit__in=territories) | Q(unit__parent__in=territories) | Q(unit__parent__parent__in=territories)
    )
    return list(found.filter(above | Q(unit__parent__parent__parent__in=territories)))
