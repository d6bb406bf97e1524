"""The yearly targets of a unit or a territory: those that hold, a form to set one, a table to set many."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.indicators.actions import ValuesRefused
from parindex.apps.indicators.goals import Goals
from parindex.apps.indicators.models import Target
from parindex.apps.indicators.queries import all_indicators, recorders
from parindex.apps.indicators.targets import COLUMNS, EVERY, plan_targets, set_targets
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import check_over, way_up
from parindex.apps.organisations.queries import find_unit, tree_of
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.types import type_name
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.registers import Kind, table_page, table_template
from parindex.web.parts.standing import goal_words, number


TYPED = {"indicator": 60, "each": 50, "year": 4, "baseline": 60, "goal": 60, "document": 250}


def _assigns(request: Desk, unit: Unit) -> bool:
    """Whether the person assigns the unit's targets; otherwise they set the unit's own.

    Raises:
        NotAllowed: neither.
    """
    if any(request.rights.may(Act.ROUND_ASSIST, above.pk) for above in way_up(unit)):
        return True
    if not request.rights.may(Act.SHEET_SUBMIT, unit.pk):
        check_over(request.rights, Act.ROUND_ASSIST, unit)
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: Desk, *, unit: str) -> HttpResponse:
    """What holds, and the form; what cannot be kept is shown again with the reason."""
    found = find_unit(unit)
    if found is None:
        raise Http404(unit)
    assigns = _assigns(request, found)
    typed = dict.fromkeys(TYPED, "") | {"year": str(legal_date(request.at).year)}
    wrong = ""
    if request.method == "POST":
        typed = {key: request.POST.get(key, "").strip()[: limit + 1] for key, limit in TYPED.items()}
        wrong = _keep(request, found, unit, typed=typed, assigns=assigns)
        if not wrong:
            messages.success(request, gettext("Đã ghi mục tiêu."))
            return redirect("indicators:targets", unit)
    below = {u.type for u in Unit.objects.filter(parent=found)} if assigns else set()
    context = {
        "section": "start",
        "unit": found,
        "address": unit,
        **marks(found),
        "assigns": assigns,
        "types": [{"code": t, "name": type_name(t)} for t in sorted(below)],
        "every": EVERY.vi,
        "indicators": all_indicators(),
        "typed": typed,
        "wrong": wrong,
        "years": [{"year": y, "rows": list(rows)} for y, rows in groupby(_rows(found), key=_year)],
    }
    return render(request, "indicators/targets.html", context, status=422 if wrong else 200)


def _keep(request: Desk, found: Unit, address: str, *, typed: dict[str, str], assigns: bool) -> str:
    """Set what was typed. Returns why not, in words; "" once it is kept."""
    row = RegisterRow(1, {k: v for k, v in {**typed, "unit": address}.items() if v}, {})
    try:
        set_targets(
            territory=way_up(found)[-1],
            rows=[row],
            own=None if assigns else found,
            by=request.user.ref,
            at=request.at,
        )
    except ValuesRefused as refusal:
        why = refusal.rows[0].why or refusal
        return refusal_sentence(why.code, why.data, language())
    except Refused as refusal:
        return refusal_sentence(refusal.code, refusal.data, language())
    return ""


def _rows(found: Unit) -> list[dict[str, Any]]:
    """Targets of the unit: those it was given from above, its own, and those set here for the units below;
    what was taken back is left out. Four queries, and the way up."""
    kept = Target.objects.filter(unit=found).exclude(goal="").standing().select_related("indicator", "unit")
    rows = [*kept, *_given(found)]
    rows.sort(key=lambda t: (-t.year, t.indicator.code, t.unit_id == found.pk, t.each, not t.assigned))
    names = recorders({t.by for t in rows})
    return [
        {
            "target": t,
            "goal": goal_words(t),
            "baseline": number(t.indicator, t.exact_baseline),
            "above": t.unit.name if t.unit_id != found.pk else None,
            "each": "" if t.each in ("", "*") else type_name(t.each),
            "by": names[t.by],
        }
        for t in rows
    ]


def _given(found: Unit) -> list[Target]:
    """What holds for the unit because a place above it said so for each unit, or each of its type."""
    goals = Goals.of_unit(found)
    asked = {(t.indicator, t.year) for t in goals.found.values()}
    given = (goals.assigned(indicator, found, year) for indicator, year in asked)
    return [t for t in given if t is not None and t.unit_id != found.pk]


def _year(row: dict[str, Any]) -> int:
    """The year that a row of `_rows` is of."""
    year: int = row["target"].year
    return year


def _kind() -> Kind:
    """Targets of the territories that the person assists."""
    return Kind(
        code="muc-tieu",
        back="account:start",
        act=Act.ROUND_ASSIST,
        title=gettext("Nhập mục tiêu từ tệp"),
        lead=gettext("Mỗi mục tiêu một dòng. Mục tiêu ghi lại thêm một bản mới, bản cũ vẫn giữ."),
        columns=COLUMNS,
        choices={"indicator": [i.code for i in all_indicators()] or [""]},
        plan=lambda desk, place, rows: plan_targets(tree_of(place), rows).rows,
        keep=lambda desk, place, rows, shown: set_targets(
            territory=place, rows=rows, shown=shown, by=desk.user.ref, at=desk.at
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def targets_import(request: Desk) -> HttpResponse:
    """Targets from a table."""
    return table_page(request, _kind())


def targets_template(request: Desk) -> HttpResponse:
    """The empty table of targets."""
    return table_template(request, _kind())
