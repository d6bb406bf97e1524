"""What tells people, what marks that they read it, how they want their mail.

Notices are no legal acts and write no ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from parindex.apps.notices.models import MailChoice, Notice
from parindex.core.kernel.time import legal_date


@dataclass(frozen=True, slots=True)
class Message:
    """The same thing for some people.

    Attributes:
        to: references of persons.
        kind, data: a code of `parindex.core.wording.notices` with the strings it needs.
        at_once: its mail does not wait for the daily one; who wants no mail gets none all the same.
    """

    to: Collection[str]
    kind: str
    data: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    at_once: bool = False


@transaction.atomic
def tell_all(messages: Iterable[Message], *, at: datetime) -> list[Notice]:
    """Tell people several things, in the transaction of the act that they are about. Two queries.

    Mail is not sent here: the tick does, so that no act waits for a mail server (`mailing.send_mail_due`).
    """
    told = list(messages)
    wanted = _mail_of({ref for message in told for ref in message.to}) if settings.EMAIL_HOST else {}
    return Notice.objects.bulk_create(
        Notice(
            to=ref,
            kind=message.kind,
            data=dict(message.data),
            url=message.url,
            topic=topic_of(message, at),
            at=at,
            mail=_when(wanted.get(ref, Notice.Mail.NONE.value), at_once=message.at_once),
        )
        for message in told
        for ref in dict.fromkeys(message.to)
    )


def topic_of(message: Message, at: datetime) -> str:
    """What notices of one kind, round and day have in common."""
    return f"{message.kind}|{message.data.get('at_round', '')}|{legal_date(at)}"[:250]


def tell(
    *, to: Collection[str], kind: str, data: Mapping[str, str], at: datetime, url: str = ""
) -> list[Notice]:
    """Tell some people one thing."""
    return tell_all([Message(to, kind, data, url)], at=at)


def _when(mail: str, *, at_once: bool) -> str:
    """How one notice waits to be sent."""
    return Notice.Mail.NOW.value if at_once and mail == Notice.Mail.DAILY else mail


def _mail_of(refs: Collection[str]) -> dict[str, str]:
    """How each person wants a new notice sent. One query."""
    chosen = dict(MailChoice.objects.filter(to__in=refs).values_list("to", "mail"))
    by_choice = {MailChoice.Mail.NEVER.value: Notice.Mail.NONE.value}
    return {
        ref: by_choice.get(mail, mail)
        for ref, mail in ((r, chosen.get(r, MailChoice.Mail.NOW.value)) for r in refs)
    }


def mark_read(*, to: str, at: datetime, only: Collection[int] | None = None, topic: str | None = None) -> int:
    """Mark a person's notices as read: all, those with these keys, or those of a topic. Returns how many were
    not before."""
    unread = Notice.objects.filter(to=to, read_at=None)
    if only is not None:
        unread = unread.filter(pk__in=only)
    if topic is not None:
        unread = unread.filter(topic=topic)
    return unread.update(read_at=at)


def mark_round_read(*, round_name: str, before: datetime, at: datetime) -> int:
    """Everybody has read what they were told of a round before an instant: so begins a demonstration."""
    told = Notice.objects.filter(data__at_round=round_name, at__lt=before, read_at=None)
    return told.update(read_at=at)


@transaction.atomic
def choose_mail(*, to: str, mail: MailChoice.Mail) -> MailChoice:
    """Say how a person wants notices from now on; what waits to be sent follows the choice."""
    made, _ = MailChoice.objects.update_or_create(to=to, defaults={"mail": mail})
    waiting = Notice.objects.filter(to=to, mail__in=[Notice.Mail.NOW, Notice.Mail.DAILY])
    waiting.update(mail=_mail_of({to})[to])
    return made
