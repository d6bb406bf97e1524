"""The workbook of a part: fetched, and brought back filled in; nothing is kept before a person confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import appraise
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.appraising import Part, part_of
from parindex.apps.assessments.rules.appraising import points_of
from parindex.core.kernel.problems import Refused
from parindex.web.appraise.case import check_rights
from parindex.web.appraise.frame import frame, turn_of
from parindex.web.appraise.workbook import Change, in_workbook, packed, read_workbook, unpacked, workbook
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import appraised_round
from parindex.web.parts.sent_tables import attached, carried, carry, sent_file, words_of


SALT = "appraise.workbook.confirmed"


def download(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The workbook as it stands now."""
    round_ = appraised_round(request, round)
    content = workbook(part_of(round_, request.rights, request.at))
    return attached(content, f"tham-dinh-{round_.code}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Fetch and bring back: a filled-in file is shown as changes and faults, then confirmed or left."""
    round_ = appraised_round(request, round)
    part = part_of(round_, request.rights, request.at)
    if request.method == "POST" and "confirmed" in request.POST:
        return _confirm(request, round_, part)
    found: dict[str, Any] = {"changes": [], "faults": [], "wrong": "", "confirmed": "", "file": ""}
    if request.method == "POST":
        found |= _preview(request, round_, part)
    context = {**frame(request, part, turn_of(request, round_)), "rows": len(in_workbook(part)), **found}
    refused = found["wrong"] or found["faults"]
    return render(request, "appraise/table.html", context, status=422 if refused else 200)


def _preview(request: Desk, round_: Round, part: Part) -> dict[str, Any]:
    """What the file would change; with a fault it changes nothing."""
    name = ""
    try:
        sent, name = sent_file(request)
        changes, faults = read_workbook(sent.read(), name, part=part, turn=turn_of(request, round_))
    except Refused as refusal:
        return {"wrong": words_of(refusal), "file": name}
    if not changes and not faults:
        return {"wrong": words_of(Refused("workbook_unfilled")), "file": name}
    return {
        "file": name,
        "changes": [_shown(part, c) for c in changes],
        "faults": faults,
        "confirmed": "" if faults else carry(request, round_.pk, packed(changes), salt=SALT),
    }


def _shown(part: Part, change: Change) -> dict[str, Any]:
    case, answer = change.case, change.verdict.answer
    after = points_of(part.framework, case.participant, case.leaf, answer=answer)
    return {
        "cell": change.cell,
        "case": case,
        "after": after,
        "lower": after < case.points,
        "not_assessed": answer == "n/a",
        "reason": change.verdict.reason,
    }


def _confirm(request: Desk, round_: Round, part: Part) -> HttpResponse:
    """Rule as was shown; everything is checked again, all or nothing. Raises Refused ``upload_changed``."""
    verdicts = list(unpacked(carried(request, round_.pk, salt=SALT)))
    for verdict in verdicts:
        case = part.find(verdict.participant, verdict.leaf)
        if case is None:
            raise Refused("not_assigned")
        check_rights(request, round_, case)
    made = attempt(request, appraise, round_=round_, verdicts=verdicts)
    if made is None:
        return redirect("appraise:table", round_)
    words = ngettext("Đã ghi %(n)s kết luận từ tệp.", "Đã ghi %(n)s kết luận từ tệp.", len(made))
    messages.success(request, words % {"n": len(made)})
    return redirect("appraise:queue", round_)
