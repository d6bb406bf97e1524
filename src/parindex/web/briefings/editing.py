"""Editing a draft, drafting it anew, issuing it, and making its conclusions tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.briefings import actions
from parindex.apps.briefings.models import Briefing, BriefingRevision
from parindex.apps.briefings.queries import open_plans
from parindex.apps.briefings.rules import ConclusionWritten
from parindex.apps.organisations.queries import names_of
from parindex.apps.plans.permissions import check_edit as check_edit_plan
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.briefings import SECTIONS
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.briefings.frame import (
    OF_THE_DAY,
    day_typed,
    figures_shown,
    frame,
    known_briefing,
    url_of,
)
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language


SPARE = 3
MOST_ROWS = 100


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Desk, *, unit: str, year: int, month: int) -> HttpResponse:
    """The draft as a form: a text for each section, the conclusions as rows."""
    return _edit(request, known_briefing(request, unit, year=year, month=month, edit=True))


def _edit(request: Desk, found: Briefing, back: Back | None = None) -> HttpResponse:
    """The page of a draft. `back`: number, date and signer, where they were refused."""
    if found.state != Briefing.State.DRAFT:
        return redirect(url_of(found))
    newest = actions.newest_of(found)
    typed, wrong, base = _of(found, newest), "", newest.number
    if request.method == "POST" and not back:
        typed = _typed(request)
        try:
            actions.save_briefing(
                briefing=found,
                written=_written(typed),
                base=_number(request.POST.get("base", "")),
                by=request.user.ref,
                at=request.at,
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect(url_of(found, "edit"))
    context = {**_around(request, found, newest), **_form(found, newest, typed), "wrong": wrong, "base": base}
    context["refused"] = back
    return render(request, "briefings/edit.html", context, status=422 if wrong or back else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _of(found: Briefing, newest: BriefingRevision) -> dict[str, Any]:
    return {
        "sections": {one["code"]: one["text"] for one in newest.sections},
        "conclusions": list(newest.conclusions),
        "held_on": found.held_on.isoformat() if found.held_on else "",
    }


def _typed(request: Desk) -> dict[str, Any]:
    """What was sent, as it was sent."""

    def sent(name: str) -> str:
        return request.POST.get(name, "")

    rows = min(_number(sent("rows")), MOST_ROWS)
    return {
        "sections": {code: sent(f"s-{code}") for code in SECTIONS if f"s-{code}" in request.POST},
        "conclusions": [
            {name: sent(f"c-{name}-{k}").strip() for name in ("content", "unit", "due")}
            for k in range(1, rows + 1)
        ],
        "held_on": sent("held_on").strip(),
    }


def _written(typed: Mapping[str, Any]) -> actions.BriefingWritten:
    """Raises Refused ``briefing_day_unreadable``."""
    return actions.BriefingWritten(
        sections=typed["sections"],
        conclusions=[ConclusionWritten(**row) for row in typed["conclusions"]],
        held_on=day_typed(typed["held_on"]) if typed["held_on"] else None,
    )


def _form(found: Briefing, newest: BriefingRevision, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields; conclusions with some empty rows to spare."""
    spare = [{"content": "", "unit": "", "due": ""}] * SPARE
    filled = [row for row in typed["conclusions"] if any(row.values())]
    return {
        "texts": [
            {
                "code": one["code"],
                "name": SECTIONS[one["code"]],
                "text": typed["sections"].get(one["code"], one["text"]),
                "edited": one["text"] != one["drafted"],
                "rows": min(14, max(3, one["text"].count("\n") + len(one["text"]) // 90 + 2)),
            }
            for one in newest.sections
        ],
        "rows": list(enumerate([*filled, *spare], start=1)),
        "units": list(actions.addresses_below(found.unit).items()),
        "held_on": typed["held_on"],
        "figures": figures_shown(newest.figures),
    }


def _around(request: Desk, found: Briefing, newest: BriefingRevision) -> dict[str, Any]:
    """What stands beside the form."""
    history = list(found.revisions.order_by("-number").defer("sections", "figures", "conclusions"))
    names = names_of({r.by for r in history})
    return {
        **frame(found),
        "newest": newest,
        "history": [(r, names.get(r.by, "")) for r in history],
        "today": legal_date(request.at).isoformat(),
    }


@require_POST
def step(request: Desk, *, unit: str, year: int, month: int) -> HttpResponse:
    """Draft anew, issue, or hand the conclusions on."""
    found = known_briefing(request, unit, year=year, month=month, edit=True)
    asked = request.POST.get("act", "")
    if asked == "refresh":
        if attempt(request, actions.refresh_briefing, briefing=found):
            messages.success(
                request, gettext("Đã cập nhật theo số liệu mới; mục đã sửa tay được giữ nguyên.")
            )
        return redirect(url_of(found, "edit"))
    if asked == "issue":
        return _issue(request, found)
    if asked == "hand":
        return _hand(request, found)
    raise Http404(asked)


def _issue(request: Desk, found: Briefing) -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in ("number", "on", "signer")}

    def issue(*, by: str, at: datetime) -> Briefing:
        told = {"number": sent["number"], "signer": sent["signer"]}
        return actions.issue_briefing(briefing=found, on=day_typed(sent["on"]), **told, by=by, at=at)

    _, back = tried(request, SmallForm("issue", sent, OF_THE_DAY), issue)
    if back:
        found.refresh_from_db()
        return _edit(request, found, back)
    messages.success(request, gettext("Đã ban hành; nội dung không sửa được nữa."))
    return redirect(url_of(found))


def _hand(request: Desk, found: Briefing) -> HttpResponse:
    """Raises Http404, NotAllowed: the plan is none of the unit's, or not the person's to change."""
    asked = request.POST.get("plan", "")
    plan = next((p for p in open_plans(found) if str(p.pk) == asked), None)
    if plan is None:
        raise Http404(asked)
    check_edit_plan(request.rights, plan)
    made = attempt(request, actions.hand_conclusions, briefing=found, plan=plan)
    if made:
        count = len(made)
        said = ngettext("Đã đưa %(n)s kết luận vào kế hoạch.", "Đã đưa %(n)s kết luận vào kế hoạch.", count)
        messages.success(request, said % {"n": count})
    elif made is not None:
        messages.success(request, gettext("Mọi kết luận đã là nhiệm vụ; không thêm gì."))
    return redirect(url_of(found))
