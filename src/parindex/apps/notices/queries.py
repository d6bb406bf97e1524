"""What pages read of notices."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.apps.notices.models import MailChoice, Notice


PAGE = 50


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some of a person's notices, newest first. `number`: of the page, from 1, of `pages`."""

    notices: list[Notice]
    number: int
    pages: int
    total: int


def page_of(to: str, *, number: int = 1, unread_only: bool = False) -> NoticePage:
    """A page of a person's notices; a number beyond the last page gives the last. Two queries."""
    rows = Notice.objects.filter(to=to)
    if unread_only:
        rows = rows.filter(read_at=None)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    return NoticePage(list(rows[(number - 1) * PAGE : number * PAGE]), number, pages, total)


def find(to: str, key: int) -> Notice | None:
    """One of a person's notices."""
    return Notice.objects.filter(to=to, pk=key).first()


def unread(to: str) -> int:
    """How many a person has not read. One query, answered from an index of the unread."""
    return Notice.objects.filter(to=to, read_at=None).count()


def mail_choice(to: str) -> MailChoice.Mail:
    """How a person wants notices by e-mail. One query."""
    found = MailChoice.objects.filter(to=to).values_list("mail", flat=True).first()
    return MailChoice.Mail(found or MailChoice.Mail.NOW)
