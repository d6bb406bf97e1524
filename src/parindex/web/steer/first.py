"""Opening a round that follows no other: units, calendar, who appraises what; reviewed before it is kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import open_planned
from parindex.apps.assessments.models import Assignment, Participant
from parindex.apps.assessments.queries.opening import Gaps, gaps_between
from parindex.apps.frameworks.queries import all_versions, by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import units_below
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.types import type_name
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed
from parindex.web.parts.marks import marks
from parindex.web.steer.first_form import (
    MOST_TURNS,
    USUAL_DAYS,
    Asked,
    Plan,
    propose_all,
    propose_calendar,
    propose_units,
    read_plan,
    row_name,
)
from parindex.web.steer.opening import calendar_rows


UNFOLDED = 40
"""Types with more units than this are shown folded."""


@require_http_methods(["GET", "HEAD", "POST"])
def open_first(request: Desk) -> HttpResponse:
    """One form: a proposal, a look at the whole, the opening. Nothing is kept before the last."""
    territory, territories = managed(request, Act.ROUND_RUN)
    day = legal_date(request.at)
    typed = request.POST.copy() if request.method == "POST" else QueryDict(mutable=True)
    asked = Asked(territory, units_below(territory, day), all_versions(), typed)
    plan, step = None, typed.get("step", "")
    if request.method != "POST":
        propose_all(asked, day)
    elif step == "propose":
        if typed.get("ticked-for") != typed.get("framework"):
            propose_units(asked)
        propose_calendar(asked)
    else:
        plan = read_plan(asked)
        if plan and step == "open" and typed.get("seen") != _seal(typed):
            messages.warning(request, gettext("Nội dung đã đổi so với lần xem lại; hãy xem lại rồi mở."))
        elif plan and step == "open":
            opened = attempt(
                request, open_planned, new=plan.new, enrolments=plan.enrolments, parts=plan.parts
            )
            if opened is not None:
                messages.success(
                    request, gettext("Đã mở kỳ đánh giá %(title)s.") % {"title": opened.title_vi}
                )
                return redirect("steer:round", opened)
    context = {
        "section": "start",
        "territory": territory,
        **marks(territory),
        "territories": territories,
        **_fields(asked),
        **_reviewed(asked, plan),
    }
    return render(request, "steer/open_first.html", context, status=422 if asked.errors else 200)


def _seal(typed: QueryDict) -> str:
    """What was read through, so that nothing else is opened."""
    left_out = {"csrfmiddlewaretoken", "step", "seen"}
    said = sorted((name, values) for name, values in typed.lists() if name not in left_out)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _fields(asked: Asked) -> dict[str, Any]:
    """The form as it stands, each field with what is wrong about it."""
    typed, wrong = asked.typed, asked.errors
    names = ("code", "year", "title", "title_en", "framework", "turns", "start", "ticked-for")
    return {
        "versions": asked.versions,
        "chosen": asked.version,
        "typed": {n.replace("-", "_"): typed.get(n, "") for n in names},
        "wrong": {n: wrong.get(n, "") for n in (*names, "unit")},
        "faults": len(wrong),
        "turns": [(str(n), n == asked.turns) for n in range(MOST_TURNS + 1)],
        "lengths": [
            {"kind": k.value, "days": typed.get(f"days-{k.value}", ""), "wrong": wrong.get(f"days-{k.value}")}
            for k in USUAL_DAYS
        ],
        "rows": [_row(asked, row_name(k, t), k.value, turn=t) for k, t in calendar_rows(asked.turns)],
        "types": _types(asked),
        "groups": sorted({u.ranking_group for u in asked.units if u.ranking_group}),
        "parts": [_part(asked, node) for node in asked.appraised],
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
    """The units by type, each with its tick and its group."""
    found: dict[str, list[Unit]] = {}
    for unit in asked.units:
        found.setdefault(unit.type, []).append(unit)
    ticked = set(asked.typed.getlist("unit"))
    shown = []
    for code, units in found.items():
        wrong = asked.errors.get(f"type-{code}")
        rows = [
            {"unit": u, "ticked": str(u.pk) in ticked, "group": asked.typed.get(f"group-{u.pk}", "")}
            for u in units
        ]
        shown.append(
            {
                "code": code,
                "name": type_name(code),
                "group": asked.typed.get(f"type-{code}", ""),
                "wrong": wrong,
                "rows": rows,
                "taken": sum(str(u.pk) in ticked for u in units),
                "open": bool(wrong) or len(rows) <= UNFOLDED,
            }
        )
    return shown


def _part(asked: Asked, node: Any) -> dict[str, Any]:
    """An area with who may lead and who may stand in."""
    lead, stand_in = (asked.typed.get(f"{w}-{node.code}", "") for w in ("lead", "stand"))
    return {
        "node": node,
        "wrong": asked.errors.get(f"part-{node.code}"),
        "leads": [(u, str(u.pk) == lead) for u in asked.leads],
        "stand_ins": [(u, str(u.pk) == stand_in) for u in asked.leads],
    }


def _reviewed(asked: Asked, plan: Plan | None) -> dict[str, Any]:
    """What is about to be opened, in numbers and words; nothing where it cannot be read yet."""
    if plan is None:
        return {"plan": None, "gaps": None, "seen": ""}
    counts = dict.fromkeys(plan.new.groups, 0)
    for one in plan.enrolments:
        counts[one.group] += 1
    return {
        "plan": plan,
        "gaps": _gaps(plan),
        "seen": _seal(asked.typed),
        "by_group": [(plan.new.groups[code], n) for code, n in counts.items()],
    }


def _gaps(plan: Plan) -> Gaps:
    """What the plan would leave open, found without storing any of it."""
    framework = by_hash(plan.new.framework.content_hash)
    participants = [
        Participant(unit=e.unit, name_vi=e.unit.name_vi, name_en=e.unit.name_en, type=e.unit.type)
        for e in plan.enrolments
    ]
    assignments = [Assignment(node=p.node, lead=p.lead, stand_in=p.stand_in) for p in plan.parts]
    return gaps_between(framework, participants, assignments)
