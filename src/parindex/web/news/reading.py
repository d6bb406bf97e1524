"""What everybody reads: the section's list, an article, its pictures; and the mark by which it is counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.evidence.store import open_derived
from parindex.apps.news import queries
from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.markup import parts_of
from parindex.apps.news.models import Article, Picture, Revision
from parindex.apps.news.permissions import can_see
from parindex.apps.news.picturing import FOLDER
from parindex.apps.news.reading import count_reading, is_reader, reads_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import find_unit
from parindex.core.formats.slugs import slug as slug_of
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.web.news.paging import paged
from parindex.web.parts.articles import article_url, cards, pictures_of, shown_pictures
from parindex.web.parts.callers import address_of, agent_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.marks import marks
from parindex.web.parts.templatetags.parts import said


BESIDE = 3
BEST_BEFORE = "public, max-age=31536000, immutable"
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""One clear pixel."""


def latest(request: HttpRequest) -> HttpResponse:
    """The section of the first territory that has one."""
    places = queries.territories()
    if not places:
        return render(request, "news/empty.html", {"section": "news"})
    return _section(request, places[0], places)


def section(request: HttpRequest, *, territory: str) -> HttpResponse:
    """A territory's section."""
    places = queries.territories()
    place = next((p for p in places if p.code == territory), None)
    if place is None:
        raise Http404(territory)
    return _section(request, place, places)


def _section(request: HttpRequest, place: Unit, places: list[Unit]) -> HttpResponse:
    asked = asked_of(request, place)
    found, page = paged(request, queries.public_articles(place, asked))
    by = queries.facets(place)
    typed = {k: request.GET.get(k, "")[:200] for k in NAMES}
    feed = feed_query(request)
    context = {
        **marks(place),
        "section": "news",
        "territory": place,
        "places": places,
        "typed": typed,
        "asked_category": typed["chuyen-muc"],
        "asked_unit": typed["don-vi"],
        "title": _title(asked),
        "cards": cards(found),
        "page": page,
        "is_narrowed": any(typed.values()),
        "categories": [
            (code, name, by.categories[code]) for code, name in CATEGORIES.items() if code in by.categories
        ],
        "units": [(way_below(unit), unit.name, count) for unit, count in by.units],
        "months": [(f"{m:%Y-%m}", f"{m:%m/%Y}", count) for m, count in by.months],
        "tags": by.tags,
        "feeds": [(kind, feed_url(place, kind, feed)) for kind in ("rss", "atom")],
    }
    return render(request, "news/list.html", context)


NAMES = ("chuyen-muc", "don-vi", "nhan", "thang", "tim")
"""What a list may be narrowed by, as addresses name it."""


def asked_of(request: HttpRequest, place: Unit) -> queries.Asked:
    """What an address asks for. Raises Http404: a category, unit or month that is none."""
    typed = {k: request.GET.get(k, "")[:200].replace("\0", "") for k in NAMES}
    if typed["chuyen-muc"] and typed["chuyen-muc"] not in CATEGORIES:
        raise Http404(typed["chuyen-muc"])
    unit = find_unit(f"{place.code}.{typed['don-vi']}") if typed["don-vi"] else None
    if typed["don-vi"] == place.code:
        unit = place
    if typed["don-vi"] and unit is None:
        raise Http404(typed["don-vi"])
    return queries.Asked(
        category=typed["chuyen-muc"],
        unit=unit,
        tag=slug_of(typed["nhan"]) if typed["nhan"] else "",
        month=_month(typed["thang"]),
        words=typed["tim"],
    )


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404(text) from None


def way_below(unit: Unit) -> str:
    """A unit's way below its territory, as addresses name it; of the territory its own code."""
    codes = [u.code for u in reversed(way_up(unit))]
    return ".".join(codes[1:] or codes)


def feed_query(request: HttpRequest) -> dict[str, str]:
    """What a feed of this list is narrowed by: a category and a unit."""
    return {k: v for k in NAMES[:2] if (v := request.GET.get(k, "")[:200])}


def feed_url(place: Unit, kind: str, query: dict[str, str]) -> str:
    """The address of a feed."""
    url = reverse("news:feed", args=[place.code, kind])
    return f"{url}?{urlencode(query)}" if query else url


def _title(asked: queries.Asked) -> str:
    """What the list is of, where one thing alone says it."""
    if asked.words:
        return gettext("Kết quả tìm “%(words)s”") % {"words": asked.words}
    if asked.category:
        return said(CATEGORIES[asked.category])
    return said(asked.unit.name) if asked.unit else ""


def article(request: HttpRequest, *, territory: str, number: int, slug: str) -> HttpResponse:
    """An article; an address with other words leads to its own, one that was withdrawn says so."""
    found = queries.find_public(territory, number)
    if found is None:
        raise Http404(f"{territory} {number}")
    if found.live is None:
        context = {**marks(found.territory), "section": "news", "territory": found.territory}
        return render(request, "news/gone.html", context, status=410)
    if slug != found.slug:
        return redirect(article_url(found), permanent=True)
    context = {
        **article_context(found, found.live),
        "reads": _reads(found, cast(Desk, request).at),
        "own": article_url(found),
        "cards": cards(queries.neighbours(found, BESIDE)),
        "read_mark": reverse("news:read_mark", args=[territory, number]),
        "feeds": [(kind, feed_url(found.territory, kind, {})) for kind in ("rss", "atom")],
    }
    return render(request, "news/article.html", context)


def _reads(found: Article, at: datetime) -> dict[str, Any] | None:
    """How often an article was read until the end of the day before, and which day that is: the page is kept
    while readers come, so it never says more than it knows. None on its first day."""
    until = legal_date(at) - timedelta(days=1)
    if found.published_at is None or legal_date(found.published_at) > until:
        return None
    return {"count": reads_of([found.pk], last=until).get(found.pk, 0), "until": until}


def article_context(found: Article, revision: Revision) -> dict[str, Any]:
    """What the page of an article shows, whichever revision."""
    pictures = dict(shown_pictures(found, revision, pictures_of([found])))
    body = parts_of(revision.body)
    placed = {part.picture for part in body}
    loose = [pictures[n] for n in pictures if n not in placed]
    live = found.live
    return {
        **marks(found.territory),
        "section": "news",
        "territory": found.territory,
        "article": found,
        "revision": revision,
        "category": CATEGORIES.get(revision.category, Text(revision.category, revision.category)),
        "unit_way": way_below(found.unit),
        "body": [{"html": p.html, "picture": pictures.get(p.picture)} for p in body],
        "cover": loose[0] if loose else None,
        "more_pictures": loose[1:],
        "tags": [(slug_of(tag), tag) for tag in revision.tags],
        "reads": None,
        "changed_at": live.at if live and found.published_at and live.at > found.published_at else None,
    }


def picture(request: HttpRequest, *, territory: str, number: int, picture: int, width: int) -> HttpResponse:
    """A picture of what is public, or of what the person may see before it is."""
    found = Picture.objects.select_related("article__live", "article__territory").filter(
        article__territory__parent=None,
        article__territory__code=territory,
        article__number=number,
        number=picture,
    )
    kept = found.first()
    sha256 = next((s[3] for s in kept.sizes if s[0] == width), "") if kept else ""
    if kept is None or not sha256:
        raise Http404(f"{territory} {number} {picture} {width}")
    live = kept.article.live
    is_public = live is not None and any(p["number"] == picture for p in live.pictures)
    if not is_public and not can_see(cast(Desk, request).rights, kept.article):
        raise Http404(f"{territory} {number} {picture} {width}")
    file = open_derived(sha256, FOLDER)
    if file is None:
        raise Http404(sha256)
    with file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response.headers["Cache-Control"] = BEST_BEFORE if is_public else "private, no-store"
    return response


def read_mark(request: HttpRequest, *, territory: str, number: int) -> HttpResponse:
    """One pixel that an article's page asks for: so reading is counted though the page itself is kept."""
    found = queries.find_public(territory, number)
    if found is None or found.live is None:
        raise Http404(f"{territory} {number}")
    desk = cast(Desk, request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    if is_reader(request.method or "", headers) and not can_see(desk.rights, found):
        count_reading(found, address=address_of(request), agent=agent_of(request), at=desk.at)
    return HttpResponse(GIF, content_type="image/gif", headers={"Cache-Control": "no-store"})
