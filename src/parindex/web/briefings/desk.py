"""The list of briefings, a new one begun in one act, and what the start page says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.briefings.actions import begin_briefing
from parindex.apps.briefings.emulating import seen
from parindex.apps.briefings.models import Briefing, Campaign
from parindex.apps.briefings.months import before
from parindex.apps.briefings.queries import briefings_seen
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.briefings.frame import STATES, address_of, url_of
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked


SIZE = 30


def cards(request: Desk) -> list[Card]:
    """Briefings and movements on the start page. At most five queries."""
    return [*_briefing_cards(request), *_emulation_cards(request)]


def _emulation_cards(request: Desk) -> list[Card]:
    """Movements, with how many run now."""
    if not request.rights.units(Act.EMULATION_VIEW):
        return []
    running = seen(request.rights).filter(state=Campaign.State.RUNNING).count()
    state = gettext("%(n)s phong trào đang phát động") % {"n": running} if running else ""
    title, url = gettext("Phong trào thi đua"), reverse("emulation:list")
    joins = bool(request.rights.units(Act.EMULATION_JOIN, Act.EMULATION_RUN))
    act = gettext("Xem, đăng ký, nộp sáng kiến") if joins else gettext("Xem phong trào thi đua")
    return [Card("", title, url, act, state=state, quiet=True)]


def _briefing_cards(request: Desk) -> list[Card]:
    """Of each unit that drafts them, with the draft that waits."""
    if not request.rights.units(Act.BRIEFING_VIEW):
        return []
    own = managed_units(request.rights, Act.BRIEFING_EDIT)
    drafts = {b.unit_id: b for b in Briefing.objects.filter(unit__in=own, state=Briefing.State.DRAFT)}
    title, url = gettext("Giao ban cải cách hành chính"), reverse("briefings:list")
    found = []
    for unit in own:
        draft = drafts.get(unit.pk)
        if draft is None:
            found.append(Card(unit.name, title, url, gettext("Lập, xem báo cáo giao ban")))
        else:
            state = gettext("dự thảo tháng %(month)s/%(year)s chưa ban hành") % _said(draft.month)
            found.append(Card(unit.name, title, url_of(draft, "edit"), gettext("Soạn tiếp"), state=state))
    return found or [Card("", title, url, gettext("Xem báo cáo giao ban"))]


def _said(month: date) -> dict[str, int]:
    return {"month": month.month, "year": month.year}


@require_http_methods(["GET", "HEAD", "POST"])
def briefings(request: Desk) -> HttpResponse:
    """All that the person sees, newest month first; and the form that begins one."""
    if not request.rights.units(Act.BRIEFING_VIEW):
        raise NotAllowed("not_allowed", act=Act.BRIEFING_VIEW.value)
    own = managed_units(request.rights, Act.BRIEFING_EDIT)
    proposed = before(legal_date(request.at))
    typed = {"unit": "", "month": f"{proposed:%Y-%m}"}
    wrong = ""
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in typed}
        try:
            made = _begun(request, own, typed)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(
                request, gettext("Đã lập dự thảo từ số liệu hiện có. Hãy xem lại, sửa, bổ sung.")
            )
            return redirect(url_of(made, "edit"))
    context = {**_shown(request, own), "typed": typed, "wrong": wrong}
    return render(request, "briefings/list.html", context, status=422 if wrong else 200)


def _begun(request: Desk, own: list[Unit], typed: dict[str, str]) -> Briefing:
    """Raises Refused, NotAllowed."""
    named = {address_of(unit): unit for unit in own}
    asked = typed["unit"] or (next(iter(named)) if len(named) == 1 else "")
    if asked not in named:
        raise NotAllowed("not_allowed", act=Act.BRIEFING_EDIT.value)
    try:
        month = date.fromisoformat(f"{typed['month']}-01")
    except ValueError:
        raise Refused("briefing_month_unreadable", text=typed["month"][:40]) from None
    return begin_briefing(unit=named[asked], month=month, by=request.user.ref, at=request.at)


def _shown(request: Desk, own: list[Unit]) -> dict[str, Any]:
    found = briefings_seen(request.rights)
    cut, page = page_asked(request, found.count(), SIZE)
    rows = list(found[cut])
    return {
        "section": "start",
        **marks(own[0] if own else (rows[0].unit if rows else None)),
        "rows": [
            {
                "briefing": b,
                "badge": STATES[b.state],
                "url": url_of(b, "edit" if b.state == Briefing.State.DRAFT else "briefing"),
            }
            for b in rows
        ],
        "page": page,
        "own": [(address_of(unit), unit) for unit in own],
    }
