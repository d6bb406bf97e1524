"""Who is asked: groups with their strata and links, counters with their posters and QR codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Counter, Survey
from parindex.apps.surveys.queries import counters_of, groups_of
from parindex.core.kernel.problems import Refused
from parindex.core.papers.poster import Poster, posters_pdf
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.qr import drawing, picture
from parindex.web.parts.sent_tables import words_of
from parindex.web.surveys.desk.frame import (
    known_survey,
    of_survey,
    typed,
    units_of,
    whole,
)
from parindex.web.surveys.invite.linking import ready_text


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Desk, *, slug: str) -> HttpResponse:
    """Groups with their strata and links, counters; a counter added."""
    survey = known_survey(request, slug, run=True)
    units, groups = units_of(survey, request), groups_of(survey)
    if request.method == "POST":
        said = typed(request, "group", "unit", "label", "hourly")
        group = next((g for g in groups if g.code == said["group"]), None)
        unit = next((u for u in units if str(u.pk) == said["unit"]), None)
        if group is None or unit is None:
            messages.error(request, words_of(Refused("nothing_chosen")))
            return redirect(request.path)
        group.survey = survey
        hourly = whole(said["hourly"])
        made = attempt(
            request, actions.add_counter, group=group, unit=unit, label=said["label"], hourly=hourly
        )
        return redirect("surveys:poster", slug, made.pk) if made else redirect(request.path)
    context = {
        **of_survey(request, survey, "invite"),
        "groups": groups,
        "units": units,
        "counters": counters_of(survey),
        "may_have": survey.kind != Survey.Kind.OFFICIALS,
    }
    return render(request, "survey_desk/invite.html", context)


def posters(request: Desk, *, slug: str, pk: int | None = None) -> HttpResponse:
    """Posters to be printed as one .pdf: of a counter, or of all that take answers. Raises Http404."""
    survey = known_survey(request, slug, run=True)
    chosen = [c for c in counters_of(survey) if (c.pk == pk if pk is not None else not c.closed)]
    if not chosen:
        raise Http404(slug)
    made = [_printed(request, survey, one) for one in chosen]
    name = content_disposition_header(as_attachment=True, filename=f"ap-phich-{slug}.pdf")
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(posters_pdf(made), content_type="application/pdf", headers=headers)


def _printed(request: Desk, survey: Survey, counter: Counter) -> Poster:
    address = request.build_absolute_uri(reverse("answer:counter", args=[counter.code]))
    return Poster(
        body=survey.body,
        title=survey.title_vi,
        unit=counter.unit.name_vi,
        counter=counter.label,
        address=address,
        code=drawing(address),
        closes=survey.closes,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: Desk, *, slug: str, pk: int) -> HttpResponse:
    """A counter's poster, to be printed: its QR code, its address, a text to paste; the counter closed."""
    survey = known_survey(request, slug, run=True)
    found = Counter.objects.select_related("group__survey__territory", "unit")
    counter = found.filter(group__survey=survey, pk=pk).first()
    if counter is None:
        raise Http404(str(pk))
    if request.method == "POST":
        if attempt(request, actions.close_counter, counter=counter):
            messages.success(request, gettext("Quầy này không nhận phiếu nữa."))
        return redirect("surveys:invite", slug)
    address = request.build_absolute_uri(reverse("answer:counter", args=[counter.code]))
    context: Mapping[str, Any] = {
        **of_survey(request, survey, "invite"),
        "counter": counter,
        "address": address,
        "picture": picture(address),
        "text": ready_text(survey, address),
    }
    return render(request, "survey_desk/poster.html", dict(context))
