"""The sheet's workbook: fetched, brought back filled in, shown as changes, and kept when a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Typing, save_drafts
from parindex.apps.assessments.models import Draft, Participant
from parindex.apps.assessments.permissions import check_sheet
from parindex.apps.assessments.queries.sheets import SheetView, sheet_view
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet
from parindex.web.parts.sent_tables import attached, carried, carry, sent_file, words_of, workbook_rows
from parindex.web.unit import gates
from parindex.web.unit.sheet import frame, row, totals
from parindex.web.unit.workbook import own_entries, workbook
from parindex.web.unit.workbook_back import Change, read_back


SALT = "unit.workbook.confirmed"


def download(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """The workbook as the sheet stands now."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_VIEW)
    closes = frame(request, participant)["closes_at"]
    content = workbook(sheet_view(participant), closes_at=closes, at=request.at)
    return attached(content, f"bang-tu-cham-{participant.round.code}-{participant.unit.code}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Fetch and bring back: a filled-in file is shown as changes and faults, then confirmed or left."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_VIEW)
    if request.method == "POST":
        check_sheet(request.rights, Act.SHEET_FILL, participant)
        if "confirmed" in request.POST:
            return _confirm(request, participant)
    view = sheet_view(participant)
    found: dict[str, Any] = {
        "changes": [],
        "faults": [],
        "wrong": "",
        "confirmed": "",
        "file": "",
        "new": None,
    }
    if request.method == "POST":
        found |= _preview(request, view)
    context = {
        **frame(request, participant),
        **totals(view),
        "leaves": len(own_entries(view)),
        **found,
        "conflicts": sum(c["conflict"] is not None for c in found["changes"]),
    }
    refused = found["wrong"] or found["faults"]
    return render(request, "unit/table.html", context, status=422 if refused else 200)


def _preview(request: Desk, view: SheetView) -> dict[str, Any]:
    """What the file would change; with a fault it changes nothing."""
    closed = gates.fill(request, view.participant).why_not
    if closed:
        return {"wrong": closed}
    name = ""
    try:
        sent, name = sent_file(request)
        back = read_back(workbook_rows(sent.read(), name), view)
    except Refused as refusal:
        return {"wrong": words_of(refusal), "file": name}
    rows = [[c.entry.leaf.code, c.answer, c.note, c.entry.version, c.conflict] for c in back.changes]
    return {
        "file": name,
        "faults": back.faults,
        "changes": _shown(view, back.changes),
        "new": back.whole,
        "confirmed": "" if back.faults else carry(request, view.participant.pk, rows, salt=SALT),
    }


def _shown(view: SheetView, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes for the page; of a conflict, who saved what meanwhile and when."""
    codes = [c.entry.leaf.code for c in changes if c.conflict]
    drafts: dict[str, Draft] = {d.leaf: d for d in view.participant.drafts.filter(leaf__in=codes)}
    names = names_of({d.by for d in drafts.values()})
    found = []
    for change in changes:
        draft = drafts.get(change.entry.leaf.code)
        conflict = {"name": names.get(draft.by, draft.by), "at": draft.at} if draft else {}
        found.append(
            {
                "row": row(view, change.entry),
                "change": change,
                "conflict": conflict if change.conflict else None,
                "answered": bool(change.answer),
            }
        )
    return found


def _confirm(request: Desk, participant: Participant) -> HttpResponse:
    """Save as was shown, all or nothing; everything is checked again. Raises Refused ``upload_changed``."""
    taken = set(request.POST.getlist("take"))
    rows = carried(request, participant.pk, salt=SALT)
    typed = [
        Typing(leaf, answer, note, version)
        for leaf, answer, note, version, conflict in rows
        if not conflict or leaf in taken
    ]
    kept = attempt(request, save_drafts, participant=participant, typed=typed)
    if kept is None:
        return redirect("unit:table", participant.round, participant.unit.code)
    if not typed:
        messages.info(request, gettext("Không có gì để lưu: các nội dung trên hệ thống được giữ nguyên."))
    else:
        words = ngettext("Đã lưu %(n)s tiêu chí từ tệp.", "Đã lưu %(n)s tiêu chí từ tệp.", len(typed))
        messages.success(request, words % {"n": len(typed)})
    return redirect("unit:sheet", participant.round, participant.unit.code)
