"""The section as RSS 2.0 and Atom: whole, of a category, of a unit."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext

from parindex.apps.news import queries
from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.models import Article
from parindex.apps.organisations.models import Unit
from parindex.web.news.reading import asked_of, feed_query, feed_url
from parindex.web.parts.articles import article_url
from parindex.web.parts.templatetags.parts import said


KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
MOST = 30


def feed(request: HttpRequest, *, territory: str, kind: str) -> HttpResponse:
    """The newest articles of a territory's section. Raises Http404."""
    place = next((p for p in queries.territories() if p.code == territory), None)
    if place is None or kind not in KINDS:
        raise Http404(f"{territory} {kind}")
    asked = asked_of(request, place)
    names = [said(place.name)]
    if asked.category:
        names.append(said(CATEGORIES[asked.category]))
    if asked.unit is not None and asked.unit != place:
        names.append(said(asked.unit.name))
    made = KINDS[kind](
        title=gettext("Cải cách hành chính") + " · " + " · ".join(names),
        link=request.build_absolute_uri(reverse("news:section", args=[place.code])),
        description=gettext("Tin, bài mới nhất của chuyên mục."),
        language="vi",
        feed_url=request.build_absolute_uri(feed_url(place, kind, feed_query(request))),
    )
    for article in queries.public_articles(place, asked)[:MOST]:
        _add(request, made, article)
    return HttpResponse(made.writeString("utf-8"), content_type=TYPES[kind])


def _add(request: HttpRequest, made: SyndicationFeed, article: Article) -> None:
    live = article.live
    if live is None:
        return
    url = article.outside or request.build_absolute_uri(article_url(article))
    made.add_item(
        title=live.title,
        link=url,
        unique_id=url,
        description=live.summary,
        pubdate=article.published_at,
        updateddate=max(live.at, article.published_at or live.at)
        if not article.outside
        else article.published_at,
        author_name=live.byline or _name(article.unit),
        categories=[CATEGORIES[live.category].vi, *live.tags] if live.category in CATEGORIES else live.tags,
    )


def _name(unit: Unit) -> str:
    return unit.name_vi
