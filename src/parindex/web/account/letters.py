"""The mail with a link to choose a new password: sent beside the request, so that its time tells nothing."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from parindex.apps.organisations.models import Person


LOG = logging.getLogger(__name__)
_POST = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


def send_link(person: Person) -> Future[None]:
    """Mail a link that lets this person choose a new password."""
    key, token = urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)
    link = settings.PARINDEX_ADDRESS + reverse("account:choose", args=[key, token])
    text = gettext(
        "Có người (có lẽ là bạn) yêu cầu đặt lại mật khẩu của tài khoản “%(name)s”.\n\n"
        "Mở liên kết sau trong vòng một giờ để đặt mật khẩu mới:\n%(link)s\n\n"
        "Nếu không phải bạn, hãy bỏ qua thư này: mật khẩu không đổi."
    )
    words = text % {"name": person.username, "link": link}
    return _POST.submit(_send, gettext("Đặt lại mật khẩu"), words, person.email)


def _send(subject: str, words: str, address: str) -> None:
    """A mail server that is away is logged; the person may ask again."""
    try:
        send_mail(subject, words, None, [address])
    except OSError:
        LOG.exception("mail with a link not sent")
