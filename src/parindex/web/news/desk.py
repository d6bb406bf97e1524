"""The desk of the section: what is written, waits or is public; an article as it will look; revisions."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.news.actions import restore_revision, standing
from parindex.apps.news.markup import lines_of
from parindex.apps.news.models import Article, Revision
from parindex.apps.news.permissions import can_write
from parindex.apps.news.queries import desk_articles, newest_revisions, waiting_count
from parindex.apps.news.reading import reads_of
from parindex.apps.news.rules import check_step
from parindex.apps.organisations.queries import managed_units, names_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.text import Text
from parindex.web.news.frame import check_somewhere, frame, known_article, plan_address
from parindex.web.news.paging import paged
from parindex.web.news.reading import article_context
from parindex.web.parts.articles import article_url
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate


SIZE = 25
BADGES = {"draft": "", "review": "waiting", "scheduled": "sent", "published": "done", "withdrawn": "back"}
"""How the state of an article looks."""


def cards(request: Desk) -> list[Card]:
    """The section on the start page of those who write or review: with what waits. At most three queries."""
    rights = request.rights
    reviewing = managed_units(rights, Act.NEWS_PUBLISH) if rights.units(Act.NEWS_PUBLISH) else []
    waiting = waiting_count(rights, [u.pk for u in reviewing]) if reviewing else {}
    shown = [_card(unit.name, waiting.get(unit.pk, 0)) for unit in reviewing]
    writing = rights.units(Act.NEWS_WRITE) - {u.pk for u in reviewing}
    own = [u for u in managed_units(rights, Act.NEWS_WRITE) if u.pk in writing] if writing else []
    return [*shown, *(_card(unit.name, 0) for unit in own)]


def _card(name: Text, waiting: int) -> Card:
    if waiting:
        url = reverse("news:desk") + "?buoc=review"
        state = gettext("%(n)s bài chờ duyệt") % {"n": waiting}
        return Card(name, gettext("Tin, bài cải cách hành chính"), url, gettext("Duyệt bài"), state=state)
    title = gettext("Tin, bài cải cách hành chính")
    return Card(name, title, reverse("news:desk"), gettext("Viết, xem tin, bài"))


def desk(request: Desk) -> HttpResponse:
    """Everything that the person writes or reviews; by state. A fixed number of queries."""
    check_somewhere(request)
    every = desk_articles(request.rights)
    state = request.GET.get("buoc", "")
    if state and state not in Article.State.values:
        raise Http404(state)
    found, page = paged(request, every.filter(state=state) if state else every, SIZE)
    newest, reads = newest_revisions(found), reads_of([a.pk for a in found])
    names = names_of({r.by for r in newest.values()})
    context = {
        **frame(request),
        "rows": [_row(a, newest[a.pk], reads.get(a.pk, 0), by=names) for a in found],
        "page": page,
        "plan_of": plan_address(request),
        "state": state,
        "states": list(Article.State.values),
    }
    return render(request, "news/desk.html", context)


def _row(article: Article, newest: Revision, reads: int, *, by: dict[str, str]) -> dict[str, Any]:
    return {
        "article": article,
        "title": newest.title,
        "badge": BADGES[article.state],
        "by": by.get(newest.by, ""),
        "at": newest.at,
        "reads": reads,
        "is_live": article.live_id is not None,
    }


def preview(request: Desk, *, pk: int) -> HttpResponse:
    """The newest revision as readers would see it."""
    found = known_article(request, pk)
    context = {
        **article_context(found, standing(found)),
        "section": "start",
        "public_url": article_url(found) if found.live_id else "",
    }
    return render(request, "news/preview.html", context)


def revision(request: Desk, *, pk: int, revision: int) -> HttpResponse:
    """One revision, and what it changed."""
    found = known_article(request, pk)
    kept = {r.number: r for r in found.revisions.filter(number__in=(revision, revision - 1))}
    if revision not in kept:
        raise Http404(f"{pk} {revision}")
    this = kept[revision]
    context = {
        **frame(request, found.territory),
        "article": found,
        "revision": this,
        "by": names_of({this.by}).get(this.by, ""),
        "lines": list(_changes(kept.get(revision - 1), this)),
        "last": found.revisions.count(),
        "writes": can_write(request.rights, found) and not found.outside,
        "back": gate(lambda: check_step(found, "save")),
    }
    return render(request, "news/revision.html", context)


@require_POST
def restore(request: Desk, *, pk: int, revision: int) -> HttpResponse:
    """Go back to an earlier revision in one act."""
    found = known_article(request, pk, act=Act.NEWS_WRITE)
    if not found.revisions.filter(number=revision).exists():
        raise Http404(f"{pk} {revision}")
    base = request.POST.get("base", "")
    seen = int(base) if base.isascii() and base.isdigit() and len(base) < 7 else 0
    if attempt(request, restore_revision, article=found, number=revision, base=seen):
        words = gettext("Nội dung đã trở lại như bản %(n)s; xem lại rồi gửi duyệt.")
        messages.success(request, words % {"n": revision})
    return redirect("news:edit", pk)


def _changes(before: Revision | None, now: Revision) -> Iterator[tuple[str, str]]:
    """Lines of a revision: ``+`` came, ``-`` went, empty stayed."""
    for line in difflib.ndiff(_said(before) if before else [], _said(now)):
        if line[:1] != "?":
            yield line[:1].strip(), line[2:]


def _said(revision: Revision) -> list[str]:
    pictures = [
        f"[{gettext('ảnh')} {p['number']}] {p['alt']} {p['caption']}".strip() for p in revision.pictures
    ]
    head = [revision.title, revision.summary, revision.byline, ", ".join(revision.tags)]
    return [line for line in (*head, *lines_of(revision.body), *pictures) if line]
