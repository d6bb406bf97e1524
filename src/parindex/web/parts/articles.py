"""Articles as cards: on the home page, in lists, beside an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.models import Article, Picture, Revision
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: the address of a size, all sizes, its measures and words."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list.

    Attributes:
        url: of its page; of an outside one the address on its own site, and `site` is that site's name.
    """

    title: str
    summary: str
    url: str
    site: str
    category: Text
    unit: Text
    at: datetime
    picture: Shown | None


def cards(articles: Iterable[Article]) -> list[Card]:
    """Public articles as cards. One query for their pictures."""
    found = list(articles)
    pictures = pictures_of(found)
    return [_card(article, pictures) for article in found]


def pictures_of(articles: Iterable[Article]) -> dict[tuple[int, int], Picture]:
    """Pictures by article and number. One query."""
    found = Picture.objects.filter(article__in=list(articles))
    return {(p.article_id, p.number): p for p in found}


def _card(article: Article, pictures: dict[tuple[int, int], Picture]) -> Card:
    live = article.live
    if live is None or article.published_at is None:
        raise ValueError(f"article {article.pk} is not public")
    first = shown_pictures(article, live, pictures)[:1]
    return Card(
        title=live.title,
        summary=live.summary,
        url=article.outside or article_url(article),
        site=(urlsplit(article.outside).hostname or "") if article.outside else "",
        category=CATEGORIES.get(live.category, Text(live.category, live.category)),
        unit=article.unit.name,
        at=article.published_at,
        picture=first[0][1] if first else None,
    )


def article_url(article: Article) -> str:
    """The permanent address of an article's page."""
    return reverse("news:article", args=[article.territory.code, article.number, article.slug])


def shown_pictures(
    article: Article, revision: Revision, pictures: dict[tuple[int, int], Picture]
) -> list[tuple[int, Shown]]:
    """The pictures of a revision in order, with their numbers."""
    found = []
    for told in revision.pictures:
        picture = pictures.get((article.pk, told["number"]))
        if picture is not None:
            found.append((picture.number, _shown(article, picture, told)))
    return found


def _shown(article: Article, picture: Picture, told: dict[str, Any]) -> Shown:
    place = [article.territory.code, article.number, picture.number]
    urls = [(w, reverse("news:picture", args=[*place, w])) for w, *_ in picture.sizes]
    middle = min(len(picture.sizes), 2) - 1
    width, height = picture.sizes[middle][:2]
    return Shown(
        src=urls[middle][1],
        srcset=", ".join(f"{url} {w}w" for w, url in urls),
        width=width,
        height=height,
        alt=told["alt"],
        caption=told["caption"],
    )
