"""Articles of units' own sites: a feed sent as a file, one followed by its address, or an article by hand."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.feeds import LARGEST, Item
from parindex.apps.news.models import Article, Feed
from parindex.apps.news.queries import feeds_of, outside_articles
from parindex.apps.news.registering import (
    Registered,
    follow_feed,
    leave_feed,
    register_article,
    register_feed,
    sort_article,
)
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, way_up
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.news.frame import frame
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed
from parindex.web.parts.languages import language


SHOWN = 20
BY_HAND = ("address", "title", "day", "category")


@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: Desk) -> HttpResponse:
    """The feeds that are followed, and the three ways of registering articles."""
    territory, _ = managed(request, Act.NEWS_PUBLISH, whole=True)
    tree = tree_of(territory)
    units = [(tree.address(u), u) for u in tree.walk() if u.valid_to is None]
    wrong, brought = "", None
    if request.method == "POST":
        try:
            brought = _bring(request, dict(units))
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            if brought is None:
                return redirect("news:sources")
    context = {
        **frame(request, territory),
        "territory": territory,
        "units": units,
        "unit_asked": request.POST.get("unit", ""),
        "wrong": wrong,
        "brought": _said(brought) if brought else None,
        "feeds": [{"feed": f, "fault": _fault(f)} for f in feeds_of([territory.pk])],
        "articles": outside_articles(territory, SHOWN),
        "limit": LARGEST // 1_000_000,
        "categories": list(CATEGORIES.items()),
        "typed": {name: request.POST.get(name, "") for name in BY_HAND},
        "today": legal_date(request.at),
    }
    return render(request, "news/sources.html", context, status=422 if wrong else 200)


def _bring(request: Desk, units: dict[str, Unit]) -> Registered | None:
    """Register a file, or follow an address. Raises Refused."""
    unit = units.get(request.POST.get("unit", ""))
    if unit is None:
        raise Refused("news_unit_missing")
    if "address" in request.POST:
        _one(request, unit)
        return None
    if "url" in request.POST:
        follow_feed(unit=unit, url=request.POST["url"], by=request.user.ref, at=request.at)
        messages.success(request, gettext("Đã ghi nguồn tin. Hệ thống tải mỗi ngày một lần."))
        return None
    file = request.FILES.get("file")
    if file is None:
        raise Refused("feed_missing")
    content, name = file.read(LARGEST + 1), file.name or "feed"
    return register_feed(unit=unit, content=content, origin=name, by=request.user.ref, at=request.at)


def _one(request: Desk, unit: Unit) -> None:
    """Register one article by hand. Raises Refused."""
    said = {name: request.POST.get(name, "").strip() for name in BY_HAND}
    try:
        day = date.fromisoformat(said["day"])
    except ValueError:
        raise Refused("news_day_unreadable") from None
    item = Item(said["address"], said["title"], datetime.combine(day, time(), LEGAL_ZONE))
    register_article(unit=unit, item=item, category=said["category"], by=request.user.ref, at=request.at)
    messages.success(request, gettext("Đã ghi nhận bài viết."))


def _said(brought: Registered) -> dict[str, Any]:
    """What became of a file's entries."""
    new = len(brought.new)
    return {
        "new": ngettext("Ghi nhận %(n)s bài mới.", "Ghi nhận %(n)s bài mới.", new) % {"n": new},
        "known": brought.known,
        "skipped": [
            (s.place, s.title, refusal_sentence(s.code, {"url": ""}, language()))
            for s in brought.skipped[:SHOWN]
        ],
        "left_out": max(len(brought.skipped) - SHOWN, 0),
    }


def _fault(feed: Feed) -> str:
    return refusal_sentence(feed.fault, feed.fault_data, language()) if feed.fault else ""


@require_POST
def sort(request: Desk, *, pk: int) -> HttpResponse:
    """Say of which category a registered article is."""
    if not request.rights.units(Act.NEWS_PUBLISH):
        raise NotAllowed("not_allowed", act=Act.NEWS_PUBLISH.value)
    article = Article.objects.filter(pk=pk).exclude(outside="").first()
    if article is None:
        raise Http404(str(pk))
    request.rights.check(Act.NEWS_PUBLISH, article.territory_id)
    category = request.POST.get("category", "")
    if attempt(request, sort_article, article=article, category=category):
        messages.success(request, gettext("Đã xếp chuyên mục."))
    return redirect("news:sources")


@require_POST
def leave(request: Desk, *, pk: int) -> HttpResponse:
    """Follow a feed no longer."""
    feed = Feed.objects.select_related("unit__parent__parent__parent").filter(pk=pk).first()
    if not request.rights.units(Act.NEWS_PUBLISH):
        raise NotAllowed("not_allowed", act=Act.NEWS_PUBLISH.value)
    if feed is None:
        raise Http404(str(pk))
    request.rights.check(Act.NEWS_PUBLISH, way_up(feed.unit)[-1].pk)
    if attempt(request, leave_feed, feed=feed):
        messages.success(request, gettext("Đã thôi theo dõi nguồn tin. Các bài đã ghi nhận vẫn giữ."))
    return redirect("news:sources")
