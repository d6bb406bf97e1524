"""Who is asked: strata, one-time links told once, reminders, posters of counters with their QR code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Counter, RespondentGroup, Stratum, Survey
from parindex.apps.surveys.queries import counters_of, groups_of
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.sampling import sample_size
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.parts.qr import picture
from parindex.web.parts.sent_tables import Fault, words_of
from parindex.web.parts.workbooks import Sheet, workbook
from parindex.web.surveys.desk.frame import (
    known_group,
    known_survey,
    of_survey,
    typed,
    unit_named,
    units_of,
    whole,
)


FIVE_PERCENT = Fraction(1, 20)


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


@require_http_methods(["GET", "HEAD", "POST"])
def strata(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """The strata of a group's sample, as lines; where no size is given, the ministry's formula at 5 %."""
    group = known_group(request, slug, code, run=True)
    standing = list(group.strata.select_related("unit"))
    text = "\n".join(f"{s.unit.name_vi}; {s.label}; {s.population}; {s.quota}" for s in standing)
    faults: list[Fault] = []
    if request.method == "POST":
        text = typed(request, "lines")["lines"]
        rows, faults = _strata(text, units_of(group.survey, request))
        if not faults:
            try:
                actions.set_strata(group=group, rows=rows, by=request.user.ref, at=request.at)
            except Refused as refusal:
                faults = [Fault("", words_of(refusal))]
            else:
                messages.success(request, gettext("Đã lưu các tầng mẫu."))
                return redirect("surveys:invite", slug)
    context = {
        **of_survey(request, group.survey, "invite"),
        "group": group,
        "lines": text,
        "faults": faults,
        "total": sum(s.population for s in standing),
        "quota": sum(s.quota for s in standing),
    }
    return render(request, "survey_desk/strata.html", context, status=422 if faults else 200)


def cells(line: str, count: int) -> list[str]:
    """The cells of a line: tabs as a spreadsheet copies them, else semicolons."""
    parts = line.split("\t" if "\t" in line else ";")
    return [*(p.strip() for p in parts), *[""] * count][:count]


def place(number: int) -> str:
    """Where in a list of lines."""
    return gettext("dòng %(n)s") % {"n": number}


def _strata(text: str, units: Sequence[Unit]) -> tuple[list[actions.StratumWritten], list[Fault]]:
    rows: list[actions.StratumWritten] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, label, population, quota = cells(line, 4)
        unit, size = unit_named(units, name), whole(population.replace(".", ""))
        if unit is None:
            faults.append(Fault(place(number), gettext("không có đơn vị “%(name)s”") % {"name": name[:80]}))
        elif not size or (quota and not whole(quota)):
            faults.append(Fault(place(number), gettext("tổng thể và cỡ mẫu phải là số nguyên")))
        else:
            wanted = whole(quota) if quota else sample_size(size, FIVE_PERCENT)
            rows.append(actions.StratumWritten(unit, size, wanted, label))
    return rows, faults


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """One-time links from a list of people, or new ones for who has not answered: told in one file, once."""
    group = known_group(request, slug, code, run=True)
    text = ""
    faults: list[Fault] = []
    if request.method == "POST":
        text = typed(request, "lines")["lines"]
        wanted, faults = _wanted(text, group, units_of(group.survey, request))
        if not faults:
            try:
                return _issued(request, group, wanted)
            except Refused as refusal:
                faults = [Fault("", words_of(refusal))]
    context = {
        **of_survey(request, group.survey, "invite"),
        "group": group,
        "lines": text,
        "faults": faults,
        "rates": group.rated.exists(),
        "waiting": group.invitations.count(),
    }
    return render(request, "survey_desk/links.html", context, status=422 if faults else 200)


def _wanted(
    text: str, group: RespondentGroup, units: Sequence[Unit]
) -> tuple[list[actions.Wanted], list[Fault]]:
    """People of a list: whom to reach, their own unit or the unit they dealt with, and on what."""
    layers = {(s.unit_id, folded(s.label)): s for s in group.strata.all()}
    rates = group.rated.exists()
    found: list[actions.Wanted] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        contact, name, label = cells(line, 3)
        unit = unit_named(units, name) if name else None
        layer = layers.get((unit.pk, folded(label))) if unit else None
        if name and unit is None:
            faults.append(Fault(place(number), gettext("không có đơn vị “%(name)s”") % {"name": name[:80]}))
        elif unit and not rates and layer is None:
            faults.append(Fault(place(number), gettext("đơn vị này chưa có tầng mẫu như vậy")))
        else:
            found.append(_one(contact, unit, layer, rates=rates))
    return found, faults


def _one(contact: str, unit: Unit | None, layer: Stratum | None, *, rates: bool) -> actions.Wanted:
    return actions.Wanted(contact, stratum=layer, own_unit=unit if rates else None)


def _issued(request: Desk, group: RespondentGroup, wanted: Sequence[actions.Wanted]) -> HttpResponse:
    """The links as a workbook, with a text that can be sent as it is. Raises Refused."""
    by, at = request.user.ref, request.at
    if request.POST.get("act") == "remind":
        left = [c for c in group.invitations.values_list("contact", flat=True) if c]
        made = actions.renew_invitations(group=group, contacts=left, by=by, at=at)
    else:
        if request.POST.get("act") == "draw":
            kept = whole(request.POST.get("reserve", ""))
            drawn = actions.draw_sample(group=group, frame=wanted, reserve=kept, by=by, at=at)
            wanted = actions.drawn_lines(drawn, wanted)
        made = actions.issue_invitations(group=group, wanted=wanted, by=by, at=at)
    rows = []
    for one in made:
        address = request.build_absolute_uri(reverse("answer:link", args=[one.token]))
        rows.append([one.contact, address, ready_text(group.survey, address)])
    header = [gettext("Người nhận"), gettext("Địa chỉ trả lời"), gettext("Tin nhắn")]
    sheet = Sheet(gettext("Đường dẫn một lần"), header, rows)
    answer = workbook(f"duong-dan-{group.survey.slug}-{group.code}", [sheet])
    answer.headers["Cache-Control"] = "no-store"
    return answer


def ready_text(survey: Survey, address: str) -> str:
    """A message for Zalo, SMS or e-mail."""
    words = gettext(
        "%(body)s kính mời ông (bà) cho ý kiến: %(title)s. Phiếu ẩn danh, đến hết %(day)s: %(address)s"
    )
    title = survey.title.in_(language())
    return words % {
        "body": survey.body,
        "title": title,
        "day": survey.closes.strftime("%d/%m/%Y"),
        "address": address,
    }


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
