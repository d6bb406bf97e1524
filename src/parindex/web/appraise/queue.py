"""The desk of a lead department in one round: its criteria or its units, with what waits and what is odd."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.models import RankingGroup
from parindex.apps.assessments.queries.appraising import Case, Part, Standing, part_of
from parindex.core.wording.checks import check_sentence
from parindex.web.appraise.frame import counts, frame, turn_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import appraised_round
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, workbook


def queue(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Own criteria over all units, or own units over all criteria; what waits and is doubtful comes first."""
    round_ = appraised_round(request, round)
    part, turn = part_of(round_, request.rights, request.at), turn_of(request, round_)
    groups = list(round_.groups.all())
    group = chosen_group(request, groups)
    cases = in_group(part.cases, group)
    by_unit = request.GET.get("xem") == "don-vi"
    rows = _by_unit(part, cases) if by_unit else _by_leaf(part, cases, query_of(group))
    ordered = sorted(rows, key=lambda r: (not r["counts"]["waiting"], -r["counts"]["doubtful"]))
    context = {
        **frame(request, part, turn),
        "groups": groups,
        "group": group,
        "by_unit": by_unit,
        "rows": ordered,
        "next": next((r for r in ordered if r["counts"]["waiting"]), None),
        "shown": counts(cases),
    }
    return render(request, "appraise/queue.html", context)


def queue_file(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every case of the part as a workbook, with what speaks against it."""
    round_ = appraised_round(request, round)
    part = part_of(round_, request.rights, request.at)
    lang = language()
    header = [
        gettext("Đơn vị"),
        gettext("Mã"),
        gettext("Tiêu chí"),
        gettext("Tối đa"),
        gettext("Tự chấm"),
        gettext("Hiện nay"),
        gettext("Tình trạng"),
        gettext("Cần xem kỹ"),
    ]
    states = {
        Standing.WAITING: gettext("chờ thẩm định"),
        Standing.DONE: gettext("đã thẩm định"),
        Standing.EXPLAINING: gettext("đang giải trình"),
        Standing.FREE: "",
    }
    rows: list[list[Cell]] = [
        [
            said(c.participant.name),
            c.leaf.code,
            said(c.leaf.name),
            c.maximum,
            c.said_points if c.said else None,
            c.points if c.stood else None,
            states[c.standing],
            " ".join(check_sentence(f.code, f.data, lang) for f in c.doubts),
        ]
        for c in part.cases
    ]
    return workbook(f"{round_.code}-tham-dinh", [Sheet(gettext("Thẩm định"), header, rows)])


def chosen_group(request: Desk, groups: Sequence[RankingGroup]) -> RankingGroup | None:
    """The ranking group asked for; all where none or an unknown one is."""
    return next((g for g in groups if g.code == request.GET.get("khoi")), None)


def in_group(cases: Sequence[Case], group: RankingGroup | None) -> list[Case]:
    """The cases of one ranking group, or all."""
    return [c for c in cases if group is None or c.participant.group_id == group.pk]


def query_of(group: RankingGroup | None) -> str:
    """The filter as the end of an address."""
    return f"?khoi={group.code}" if group else ""


def _by_leaf(part: Part, cases: Sequence[Case], query: str) -> list[dict[str, Any]]:
    found = []
    for code, own in _grouped(cases, lambda c: c.leaf.code).items():
        url = reverse("appraise:leaf", args=[part.round, code]) + query
        found.append({"code": code, "name": own[0].leaf.name, "url": url, "counts": counts(own)})
    return found


def _by_unit(part: Part, cases: Sequence[Case]) -> list[dict[str, Any]]:
    found = []
    for code, own in _grouped(cases, lambda c: c.participant.unit.code).items():
        url = reverse("appraise:unit", args=[part.round, code])
        found.append({"code": "", "name": own[0].participant.name, "url": url, "counts": counts(own)})
    return found


def _grouped(cases: Sequence[Case], key: Callable[[Case], Hashable]) -> dict[Hashable, list[Case]]:
    found: dict[Hashable, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    return found
