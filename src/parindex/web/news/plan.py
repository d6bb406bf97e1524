"""The communication plan of a year: what each unit is to tell, what was told of it, where it is short."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.fulfilment import Fulfilment, Line, fulfilments
from parindex.apps.news.models import PlannedArticles
from parindex.apps.news.permissions import (
    can_change_plan,
    can_plan,
    check_change_plan,
    check_plan,
    check_sees_plan,
)
from parindex.apps.news.planned import (
    MOST_ARTICLES,
    PlannedWritten,
    change_planned,
    drop_planned,
    plan_articles,
)
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import Rights, way_up
from parindex.apps.organisations.queries import find_unit, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.notation import day
from parindex.core.wording.refusals import refusal_sentence
from parindex.core.wording.terms import term
from parindex.web.parts.articles import article_url
from parindex.web.parts.back import SmallForm, tried
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import TYPES, links, table_file
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.templatetags.parts import said


STATES = {"ahead": "", "open": "waiting", "done": "done", "short": "back", "dropped": ""}
"""How the state of a line looks."""
FIELDS = ("topic", "category", "start", "end", "count", "document", "each", "monthly")
NO_TEXT: Mapping[str, str] = dict.fromkeys(FIELDS, "")
SELF, EACH = "", "each"
FIRST_YEAR, LAST_YEAR = 2000, 2200


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Desk, *, unit: str) -> HttpResponse:
    """The plan of a unit, or of a territory with all its units; a new line. Raises Http404, NotAllowed."""
    place = _place(request, unit)
    year = _year(request)
    typed, wrong = {**NO_TEXT, "count": "1", **_days(year)}, ""
    if request.method == "POST":
        check_plan(request.rights, place)
        typed = _typed(request)
        try:
            made = _add(request, place, typed)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            added = ngettext("Đã thêm %(n)s dòng.", "Đã thêm %(n)s dòng.", len(made)) % {"n": len(made)}
            messages.success(request, added)
            return redirect(f"{reverse('news:plan', args=[unit])}?nam={made[0].year}")
    context = _shown(request, place, address=unit, year=year) | {"typed": typed, "wrong": wrong}
    return render(request, "news/plan.html", context, status=422 if wrong else 200)


def _place(request: Desk, address: str) -> Unit:
    found = find_unit(address)
    if found is None:
        raise Http404(address)
    check_sees_plan(request.rights, found)
    return found


def _year(request: Desk) -> int:
    """The year asked for, else this one."""
    asked = request.GET.get("nam", "")
    known = asked.isascii() and asked.isdigit() and len(asked) == 4
    found = int(asked) if known else 0
    return found if FIRST_YEAR <= found <= LAST_YEAR else legal_date(request.at).year


def _days(year: int) -> dict[str, str]:
    return {"start": date(year, 1, 1).isoformat(), "end": date(year, 12, 31).isoformat()}


def _typed(request: Desk) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in FIELDS}


def _add(request: Desk, place: Unit, typed: Mapping[str, str]) -> list[PlannedArticles]:
    units = [place]
    if typed["each"] == EACH:
        units = list(Unit.objects.filter(parent=place, valid_to=None).order_by("type", "name_vi", "pk"))
    return plan_articles(
        units=units,
        written=_written(typed),
        monthly=bool(typed["monthly"]),
        given=any(not request.rights.may(Act.COMMUNICATION_PLAN, u.pk) for u in units),
        by=request.user.ref,
        at=request.at,
    )


def _written(typed: Mapping[str, str]) -> PlannedWritten:
    """Raises Refused ``planned_count``, ``planned_day_unreadable``."""
    count = typed["count"]
    if not count.isascii() or not count.isdigit() or len(count) > 6:
        raise Refused("planned_count", limit=MOST_ARTICLES)
    return PlannedWritten(
        topic=typed["topic"],
        category=typed["category"],
        start=_day(typed["start"]),
        end=_day(typed["end"]),
        count=int(count),
        document=typed["document"],
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("planned_day_unreadable", text=text[:40]) from None


def _shown(request: Desk, place: Unit, *, address: str, year: int) -> dict[str, Any]:
    """What the page shows: the plan's units with their sums, then line by line of the unit asked for."""
    today = legal_date(request.at)
    tree = tree_of(place)
    found = fulfilments([u.pk for u in tree.walk()], year, today)
    units = [
        {
            "unit": u,
            "found": found[u.pk],
            "url": f"{reverse('news:plan', args=[tree.address(u)])}?nam={year}",
        }
        for u in tree.walk()
        if u.pk in found
    ]
    own = found.get(place.pk, Fulfilment(()))
    plans = can_plan(request.rights, place)
    return {
        "section": "start",
        **marks(place),
        "place": place,
        "address": address,
        "back": "",
        "above": _above(request, place),
        "year": year,
        "years": [{"year": y, "here": y == year} for y in (today.year - 1, today.year, today.year + 1)],
        "planned": sum(f.planned for f in found.values()),
        "done": sum(f.done for f in found.values()),
        "short": sum(f.short for f in found.values()),
        "beyond": sum(f.beyond for f in found.values()),
        "again": sum(f.again for f in found.values()),
        "registers": request.rights.may(Act.NEWS_PUBLISH, way_up(place)[-1].pk),
        "units": units if len(tree.below) else [],
        "lines": [_line_row(line, request.rights) for line in own.lines],
        "plans": plans,
        "has_below": any(u.valid_to is None for u in tree.below.get(place.pk, [])),
        "categories": list(CATEGORIES.items()),
        "files": links(reverse("news:plan", args=[address]), f"nam={year}"),
    }


def _above(request: Desk, place: Unit) -> str:
    """The plan of the territory, where the person may see it too."""
    top = way_up(place)[-1]
    if top.pk == place.pk:
        return ""
    try:
        check_sees_plan(request.rights, top)
    except Refused:
        return ""
    return top.code


def _line_row(line: Line, rights: Rights) -> dict[str, Any]:
    planned = line.planned
    return {
        "line": line,
        "planned": planned,
        "category": CATEGORIES.get(planned.category, ""),
        "when": said_days(planned.start, planned.end),
        "badge": STATES[line.state],
        "articles": [
            {"title": a.live.title if a.live else "", "url": a.outside or article_url(a)}
            for a in line.articles
        ],
        "changes": not planned.dropped and can_change_plan(rights, planned),
    }


def said_days(first: date, last: date) -> str:
    """A whole month by its number, a whole year by its own, other days by both ends."""
    if (first.day, last.day) == (1, monthrange(last.year, last.month)[1]):
        if first.month == last.month:
            return gettext("tháng %(month)s/%(year)s") % {"month": first.month, "year": first.year}
        if (first.month, last.month) == (1, 12):
            return gettext("cả năm %(year)s") % {"year": first.year}
    return f"{day(first, language())} – {day(last, language())}"


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Desk, *, pk: int) -> HttpResponse:
    """One line: said anew, or dropped with a reason. Raises Http404, NotAllowed."""
    found = (
        PlannedArticles.objects.select_related("territory", "unit__parent__parent__parent")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404(str(pk))
    check_change_plan(request.rights, found)
    address = ".".join(u.code for u in reversed(way_up(found.unit)))
    back = f"{reverse('news:plan', args=[address])}?nam={found.year}"
    typed, wrong, refused = _of(found), "", None
    if "drop" in request.POST:
        sent = {"reason": request.POST.get("reason", "")}
        _, refused = tried(request, SmallForm("drop", sent), drop_planned, line=found, **sent)
        if not refused:
            messages.success(request, gettext("Đã bỏ khỏi kế hoạch; lý do được giữ lại."))
            return redirect(back)
    elif request.method == "POST":
        typed = _typed(request)
        try:
            change_planned(line=found, written=_written(typed), by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect(back)
    context = {
        "section": "start",
        **marks(found.unit),
        "planned": found,
        "back": back,
        "address": address,
        "typed": typed,
        "wrong": wrong,
        "categories": list(CATEGORIES.items()),
        "refused": refused,
    }
    return render(request, "news/plan_line.html", context, status=422 if wrong or refused else 200)


def _of(found: PlannedArticles) -> dict[str, str]:
    return {
        **NO_TEXT,
        "topic": found.topic,
        "category": found.category,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "count": str(found.count),
        "document": found.document,
    }


def plan_file(request: Desk, *, unit: str, kind: str) -> HttpResponse:
    """Every line of the unit and of all below it, with what was done of it. Raises Http404, NotAllowed."""
    place, year = _place(request, unit), _year(request)
    if kind not in TYPES:
        raise Http404(kind)
    tree = tree_of(place)
    found = fulfilments([u.pk for u in tree.walk()], year, legal_date(request.at))
    header = [
        gettext("Mã đơn vị"),
        gettext("Đơn vị"),
        gettext("Nội dung"),
        gettext("Chuyên mục"),
        gettext("Từ ngày"),
        gettext("Đến ngày"),
        gettext("Kế hoạch"),
        gettext("Đã có tin, bài"),
        gettext("Còn thiếu"),
        gettext("Tình trạng"),
        gettext("Văn bản kế hoạch"),
        gettext("Tin, bài"),
    ]
    rows = [
        _file_row(tree.address(u), u, one)
        for u in tree.walk()
        for one in found.get(u.pk, Fulfilment(())).lines
    ]
    name = f"ke-hoach-truyen-thong-{place.code}-{year}"
    return table_file(kind, name, header=header, rows=rows)


def _file_row(address: str, unit: Unit, one: Line) -> Sequence[str | int]:
    planned = one.planned
    category = CATEGORIES.get(planned.category)
    return [
        address,
        said(unit.name),
        planned.topic,
        said(category) if category else gettext("mọi chuyên mục"),
        day(planned.start, language()),
        day(planned.end, language()),
        planned.count,
        one.done,
        one.missing,
        term("planned_articles", one.state, language()),
        planned.document,
        "; ".join(a.live.title for a in one.articles if a.live),
    ]
