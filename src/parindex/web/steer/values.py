"""Surveys and measured values of all units from one table: fetched, looked at, kept in one act."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import supply_values
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries import participants_of
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.rules import AnswerRow, RowsRefused
from parindex.apps.assessments.rules.supplying import check_values, standing_values, supplied_leaves
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.formats.answers_builder import ambiguous_codes
from parindex.core.formats.grids import Grid, grid_of
from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.core.formats.registers import Column, RegisterRow, read_register
from parindex.core.formats.workbooks import NumberText
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.text import Text
from parindex.core.wording.survey_points import survey_points
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import Fault, attached, carried, carry, sent_file, words_of
from parindex.web.parts.templatetags.parts import said
from parindex.web.steer.overview import frame


SALT = "steer.values.confirmed"
COLUMNS = (
    Column("unit", Text("Mã đơn vị", "Unit code"), required=True),
    Column("name", Text("Đơn vị", "Unit")),
    Column("leaf", Text("Mã tiêu chí", "Criterion code"), required=True),
    Column("title", Text("Tiêu chí", "Criterion")),
    Column("value", Text("Số liệu", "Figure"), required=True),
    Column("se", Text("Sai số chuẩn", "Standard error")),
    Column("n", Text("Số phiếu", "Respondents")),
    Column("note", Text("Nguồn, ghi chú", "Source, note")),
)
TYPED = 4
WIDTHS = (20, 34, 12, 44, 16, 14, 12, 34)
LONGEST_NOTE = 2000


def _round(request: Desk, name: str) -> Round:
    """A round that the person runs. Raises Http404, NotAllowed."""
    found = visible_round(request, name)
    check_round(request.rights, Act.ROUND_RUN, found)
    return found


def download(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The table to fill in: every unit, every leaf that is supplied, with what stands."""
    import xlsxwriter  # type: ignore[import-untyped]

    round_ = _round(request, round)
    leaves = supplied_leaves(by_hash(round_.framework.content_hash))
    standing = standing_values(round_, leaves)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(gettext("Số liệu"))
        head = book.add_format({"bold": True, "bottom": 1})
        typed = book.add_format({"num_format": "@", "bg_color": "#FFF9E5"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, typed if column >= TYPED else None)
        sheet.write_row(0, 0, [said(c.name) for c in COLUMNS], head)
        line = 0
        for participant in participants_of(round_):
            for leaf in leaves:
                line += 1
                stood = standing.get((participant.unit.code, leaf.code))
                told = (stood.answer, stood.se, stood.n, stood.note) if stood else ("",) * TYPED
                cells = (participant.unit.code, said(participant.name), leaf.code, said(leaf.name), *told)
                for column, text in enumerate(cells):
                    sheet.write_string(line, column, text, typed if column >= TYPED else None)
        sheet.freeze_panes(1, TYPED)
        sheet.autofilter(0, 0, max(line, 1), len(COLUMNS) - 1)
    return attached(out.getvalue(), f"so-lieu-{round_.code}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Fetch and bring back: shown as changes and faults, then confirmed or left."""
    round_ = _round(request, round)
    if request.method == "POST" and "confirmed" in request.POST:
        return _confirm(request, round_)
    leaves = supplied_leaves(by_hash(round_.framework.content_hash))
    named = [leaf for leaf in leaves if leaf.indicator]
    found: dict[str, Any] = {"changes": [], "faults": [], "wrong": "", "confirmed": "", "file": ""}
    if request.method == "POST" and "measured" in request.POST:
        ticked = [leaf for leaf in named if leaf.code in request.POST.getlist("leaf")]
        found |= _measured(request, round_, ticked)
        if not found["changes"]:
            nothing = gettext("Không có kết quả mới nào so với số liệu đang lưu.")
            messages.info(request, nothing if ticked else gettext("Hãy chọn ít nhất một tiêu chí."))
            return redirect("steer:values", round_)
    elif request.method == "POST":
        found |= _preview(request, round_)
    context = {**frame(request, round_), "leaves": leaves, "columns": COLUMNS, "named": named, **found}
    refused = found["wrong"] or found["faults"]
    return render(request, "steer/values.html", context, status=422 if refused else 200)


def _preview(request: Desk, round_: Round) -> dict[str, Any]:
    """What the table would change; with a fault it changes nothing."""
    name = ""
    framework = by_hash(round_.framework.content_hash)
    participants = {p.unit.code: p for p in participants_of(round_)}
    standing = standing_values(round_, supplied_leaves(framework))
    try:
        sent, name = sent_file(request)
        grid = grid_of(sent.read(), name, ambiguous_codes(framework))
        _check_codes(grid, framework)
        rows, faults = _rows(read_register(grid, COLUMNS), participants, standing)
        if not faults:
            check_values(framework, round_, participants, rows=[row for _, row in rows])
    except RowsRefused as refused:
        lines = [row.cell("value") for row, _ in rows]
        faults = [Fault(lines[p.row - 1], words_of(Refused(p.code, **p.data))) for p in refused.problems]
    except Refused as refusal:
        return {"wrong": words_of(refusal), "file": name}
    if not rows and not faults:
        return {"wrong": words_of(Refused("values_same")), "file": name}
    if faults:
        return {"faults": faults, "file": name}
    plain = [
        [a.unit, a.leaf, a.text, a.se, a.n, a.note, _pk(standing.get((a.unit, a.leaf)))] for _, a in rows
    ]
    return {
        "file": name,
        "changes": [_shown(framework, participants, standing, row=row, answer=a) for row, a in rows],
        "confirmed": carry(request, round_.pk, plain, salt=SALT),
    }


def _measured(request: Desk, round_: Round, leaves: Sequence[Node]) -> dict[str, Any]:
    """What was counted of surveys and measured for the leaves that were ticked, with standard error and
    number of answers: as a change to look at, where it says something new."""
    framework = by_hash(round_.framework.content_hash)
    participants = {p.unit.code: p for p in participants_of(round_)}
    standing = standing_values(round_, leaves)
    proposals = proposals_for(round_, participants.values(), leaves={n.code for n in leaves})
    by_pk = {p.pk: code for code, p in participants.items()}
    rows: list[tuple[RegisterRow, AnswerRow]] = []
    for (pk, leaf), one in proposals.items():
        stood = standing.get((by_pk[pk], leaf))
        n = "" if one.value.n is None else str(one.value.n)
        if one.answer and (stood is None or (_open(stood) and (one.differs(stood.answer) or n != stood.n))):
            answer = AnswerRow(by_pk[pk], leaf, one.answer, one.value.written_se, n, one.value.source)
            rows.append((RegisterRow(len(rows) + 1, {}, {}), answer))
    plain = [
        [a.unit, a.leaf, a.text, a.se, a.n, a.note, _pk(standing.get((a.unit, a.leaf)))] for _, a in rows
    ]
    return {
        "changes": [_shown(framework, participants, standing, row=row, answer=a) for row, a in rows],
        "confirmed": carry(request, round_.pk, plain, salt=SALT),
    }


def _open(stood: Ruling) -> bool:
    """Whether a newer figure may still follow: nobody has ruled on it since."""
    return stood.stage == Ruling.Stage.OPENING


def _pk(ruling: Ruling | None) -> int:
    return ruling.pk if ruling else 0


def _check_codes(grid: Grid, framework: Framework) -> None:
    """A code that a spreadsheet made a number (1.10 became 1.1) is not guessed at. Raises FileRefused."""
    known = ambiguous_codes(framework)
    wrong = [
        FileProblem(grid.file, line, "code_is_number", {"criterion": cell, "known": known[cell]})
        for line, cells in grid.rows
        for cell in cells
        if isinstance(cell, NumberText) and cell in known
    ]
    if wrong:
        raise FileRefused(wrong)


def _rows(
    rows: Sequence[RegisterRow],
    participants: Mapping[str, Participant],
    standing: Mapping[tuple[str, str], Ruling],
) -> tuple[list[tuple[RegisterRow, AnswerRow]], list[Fault]]:
    """Rows that say something new; and those that name no unit, or something twice."""
    found, faults = [], []
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        unit, leaf = row.get("unit"), row.get("leaf")
        wrong: Refused | None = None
        if unit not in participants:
            wrong = Refused("unit_code_unknown", unit=unit)
        elif (unit, leaf) in lines:
            name = participants[unit].name_vi
            wrong = Refused("value_row_twice", leaf=leaf, unit=name, line=lines[unit, leaf])
        elif len(row.get("note")) > LONGEST_NOTE:
            wrong = Refused("note_too_long", limit=LONGEST_NOTE)
        lines.setdefault((unit, leaf), row.line)
        if wrong is not None:
            faults.append(Fault(row.cell("unit"), words_of(wrong)))
        elif row.get("value"):
            told = (row.get("value"), row.get("se"), row.get("n"), row.get("note"))
            stood = standing.get((unit, leaf))
            if stood is None or told != (stood.answer, stood.se, stood.n, stood.note):
                text, se, n, note = told
                found.append((row, AnswerRow(unit, leaf, text, se, n, note)))
    return found, faults


def _shown(
    framework: Framework,
    participants: Mapping[str, Participant],
    standing: Mapping[tuple[str, str], Ruling],
    *,
    row: RegisterRow,
    answer: AnswerRow,
) -> dict[str, Any]:
    leaf = framework.leaves[answer.leaf]
    stood = standing.get((answer.unit, answer.leaf))
    before = answer_facts(leaf, stood.answer, language()) if stood else []
    return {
        "cell": row.cell("value"),
        "unit": participants[answer.unit].name,
        "leaf": leaf,
        "before": "; ".join(value for _, value in before),
        "after": _sure(framework, participants[answer.unit], answer)
        or "; ".join(value for _, value in answer_facts(leaf, answer.text, language())),
        "note": answer.note,
    }


def _sure(framework: Framework, participant: Participant, row: AnswerRow) -> str:
    """A survey's figure with its error, and the points it would give; empty for any other figure."""
    if not row.se:
        return ""
    leaf = framework.leaves[row.leaf]
    answer, maximum = read_answer(leaf, row.text, se=row.se, n=row.n), leaf.max_for(participant.type)
    points, most, _ = score_answer(leaf, answer, maximum, calendar=framework.calendar)
    return survey_points(leaf, answer, points=points, maximum=most, language=language())


def _confirm(request: Desk, round_: Round) -> HttpResponse:
    """Keep what was shown, all or nothing; everything is checked again. Raises Refused ``upload_changed``."""
    plain = carried(request, round_.pk, salt=SALT)
    rows = [AnswerRow(*told) for *told, _ in plain]
    seen = {(unit, leaf): pk for unit, leaf, *_, pk in plain}
    try:
        kept = attempt(request, supply_values, round_=round_, rows=rows, seen=seen)
    except RowsRefused as refused:
        first = refused.problems[0]
        messages.error(request, words_of(Refused(first.code, **first.data)))
        kept = None
    if kept is None:
        return redirect("steer:values", round_)
    words = ngettext("Đã ghi %(n)s số liệu.", "Đã ghi %(n)s số liệu.", kept)
    messages.success(request, words % {"n": kept})
    return redirect("steer:round", round_)
