"""Accepting many cases in one act: those with nothing against them, each listed before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Verdict, appraise
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.appraising import Case, Part, part_of
from parindex.core.kernel.problems import Refused
from parindex.web.appraise.case import check_rights
from parindex.web.appraise.frame import frame, turn_of
from parindex.web.appraise.queue import chosen_group, in_group
from parindex.web.appraise.rows import row
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import appraised_round


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """List what would be accepted; accept what is ticked, all or nothing."""
    round_ = appraised_round(request, round)
    part = part_of(round_, request.rights, request.at)
    if request.method == "POST":
        chosen = _chosen(request, round_, part)
        made = attempt(request, appraise, round_=round_, verdicts=chosen)
        if made is None:
            return redirect("appraise:bulk", round_)
        words = ngettext("Đã chấp nhận %(n)s mục.", "Đã chấp nhận %(n)s mục.", len(made)) % {"n": len(made)}
        messages.success(request, words)
        return redirect("appraise:queue", round_)
    groups = list(round_.groups.all())
    group, turn = chosen_group(request, groups), turn_of(request, round_)
    plain = [c for c in in_group(part.cases, group) if c.is_plain]
    code = request.GET.get("ma", "")
    plain = [c for c in plain if code in ("", c.leaf.code)]
    context = {
        **frame(request, part, turn),
        "groups": groups,
        "group": group,
        "code": code,
        "rows": [row(c, turn, reasons={}) | {"key": key_of(c)} for c in plain],
    }
    return render(request, "appraise/bulk.html", context)


def key_of(case: Case) -> str:
    """How a form names a case, and what stood when it was shown."""
    return f"{case.participant.pk}:{case.leaf.code}:{case.stood.pk if case.stood else 0}"


def _chosen(request: Desk, round_: Round, part: Part) -> Sequence[Verdict]:
    """The ticked cases as verdicts. Raises Refused where one is not the person's, or not plain any more."""
    plain = {key_of(c): c for c in part.cases if c.is_plain}
    known = {(str(c.participant.pk), c.leaf.code): c for c in part.cases}
    chosen = dict.fromkeys(request.POST.getlist("case"))
    if not chosen:
        raise Refused("nothing_chosen")
    found = []
    for key in chosen:
        case = plain.get(key)
        if case is None:
            pk, _, rest = key.partition(":")
            other = known.get((pk, rest.rpartition(":")[0]))
            unit = other.participant.name_vi if other else "?"
            raise Refused("case_not_plain", leaf=rest.rpartition(":")[0], unit=unit)
        found.append(case)
    for case in {c.lead: c for c in found}.values():
        check_rights(request, round_, case)
    return [
        Verdict(c.participant.pk, c.leaf.code, c.said.answer, seen=c.stood.pk)
        for c in found
        if c.said is not None and c.stood is not None
    ]
