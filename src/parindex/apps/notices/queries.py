"""What pages read of notices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from parindex.apps.notices.models import MailChoice, Notice


PAGE = 50


@dataclass(frozen=True, slots=True)
class Topic:
    """Notices of one kind, round and day, newest first."""

    name: str
    notices: list[Notice]

    @property
    def newest(self) -> Notice:
        """The last of them."""
        return self.notices[0]

    @property
    def unread(self) -> int:
        """How many of them are not read."""
        return sum(notice.read_at is None for notice in self.notices)


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some of a person's notices by topic, newest first. `number`: of the page, from 1, of `pages`."""

    topics: list[Topic]
    number: int
    pages: int
    total: int


def page_of(to: str, *, number: int = 1, unread_only: bool = False) -> NoticePage:
    """A page of a person's notices by topic; a number beyond the last page gives the last. Three queries.

    Args:
        unread_only: only topics of which something is unread, and of these what is.
    """
    rows = Notice.objects.filter(to=to)
    if unread_only:
        rows = rows.filter(read_at=None)
    names = rows.order_by().values("topic").annotate(newest=Max("pk")).order_by("-newest")
    total = names.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    shown = list(names.values_list("topic", flat=True)[(number - 1) * PAGE : number * PAGE])
    found: dict[str, list[Notice]] = {name: [] for name in shown}
    for notice in rows.filter(topic__in=shown).order_by("-pk"):
        found[notice.topic].append(notice)
    return NoticePage([Topic(name, notices) for name, notices in found.items()], number, pages, total)


def find(to: str, key: int) -> Notice | None:
    """One of a person's notices."""
    return Notice.objects.filter(to=to, pk=key).first()


def unread(to: str) -> int:
    """How many a person has not read. One query, answered from an index of the unread."""
    return Notice.objects.filter(to=to, read_at=None).count()


def unread_topics(to: str) -> int:
    """Of how many topics a person has not read something. One query, answered from an index of the unread."""
    found = Notice.objects.filter(to=to, read_at=None).aggregate(n=Count("topic", distinct=True))
    return int(found["n"])


def mail_choice(to: str) -> MailChoice.Mail:
    """How a person wants notices by e-mail. One query."""
    found = MailChoice.objects.filter(to=to).values_list("mail", flat=True).first()
    return MailChoice.Mail(found or MailChoice.Mail.NOW)


def wanting_mail(refs: Collection[str]) -> set[str]:
    """Those who have not said that they want no mail. One query."""
    never = MailChoice.objects.filter(to__in=refs, mail=MailChoice.Mail.NEVER).values_list("to", flat=True)
    return set(refs) - set(never)


def was_told_since(kinds: Collection[str], since: datetime) -> bool:
    """Whether anybody was told anything of these kinds since an instant. One query."""
    return Notice.objects.filter(kind__in=kinds, at__gte=since).exists()
