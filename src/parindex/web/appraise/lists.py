"""Cases side by side: one criterion over all units, or one unit over all criteria, each ruled on in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.queries.appraising import Case, Part, Standing, part_of, reasons_used
from parindex.core.wording.rules import rule_in_words
from parindex.web.appraise.frame import counts, first_doubtful, frame, turn_of
from parindex.web.appraise.queue import chosen_group, in_group
from parindex.web.appraise.rows import anchor_of, row, sent_before
from parindex.web.parts.doors import Desk, scripted
from parindex.web.parts.finding import appraised_round
from parindex.web.parts.languages import language


def leaf(request: Desk, *, round: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """One criterion over all units on one screen."""
    round_ = appraised_round(request, round)
    part = part_of(round_, request.rights, request.at, leaf=code)
    if not part.cases:
        raise Http404(code)
    groups = list(round_.groups.all())
    group = chosen_group(request, groups)
    node = part.framework.leaves[code]
    context = {
        **_listed(request, part, in_group(part.cases, group), back="tieu-chi"),
        "node": node,
        "rule": rule_in_words(node.rule, language()) if node.rule else [],
        "groups": groups,
        "group": group,
        "here": reverse("appraise:leaf", args=[round_, code]),
    }
    return scripted(render(request, "appraise/leaf.html", context))


def unit(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """One unit over all criteria."""
    round_ = appraised_round(request, round)
    part = part_of(round_, request.rights, request.at, unit=unit)
    if not part.cases:
        raise Http404(unit)
    context = {
        **_listed(request, part, part.cases, back="don-vi"),
        "participant": part.cases[0].participant,
        "here": reverse("appraise:unit", args=[round_, unit]),
        "group": None,
    }
    return scripted(render(request, "appraise/unit.html", context))


def _listed(request: Desk, part: Part, cases: Sequence[Case], *, back: str) -> dict[str, Any]:
    """Cases of the tab asked for; what waits where none is."""
    turn = turn_of(request, part.round)
    tab = _tab(request, cases)
    shown = first_doubtful(c for c in cases if tab is None or c.standing is tab)
    codes = {c.leaf.code for c in shown}
    reasons = {k: v for lead in {c.lead for c in shown} for k, v in reasons_used(lead, codes).items()}
    rows = [row(case, turn, reasons=reasons) for case in shown]
    for one, after in zip(rows, [*shown[1:], None], strict=True):
        one["then"] = anchor_of(after) if after else ""
    return {
        **frame(request, part, turn),
        "rows": rows,
        "shown": counts(cases),
        "tabs": _tabs(cases, tab),
        "tab": str(tab or "all"),
        "back": back,
        "sent": sent_before(None),
        "group_code": request.GET.get("khoi", ""),
    }


def _tab(request: Desk, cases: Sequence[Case]) -> Standing | None:
    """The tab asked for; otherwise what waits, or everything where nothing does."""
    asked = request.GET.get("muc", "")
    if asked in set(Standing):
        return Standing(asked)
    waiting = any(c.standing is Standing.WAITING for c in cases)
    return Standing.WAITING if waiting and asked != "all" else None


def _tabs(cases: Sequence[Case], tab: Standing | None) -> list[dict[str, Any]]:
    """Every tab with its count."""
    number = counts(cases)
    words = {
        "waiting": gettext("Chờ thẩm định"),
        "done": gettext("Đã thẩm định"),
        "explaining": gettext("Đang giải trình"),
        "all": gettext("Tất cả"),
    }
    return [
        {
            "code": code,
            "name": name,
            "count": len(cases) if code == "all" else number[code],
            "now": code == str(tab or "all"),
        }
        for code, name in words.items()
    ]
