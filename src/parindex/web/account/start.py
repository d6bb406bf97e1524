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
from parindex.web.inspections import desk as inspections
from parindex.web.manage import desk as manage
from parindex.web.measures import desk as measures
from parindex.web.news import desk as news
from parindex.web.parts.doors import Desk
from parindex.web.plans import listing as plans
from parindex.web.sets import desk as sets
from parindex.web.steer import desk as steer
from parindex.web.surveys.desk import listing as surveys
from parindex.web.unit import desk as unit


def start(request: Desk) -> HttpResponse:
    """What waits, by room; and the roles that open them."""
    groups = [
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
        (gettext("Số liệu đo được"), measures.cards(request)),
        (gettext("Quản trị"), manage.cards(request)),
    ]
    context = {
        "section": "start",
        "roles": roles_in_words(request.rights),
        "groups": [(title, cards) for title, cards in groups if cards],
    }
    return render(request, "account/start.html", context)
