"""One-time links: from a list, a sample drawn from a list or from the dossiers; reminders; the reserve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.framing import wanted_of_dossiers
from parindex.apps.surveys.models import RespondentGroup, Stratum, Survey
from parindex.apps.surveys.queries import reserve_of, strata_of, waiting_of
from parindex.apps.surveys.rules import check_step
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.paging import page_asked
from parindex.web.parts.sent_tables import Fault, words_of
from parindex.web.parts.workbooks import Sheet, workbook
from parindex.web.surveys.desk.frame import (
    Units,
    day_of,
    known_group,
    of_survey,
    typed,
    units_of,
    whole,
    whole_fault,
)
from parindex.web.surveys.desk.lines import as_workbook, cells, place, sent_lines
from parindex.web.surveys.invite.strata import days_of, until_of


CONTACT = Text("Điện thoại hoặc thư điện tử", "Telephone or e-mail")
OWN = Text("Đơn vị của người đó", "Their own unit")
DEALT = Text("Đơn vị đã giao dịch", "Unit dealt with")
LABEL = Text("Nhãn của tầng mẫu", "Label of the stratum")
WAITING_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """One-time links, told in one file, once. A list that is sent as a file is laid out to be looked at."""
    group = known_group(request, slug, code, run=True)
    rates = group.rated.exists()
    text, laid = "", ""
    faults: list[Fault] = []
    asked = days_of(group.survey, request)
    if request.method == "POST":
        said = typed(request, "lines", "act", "first", "last", "reserve")
        text = said["lines"]
        asked = {name: said[name] or asked[name] for name in asked}
        try:
            if said["act"] == "file":
                text = sent_lines(request, columns_of(rates=rates))
                laid = gettext("Các dòng lấy từ tệp; xem rồi tạo đường dẫn.")
            else:
                answer, faults = _answered(request, group, text)
                if answer is not None:
                    return answer
        except (DossiersRefused, Refused) as refusal:
            faults = [whole_fault(refusal)]
    context = {
        **of_survey(request, group.survey, "invite"),
        "group": group,
        "lines": text,
        "laid": laid,
        "faults": faults,
        "rates": rates,
        "layers": 0 if rates else group.strata.count(),
        "reserve": group.reserves.count(),
        "waiting": group.invitations.count(),
        "asked": asked,
        "until": None if rates else until_of(group.survey),
        "inviting": gate(lambda: check_step(group.survey, "invite")),
    }
    return render(request, "survey_desk/links.html", context, status=422 if faults else 200)


def columns_of(*, rates: bool) -> tuple[Text, ...]:
    """The columns of a list of people."""
    return (CONTACT, OWN) if rates else (CONTACT, DEALT, LABEL)


def links_file(request: Desk, *, slug: str, code: str, kind: str) -> HttpResponse:
    """The table for a list of people, with the units and strata to choose from. Raises Http404."""
    group = known_group(request, slug, code, run=True)
    if kind != "xlsx":
        raise Http404(kind)
    rates = group.rated.exists()
    rows = (
        [("", u.name_vi) for u in units_of(group.survey, request)]
        if rates
        else [("", s.unit.name_vi, s.label) for s in strata_of(group)]
    )
    return as_workbook(f"danh-sach-{code}", columns_of(rates=rates), rows)


def _answered(request: Desk, group: RespondentGroup, text: str) -> tuple[HttpResponse | None, list[Fault]]:
    """The file of links, or what is wrong with the lines. Raises Refused, DossiersRefused."""
    by, at = request.user.ref, request.at
    act = request.POST.get("act", "")
    if act == "remind":
        left = [c for c in group.invitations.values_list("contact", flat=True) if c]
        return _file(request, group, actions.renew_invitations(group=group, contacts=left, by=by, at=at)), []
    if act == "dossiers":
        first, last = (day_of(request.POST.get(name, "")) for name in ("first", "last"))
        if first is None or last is None:
            raise Refused("survey_days_missing")
        units = units_of(group.survey, request)
        wanted = wanted_of_dossiers(group, units, first=first, last=last, day=legal_date(at))
        faults: list[Fault] = []
    else:
        wanted, faults = _wanted(text, group, units_of(group.survey, request))
    if faults:
        return None, faults
    if act in ("draw", "dossiers"):
        kept = whole(request.POST.get("reserve", ""))
        drawn = actions.draw_sample(group=group, frame=wanted, reserve=kept, by=by, at=at)
        wanted = actions.drawn_lines(drawn, wanted)
    made = actions.issue_invitations(group=group, wanted=wanted, by=by, at=at)
    return _file(request, group, made), []


def _wanted(
    text: str, group: RespondentGroup, units: Sequence[Unit]
) -> tuple[list[actions.Wanted], list[Fault]]:
    """People of a list: whom to reach, their own unit or the unit they dealt with, and on what."""
    layers = {(s.unit_id, folded(s.label)): s for s in group.strata.all()}
    rates = group.rated.exists()
    known = Units(units)
    found: list[actions.Wanted] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        contact, name, label = cells(line, 3)
        unit = known.named(name) if name else None
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


def _file(request: Desk, group: RespondentGroup, made: Sequence[actions.Issued]) -> HttpResponse:
    """The links as a workbook, with a text that can be sent as it is, and the reserve list beside them."""
    rows = []
    for one in made:
        address = request.build_absolute_uri(reverse("answer:link", args=[one.token]))
        unit = one.stratum.unit if one.stratum else one.own_unit
        label = one.stratum.label if one.stratum else ""
        named = unit.name_vi if unit else ""
        rows.append([one.contact, named, label, address, ready_text(group.survey, address)])
    unit_head, label_head = gettext("Đơn vị"), gettext("Tầng mẫu")
    header = [gettext("Người nhận"), unit_head, label_head, gettext("Địa chỉ trả lời"), gettext("Tin nhắn")]
    sheets = [Sheet(gettext("Đường dẫn một lần"), header, rows)]
    spare = [(r.stratum.unit.name_vi, r.stratum.label, r.position, r.contact) for r in reserve_of(group)]
    if spare:
        header = [unit_head, label_head, gettext("Thứ tự"), gettext("Người dự phòng")]
        sheets.append(Sheet(gettext("Dự phòng"), header, spare))
    answer = workbook(f"duong-dan-{group.survey.slug}-{group.code}", sheets)
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
def reserve(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """The official list as far as it has not answered, the reserve list, and one put in the other's place."""
    group = known_group(request, slug, code, run=True)
    reason, wrong = "", ""
    if request.method == "POST":
        reason = typed(request, "reason")["reason"]
        chosen = request.POST.getlist("contact")
        try:
            made = actions.replace_invited(
                group=group, contacts=chosen, reason=reason, by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = words_of(refusal)
        else:
            return _file(request, group, made)
    layers = strata_of(group)
    asked = request.GET.get("tang", "")
    stratum = next((s for s in layers if str(s.pk) == asked), None)
    here, paging = page_asked(request, waiting_of(group, stratum).count(), WAITING_SHOWN)
    context: dict[str, Any] = {
        **of_survey(request, group.survey, "invite"),
        "group": group,
        "layers": layers,
        "stratum": stratum,
        "waiting": waiting_of(group, stratum)[here],
        "paging": paging,
        "spare": reserve_of(group, stratum)[:WAITING_SHOWN],
        "reason": reason,
        "wrong": wrong,
        "inviting": gate(lambda: check_step(group.survey, "invite")),
    }
    return render(request, "survey_desk/reserve.html", context, status=422 if wrong else 200)
