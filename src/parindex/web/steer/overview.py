"""A round at a glance: who holds the ball, what is late, what is open, who carries how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.assessments.models import Explanation, Phase, Round
from parindex.apps.assessments.models import Sheet as UnitSheet
from parindex.apps.assessments.queries.steering import RoundState, UnitState, round_state
from parindex.apps.assessments.rules.penalties import penalty_items
from parindex.apps.assessments.rules.time import Window, windows
from parindex.apps.organisations.roles import Act
from parindex.core.wording.notation import instant
from parindex.core.wording.terms import term
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, workbook


def round_overview(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Phases, units × areas, open cases, lead departments' load; and the acts that follow."""
    round_ = visible_round(request, round)
    state = round_state(round_)
    kept = [k for k in range(len(state.framework.areas)) if any(u.areas[k][1] for u in state.units)]
    rows = [unit_row(request, u, kept) for u in state.units]
    shown = request.GET.get("loc", "")
    context = {
        **frame(request, round_),
        "areas": [state.framework.areas[k] for k in kept],
        "groups": _grouped([r for r in rows if shown != "cham" or r["late"]]),
        "filter": shown,
        "counts": {
            "all": len(rows),
            "late": sum(r["late"] for r in rows),
            "handed_in": sum(r["handed_in"] for r in rows),
            "complete": sum(r["state"] == UnitSheet.State.COMPLETE for r in rows),
        },
        "loads": state.loads,
        "penalises": bool(penalty_items(state.framework)),
        "cases": [{"state": s, "n": n} for s, n in sorted(state.cases.items())],
    }
    return render(request, "steer/round.html", context)


def frame(request: Desk, round_: Round) -> dict[str, Any]:
    """What every page of a round carries."""
    return {
        "section": "start",
        "round": round_,
        "territory": {"name": round_.territory.name},
        "illustrative": round_.note if round_.territory.illustrative else None,
        "phases": [_phase(request, p) for p in round_.phases.all()],
        "runs": request.rights.may(Act.ROUND_RUN, round_.territory_id),
        "assists": bool({round_.territory_id} & request.rights.units(Act.ROUND_RUN, Act.ROUND_ASSIST)),
    }


def _phase(request: Desk, phase: Phase) -> dict[str, Any]:
    window = Window(phase, phase.closes_at, extended=False)
    return {"phase": phase, "open": window.is_open(request.at), "over": window.is_over(request.at)}


def unit_row(request: Desk, unit: UnitState, areas: Sequence[int]) -> dict[str, Any]:
    """One unit for the table; `areas`: positions of those that any unit supplies something for."""
    participant = unit.participant
    sheet = participant.sheet
    mine = next((w for w in windows(participant) if w.phase.kind == Phase.Kind.SELF), None)
    handed_in = sheet.state in (UnitSheet.State.SUBMITTED, UnitSheet.State.COMPLETE)
    closes = sheet.returned_until or (mine.closes_at if mine else None)
    return {
        "participant": participant,
        "state": sheet.state,
        "handed_in": handed_in,
        "late": bool(mine and mine.is_over(request.at) and participant.owes_sheet and not handed_in)
        or participant.late_days > 0,
        "late_days": participant.late_days,
        "closes_at": closes,
        "extended": bool(mine and mine.extended),
        "areas": [{"done": d, "todo": t, "full": d == t} for d, t in (unit.areas[k] for k in areas)],
        "done": unit.done,
        "todo": unit.todo,
        "cases": unit.open_cases,
    }


def _grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by ranking group, in the groups' order."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        group = row["participant"].group
        found.setdefault(group.pk, {"group": group, "rows": []})["rows"].append(row)
    return list(found.values())


def download(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every list of the page as a workbook: units, open explanations, lead departments."""
    round_ = visible_round(request, round)
    state = round_state(round_)
    return workbook(round_.code, [_units(state), _cases(round_, state), _loads(state)])


def _units(state: RoundState) -> Sheet:
    header = [gettext("Đơn vị"), gettext("Khối"), gettext("Trạng thái"), gettext("Chậm (ngày)")]
    header += [f"{a.code} {said(a.name)}" for a in state.framework.areas]
    header += [gettext("Giải trình")]
    rows: list[list[Cell]] = [
        [
            said(u.participant.name),
            said(u.participant.group.name),
            term("sheet", u.participant.sheet.state, language()),
            u.participant.late_days,
            *(f"{done}/{todo}" for done, todo in u.areas),
            u.open_cases,
        ]
        for u in state.units
    ]
    return Sheet(gettext("Đơn vị"), header, rows)


def _cases(round_: Round, state: RoundState) -> Sheet:
    """Who holds the ball in each explanation that is open."""
    names = {u.participant.pk: said(u.participant.name) for u in state.units}
    left = Explanation.objects.filter(participant__round=round_).exclude(state=Explanation.State.CLOSED)
    header = [gettext("Đơn vị"), gettext("Mã"), gettext("Tiêu chí"), gettext("Tình trạng"), gettext("Hạn")]
    leaves = state.framework.leaves
    rows: list[list[Cell]] = [
        [
            names[case.participant_id],
            case.leaf,
            said(leaves[case.leaf].name) if case.leaf in leaves else "",
            term("explanation", case.state, language()),
            instant(case.due_at, language()) if case.due_at else "",
        ]
        for case in left.order_by("participant_id", "leaf")
    ]
    return Sheet(gettext("Giải trình"), header, rows)


def _loads(state: RoundState) -> Sheet:
    header = [
        gettext("Cơ quan thẩm định"),
        gettext("Đã thẩm định"),
        gettext("Phải thẩm định"),
        gettext("Giải trình"),
    ]
    rows: list[list[Cell]] = [[said(w.lead.name), w.ruled, w.total, w.open_cases] for w in state.loads]
    return Sheet(gettext("Khối lượng thẩm định"), header, rows)
