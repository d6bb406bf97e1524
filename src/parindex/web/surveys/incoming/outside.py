"""Results that another body reports: typed or pasted as a table, each line with its number of answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.queries import groups_of
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.web.parts.doors import Desk
from parindex.web.parts.sent_tables import Fault, words_of
from parindex.web.surveys.desk.frame import Units, known_survey, of_survey, typed, units_of, whole
from parindex.web.surveys.desk.lines import as_workbook, cells, place, sent_lines


COLUMNS = (
    Text("Đơn vị", "Unit"),
    Text("Nhóm được hỏi", "Group asked"),
    Text("Kết quả (%)", "Result (%)"),
    Text("Số phiếu", "Number of answers"),
    Text("Sai số chuẩn", "Standard error"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: Desk, *, slug: str) -> HttpResponse:
    """The result table: all lines or none; units without one are shown as without survey, never as zero."""
    survey = known_survey(request, slug, run=True)
    units = units_of(survey, request)
    said: dict[str, str] = {"body": survey.body, "report": "", "lines": ""}
    faults: list[Fault] = []
    laid = ""
    if request.method == "POST":
        said = typed(request, "body", "report", "lines")
        filed = request.POST.get("act") == "file"
        rows: list[actions.ResultWritten] = []
        if filed:
            said, laid, faults = _from_file(request, said)
        else:
            rows, faults = _rows(said["lines"], units)
        if not filed and not faults:
            report = actions.Report(body=said["body"], report=said["report"])
            try:
                actions.record_results(
                    survey=survey, rows=rows, report=report, by=request.user.ref, at=request.at
                )
            except Refused as refusal:
                faults = [Fault("", words_of(refusal))]
            else:
                messages.success(request, gettext("Đã ghi bảng kết quả."))
                return redirect(request.path)
    results = list(survey.outside.select_related("unit"))
    there = {r.unit_id for r in results}
    context = {
        **of_survey(request, survey, "outside"),
        "rows": [(r, exact(r.value), exact(r.se) if r.se else None) for r in results],
        "missing": [u for u in units if u.pk not in there] if results else [],
        "said": said,
        "laid": laid,
        "groups": groups_of(survey),
        "faults": faults,
    }
    return render(request, "survey_desk/outside.html", context, status=422 if faults else 200)


def _from_file(request: Desk, said: dict[str, str]) -> tuple[dict[str, str], str, list[Fault]]:
    """The form with the lines of the file that was sent, and a word on it."""
    try:
        lines = sent_lines(request, COLUMNS)
    except Refused as refusal:
        return said, "", [Fault("", words_of(refusal))]
    return {**said, "lines": lines}, gettext("Các dòng lấy từ tệp; xem rồi lưu."), []


def outside_file(request: Desk, *, slug: str, kind: str) -> HttpResponse:
    """The table as an .xlsx file: what stands, or the units to begin with. Raises Http404."""
    survey = known_survey(request, slug, run=True)
    if kind != "xlsx":
        raise Http404(kind)
    standing = [
        (r.unit.name_vi, r.group, exact(r.value), r.n, exact(r.se) if r.se else None)
        for r in survey.outside.select_related("unit")
    ]
    empty = [(u.name_vi, "", None, None, None) for u in units_of(survey, request)]
    return as_workbook(f"ket-qua-ngoai-{slug}", COLUMNS, standing or empty)


def _rows(text: str, units: Sequence[Unit]) -> tuple[list[actions.ResultWritten], list[Fault]]:
    """Lines of unit, group, percent, number of answers, standard error."""
    rows: list[actions.ResultWritten] = []
    faults: list[Fault] = []
    known = Units(units)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, group, value, n, error = cells(line, 5)
        unit = known.named(name)
        if unit is None:
            words = gettext("không có đơn vị “%(name)s”") % {"name": name[:80]}
            faults.append(Fault(place(number), words))
        else:
            written = actions.ResultWritten(unit, value, whole(n.replace(".", "")), group, error)
            rows.append(written)
    return rows, faults
