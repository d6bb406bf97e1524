"""Forms of ODK and KoboToolbox (XLSForm): looked at before they are kept, and given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Questionnaire
from parindex.core.formats.problems import FileProblem, FileRefused, refuse
from parindex.core.formats.workbooks import xlsx_grids
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.questionnaire import Questionnaire as Form
from parindex.core.surveys.questionnaire_file import from_mapping, to_mapping
from parindex.core.surveys.xlsform import read_xlsform, unread
from parindex.core.surveys.xlsform_writer import write_xlsform
from parindex.core.wording.problems import sentence
from parindex.core.wording.terms import TERMS
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import Fault, carried, carry, words_of
from parindex.web.parts.workbooks import Sheet, workbook
from parindex.web.surveys.desk.frame import frame, typed
from parindex.web.surveys.questions.shown import shown


ERRORS_SHOWN = 100
SALT = "surveys.xlsform.confirmed"


def sheets_of(content: bytes, name: str) -> dict[str, list[Sequence[str]]]:
    """Every sheet of a workbook as rows by their numbers, the empty ones too.

    Raises:
        FileRefused: as `xlsx_grids`; ``tables_too_large``: a sheet whose last row stands far below.
    """
    found: dict[str, list[Sequence[str]]] = {}
    for grid in xlsx_grids(content, name):
        last = grid.rows[-1].number if grid.rows else 0
        if last > 20_000:
            raise refuse(f"{name}, {grid.name}", "tables_too_large", limit=20_000)
        rows: list[Sequence[str]] = [()] * last
        for row in grid.rows:
            rows[row.number - 1] = row.texts
        found[grid.name.strip().lower()] = rows
    return found


def faults_of(refusal: FileRefused) -> list[Fault]:
    """Each problem of a file with its place: sheet, line, column, as far as they are known."""
    return [Fault(_place(p), sentence(p.code, p.data, language())) for p in refusal.problems[:ERRORS_SHOWN]]


def _place(problem: FileProblem) -> str:
    sheet = problem.file.rpartition(", ")[2] if ", " in problem.file else ""
    said = [gettext("trang %(name)s") % {"name": sheet}] if sheet else []
    said += [gettext("dòng %(n)s") % {"n": problem.line}] if problem.line else []
    said += [gettext("cột %(name)s") % {"name": problem.column}] if problem.column else []
    return ", ".join(said)


def looked_at(request: Desk, place: Unit, file: tuple[bytes, str]) -> HttpResponse:
    """A form as it would be asked, what is left out of it, and under which code it would be kept.

    Raises:
        FileRefused: every row that does not fit.
    """
    content, name = file
    plain = name.replace(",", " ")
    sheets = sheets_of(content, plain)
    form = read_xlsform(sheets, plain)
    last = Questionnaire.objects.filter(territory=place, code=form.code).order_by("-version").first()
    context = {
        **frame(place),
        "place": place,
        "file": name,
        "form": form,
        "sections": shown(form),
        "left": [_left(one) for one in unread(sheets)],
        "last": last,
        "next": last.version + 1 if last else 1,
        "groups": TERMS["respondents"].items(),
        "confirmed": carry(request, place.pk, to_mapping(form), salt=SALT),
    }
    return render(request, "questionnaires/looked_at.html", context)


def _left(one: tuple[str, int, str]) -> Fault:
    sheet, number, what = one
    words = gettext("trang %(name)s") % {"name": sheet}
    if number:
        words += ", " + gettext("dòng %(n)s") % {"n": number}
    return Fault(words, what)


@require_POST
def keep(request: Desk) -> HttpResponse:
    """Keep the form that was looked at, asked of the respondents that were chosen."""
    place, _ = managed(request, Act.SURVEY_RUN)
    group = typed(request, "group")["group"]
    try:
        rows: Mapping[str, object] = carried(request, place.pk, salt=SALT)
        form = from_mapping({**rows, "group": group})
        made = actions.keep_questionnaire(territory=place, form=form, by=request.user.ref, at=request.at)
    except Refused as refusal:
        messages.error(request, words_of(refusal))
        return redirect("surveys:sets")
    messages.success(request, gettext("Đã lưu bộ câu hỏi; xem lại rồi chốt để dùng."))
    return redirect("surveys:set", made.pk)


def as_xlsform(form: Form, name: str) -> HttpResponse:
    """The form as ODK and KoboToolbox take it."""
    sheets = [Sheet(title, rows[0], rows[1:]) for title, rows in write_xlsform(form).items()]
    return workbook(name, sheets)
