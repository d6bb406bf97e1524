"""The start page: everything that waits for whoever is signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.organisations.queries import roles_in_words
from parindex.web.appraise import desk as appraise
from parindex.web.briefings import desk as briefings
from parindex.web.council import desk as council
from parindex.web.improve import desk as improve
from parindex.web.indicators import desk as indicators
from parindex.web.inspections import desk as inspections
from parindex.web.manage import desk as manage
from parindex.web.news import desk as news
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.plans import listing as plans
from parindex.web.sets import desk as sets
from parindex.web.steer import desk as steer
from parindex.web.surveys.desk import listing as surveys
from parindex.web.unit import desk as unit


def start(request: Desk) -> HttpResponse:
    """What waits, the most urgent first; below it the other doors of each room; the roles that open them."""
    rooms = _rooms(request)
    waiting = [(title, card) for title, cards in rooms for card in cards if _waits(card)]
    others = [(title, [card for card in cards if not _waits(card)]) for title, cards in rooms]
    context = {
        "section": "start",
        "roles": roles_in_words(request.rights),
        "waiting": sorted(waiting, key=lambda placed: _urgency(placed[1])),
        "others": [(title, cards) for title, cards in others if cards],
    }
    return render(request, "account/start.html", context)


def _rooms(request: Desk) -> list[tuple[str, list[Card]]]:
    return [
        (gettext("Bảng tự chấm của đơn vị"), unit.cards(request)),
        (gettext("Việc thẩm định"), appraise.cards(request)),
        (gettext("Kỳ đánh giá"), [*council.cards(request), *steer.cards(request)]),
        (gettext("Kế hoạch, nhiệm vụ"), plans.cards(request)),
        (gettext("Kết quả đã công bố"), improve.cards(request)),
        (gettext("Bộ tiêu chí"), sets.cards(request)),
        (gettext("Kiểm tra"), inspections.cards(request)),
        (gettext("Điều tra xã hội học"), surveys.cards(request)),
        (gettext("Tin, bài"), news.cards(request)),
        (gettext("Giao ban, thi đua"), briefings.cards(request)),
        (gettext("Số liệu đo được"), indicators.cards(request)),
        (gettext("Quản trị"), manage.cards(request)),
    ]


def _waits(card: Card) -> bool:
    return bool(card.state) and not card.quiet


def _urgency(card: Card) -> tuple[bool, bool, float]:
    """What is overdue, then by deadline, then what has none; the rooms' own order among equals."""
    return not card.late, card.due_at is None, card.due_at.timestamp() if card.due_at else 0.0
