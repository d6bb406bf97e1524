"""What the secretariat does from the overview: remind, give more time, return a sheet, leave leaves out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import (
    MoreTime,
    extend_phase,
    grant_not_applicable,
    remind,
    return_sheet,
)
from parindex.apps.assessments.models import Extension, Participant, Phase, Round, Sheet
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries import participants_of
from parindex.apps.assessments.queries.sheets import places_of
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.wording.notation import instant
from parindex.core.wording.terms import term
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round, visible_sheet
from parindex.web.parts.instants import read_instant
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.steer.overview import frame


BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def reminders(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Choose units, send; and the same words ready for a message group and a letter."""
    round_ = visible_round(request, round)
    if not {round_.territory_id} & request.rights.units(Act.ROUND_RUN, Act.ROUND_ASSIST):
        check_round(request.rights, Act.ROUND_ASSIST, round_)
    phase = _phase(round_, request.POST.get("phase", ""), request.at)
    units = list(participants_of(round_))
    if request.method == "POST" and phase is not None:
        chosen = _chosen(units, request.POST.getlist("unit"))
        text = request.POST.get("text", "")[:1000]
        told = attempt(request, remind, phase=phase, participants=chosen, text=text)
        if told is not None:
            words = gettext("Đã nhắc %(units)s đơn vị, %(people)s người.")
            messages.success(request, words % {"units": len(chosen), "people": told})
        return redirect(request.path)
    waiting = [p for p in units if p.sheet.state in (Sheet.State.DRAFT, Sheet.State.RETURNED)]
    context = {**frame(request, round_), "phase": phase, "units": units, "waiting": waiting}
    context["groups"] = _texts(request, round_, phase, waiting=waiting)
    return render(request, "steer/remind.html", context)


def _texts(
    request: Desk, round_: Round, phase: Phase | None, *, waiting: list[Participant]
) -> list[dict[str, str]]:
    """A message for each ranking group, ready to be pasted: who is missing, until when, where."""
    if phase is None:
        return []
    link = request.build_absolute_uri(reverse("account:start"))
    found: dict[int, list[Participant]] = {}
    for participant in waiting:
        found.setdefault(participant.group_id, []).append(participant)
    words = gettext(
        "[%(round)s] %(phase)s, hạn %(until)s. Còn %(n)s đơn vị chưa hoàn thành: %(names)s. "
        "Đề nghị hoàn thành đúng hạn tại %(link)s"
    )
    return [
        {
            "name": said(members[0].group.name),
            "text": words
            % {
                "round": said(round_.title),
                "phase": term("phase", phase.kind, language()),
                "until": instant(phase.closes_at, language()),
                "n": len(members),
                "names": "; ".join(said(p.name) for p in members),
                "link": link,
            },
        }
        for members in found.values()
    ]


@BOTH
def extensions(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """More time for one, some or all units, with reason and document."""
    round_ = visible_round(request, round)
    check_round(request.rights, Act.ROUND_RUN, round_)
    units = list(participants_of(round_))
    if request.method == "POST":
        phase = _phase(round_, request.POST.get("phase", ""), request.at)
        until = read_instant(request.POST.get("until", ""))
        if phase is None or until is None:
            messages.error(request, gettext("Hãy chọn giai đoạn và ghi thời hạn mới (ngày, giờ)."))
            return redirect(request.path)
        more = MoreTime(until, request.POST.get("reason", "")[:500], request.POST.get("document", "")[:250])
        chosen = _chosen(units, request.POST.getlist("unit"))
        made = attempt(request, extend_phase, phase=phase, participants=chosen, more=more)
        if made is not None:
            messages.success(request, gettext("Đã gia hạn cho %(n)s đơn vị.") % {"n": len(made)})
        return redirect(request.path)
    context = {**frame(request, round_), "units": units, "given": _given(units)}
    return render(request, "steer/extend.html", context)


def _given(units: list[Participant]) -> list[tuple[Participant, Extension]]:
    """Extensions already given, newest first."""
    found = [(p, e) for p in units for e in p.extensions.all()]
    return sorted(found, key=lambda row: -row[1].pk)


@BOTH
def return_to_unit(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Give a submitted sheet back for completion."""
    participant = visible_sheet(request, round, unit)
    check_round(request.rights, Act.ROUND_RUN, participant.round)
    if request.method == "POST":
        until = read_instant(request.POST.get("until", ""))
        if until is None:
            messages.error(request, gettext("Hãy ghi thời hạn hoàn thiện (ngày, giờ)."))
            return redirect(request.path)
        reason = request.POST.get("reason", "")[:2000]
        if attempt(request, return_sheet, participant=participant, reason=reason, until=until):
            messages.success(request, gettext("Đã trả lại bảng tự chấm và báo cho đơn vị."))
            return redirect("steer:round", participant.round)
        return redirect(request.path)
    return render(
        request, "steer/return.html", {**frame(request, participant.round), "participant": participant}
    )


@BOTH
def not_applicable(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Take leaves out of one unit's assessment, with the ground."""
    participant = visible_sheet(request, round, unit)
    check_round(request.rights, Act.ROUND_RUN, participant.round)
    if request.method == "POST":
        said_so = {
            "leaves": request.POST.getlist("leaf"),
            "ground": request.POST.get("ground", "")[:2000],
            "document": request.POST.get("document", "")[:250],
        }
        made = attempt(request, grant_not_applicable, participant=participant, **said_so)
        if made is not None:
            messages.success(
                request, gettext("Đã quyết định không đánh giá %(n)s tiêu chí.") % {"n": len(made)}
            )
        return redirect(request.path)
    framework = by_hash(participant.round.framework.content_hash)
    places = places_of(participant)
    rows = [
        {
            "code": code,
            "name": node.name,
            "out": places[code] is Place.NOT_ASSESSED,
            "if": node.not_applicable_if,
        }
        for code, node in framework.leaves.items()
    ]
    context = {**frame(request, participant.round), "participant": participant, "rows": rows}
    return render(request, "steer/not_applicable.html", context)


def _phase(round_: Round, chosen: str, at: datetime) -> Phase | None:
    """The phase that was chosen; where none was, the one that is open, else the next.

    Raises:
        Http404: the one that was chosen is another round's.
    """
    phases = list(round_.phases.all())
    if chosen and chosen not in {str(p.pk) for p in phases}:
        raise Http404(chosen)
    return next((p for p in phases if (str(p.pk) == chosen if chosen else at <= p.closes_at)), None)


def _chosen(units: list[Participant], codes: list[str]) -> list[Participant]:
    """Those that were ticked. Raises Http404 for one that takes no part."""
    wanted = set(codes)
    if wanted - {p.unit.code for p in units}:
        raise Http404
    return [p for p in units if p.unit.code in wanted]
