"""The start page: everything that waits for whoever is signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

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
from parindex.web.unit import desk as unit


def start(request: Desk) -> HttpResponse:
    """What waits, by room; and the roles that open them."""
    context = {
        "section": "start",
        "roles": roles_in_words(request.rights),
        "sheets": unit.cards(request),
        "queues": appraise.cards(request),
        "results": improve.cards(request),
        "sets": sets.cards(request),
        "rounds": [*council.cards(request), *steer.cards(request)],
        "managed": manage.cards(request),
        "plans": plans.cards(request),
        "news": news.cards(request),
        "inspections": inspections.cards(request),
        "briefings": briefings.cards(request),
        "measures": measures.cards(request),
    }
    return render(request, "account/start.html", context)
