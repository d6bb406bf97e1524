"""The rows of one file of dossiers that were refused: place, column, what stood there, why; page and file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import Refusals, RefusedRow, refusals_of
from parindex.apps.organisations.models import Unit
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.record import BY_NAME
from parindex.core.wording.dossier_problems import ROWS
from parindex.web.dossiers.stored import file_name
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import Cell, table_file
from parindex.web.parts.finding import followed
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked


PAGE = 100
MOST = 100_000
"""Rows of a workbook; the list as it is kept has them all."""


def refused_rows(request: Desk, *, territory: str, number: int) -> HttpResponse:
    """The list, page by page. Raises Http404."""
    place, found = _found(request, territory, number)
    cut, page = page_asked(request, found.count, PAGE)
    context = {
        "section": "start",
        "territory": place,
        **marks(place),
        "number": number,
        "name": file_name(found.file),
        "file": found.file,
        "count": found.count,
        "rows": [
            {"refused": r, "column": _column(r), "why": _why(r)} for r in found.rows(cut.start, cut.stop)
        ],
        "page": page,
        "most": MOST,
    }
    return render(request, "dossiers/refused.html", context)


def refused_table(request: Desk, *, territory: str, number: int, kind: str) -> HttpResponse:
    """The list with its reasons in words, as a file. Raises Http404."""
    _, found = _found(request, territory, number)
    header = [
        gettext("Dòng"),
        gettext("Cột"),
        gettext("Giá trị trong ô"),
        gettext("Lý do từ chối"),
        gettext("Mã hồ sơ"),
    ]
    rows: list[list[Cell]] = [[r.row, _column(r), r.value, _why(r), r.code] for r in found.rows(0, MOST)]
    return table_file(kind, f"dong-bi-tu-choi-{number}", header=header, rows=rows)


def refused_list(request: Desk, *, territory: str, number: int) -> HttpResponse:
    """The whole list as the store keeps it, reasons by their codes. Raises Http404."""
    _, found = _found(request, territory, number)
    answer = FileResponse(
        found.path.open("rb"), as_attachment=True, filename=f"dong-bi-tu-choi-{number}-day-du.csv"
    )
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    return answer  # type: ignore[return-value]


def _found(request: Desk, territory: str, number: int) -> tuple[Unit, Refusals]:
    """Raises Http404, NotAllowed."""
    place = followed(request, territory)
    try:
        found = refusals_of(place, number)
    except DossiersRefused:
        found = None
    if found is None:
        raise Http404(number)
    return place, found


def _column(found: RefusedRow) -> str:
    """The column as the file names it; a system's delivery has only the fields' names."""
    known = BY_NAME.get(found.field)
    if known is None or found.column != found.field:
        return found.column or gettext("cả dòng")
    return f"{known.headings[0]} ({found.field})" if language() == "vi" else found.field


def _why(found: RefusedRow) -> str:
    return ROWS[found.reason][0 if language() == "vi" else 1] if found.reason in ROWS else found.reason
