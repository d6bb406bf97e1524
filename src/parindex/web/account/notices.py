"""Thông báo: what somebody was told, what of it is unread, and how it comes by e-mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.notices.actions import choose_mail, mark_read
from parindex.apps.notices.models import MailChoice, Notice
from parindex.apps.notices.queries import Topic, find, mail_choice, page_of, unread
from parindex.core.wording.notices import group_sentence, notice_sentence
from parindex.web.account.notice_links import link_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: Desk) -> HttpResponse:
    """What one was told, newest first; POST marks all of it, or one, as read."""
    if request.method == "POST":
        return _mark(request)
    shown, number = request.GET.get("loc", ""), request.GET.get("trang", "")
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    found = page_of(request.user.ref, number=asked, unread_only=shown == "chua-doc")
    context = {
        "section": "notices",
        "filter": shown,
        "found": found,
        "numbers": range(1, found.pages + 1),
        "rows": [_topic(topic) for topic in found.topics],
        "unread": unread(request.user.ref),
        "mail": mail_choice(request.user.ref),
        "choices": _choices(),
        "mail_works": bool(settings.EMAIL_HOST),
        "address": request.user.email,
    }
    return render(request, "account/notices.html", context)


def _topic(topic: Topic) -> dict[str, Any]:
    """A topic in one line, with its notices."""
    newest, count = topic.newest, len(topic.notices)
    return {
        "topic": topic,
        "count": count,
        "words": group_sentence(newest.kind, newest.data, language(), count=count),
        "rows": [_row(notice) for notice in topic.notices],
    }


def _row(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "words": notice_sentence(notice.kind, notice.data, language())}


def _choices() -> list[tuple[str, str]]:
    return [
        (MailChoice.Mail.NOW.value, gettext("Gửi ngay từng thông báo")),
        (MailChoice.Mail.DAILY.value, gettext("Mỗi ngày một thư vào 7 giờ, gồm những gì chưa đọc")),
        (MailChoice.Mail.NEVER.value, gettext("Không gửi thư")),
    ]


def _mark(request: Desk) -> HttpResponse:
    """Mark as read: all, or one topic; one that is opened leads to its place."""
    ref, opened, topic = request.user.ref, request.POST.get("open", ""), request.POST.get("topic", "")
    if topic and not opened:
        mark_read(to=ref, at=request.at, topic=topic[:250])
        return redirect("account:notices")
    if not opened:
        mark_read(to=ref, at=request.at)
        return redirect("account:notices")
    key = int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 18 else 0
    notice = find(ref, key)
    if notice is None:
        raise Http404(opened)
    mark_read(to=ref, at=request.at, only=[notice.pk])
    return redirect(link_of(notice))


@require_POST
def choose(request: Desk) -> HttpResponse:
    """Keep how one wants mail."""
    chosen = request.POST.get("mail", "")
    if chosen not in MailChoice.Mail.values:
        raise Http404(chosen)
    choose_mail(to=request.user.ref, mail=MailChoice.Mail(chosen))
    messages.success(request, gettext("Đã ghi nhận cách nhận thư."))
    return redirect("account:notices")
