"""What tells people, and what marks that they read it. Notices are no legal acts and write no ledger."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from parindex.apps.notices.models import Notice
from parindex.core.wording.notices import notice_sentence


LOG = logging.getLogger(__name__)


@transaction.atomic
def tell(
    *, to: Mapping[str, str], kind: str, data: Mapping[str, str], at: datetime, url: str = ""
) -> list[Notice]:
    """Tell people something once the act around it is kept.

    Args:
        to: reference of each person -> e-mail address ("" for none; mail goes out only where it is set up).
        kind, data: a code of `parindex.core.wording.notices` with the strings it needs.
    """
    made = Notice.objects.bulk_create(
        Notice(to=ref, kind=kind, data=dict(data), url=url, at=at) for ref in to
    )
    addresses = [address for address in to.values() if address]
    if settings.EMAIL_HOST and addresses:
        transaction.on_commit(partial(_mail, addresses, kind, dict(data), url=url))
    return made


def _mail(addresses: list[str], kind: str, data: Mapping[str, str], *, url: str) -> None:
    """One mail to each; a mail server that is away is logged and stops nothing."""
    words = notice_sentence(kind, data, "vi")
    for address in addresses:
        try:
            send_mail(words[:150], f"{words}\n\n{settings.PARINDEX_ADDRESS}{url}\n", None, [address])
        except OSError:
            LOG.exception("mail to %s not sent", address)


def mark_read(*, to: str, at: datetime) -> int:
    """Mark all of a person's notices as read. Returns how many."""
    return Notice.objects.filter(to=to, read_at=None).update(read_at=at)
