"""How often an article is read: no bots, nobody twice on a day, and nothing kept of anybody.

A reader is told apart by a hash of article, address and browser with the secret of the day. When the day is
over the secret and all hashes are removed; what stays is a number for each article and day.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Sum

from parindex.apps.news.models import Article, ReadCount, ReadDay, ReadMark
from parindex.core.kernel.time import legal_date


_BOTS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|archiver|fetch|monitor|preview|scan|headless|lighthouse|"
    r"facebookexternalhit|embedly|curl|wget|python|java/|okhttp|go-http|libwww|"
    r"perl|ruby|axios|node|feed|rss|validator|phantom|selenium|playwright|puppeteer|http_?client|zgrab",
    re.I,
)
_AHEAD = re.compile(r"prefetch|prerender|preview", re.I)


def is_reader(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request was sent by a browser before somebody, not ahead, by a program or from elsewhere.

    Args:
        headers: by names in small letters.
    """
    agent = headers.get("user-agent", "")
    if method != "GET" or not agent.startswith("Mozilla/") or _BOTS.search(agent):
        return False
    if any(_AHEAD.search(headers.get(name, "")) for name in ("purpose", "sec-purpose", "x-purpose", "x-moz")):
        return False
    if headers.get("sec-fetch-dest", "image") != "image":
        return False
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


@transaction.atomic
def count_reading(article: Article, *, address: str, agent: str, at: datetime) -> bool:
    """Count a reader of a public article, once a day; whether this one was counted.

    No act of anybody: it writes no ledger, and so leaves the kept pages as they are.
    """
    if article.live_id is None or article.outside:
        return False
    today = legal_date(at)
    day, _ = ReadDay.objects.get_or_create(day=today, defaults={"salt": secrets.token_hex(32)})
    said = f"{article.pk}\n{address}\n{agent}".encode()
    mark = hmac.new(day.salt.encode(), said, hashlib.sha256).hexdigest()
    _, is_new = ReadMark.objects.get_or_create(day=day, mark=mark)
    if is_new:
        count, _ = ReadCount.objects.get_or_create(article=article, day=today)
        ReadCount.objects.filter(pk=count.pk).update(count=F("count") + 1)
    return is_new


def forget_readers(at: datetime) -> int:
    """Remove the secrets and hashes of days that are over; how many hashes."""
    over = ReadDay.objects.filter(day__lt=legal_date(at))
    gone = ReadMark.objects.filter(day__in=over).count()
    over.delete()
    return gone


def reads_of(
    articles: Collection[int], first: date | None = None, last: date | None = None
) -> dict[int, int]:
    """How often each article was read, in a period or ever. One query."""
    found = ReadCount.objects.filter(article__in=articles)
    if first is not None:
        found = found.filter(day__gte=first)
    if last is not None:
        found = found.filter(day__lte=last)
    return dict(found.values_list("article").annotate(Sum("count")).order_by())
