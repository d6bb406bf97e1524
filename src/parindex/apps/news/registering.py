"""Articles of units' own sites, registered by their feeds or by hand: title, date and address; the text stays
there."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.news.actions import lock, new_article, newest_of, show
from parindex.apps.news.feeds import Item, Skipped, read_feed
from parindex.apps.news.fetching import fetch
from parindex.apps.news.models import Article, Feed, Revision
from parindex.apps.news.rules import check_text, plain_url
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import check_living
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused


CATEGORY = "tin-khac"
LONGEST_TURN = 240.0
DAILY = timedelta(hours=20)
log = logging.getLogger("parindex.news")


@dataclass(frozen=True, slots=True)
class Registered:
    """What a feed brought: articles that are new, how many were known, entries that were not taken."""

    new: Sequence[Article] = ()
    known: int = 0
    skipped: Sequence[Skipped] = field(default_factory=tuple)


@transaction.atomic
def register_feed(*, unit: Unit, content: bytes, origin: str, by: str, at: datetime) -> Registered:
    """Register the articles of a feed as a unit's; what is registered already stays as it is.

    Args:
        origin: the file's name or the address it was fetched from.

    Raises:
        Refused: as `parindex.apps.news.feeds.read_feed`; ``unit_ended``.
    """
    check_living(unit)
    read = read_feed(content, at=at)
    territory = Unit.objects.select_for_update().get(pk=way_up(unit)[-1].pk)
    wanted = {item.url: item for item in reversed(read.items)}
    standing = set(
        Article.objects.filter(territory=territory).exclude(outside="").values_list("outside", flat=True)
    )
    fresh = sorted((i for u, i in wanted.items() if u not in standing), key=lambda i: (i.at, i.url))
    made = [_register(unit, item, by=by, at=at) for item in fresh]
    if made:
        payload = {
            "v": 1,
            "origin": origin[:250],
            "rows": [[a.number, a.outside, item.at.isoformat()] for a, item in zip(made, fresh, strict=True)],
        }
        chain = f"news:{territory.code}"
        record(chain=chain, kind="articles.registered", subject=unit.code, payload=payload, by=by, at=at)
    return Registered(made, len(wanted) - len(fresh), read.skipped)


@transaction.atomic
def register_article(*, unit: Unit, item: Item, category: str, by: str, at: datetime) -> Article:
    """Register one article of another site by hand, as a unit's.

    Raises:
        Refused: ``unit_ended``, ``news_url_unusable``, ``news_title_missing``, ``text_too_long``,
            ``news_category_unknown``, ``item_ahead``, ``news_outside_known``.
    """
    check_living(unit)
    told = replace(item, url=plain_url(item.url), title=one_line(item.title), summary=one_line(item.summary))
    check_text(title=told.title, summary=told.summary, body="", byline="", category=category)
    if told.at > at:
        raise Refused("item_ahead")
    territory = Unit.objects.select_for_update().get(pk=way_up(unit)[-1].pk)
    standing = Article.objects.filter(territory=territory, outside=told.url).select_related("unit").first()
    if standing is not None:
        raise Refused("news_outside_known", unit=standing.unit.name_vi)
    made = _register(unit, told, category=category, by=by, at=at)
    rows = [[made.number, made.outside, told.at.isoformat()]]
    payload = {"v": 1, "origin": "", "category": category, "rows": rows}
    chain = f"news:{territory.code}"
    record(chain=chain, kind="articles.registered", subject=unit.code, payload=payload, by=by, at=at)
    return made


@transaction.atomic
def sort_article(*, article: Article, category: str, by: str, at: datetime) -> Article:
    """Say of which category an article of another site is; the same again changes nothing.

    Raises:
        Refused: ``news_category_unknown``, ``news_not_outside``: it is one of ours, or no longer public.
    """
    locked = lock(article)
    if not locked.outside or locked.live is None or locked.published_at is None:
        raise Refused("news_not_outside")
    live, last = locked.live, newest_of(locked)
    check_text(title=live.title, summary=live.summary, body="", byline="", category=category)
    if live.category == category:
        return locked
    revision = Revision.objects.create(
        article=locked,
        number=(last.number if last else 0) + 1,
        title=live.title,
        summary=live.summary,
        category=category,
        by=by,
        at=at,
    )
    show(locked, revision, published_at=locked.published_at)
    locked.save()
    payload = {"v": 1, "number": locked.number, "category": category}
    chain = f"news:{locked.territory.code}"
    record(chain=chain, kind="article.sorted", subject=locked.unit.code, payload=payload, by=by, at=at)
    return locked


def _register(unit: Unit, item: Item, *, category: str = CATEGORY, by: str, at: datetime) -> Article:
    article = new_article(unit, item.title, outside=item.url, by=by, at=at)
    revision = Revision.objects.create(
        article=article, number=1, title=item.title, summary=item.summary, category=category, by=by, at=at
    )
    show(article, revision, published_at=item.at)
    article.state = Article.State.PUBLISHED
    article.save()
    return article


@transaction.atomic
def follow_feed(*, unit: Unit, url: str, by: str, at: datetime) -> Feed:
    """Follow a feed of a unit from now on; nothing is fetched here. Raises Refused ``news_url_unusable``,
    ``unit_ended``."""
    check_living(unit)
    address = plain_url(url)
    feed, made = Feed.objects.get_or_create(unit=unit, url=address, defaults={"by": by, "at": at})
    if made or not feed.followed:
        _follow(feed, followed=True, by=by, at=at)
    return feed


@transaction.atomic
def leave_feed(*, feed: Feed, by: str, at: datetime) -> Feed:
    """Follow a feed no longer; what it brought stays."""
    locked = Feed.objects.select_for_update(of=("self",)).select_related("unit").get(pk=feed.pk)
    if locked.followed:
        _follow(locked, followed=False, by=by, at=at)
    return locked


def _follow(feed: Feed, *, followed: bool, by: str, at: datetime) -> None:
    feed.followed = followed
    feed.save()
    payload = {"v": 1, "url": feed.url, "followed": followed}
    chain = f"news:{way_up(feed.unit)[-1].code}"
    record(chain=chain, kind="feed.followed", subject=feed.unit.code, payload=payload, by=by, at=at)


def fetch_feed(*, feed: Feed, by: str, at: datetime, get: Callable[[str], bytes] = fetch) -> Registered:
    """Fetch one feed and register what is new; why not is kept with the feed.

    Raises:
        Refused: as `fetch` and `register_feed`.
    """
    try:
        found = register_feed(unit=feed.unit, content=get(feed.url), origin=feed.url, by=by, at=at)
    except Refused as refusal:
        told = {key: str(value) for key, value in refusal.data.items()}
        Feed.objects.filter(pk=feed.pk).update(fetched_at=at, fault=refusal.code, fault_data=told)
        raise
    Feed.objects.filter(pk=feed.pk).update(fetched_at=at, fault="", fault_data={})
    return found


def fetch_due(at: datetime, *, by: str, get: Callable[[str], bytes] = fetch) -> int:
    """Fetch every feed that was not fetched today, the one that waited longest first, as long as the turn
    lasts. Returns how many articles are new; a feed that fails says so and stops no other."""
    started, count = time.monotonic(), 0
    feeds = Feed.objects.filter(followed=True, unit__valid_to=None).select_related("unit")
    for feed in sorted(feeds, key=lambda f: (f.fetched_at is not None, f.fetched_at or at)):
        fetched_today = feed.fetched_at is not None and feed.fetched_at > at - DAILY
        if fetched_today or time.monotonic() - started > LONGEST_TURN:
            continue
        try:
            count += len(fetch_feed(feed=feed, by=by, at=at, get=get).new)
        except Refused as refusal:
            log.warning("feed %s: %s", feed.url, refusal.code)
    return count
