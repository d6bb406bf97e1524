"""One publication: what stood in it, what it corrected, and whether another corrects it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from parindex.apps.frameworks.queries import by_hash
from parindex.apps.publications.changes import Change, Standing, changes_of, lines_of
from parindex.apps.publications.models import Publication
from parindex.apps.publications.queries import find_public, public_bundles, publications_of
from parindex.apps.results.models import UnitResult
from parindex.core.kernel.framework import Framework
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def publication(request: HttpRequest, *, territory: str, code: str, number: int) -> HttpResponse:
    """A publication as it was; a later one adds a note to its page and changes nothing on it."""
    found = find_public(territory, code, number)
    if found is None:
        raise Http404(f"{territory}/{code}/{number}")
    framework = by_hash(found.result.framework_hash)
    round_ = found.round
    bundle_url = reverse("public:bundle", args=[territory, code, number])
    context = {
        "section": "open_data",
        "territory": round_.territory,
        "illustrative": round_.territory.illustrative,
        "notes": [round_.note] if round_.note.vi else [],
        "publication": found,
        "round_title": round_.title,
        "year": round_.year,
        "later": later_of(found),
        "earlier": publication_url(found.replaces) if found.replaces else "",
        "bundle_url": bundle_url,
        "bundle_address": request.build_absolute_uri(bundle_url),
        "keys_address": request.build_absolute_uri(reverse("public:keys")),
        "percent": framework.index.policy != "total",
        "graded": bool(framework.grades.bands),
        "changes": [_change(framework, change, found) for change in changes_of(found)],
        "groups": [
            {"name": group.name, "rows": [_row(framework, line) for line in lines]}
            for group, lines in groupby(lines_of(found), key=lambda line: line.group)
        ],
    }
    return render(request, "public/publication.html", context)


def publication_url(publication: Publication) -> str:
    """The page of a publication."""
    round_ = publication.round
    return reverse("public:publication", args=[round_.territory.code, round_.code, publication.number])


def later_of(publication: Publication) -> dict[str, Any] | None:
    """The publication that corrects one, if any does."""
    later: Publication | None = getattr(publication, "replaced_by", None)
    return {"publication": later, "url": publication_url(later)} if later else None


def _change(framework: Framework, change: Change, publication: Publication) -> dict[str, Any]:
    """A unit's line before and after, and why: each ruling where reasons are public."""
    ruled = [
        {"code": r.leaf, "name": framework.leaves[r.leaf].name, "reason": r.reason}
        for r in change.rulings
        if r.leaf in framework.leaves
    ]
    return {
        "name": change.participant.name,
        "before": _said(framework, change.before) if change.before else None,
        "after": _said(framework, change.after),
        "is_ruled": bool(change.rulings),
        "rulings": ruled if publication.level.shows_reasons else [],
    }


def _said(framework: Framework, standing: Standing) -> dict[str, Any]:
    return {"index": standing.index, "rank": standing.rank, **_grade(framework, standing.grade)}


def _row(framework: Framework, line: UnitResult) -> dict[str, Any]:
    return {
        "name": line.participant.name,
        "index": line.index,
        "rank": line.rank,
        **_grade(framework, line.grade),
    }


def _grade(framework: Framework, code: str) -> dict[str, Any]:
    """A grade by its code, and its place on the scale."""
    at = next((k for k, band in enumerate(framework.grades.bands) if band.id == code), None)
    return {"grade": None if at is None else framework.grades.bands[at], "grade_position": at}


def told(results: list[int]) -> list[dict[str, Any]]:
    """What a page says of the publications that its figures stand in."""
    return [
        {
            "publication": one,
            "url": publication_url(one),
            "bundle_url": reverse(
                "public:bundle", args=[one.round.territory.code, one.round.code, one.number]
            ),
        }
        for one in publications_of(results).values()
    ]


FEED = 50


def feed(request: HttpRequest) -> HttpResponse:
    """Publications and corrections as an Atom feed, newest first."""
    home = request.build_absolute_uri(reverse("public:open_data"))
    made = Atom1Feed(
        title=gettext("Kết quả đã công bố và đính chính"),
        link=home,
        description="",
        language=language(),
        feed_url=request.build_absolute_uri(reverse("public:feed")),
    )
    for one in public_bundles()[:FEED]:
        url = request.build_absolute_uri(publication_url(one))
        words = gettext("đính chính") if one.replaces else gettext("công bố")
        made.add_item(
            title=f"{said(one.round.title)}: {words}",
            link=url,
            unique_id=url,
            description=one.reason or one.decision,
            pubdate=one.at,
            updateddate=one.at,
            author_name=said(one.round.territory.name),
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
