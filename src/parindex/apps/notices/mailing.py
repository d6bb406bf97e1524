"""Notices by e-mail: what waits is sent by the tick, never by the act that people are told of.

A mail is given up as waiting before it is handed to the mail server, so that a process killed in the middle
leaves nothing to be sent twice; the one mail it may lose stands on the site all the same. Where the server
refuses to talk, what was given up waits again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from parindex.apps.notices.models import Notice
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.wording.notices import mail_subject, mail_text, notice_sentence


LOG = logging.getLogger(__name__)
DIGEST_AT = time(7, 0)  # Việt Nam's time
MOST_PEOPLE = 100  # at one tick
MOST_NOTICES = 200  # in one mail
Addresses = Callable[[Collection[str]], Mapping[str, str]]
Link = Callable[[Notice], str]


def send_mail_due(*, at: datetime, address_of: Addresses, link_of: Link) -> int:
    """Send what waits: to each person one mail with all that is due. Returns how many mails went out.

    Due is what is wanted at once, and, from 7 o'clock on, what a daily mail gathers: all that was told
    before 7 o'clock of this day. So there is one such mail a day, however often this is called. What was
    read on the site meanwhile is not sent.

    Args:
        address_of: e-mail addresses of persons, by reference; who has none is left out.
        link_of: the address on the site that a notice leads to.

    Raises:
        OSError: the mail server cannot be reached; what is left waits for the next tick.
    """
    if not settings.EMAIL_HOST:
        return 0
    due = Q(mail=Notice.Mail.NOW) | Q(mail=Notice.Mail.DAILY, at__lt=_gathered_until(at))
    people = sorted(set(Notice.objects.filter(due).values_list("to", flat=True)[:5000]))[:MOST_PEOPLE]
    if not people:
        return 0
    addresses, sent = address_of(people), 0
    with get_connection() as connection:
        for ref in people:
            taken = _take(ref, due, at, address=addresses.get(ref, ""))
            unread = [n for n in taken if n.read_at is None]
            if unread:
                sent += _send(unread, addresses[ref], connection=connection, link_of=link_of)
    return sent


def _gathered_until(at: datetime) -> datetime:
    """The last 7 o'clock in Việt Nam: what was told before it belongs into the mail of its day."""
    here = at.astimezone(LEGAL_ZONE)
    today = datetime.combine(here.date(), DIGEST_AT, LEGAL_ZONE)
    return today if here >= today else today - timedelta(days=1)


@transaction.atomic
def _take(ref: str, due: Q, at: datetime, *, address: str) -> list[Notice]:
    """What is due to a person, no longer waiting; nothing where it cannot be sent anywhere.

    The rows keep in memory how they waited, so that they can be given back.
    """
    rows = list(Notice.objects.select_for_update().filter(due, to=ref).order_by("id")[:MOST_NOTICES])
    then = Notice.Mail.SENT if address else Notice.Mail.NONE
    keys = [n.pk for n in rows]
    Notice.objects.filter(pk__in=keys).update(mail=then, mailed_at=at if address else None)
    return rows if address else []


def _send(notices: Sequence[Notice], address: str, *, connection: BaseEmailBackend, link_of: Link) -> int:
    """One mail; 0 where the server does not take the address.

    Raises:
        OSError: it does not talk at all; the notices wait again.
    """
    lines = [(notice_sentence(n.kind, n.data, "vi"), settings.PARINDEX_ADDRESS + link_of(n)) for n in notices]
    subject, body = mail_subject([words for words, _ in lines], "vi"), mail_text(lines, "vi")
    keys = [n.pk for n in notices]
    try:
        EmailMessage(subject, body, None, [address], connection=connection).send()
    except SMTPRecipientsRefused:
        LOG.warning("the mail server refuses %s", address)
        Notice.objects.filter(pk__in=keys).update(mail=Notice.Mail.REFUSED)
        return 0
    except OSError:
        for notice in notices:
            Notice.objects.filter(pk=notice.pk).update(mail=notice.mail, mailed_at=None)
        raise
    return 1
