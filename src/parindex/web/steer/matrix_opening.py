"""The matrix while a round is being opened: one unit looked at and changed, the whole as a workbook and back.

Nothing of it is stored: the exceptions are a field of the form, as all else that is typed, until the round is
opened with them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.assessments.rules.matrix import LeftOut
from parindex.core.kernel.problems import Refused
from parindex.web.parts.doors import Desk
from parindex.web.parts.marks import marks
from parindex.web.parts.sent_tables import Fault, attached, carried, carry, sent_file, words_of
from parindex.web.steer.first_form import Asked, Plan
from parindex.web.steer.left_out import is_carried, packed, read_unit, without
from parindex.web.steer.matrix import areas_of
from parindex.web.steer.matrix_book import matrix_book, read_matrix_book


SALT = "steer.opening.matrix"
CHANGING = frozenset({"keep", "take"})
"""The steps after which the plan is another."""
SHOWN = 500


def take_step(request: Desk, asked: Asked, plan: Plan) -> HttpResponse | None:
    """A step of the matrix: its answer; None where the form itself is to be shown."""
    step = request.POST.get("step", "")
    if step.startswith("unit "):
        return _unit(request, asked, plan, code=step.removeprefix("unit "))
    if step == "keep":
        return _keep(request, asked, plan)
    if step == "book":
        return attached(matrix_book(plan.matrix), f"ma-tran-{plan.new.code}.xlsx")
    if step == "send":
        return _send(request, asked, plan)
    if step == "take":
        return _take(request, asked)
    return None


def _carried_fields(asked: Asked) -> list[tuple[str, str]]:
    """Every field of the form, for the pages of its steps."""
    return [(name, value) for name, values in asked.typed.lists() if is_carried(name) for value in values]


def _frame(asked: Asked) -> dict[str, Any]:
    return {
        "section": "start",
        "territory": asked.territory,
        **marks(asked.territory),
        "carried": _carried_fields(asked),
        "title": asked.text("title"),
    }


def _unit(
    request: Desk,
    asked: Asked,
    plan: Plan,
    *,
    code: str,
    typed: list[LeftOut] | None = None,
    wrong: dict[str, str] | None = None,
) -> HttpResponse | None:
    """One unit's criteria with their ticks and reasons; None where it does not take part."""
    found = plan.matrix
    line = next((one for one in found.lines if one.participant.unit.code == code), None)
    if line is None:
        return None
    out = {row.leaf: row.reason for row in typed} if typed is not None else dict(line.left_out)
    by_area = areas_of(found, line)
    for part in by_area:
        for row in part["rows"]:
            leaf = row["leaf"].code
            row |= {"out": leaf in out, "reason": out.get(leaf, ""), "wrong": (wrong or {}).get(leaf, "")}
    context = {
        **_frame(asked),
        "participant": line.participant,
        "line": line,
        "of": len(found.leaves),
        "by_area": by_area,
        "faults": len(wrong or {}),
    }
    return render(request, "steer/open_unit.html", context, status=422 if wrong else 200)


def _keep(request: Desk, asked: Asked, plan: Plan) -> HttpResponse | None:
    """Put what was typed for one unit in the place of its exceptions; asked again without a reason."""
    code = request.POST.get("m-unit", "")
    line = next((one for one in plan.matrix.lines if one.participant.unit.code == code), None)
    if line is None:
        return None
    rows, wrong = read_unit(line, request.POST)
    if wrong:
        return _unit(request, asked, plan, code=code, typed=rows, wrong=wrong)
    asked.typed["left-out"] = packed([*without(plan.left_out, code), *rows])
    return None


def _send(request: Desk, asked: Asked, plan: Plan) -> HttpResponse:
    """A filled-in workbook: every cell that differs, or every fault with its cell. Nothing changes yet."""
    name, wrong, confirmed = "", "", ""
    changes: list[Any] = []
    faults: list[Fault] = []
    try:
        sent, name = sent_file(request)
        read = read_matrix_book(sent.read(), name, plan.matrix)
        changes, faults = read.changes, read.faults
        if not changes and not faults:
            raise Refused("matrix_same")
    except Refused as refusal:
        wrong = words_of(refusal)
    if changes and not faults:
        now = {(row.unit, row.leaf): row.reason for row in plan.left_out}
        for change in changes:
            place = change.line.participant.unit.code, change.leaf.code
            now.pop(place, None)
            if change.after is not None:
                now[place] = change.after
        plain = packed(LeftOut(*place, reason) for place, reason in now.items())
        confirmed = carry(request, asked.territory.pk, plain, salt=SALT)
    context = {
        **_frame(asked),
        "file": name,
        "wrong": wrong,
        "faults": faults,
        "changes": [] if faults else changes[:SHOWN],
        "count": len(changes),
        "confirmed": confirmed,
    }
    return render(request, "steer/open_matrix.html", context, status=422 if wrong or faults else 200)


def _take(request: Desk, asked: Asked) -> HttpResponse | None:
    """Put what was shown in the place of the exceptions."""
    try:
        asked.typed["left-out"] = carried(request, asked.territory.pk, salt=SALT)
    except Refused as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, gettext("Đã đưa tệp vào ma trận; chưa mở thì chưa có gì được lưu."))
    return None
