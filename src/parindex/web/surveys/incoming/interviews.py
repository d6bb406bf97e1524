"""Answers that another body collected: a file looked at before it is kept, who asked, and who asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import AnswersRefused, form_of
from parindex.apps.surveys.models import Interview, RespondentGroup
from parindex.apps.surveys.queries import enumerators_of
from parindex.apps.surveys.rules import check_step
from parindex.core.formats.days import read_day
from parindex.core.formats.folded import folded
from parindex.core.formats.grids import Grid, grid_of
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.surveys.questionnaire import Questionnaire
from parindex.core.surveys.raw_table import columns_of, parts_of, raw_answers
from parindex.core.wording.problems import sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import Fault, carried, carry, sent_file, words_of
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Sheet, workbook
from parindex.web.surveys.desk.frame import Units, known_group, of_survey, typed, units_of, whole
from parindex.web.surveys.desk.lines import place
from parindex.web.surveys.questions.shown import codes_of


UNIT = Text("Đơn vị", "Unit")
DAY = Text("Ngày hỏi", "Day asked")
LABEL = Text("Nhãn của tầng mẫu", "Label of the stratum")
NUMBER = Text("Phiếu số", "Form number")
ASKED = Text("Điều tra viên", "Enumerator")
WATCHED = Text("Giám sát viên", "Supervisor")
AGAIN = Text("Người phúc tra", "Asked again by")
OWN = {"answers": (UNIT, DAY, LABEL, NUMBER, ASKED, WATCHED), "checks": (NUMBER, AGAIN)}
NEEDED = {"answers": (UNIT, DAY), "checks": (NUMBER, AGAIN)}
SALT = "surveys.interviews.confirmed"
LARGEST, FAULTS_SHOWN = 2_300_000, 100


@dataclass
class Table:
    """A file of interviews: its own columns, those of questions, and what it says row by row.

    `rows`: plain data, as the confirmation carries it. `ignored`: headings that nothing is read from.
    """

    rows: list[list[Any]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    questions: int = 0
    faults: list[Fault] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def interviews(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """Files of interviews of one group, and of those asked again; agreement by whoever asked."""
    group = known_group(request, slug, code, run=True)
    found: dict[str, Any] = {"faults": [], "looked": None, "said": {"body": group.survey.body, "report": ""}}
    if request.method == "POST":
        try:
            answer = _acted(request, group, found)
            if answer is not None:
                return answer
        except AnswersRefused as refusal:
            found["faults"] = _faults(refusal)
        except Refused as refusal:
            found["faults"] = [Fault("", words_of(refusal))]
    rows = enumerators_of(group)
    context = {
        **of_survey(request, group.survey, "outside"),
        **found,
        "group": group,
        "rows": rows,
        "chosen": _left(group),
        "compared": sum(r["compared"] for r in rows),
        "agreed": sum(r["agreed"] for r in rows),
        "entering": gate(lambda: check_step(group.survey, "enter")),
    }
    return render(request, "survey_desk/interviews.html", context, status=422 if found["faults"] else 200)


def _left(group: RespondentGroup) -> list[Interview]:
    """Those that are to be asked again, and were not yet."""
    waiting = group.interviews.filter(chosen=True, checked_by="").exclude(number="")
    return list(waiting.select_related("answer__unit").order_by("enumerator", "number"))


def _acted(request: Desk, group: RespondentGroup, found: dict[str, Any]) -> HttpResponse | None:
    """Raises Refused, AnswersRefused."""
    by, at = request.user.ref, request.at
    act = request.POST.get("act", "")
    found["said"] = said_ = typed(request, "body", "report")
    if act in ("answers", "checks"):
        found |= _looked(request, group, act)
        return None
    if act == "choose":
        count = actions.choose_checks(
            group=group, percent=whole(request.POST.get("percent", "")), by=by, at=at
        )
        messages.success(request, gettext("Đã chọn %(n)s phiếu để phúc tra.") % {"n": count})
    elif act == "keep":
        kind, rows = carried(request, group.pk, salt=SALT)
        if kind == "checks":
            count = actions.record_checks(group=group, rows=_checks(rows), by=by, at=at)
            messages.success(request, gettext("Đã so %(n)s phiếu phúc tra.") % {"n": count})
        else:
            report = actions.Report(body=said_["body"], report=said_["report"])
            answers = _answers(request, group, rows)
            count = actions.record_answers(group=group, rows=answers, report=report, by=by, at=at)
            messages.success(request, gettext("Đã nhận %(n)s phiếu.") % {"n": count})
    else:
        raise Refused("choice_unknown", text=act[:40])
    return redirect(request.path)


def _looked(request: Desk, group: RespondentGroup, kind: str) -> dict[str, Any]:
    """What a file holds, tried out as if it were kept. Raises Refused, AnswersRefused."""
    check_step(group.survey, "enter")
    file, name = sent_file(request)
    table = _table(grid_of(file.read(), name), form_of(group.questionnaire), kind)
    if kind == "answers" and not table.faults:
        table = _placed(request, group, table)
    if table.faults:
        return {"faults": table.faults[:FAULTS_SHOWN]}
    if not table.rows:
        raise Refused("nothing_chosen")
    counts: dict[str, int] = {}
    if kind == "answers":
        answers, _ = actions.check_written(group, _answers(request, group, table.rows))
        names = {u.pk: said(u.name) for u in units_of(group.survey, request)}
        for one in answers:
            counts[names[one.unit_id]] = counts.get(names[one.unit_id], 0) + 1
    else:
        for done in actions.check_checks(group, _checks(table.rows)):
            counts[done.enumerator] = counts.get(done.enumerator, 0) + 1
    confirmed = carry(request, group.pk, [kind, table.rows], salt=SALT)
    if len(confirmed) > LARGEST:
        raise Refused("survey_file_in_parts")
    looked = {"kind": kind, "file": name, "table": table, "counts": counts, "sum": sum(counts.values())}
    return {"looked": looked, "confirmed": confirmed}


def _table(grid: Grid, form: Questionnaire, kind: str) -> Table:
    """Rows of a file as plain data: line, own columns, raw answers.

    Raises:
        Refused: ``survey_column_missing``; ``survey_questions_missing``: no column answers a question.
    """
    heads = {folded(head): k for k, head in enumerate(grid.header) if head}
    own = {
        column: next((heads[folded(t)] for t in (column.vi, column.en) if folded(t) in heads), None)
        for column in OWN[kind]
    }
    for column in NEEDED[kind]:
        if own[column] is None:
            raise Refused("survey_column_missing", column=said(column))
    columns = columns_of(form, grid.header)
    if not columns:
        raise Refused("survey_questions_missing")
    used = {*columns, *parts_of(form, grid.header), *(k for k in own.values() if k is not None)}
    made = Table(questions=len(columns))
    for k, head in enumerate(grid.header):
        if head and k not in used and any(k < len(row) and row[k].strip() for _, row in grid.rows):
            made.ignored.append(head)
    for line, cells in grid.rows:
        told = [one_line(cells[k]) if k is not None and k < len(cells) else "" for k in own.values()]
        made.rows.append([line, *told, raw_answers(columns, cells)])
    return made


def _placed(request: Desk, group: RespondentGroup, table: Table) -> Table:
    """Units, days and strata of rows looked up: keys and ISO days instead of words."""
    known = Units(units_of(group.survey, request))
    layers = {(s.unit_id, folded(s.label)): s.pk for s in group.strata.all()}
    made = replace(table, rows=[])
    last = legal_date(request.at)
    for line, name, typed_day, label, *rest in table.rows:
        unit = known.named(name)
        stratum = layers.get((unit.pk, folded(label)), 0) if unit else 0
        if unit is None:
            made.faults.append(
                Fault(place(line), gettext("không có đơn vị “%(name)s”") % {"name": name[:80]})
            )
            continue
        if label and not stratum:
            made.faults.append(Fault(place(line), gettext("đơn vị này chưa có tầng mẫu như vậy")))
        try:
            day = read_day(typed_day)
        except Refused as refusal:
            made.faults.append(Fault(place(line), words_of(refusal)))
            continue
        if day > last:
            made.faults.append(Fault(place(line), gettext("ngày hỏi chưa đến")))
        made.rows.append([line, unit.pk, day.isoformat(), stratum, *rest])
    return made


def _answers(
    request: Desk, group: RespondentGroup, rows: Iterable[Sequence[Any]]
) -> list[actions.AnswerWritten]:
    units = {u.pk: u for u in units_of(group.survey, request)}
    strata = {s.pk: s for s in group.strata.all()}
    return [
        actions.AnswerWritten(
            line,
            units[unit],
            date.fromisoformat(day),
            raw,
            stratum=strata.get(stratum),
            number=number,
            enumerator=asked,
            supervisor=watched,
        )
        for line, unit, day, stratum, number, asked, watched, raw in rows
        if unit in units
    ]


def _checks(rows: Iterable[Sequence[Any]]) -> list[actions.CheckWritten]:
    return [actions.CheckWritten(line, number, person, raw) for line, number, person, raw in rows]


def _faults(refusal: AnswersRefused) -> list[Fault]:
    """What is wrong in which line, and in which column where it is one question's."""
    found: list[Fault] = []
    for prefix, problems in refusal.found.items():
        for problem in problems:
            where = place(actions.line_of(prefix))
            if problem.path:
                where += ", " + gettext("cột %(name)s") % {"name": ".".join(map(str, problem.path))}
            found.append(Fault(where, sentence(problem.code, problem.data, language())))
    return found[:FAULTS_SHOWN]


def interviews_file(request: Desk, *, slug: str, code: str, kind: str) -> HttpResponse:
    """The table to fill in, with the codes of every option on a second sheet; of those to be asked again, a
    line for each. Raises Http404."""
    group = known_group(request, slug, code, run=True)
    form = form_of(group.questionnaire)
    if kind not in FILES:
        raise Http404(kind)
    heads, rows = FILES[kind](group)
    header = [said(c) for c in heads] + [code for q in form.questions for code in codes_of(q)]
    width = len(header)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    codes = [
        [column, said(q.text), option.code, said(option.text)]
        for q in form.questions
        for column in codes_of(q)
        for option in q.options
    ]
    titles = [gettext("Cột"), gettext("Câu hỏi"), gettext("Mã"), gettext("Lựa chọn")]
    sheets = [Sheet(gettext("Phiếu"), header, filled), Sheet(gettext("Mã trả lời"), titles, codes)]
    return workbook(f"{kind}-{slug}-{code}", sheets)


def _empty(group: RespondentGroup) -> tuple[Sequence[Text], list[list[str]]]:
    return OWN["answers"], []


def _again(group: RespondentGroup) -> tuple[Sequence[Text], list[list[str]]]:
    return OWN["checks"], [[one.number] for one in _left(group)]


FILES: dict[str, Callable[[RespondentGroup], tuple[Sequence[Text], list[list[str]]]]] = {
    "phong-van": _empty,
    "phuc-tra": _again,
}
