"""Pictures of articles: taken in, made small in a process of their own, kept by the hash of each size."""

from __future__ import annotations

import base64
import hashlib
import io
import tempfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.db.models import Max

from parindex.apps.evidence import store
from parindex.apps.evidence.apart import ask_apart
from parindex.apps.news.actions import add_revision, lock, newest_of
from parindex.apps.news.markup import one_line
from parindex.apps.news.models import Article, Picture, Revision
from parindex.apps.news.rules import MOST_PICTURES, check_alt, check_step
from parindex.core.kernel.problems import Refused


FOLDER = "news"
LARGEST_FILE = 15_000_000
HEAD = 16
APART = "parindex.apps.news.picturing_apart"


def made_small(file: BinaryIO, size: int) -> list[dict[str, Any]]:
    """A stranger's picture in each size as WebP, its bytes beside its measures; nothing is kept yet.

    Raises:
        Refused: ``picture_heavy``, ``picture_kind``, ``picture_dimensions``, ``picture_small``,
            ``picture_broken``.
    """
    if size > LARGEST_FILE:
        raise Refused("picture_heavy", limit=LARGEST_FILE // 1_000_000)
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused("picture_heavy", limit=LARGEST_FILE // 1_000_000)
    if not _kind(content[:HEAD]):
        raise Refused("picture_kind")
    with tempfile.NamedTemporaryFile(prefix="parindex-picture-") as copy:
        copy.write(content)
        copy.flush()
        said = ask_apart(APART, copy.name)
    if "sizes" not in said:
        code = str(said.get("code", "picture_broken"))
        raise Refused(code, **cast(Mapping[str, object], said.get("data", {})))
    return cast(list[dict[str, Any]], said["sizes"])


def _kind(head: bytes) -> str:
    """What the first bytes say; the name of the file says nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def kept(sizes: list[dict[str, Any]]) -> list[list[Any]]:
    """Keep each size; width, height, bytes and SHA-256 of each."""
    found = []
    for one in sizes:
        content = base64.b64decode(one["webp"])
        sha256 = hashlib.sha256(content).hexdigest()
        store.put(io.BytesIO(content), sha256, folder=FOLDER)
        found.append([one["width"], one["height"], len(content), sha256])
    return found


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
