"""A plan's Word or Excel table brought in: sent, looked at row by row, made clear, taken in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.organisations.queries import names_of
from parindex.apps.plans.actions.importing import (
    answer_rows,
    drop_task_file,
    map_columns,
    send_task_file,
    take_task_file,
)
from parindex.apps.plans.models import Plan, TaskFile
from parindex.apps.plans.understanding import (
    ANSWERED,
    LEFT,
    NO_DAY,
    Question,
    Sheet,
    Understood,
    fields_of,
    understand,
)
from parindex.core.formats.folded import folded
from parindex.core.formats.plan_columns import Field
from parindex.core.formats.plan_tables import bare, one_line, read_tables
from parindex.core.formats.unit_names import parties
from parindex.core.kernel.problems import Refused
from parindex.core.wording.plan_questions import FIELDS, question_sentence
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import sent_file, words_of
from parindex.web.parts.uploads import keep
from parindex.web.plans.frame import frame, own_plan


ASKED_AT_ONCE = 60  # rows whose questions stand open on one page: a form holds so many fields and no more
SAMPLE = 60
LONG = ("content", "output", "coordinating")


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Desk, *, pk: int) -> HttpResponse:
    """Send a file of a plan; those that were sent before."""
    plan = own_plan(request, pk)
    wrong = ""
    if request.method == "POST":
        try:
            made = _sent(request, plan)
        except Refused as refusal:
            wrong = words_of(refusal)
        else:
            if made is not None:
                return redirect("plans:import_file", plan.pk, made.pk)
            return redirect(request.path)
    files = list(plan.files.select_related("document"))
    names = names_of({file.by for file in files})
    context = {
        **frame(plan.unit),
        "plan": plan,
        "wrong": wrong,
        "files": [(file, names.get(file.by, "")) for file in files],
        "fields": [FIELDS[f] for f in Field if f is not Field.NUMBER],
    }
    return render(request, "plans/import.html", context, status=422 if wrong else 200)


def _sent(request: Desk, plan: Plan) -> TaskFile | None:
    """The file that was sent, kept in the unit's vault once it is known to hold tasks; None where the vault
    refused it, which a message says."""
    file, name = sent_file(request)
    read_tables(file.read(), name)
    file.seek(0)
    document = keep(request, plan.unit, file)
    if document is None:
        return None
    return send_task_file(plan=plan, document=document, by=request.user.ref, at=request.at)


def _own_file(request: Desk, pk: int, file: int) -> TaskFile:
    """A file of a plan that the person makes. Raises Http404, NotAllowed."""
    plan = own_plan(request, pk)
    found = TaskFile.objects.select_related("document__content").filter(plan=plan, pk=file).first()
    if found is None:
        raise Http404(file)
    found.plan = plan
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: Desk, *, pk: int, file: int) -> HttpResponse:
    """What the file holds and how it is understood; questions are answered in their rows."""
    found = _own_file(request, pk, file)
    if request.method == "POST":
        return _act(request, found)
    try:
        sheet = understand(found, at=request.at)
    except (Refused, EvidenceRefused) as refusal:
        messages.error(request, words_of(refusal))
        return redirect("plans:import", pk)
    context = {
        **frame(found.plan.unit),
        "plan": found.plan,
        "file": found,
        "sheet": sheet,
        **_shown(request, found, sheet),
        "tables": _tables(found, sheet),
        "areas": found.plan.areas,
        "fields": [(f.value, FIELDS[f]) for f in Field],
        "passed": sheet.passed,
    }
    return render(request, "plans/import_file.html", context)


def _shown(request: Desk, file: TaskFile, sheet: Sheet) -> dict[str, Any]:
    """The rows, those that are asked about open; a row that is to be changed too."""
    asked, once = sheet.asked, _asked_once(sheet)
    opened = [row.key for row in asked if any(_about(row, q) not in once for q in row.questions)]
    wanted = request.GET.get("sua", "")
    done = file.taken_at is not None
    areas = {a["code"]: file.plan.area_name(a["code"]) for a in file.plan.areas}
    return {
        "rows": [
            {
                "row": row,
                "area": areas.get(row.area),
                "open": not done and (row.key in opened[:ASKED_AT_ONCE] or row.key == wanted),
                "inputs": _inputs(row, once, whole=row.key == wanted),
                "notes": [question_sentence(q.code, q.data, language()) for q in row.questions],
                "lead_asked": next(
                    ({"text": q.data.get("text", "")} for q in row.questions if q.name == "lead"), None
                ),
            }
            for row in sheet.rows
        ],
        "unknown": list(once.values()),
        "asked": len(asked),
        "first": "hoi" if once else f"d{asked[0].key}" if asked else "",
        "later": max(0, len(opened) - ASKED_AT_ONCE),
        "left": sum(row.left for row in sheet.rows),
        "editing": wanted,
    }


def _inputs(row: Understood, once: Mapping[str, Any], *, whole: bool) -> list[dict[str, Any]]:
    """The fields that are asked about and not answered once for all rows, or all where the row is changed."""
    asked = {q.name: q for q in row.questions if _about(row, q) not in once}
    names = [f.value for f in Field if f is not Field.NUMBER and (whole or f.value in asked)]
    return [
        {
            "name": f"f.{name}.{row.table}.{row.row}",
            "field": name,
            "label": FIELDS[Field(name)],
            "value": _typed(row, name),
            "proposed": asked[name].proposed if name in asked else (),
            "no_day": f"f.{NO_DAY}.{row.table}.{row.row}" if name == "due" else "",
            "long": name in LONG,
        }
        for name in names
    ]


def _typed(row: Understood, name: str) -> str:
    """A field as it may be typed anew: in one line; who leads without who coordinates."""
    if name == "lead":
        return one_line(parties(row.said["lead"])[0])
    return row.area if name == "area" else one_line(row.said[name])


def _tables(file: TaskFile, sheet: Sheet) -> list[dict[str, Any]]:
    """Each table's columns: heading, what it is, what stands in its first task."""
    fields = fields_of(file, sheet.reading)
    found = []
    for table in sheet.reading.tables:
        number = table.grid.number
        names = {k: f.value for f, k in fields[number].items()}
        task = next((r for r in sheet.rows if r.table == number), None)
        first = next((r for r in table.grid.rows if task is not None and r.number == task.row), None)
        columns = [
            {
                "name": f"k.{number}.{k}",
                "heading": column.text,
                "field": names.get(k, ""),
                "sample": one_line(first.texts[k])[:SAMPLE] if first and k < len(first.texts) else "",
            }
            for k, column in enumerate(table.columns)
        ]
        found.append({"table": table, "number": number, "columns": columns, "goes_on": table.head is None})
    return found


def _about(row: Understood, question: Question) -> str:
    """The name or heading that a question is about, as `answer_rows` takes it; "" where it is about none."""
    if question.code in {"lead_unknown", "lead_several"}:
        return f"lead|{folded(parties(row.said['lead'])[0])}"
    return f"area|{folded(bare(str(question.data['text'])))}" if question.code == "area_unknown" else ""


def _asked_once(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Names and headings that are asked about in several rows, to be said once for all of them."""
    found: dict[str, list[Question]] = {}
    for row in sheet.rows:
        for question in row.questions:
            if about := _about(row, question):
                found.setdefault(about, []).append(question)
    return {
        about: {
            "name": f"n.{about}",
            "kind": about.partition("|")[0],
            "text": asked[0].data["text"],
            "count": len(asked),
            "proposed": asked[0].proposed,
        }
        for about, asked in found.items()
        if len(asked) > 1
    }


def _act(request: Desk, file: TaskFile) -> HttpResponse:
    """One of the page's acts."""
    here = reverse("plans:import_file", args=[file.plan.pk, file.pk])
    act = request.POST.get("act", "")
    if act == "take":
        made = attempt(request, take_task_file, file=file)
        if made is None:
            return redirect(here)
        messages.success(request, gettext("Đã nhập %(n)s nhiệm vụ vào kế hoạch.") % {"n": len(made)})
        return redirect("plans:plan", file.plan.pk)
    if act == "drop":
        if attempt(request, _drop, file=file):
            words = gettext("Đã thôi nhập tệp này; tệp vẫn ở kho tài liệu của đơn vị.")
            messages.success(request, words)
            return redirect("plans:import", file.plan.pk)
        return redirect(here)
    if act == "columns":
        attempt(request, map_columns, file=file, columns=_columns(request.POST))
        return redirect(here)
    answers, names = _answers(request.POST)
    attempt(request, answer_rows, file=file, answers=answers, names=names)
    return redirect(here + "#cau-hoi")


def _drop(*, file: TaskFile, by: str, at: Any) -> bool:
    drop_task_file(file=file, by=by, at=at)
    return True


def _columns(sent: Mapping[str, str]) -> dict[int, dict[int, str]]:
    """What the select boxes say, by table and column."""
    found: dict[int, dict[int, str]] = {}
    for name, value in sent.items():
        kind, *place = name.split(".")
        if kind == "k" and len(place) == 2 and _are_numbers(place):
            found.setdefault(int(place[0]), {})[int(place[1])] = value
    return found


def _answers(sent: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What was typed into rows, and what names mean. A box that is not ticked sends nothing: its row says
    that it was shown."""
    answers: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for name, value in sent.items():
        plain = value.strip()
        if name.startswith("n.") and plain:
            names[name.removeprefix("n.")] = plain
        kind, *place = name.split(".")
        if len(place) != 3 or not _are_numbers(place[1:]):
            continue
        key = f"{int(place[1])}/{int(place[2])}"
        if kind == "f" and place[0] in ANSWERED:
            answers.setdefault(key, {})[place[0]] = plain
        elif kind == "shown" and place[0] in {LEFT, NO_DAY}:
            answers.setdefault(key, {}).setdefault(place[0], "")
    return answers, names


def _are_numbers(parts: Sequence[str]) -> bool:
    return all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts)
