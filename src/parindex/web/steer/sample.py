"""The sample that is verified on the spot: its draw, and how far the two markings agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import draw_sample
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries.sampling import Drawn, agreement_by, drawn_of, population_of
from parindex.apps.assessments.rules.sampling import MOST_EACH
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.agreement import Agreement
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, workbook
from parindex.web.steer.overview import frame


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Who follows the round reads the statistics; who runs it draws."""
    round_ = visible_round(request, round)
    if request.method == "POST":
        return _draw(request, round_)
    drawn = drawn_of(round_)
    draws = list(round_.samples.all())
    names = names_of({s.by for s in draws} | _first_markers(drawn))
    context = {
        **frame(request, round_),
        "draws": [
            {"draw": s, "name": names[s.by], "size": sum(d.visit.sample_id == s.pk for d in drawn)}
            for s in draws
        ],
        "population": len(population_of(round_)) if round_.state == Round.State.RUNNING else 0,
        "most": MOST_EACH,
        "drawn": drawn,
        "marked": sum(d.marks is not None for d in drawn),
        **_statistics(drawn, names),
    }
    return render(request, "steer/sample.html", context)


def _draw(request: Desk, round_: Round) -> HttpResponse:
    check_round(request.rights, Act.ROUND_RUN, round_)
    each, seed = request.POST.get("each", ""), request.POST.get("seed", "")
    many = int(each) if each.isascii() and each.isdigit() and len(each) < 4 else 0
    made = attempt(request, draw_sample, round_=round_, each=many, seed=seed)
    if made is not None:
        words = gettext("Đã rút %(n)s tiêu chí và báo cho các cơ quan thẩm định.")
        messages.success(request, words % {"n": made.visits.count()})
    return redirect(request.path)


def _first_markers(drawn: Sequence[Drawn]) -> set[str]:
    return {d.first.by for d in drawn if d.first is not None}


def _statistics(drawn: Sequence[Drawn], names: Mapping[str, str]) -> dict[str, Any]:
    """The agreement as a whole, by criterion, and by who marked first."""
    whole = agreement_by(drawn, lambda d: "")
    leaves = {d.leaf.code: d.leaf for d in drawn}
    by_leaf = agreement_by(drawn, lambda d: d.leaf.code)
    by_person = agreement_by(drawn, lambda d: d.first.by if d.first else "")
    return {
        "whole": whole.get(""),
        "by_leaf": [(leaves[code], found) for code, found in sorted(by_leaf.items(), key=_least)],
        "by_person": [(names.get(ref, ref), found) for ref, found in sorted(by_person.items(), key=_least)],
    }


def _least(row: tuple[str, Agreement]) -> tuple[Any, ...]:
    """The least agreement first."""
    return row[1].share or 0, row[0]


def sample_file(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The sample with its minutes, and the statistics, as a workbook."""
    round_ = visible_round(request, round)
    drawn = drawn_of(round_)
    names = names_of(_first_markers(drawn) | {d.visit.by for d in drawn if d.visit.by})
    found = _statistics(drawn, names)
    head = [
        gettext("Số tiêu chí"),
        gettext("Điểm bằng nhau"),
        gettext("Tỷ lệ bằng nhau"),
        gettext("Kappa"),
        gettext("Chênh lệch điểm"),
    ]
    sheets = [
        Sheet(gettext("Mẫu phúc tra"), _header(), [_visit_row(d, names) for d in drawn]),
        Sheet(
            gettext("Theo tiêu chí"),
            [gettext("Mã"), gettext("Tiêu chí"), *head],
            [[leaf.code, said(leaf.name), *_cells(a)] for leaf, a in found["by_leaf"]],
        ),
        Sheet(
            gettext("Theo người thẩm định"),
            [gettext("Người thẩm định"), *head],
            [[name, *_cells(a)] for name, a in found["by_person"]],
        ),
    ]
    return workbook(f"{round_.code}-phuc-tra", sheets)


def _header() -> list[str]:
    return [
        gettext("Lần rút"),
        gettext("Đơn vị"),
        gettext("Mã"),
        gettext("Tiêu chí"),
        gettext("Điểm tối đa"),
        gettext("Lần một"),
        gettext("Người thẩm định"),
        gettext("Lần hai"),
        gettext("Người chấm lần hai"),
        gettext("Ngày kiểm tra"),
        gettext("Nơi kiểm tra"),
        gettext("Thành phần"),
        gettext("Kết quả kiểm tra"),
    ]


def _visit_row(d: Drawn, names: Mapping[str, str]) -> list[Cell]:
    visit, marks = d.visit, d.marks
    return [
        visit.sample.number,
        said(d.participant.name),
        d.leaf.code,
        said(d.leaf.name),
        d.leaf.max_for(d.participant.type),
        marks.first if marks else None,
        names.get(d.first.by, d.first.by) if d.first else "",
        marks.second if marks else None,
        names.get(visit.by, visit.by),
        visit.visited_on.isoformat() if visit.visited_on else "",
        visit.place,
        visit.present,
        visit.minutes,
    ]


def _cells(found: Agreement) -> list[Cell]:
    return [found.size, found.same, found.share, found.kappa, found.points]
