"""Pictures of articles: taken in, made small in a process of their own, kept by the hash of each size."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max

from parindex.apps.evidence.photos import kept as kept_in
from parindex.apps.evidence.photos import made_small
from parindex.apps.news.actions import add_revision, lock, newest_of
from parindex.apps.news.models import Article, Picture, Revision
from parindex.apps.news.rules import MOST_PICTURES, check_alt, check_step
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused


FOLDER = "news"


def kept(sizes: list[dict[str, Any]]) -> list[list[Any]]:
    """Keep each size; width, height, bytes and SHA-256 of each."""
    return kept_in(sizes, FOLDER)


def add_picture(
    *, article: Article, file: BinaryIO, size: int, alt: str, caption: str, by: str, at: datetime
) -> Article:
    """Add a picture at the end of an article, as a new revision.

    The file is opened and made small before anything is held or kept.

    Raises:
        Refused: as `made_small`; ``news_alt_missing``, ``text_too_long``, ``pictures_many``,
            ``news_not_now``, ``news_outside``.
    """
    check_alt(one_line(alt), one_line(caption))
    check_step(article, "save")
    return keep_picture(
        article=article, sizes=kept(made_small(file, size)), alt=alt, caption=caption, by=by, at=at
    )


@transaction.atomic
def keep_picture(
    *, article: Article, sizes: list[list[Any]], alt: str, caption: str, by: str, at: datetime
) -> Article:
    """Add a picture whose sizes are kept already. Raises Refused, as `add_picture`."""
    locked = lock(article)
    check_step(locked, "save")
    shown = _shown(locked)
    if len(shown) >= MOST_PICTURES:
        raise Refused("pictures_many", limit=MOST_PICTURES)
    last = locked.pictures.aggregate(last=Max("number"))["last"] or 0
    Picture.objects.create(article=locked, number=last + 1, sizes=sizes, by=by, at=at)
    line = {"number": last + 1, "alt": one_line(alt), "caption": one_line(caption)}
    _say(locked, [*shown, line], by=by, at=at)
    return locked


@transaction.atomic
def describe_picture(
    *, article: Article, number: int, alt: str, caption: str, by: str, at: datetime
) -> Article:
    """Say anew what a picture shows. Raises Refused ``news_alt_missing``, ``text_too_long``,
    ``news_not_now``."""
    locked, line = lock(article), {"number": number, "alt": one_line(alt), "caption": one_line(caption)}
    check_step(locked, "save")
    check_alt(str(line["alt"]), str(line["caption"]))
    shown = _shown(locked)
    told = [line if p["number"] == number else p for p in shown]
    if told != shown:
        _say(locked, told, by=by, at=at)
    return locked


@transaction.atomic
def drop_picture(*, article: Article, number: int, by: str, at: datetime) -> Article:
    """Leave a picture out of the newest revision; earlier ones keep it. Raises Refused ``news_not_now``."""
    locked = lock(article)
    check_step(locked, "save")
    shown = _shown(locked)
    left = [p for p in shown if p["number"] != number]
    if left != shown:
        _say(locked, left, by=by, at=at)
    return locked


def _shown(article: Article) -> list[dict[str, Any]]:
    newest = newest_of(article)
    return list(newest.pictures) if newest else []


def _say(article: Article, pictures: list[dict[str, Any]], *, by: str, at: datetime) -> Revision:
    newest = newest_of(article)
    fields = ("title", "summary", "body", "byline", "category", "tags")
    said = {name: getattr(newest, name) for name in fields}
    return add_revision(article, {**said, "pictures": pictures}, by=by, at=at)
