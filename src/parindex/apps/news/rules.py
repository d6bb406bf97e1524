"""What must hold of an article before it is kept, sent on or published."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.models import Article
from parindex.core.kernel.problems import Refused
from parindex.core.wording.terms import TERMS


LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY = 200, 600, 200_000
LONGEST_BYLINE, LONGEST_TAG, LONGEST_ALT = 150, 40, 250
MOST_TAGS, MOST_PICTURES = 10, 20
LONGEST_URL = 500
AHEAD = timedelta(days=366)
State = Article.State
STEPS: dict[str, Collection[str]] = {
    "save": (State.DRAFT, State.PUBLISHED, State.WITHDRAWN),
    "submit": (State.DRAFT,),
    "take_back": (State.REVIEW,),
    "return": (State.REVIEW, State.SCHEDULED),
    "publish": (State.REVIEW,),
    "withdraw": (State.PUBLISHED, State.DRAFT, State.REVIEW, State.SCHEDULED),
}
"""From which states each step may be taken; `withdraw` only while something is live."""
_DROPPED = re.compile(r"utm_\w+|fbclid|gclid")


def check_step(article: Article, step: str) -> None:
    """The step may be taken now. Raises Refused ``news_not_now``."""
    if article.state not in STEPS[step] or (step == "withdraw" and article.live_id is None):
        raise Refused("news_not_now", now=TERMS["article"][article.state])
    if article.outside and step != "withdraw":
        raise Refused("news_outside")


def check_others(authors: Collection[str], by: str) -> None:
    """Whoever wrote a revision does not approve it. Raises Refused ``news_own_work``."""
    if by in authors:
        raise Refused("news_own_work")


def check_text(*, title: str, summary: str, body: str, byline: str, category: str) -> None:
    """Refused ``news_title_missing``, ``text_too_long``, ``news_body_long``, ``news_category_unknown``."""
    if not title:
        raise Refused("news_title_missing")
    for text, limit in ((title, LONGEST_TITLE), (summary, LONGEST_SUMMARY), (byline, LONGEST_BYLINE)):
        if len(text) > limit:
            raise Refused("text_too_long", limit=limit)
    if len(body) > LONGEST_BODY:
        raise Refused("news_body_long", limit=LONGEST_BODY)
    if category not in CATEGORIES:
        raise Refused("news_category_unknown")


def check_tags(tags: Sequence[str]) -> None:
    """Refused ``news_tags_many``, ``news_tag_long``."""
    if len(tags) > MOST_TAGS:
        raise Refused("news_tags_many", limit=MOST_TAGS)
    for tag in tags:
        if len(tag) > LONGEST_TAG:
            raise Refused("news_tag_long", tag=tag[:60], limit=LONGEST_TAG)


def check_whole(*, summary: str, body: str) -> None:
    """What is sent for review has a summary and a text. Raises Refused ``news_unfinished``."""
    if not summary or not body:
        raise Refused("news_unfinished")


def check_alt(alt: str, caption: str) -> None:
    """A picture says what it shows. Raises Refused ``news_alt_missing``, ``text_too_long``."""
    if not alt:
        raise Refused("news_alt_missing")
    for text in (alt, caption):
        if len(text) > LONGEST_ALT:
            raise Refused("text_too_long", limit=LONGEST_ALT)


def check_due(due_at: datetime, at: datetime) -> None:
    """A time to come, within a year. Raises Refused ``news_due_past``, ``news_due_far``."""
    if due_at <= at:
        raise Refused("news_due_past", at=due_at)
    if due_at > at + AHEAD:
        raise Refused("news_due_far", at=due_at)


def check_reason(reason: str) -> None:
    """Refused ``news_reason_missing``, ``text_too_long``."""
    if not reason:
        raise Refused("news_reason_missing")
    if len(reason) > LONGEST_SUMMARY:
        raise Refused("text_too_long", limit=LONGEST_SUMMARY)


def plain_url(typed: str) -> str:
    """An address on the web in one way of writing: without fragment, tracking and needless capitals.

    Raises:
        Refused: ``news_url_unusable``.
    """
    text = typed.strip()
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused("news_url_unusable", url=text[:80]) from None
    sound = parts.scheme.lower() in ("http", "https") and host and not parts.username and not parts.password
    if not sound or len(text) > LONGEST_URL or re.search(r"[\s\x00-\x1f\"<>\\]", text):
        raise Refused("news_url_unusable", url=text[:80])
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = f"[{host}]" if ":" in host else host
    if port and port != usual:
        place = f"{place}:{port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _DROPPED.fullmatch(k)]
    query = (
        urlencode(kept) if len(kept) != len(parse_qsl(parts.query, keep_blank_values=True)) else parts.query
    )
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", query, ""))
