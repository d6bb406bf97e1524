"""Initiatives of a movement: handed in, changed, used by others; all of them as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.briefings import emulation
from parindex.apps.briefings.emulating import can_run, check_joins, joining
from parindex.apps.briefings.models import Campaign, Initiative
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.notation import day
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.briefings.campaigns import acting_unit, campaign_frame, known_campaign
from parindex.web.briefings.frame import address_of
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import TYPES, table_file
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


FIELDS = ("title", "authors", "description", "effect", "recognised_by", "decision", "recognised_on")


def known_initiative(request: Desk, pk: int, number: int) -> Initiative:
    """An initiative of a movement that the person sees. Raises Http404, NotAllowed."""
    campaign = known_campaign(request, pk)
    found = campaign.initiatives_handed_in.select_related("unit__parent__parent__parent")
    one = found.filter(number=number).first()
    if one is None:
        raise Http404(str(number))
    one.campaign = campaign
    return one


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk, *, pk: int) -> HttpResponse:
    """A new one of the person's unit."""
    campaign = known_campaign(request, pk)
    own = joining(request.rights, campaign)
    if not own:
        raise NotAllowed("not_allowed", act=Act.EMULATION_JOIN.value)
    typed, wrong = dict.fromkeys(FIELDS, ""), ""
    if request.method == "POST":
        typed = _typed(request)
        unit = acting_unit(request, own, request.POST.get("unit", ""))
        try:
            made = emulation.hand_in_initiative(
                campaign=campaign, unit=unit, written=_written(typed), by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã nộp sáng kiến."))
            return redirect("emulation:initiative", pk, made.number)
    context = {
        **campaign_frame(campaign),
        "typed": typed,
        "wrong": wrong,
        "own": [(address_of(unit), unit) for unit in own],
        "unit_asked": request.POST.get("unit", ""),
        "initiative": None,
    }
    return render(request, "briefings/initiative_form.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Desk, *, pk: int, number: int) -> HttpResponse:
    """Said anew by its unit, or by whoever runs the movement; such as who has recognised it."""
    one = known_initiative(request, pk, number)
    if not can_run(request.rights, one.campaign):
        check_joins(request.rights, one.unit)
    typed, wrong = _of(one), ""
    if request.method == "POST":
        typed = _typed(request)
        try:
            emulation.change_initiative(
                initiative=one, written=_written(typed), by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("emulation:initiative", pk, number)
    context = {
        **campaign_frame(one.campaign),
        "typed": typed,
        "wrong": wrong,
        "own": [],
        "unit_asked": "",
        "initiative": one,
    }
    return render(request, "briefings/initiative_form.html", context, status=422 if wrong else 200)


def _typed(request: Desk) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in FIELDS}


def _of(one: Initiative) -> dict[str, str]:
    on = one.recognised_on.isoformat() if one.recognised_on else ""
    return {**{name: getattr(one, name) for name in FIELDS}, "recognised_on": on}


def _written(typed: Mapping[str, str]) -> emulation.InitiativeWritten:
    """Raises Refused ``briefing_day_unreadable``."""
    on: date | None = None
    if text := typed["recognised_on"].strip():
        try:
            on = date.fromisoformat(text)
        except ValueError:
            raise Refused("briefing_day_unreadable", text=text[:40]) from None
    rest = {name: typed[name] for name in FIELDS if name != "recognised_on"}
    return emulation.InitiativeWritten(**rest, recognised_on=on)


def initiative(request: Desk, *, pk: int, number: int) -> HttpResponse:
    """One initiative, who recognised it, who else uses it."""
    return _page(request, known_initiative(request, pk, number))


def _page(request: Desk, one: Initiative, back: Back | None = None) -> HttpResponse:
    """The page of an initiative. `back`: what a unit said of its use, where that was refused."""
    own = joining(request.rights, one.campaign)
    used = {r.unit_id for r in one.reuses.all()}
    running = one.campaign.state == Campaign.State.RUNNING
    context = {
        **campaign_frame(one.campaign),
        "initiative": one,
        "reuses": list(one.reuses.select_related("unit")),
        "edits": running and (can_run(request.rights, one.campaign) or one.unit_id in {u.pk for u in own}),
        "using": [
            (address_of(unit), unit)
            for unit in own
            if running and unit.pk not in used and unit.pk != one.unit_id
        ],
        "refused": back,
    }
    return render(request, "briefings/initiative.html", context, status=422 if back else 200)


@require_POST
def reuse(request: Desk, *, pk: int, number: int) -> HttpResponse:
    """The person's unit uses it."""
    one = known_initiative(request, pk, number)
    own = [unit for unit in joining(request.rights, one.campaign) if unit.pk != one.unit_id]
    unit = acting_unit(request, own, request.POST.get("unit", ""))
    note = request.POST.get("note", "")
    sent, do = {"note": note, "unit": request.POST.get("unit", "")}, emulation.record_reuse
    _, back = tried(request, SmallForm("reuse", sent), do, initiative=one, unit=unit, note=note)
    if back:
        return _page(request, known_initiative(request, pk, number), back)
    messages.success(request, gettext("Đã ghi việc áp dụng."))
    return redirect("emulation:initiative", pk, number)


def initiatives_file(request: Desk, *, pk: int, kind: str) -> HttpResponse:
    """All of the movement as ``csv``, ``xlsx`` or ``json``. Raises Http404, NotAllowed."""
    campaign = known_campaign(request, pk)
    if kind not in TYPES:
        raise Http404(kind)
    header = [
        gettext("TT"),
        gettext("Đơn vị"),
        gettext("Sáng kiến"),
        gettext("Tác giả"),
        gettext("Mô tả"),
        gettext("Hiệu quả"),
        gettext("Cơ quan công nhận"),
        gettext("Số quyết định"),
        gettext("Ngày quyết định"),
        gettext("Đơn vị khác áp dụng"),
    ]
    found = campaign.initiatives_handed_in.select_related("unit").prefetch_related("reuses__unit")
    rows = [_row(one) for one in found]
    return table_file(kind, f"sang-kien-{campaign.unit.code}-{campaign.pk}", header=header, rows=rows)


def _row(one: Initiative) -> list[Any]:
    return [
        one.number,
        said(one.unit.name),
        one.title,
        one.authors,
        one.description,
        one.effect,
        one.recognised_by,
        one.decision,
        day(one.recognised_on, language()) if one.recognised_on else "",
        "; ".join(said(r.unit.name) for r in one.reuses.all()),
    ]
