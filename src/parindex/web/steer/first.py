"""Opening a round, afresh or like the one before: one form, reviewed with its matrix before it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import open_planned
from parindex.apps.assessments.models import Assignment, Round
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries.opening import Gaps, gaps_between
from parindex.apps.assessments.queries.rounds import rounds_of
from parindex.apps.assessments.rules.matrix import LeftOut
from parindex.apps.frameworks.queries import by_hash, versions_for
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import units_below
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.types import type_name
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed, visible_round
from parindex.web.parts.marks import marks
from parindex.web.steer import matrix_opening
from parindex.web.steer.first_form import (
    MOST_TURNS,
    USUAL_DAYS,
    Asked,
    PartRow,
    Plan,
    calendar_rows,
    read_plan,
    row_name,
)
from parindex.web.steer.first_units import Take, read_taken
from parindex.web.steer.left_out import is_carried
from parindex.web.steer.matrix import matrix_context
from parindex.web.steer.proposing import (
    carried_over,
    propose_all,
    propose_calendar,
    propose_like,
    propose_units,
)


UNFOLDED = 40
"""Types with more units than this are shown folded."""
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def open_first(request: Desk) -> HttpResponse:
    """A round that follows no other."""
    territory, territories = managed(request, Act.ROUND_RUN)
    return _open(request, territory, territories=territories, last=None)


@BOTH
def open_next(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """A round like the one before: all that it had is proposed, a year later."""
    last = visible_round(request, round)
    check_round(request.rights, Act.ROUND_RUN, last)
    return _open(request, last.territory, territories=[last.territory], last=last)


def _open(request: Desk, territory: Unit, *, territories: list[Unit], last: Round | None) -> HttpResponse:
    """One form: a proposal, a look at the whole with its matrix, the opening. Nothing is kept before the
    last."""
    typed = request.POST.copy() if request.method == "POST" else QueryDict(mutable=True)
    asked = Asked(territory, _units(request, territory, last), versions_for([territory.pk]), typed, last)
    plan, step = None, typed.get("step", "")
    if request.method != "POST":
        _propose(asked, request)
    elif step == "propose":
        if typed.get("ticked-for") != typed.get("framework"):
            propose_units(asked)
        propose_calendar(asked)
    else:
        plan = read_plan(asked)
        answer = matrix_opening.take_step(request, asked, plan) if plan else None
        if answer is not None:
            return answer
        plan = read_plan(asked) if plan and step in matrix_opening.CHANGING else plan
        if plan and step == "open":
            opened = _kept(request, plan)
            if opened is not None:
                return redirect("steer:round", opened)
    context = {
        "section": "start",
        "territory": territory,
        **marks(territory),
        "territories": territories,
        "last": last,
        "before": None if last else next(iter(rounds_of(territory.pk)), None),
        "gone": _named(asked, carried_over(asked).gone if last and step in ("", "propose") else []),
        **_fields(asked),
        **_reviewed(asked, plan),
    }
    return render(request, "steer/open_first.html", context, status=422 if asked.errors else 200)


def _units(request: Desk, territory: Unit, last: Round | None) -> list[Unit]:
    """Who may take part: what is right below the territory, and whoever did the year before and still is; or
    a territory itself, where whoever is above it assesses it."""
    day = legal_date(request.at)
    found = units_below(territory, day)
    if last is None:
        return found + [territory] * (territory.parent is None)
    here = {u.pk for u in found}
    members = Unit.objects.filter(participations__round=last).exclude(pk__in=here)
    return found + [u for u in members.order_by("type", "name_vi") if not u.valid_to or u.valid_to >= day]


def _propose(asked: Asked, request: Desk) -> None:
    if asked.last is None:
        propose_all(asked, legal_date(request.at))
    else:
        propose_like(asked, asked.last, legal_date(request.at))


def _kept(request: Desk, plan: Plan) -> Round | None:
    """The round, opened if this is what was read through."""
    if request.POST.get("seen") != _seal(request.POST):
        messages.warning(request, gettext("Nội dung đã đổi so với lần xem lại; hãy xem lại rồi mở."))
        return None
    opened = attempt(
        request,
        open_planned,
        new=plan.new,
        enrolments=plan.enrolments,
        parts=plan.parts,
        left_out=plan.left_out,
    )
    if opened is not None:
        messages.success(request, gettext("Đã mở kỳ đánh giá %(title)s.") % {"title": opened.title_vi})
    return opened


def _seal(typed: QueryDict) -> str:
    """What was read through, so that nothing else is opened."""
    said = sorted((name, values) for name, values in typed.lists() if is_carried(name))
    return hashlib.sha256(repr(said).replace("\\r\\n", "\\n").encode()).hexdigest()


def _fields(asked: Asked) -> dict[str, Any]:
    """The form as it stands, each field with what is wrong about it."""
    typed, wrong = asked.typed, asked.errors
    names = ("code", "year", "title", "title_en", "framework", "turns", "start", "ticked-for", "left-out")
    return {
        "versions": asked.versions,
        "chosen": asked.version,
        "typed": {n.replace("-", "_"): typed.get(n, "") for n in names},
        "wrong": {n.replace("-", "_"): wrong.get(n, "") for n in (*names, "unit")},
        "faults": len(wrong),
        "turns": [(str(n), n == asked.turns) for n in range(MOST_TURNS + 1)],
        "lengths": [
            {"kind": k.value, "days": typed.get(f"days-{k.value}", ""), "wrong": wrong.get(f"days-{k.value}")}
            for k in USUAL_DAYS
        ],
        "rows": [_row(asked, row_name(k, t), k.value, turn=t) for k, t in calendar_rows(asked.turns)],
        "undecided": asked.undecided,
        "types": _types(asked),
        "known_groups": sorted({*filter(None, asked.own.values()), *asked.last_groups}),
        "parts": [_part(asked, row) for row in asked.parts],
    }


def _row(asked: Asked, name: str, kind: str, *, turn: int) -> dict[str, Any]:
    """One phase of the calendar as it was typed."""
    return {
        "name": name,
        "kind": kind,
        "turn": turn,
        "opens": asked.typed.get(f"opens-{name}", ""),
        "closes": asked.typed.get(f"closes-{name}", ""),
        "wrong": asked.errors.get(f"phase-{name}"),
    }


def _types(asked: Asked) -> list[dict[str, Any]]:
    """The units by type: each with its tick and its group, or the type as a whole."""
    taken, _ = read_taken(asked.typed, asked.units, asked.own)
    found: dict[str, list[Unit]] = {}
    for unit in asked.units:
        found.setdefault(unit.type, []).append(unit)
    return [_type(asked, code, units, taken=taken) for code, units in found.items()]


def _type(asked: Asked, code: str, units: list[Unit], *, taken: dict[int, str]) -> dict[str, Any]:
    wrong, one_by_one = asked.errors.get(f"type-{code}"), code in asked.shown
    rows = [
        {"unit": u, "ticked": u.pk in taken, "group": asked.typed.get(f"group-{u.pk}", "")}
        for u in (units if one_by_one else ())
    ]
    take = asked.typed.get(f"take-{code}", "")
    return {
        "code": code,
        "name": type_name(code),
        "group": asked.typed.get(f"type-{code}", ""),
        "wrong": wrong,
        "one_by_one": one_by_one,
        "rows": rows,
        "takes": [(one.value, one.value == take) for one in Take],
        "listed": asked.typed.get(f"list-{code}", ""),
        "taken": sum(u.pk in taken for u in units),
        "all": len(units),
        "open": bool(wrong) or len(rows) <= UNFOLDED,
    }


def _part(asked: Asked, row: PartRow) -> dict[str, Any]:
    """An area with who may lead and who may stand in."""
    lead, stand_in = (asked.typed.get(f"{w}-{row.name}", "") for w in ("lead", "stand"))
    return {
        "name": row.name,
        "node": row.node,
        "group": row.group,
        "wrong": asked.errors.get(f"part-{row.name}"),
        "leads": [(u, str(u.pk) == lead) for u in asked.leads],
        "stand_ins": [(u, str(u.pk) == stand_in) for u in asked.leads],
    }


def _reviewed(asked: Asked, plan: Plan | None) -> dict[str, Any]:
    """What is about to be opened, in numbers and words; nothing where it cannot be read yet."""
    if plan is None:
        return {"plan": None, "gaps": None, "seen": "", "unused": []}
    counts = dict.fromkeys(plan.new.groups, 0)
    for one in plan.enrolments:
        counts[one.group] += 1
    return {
        "plan": plan,
        "unused": _named(asked, plan.unused),
        "gaps": _gaps(plan),
        "seen": _seal(asked.typed),
        "by_group": [(plan.new.groups[code], n) for code, n in counts.items()],
        **matrix_context(plan.matrix, opening=True),
    }


def _named(asked: Asked, rows: Sequence[LeftOut]) -> list[tuple[Text, LeftOut]]:
    """Exceptions with the names of their units, which may be no more; the code where nobody knows a name."""
    if not rows:
        return []
    names = {u.code: u.name for u in asked.units}
    if asked.last is not None:
        names |= {p.unit.code: p.name for p in asked.last.participants.select_related("unit")}
    return [(names.get(row.unit, Text(row.unit)), row) for row in rows]


def _gaps(plan: Plan) -> Gaps:
    """What the plan would leave open, found without storing any of it."""
    assignments = [
        Assignment(node=p.node, lead=p.lead, stand_in=p.stand_in, group=p.group) for p in plan.parts
    ]
    return gaps_between(by_hash(plan.new.framework.content_hash), plan.participants, assignments)
