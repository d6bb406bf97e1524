"""The strata of a group's sample: typed or pasted, from a file, or out of the kept dossiers of a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.indicators.handled import told_until
from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.framing import Asked, framed
from parindex.apps.surveys.models import RespondentGroup, Survey
from parindex.apps.surveys.rules import check_step
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.surveys.sampling import sample_size
from parindex.core.wording.notation import number
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import Fault
from parindex.web.surveys.desk.frame import (
    Units,
    day_of,
    known_group,
    of_survey,
    typed,
    units_of,
    whole,
    whole_fault,
)
from parindex.web.surveys.desk.lines import as_workbook, cells, line_of, place, sent_lines


FIVE_PERCENT = Fraction(1, 20)
COLUMNS = (
    Text("Đơn vị", "Unit"),
    Text("Thủ tục hoặc nhãn", "Procedure or label"),
    Text("Tổng thể N", "Population N"),
    Text("Cỡ mẫu n", "Sample size n"),
)
USUAL = {"by": "procedure", "error": "5", "least": "1", "smallest": "30"}
BY = {
    "procedure": Text("Đơn vị × thủ tục", "Unit × procedure"),
    "field": Text("Đơn vị × lĩnh vực", "Unit × field"),
    "unit": Text("Đơn vị", "Unit"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def strata(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """The strata as lines. A file or the dossiers only lay lines out; what is saved is what then stands
    there."""
    group = known_group(request, slug, code, run=True)
    standing = list(group.strata.select_related("unit"))
    text = "\n".join(line_of((s.unit.name_vi, s.label, s.population, s.quota)) for s in standing)
    asked = {**USUAL, **days_of(group.survey, request)}
    faults: list[Fault] = []
    laid = ""
    if request.method == "POST":
        said, act = typed(request, "lines", *asked), typed(request, "act")["act"]
        text = said.pop("lines")
        asked = {name: value or asked[name] for name, value in said.items()}
        try:
            if act in ("file", "dossiers"):
                text, laid = _laid(request, group, act, asked=asked)
            elif not (faults := _kept(request, group, text)):
                messages.success(request, gettext("Đã lưu các tầng mẫu."))
                return redirect("surveys:invite", slug)
        except (DossiersRefused, Refused) as refusal:
            faults = [whole_fault(refusal)]
    context = {
        **of_survey(request, group.survey, "invite"),
        "group": group,
        "lines": text,
        "laid": laid,
        "faults": faults,
        "total": sum(s.population for s in standing),
        "quota": sum(s.quota for s in standing),
        "asked": asked,
        "ways": list(BY.items()),
        "until": until_of(group.survey),
        "changing": gate(lambda: check_step(group.survey, "change")),
    }
    return render(request, "survey_desk/strata.html", context, status=422 if faults else 200)


def until_of(survey: Survey) -> Any:
    """Up to which day dossiers tell; None where none are kept or the store cannot be read."""
    try:
        return told_until(survey.territory)
    except DossiersRefused:
        return None


def days_of(survey: Survey, request: Desk) -> dict[str, str]:
    """The usual period: the year of the survey, as far as dossiers tell, else the year before."""
    last = until_of(survey) or legal_date(request.at)
    first = last.replace(month=1, day=1)
    return {"first": first.isoformat(), "last": last.isoformat()}


def _laid(request: Desk, group: RespondentGroup, act: str, *, asked: Mapping[str, str]) -> tuple[str, str]:
    """Lines to be looked at, and a word on where they come from. Raises Refused, DossiersRefused."""
    if act == "file":
        return sent_lines(request, COLUMNS), gettext("Các dòng lấy từ tệp; xem rồi lưu.")
    first, last = day_of(asked["first"]), day_of(asked["last"])
    if first is None or last is None:
        raise Refused("survey_days_missing")
    wanted = Asked(
        first=first,
        last=last,
        by=asked["by"],  # type: ignore[arg-type]
        error=_percent(asked["error"]),
        least=whole(asked["least"]),
        smallest=whole(asked["smallest"]),
    )
    found = framed(group, units_of(group.survey, request), wanted, day=legal_date(request.at))
    words = gettext("%(strata)s tầng từ hồ sơ đã giải quyết: tổng thể %(all)s, cỡ mẫu %(n)s; xem rồi lưu.")
    sizes = {"all": sum(r.population for r in found.rows), "n": sum(r.quota for r in found.rows)}
    told = words % {"strata": len(found.rows), **{k: number(n, language()) for k, n in sizes.items()}}
    if found.left:
        more = gettext("%(n)s hồ sơ không thuộc đơn vị nào ở đây, không tính.")
        told += " " + more % {"n": number(found.left, language())}
    rows = ((r.unit.name_vi, r.label, r.population, r.quota) for r in found.rows)
    return "\n".join(map(line_of, rows)), told


def _percent(text: str) -> Fraction:
    try:
        found = read_number(text)
    except AnswerRefused:
        found = None
    if found is None:
        raise Refused("survey_error_range")
    return Fraction(found) / 100


def _kept(request: Desk, group: RespondentGroup, text: str) -> list[Fault]:
    """Keep the lines, or say what is wrong with them. Raises Refused."""
    rows, faults = _rows(text, units_of(group.survey, request))
    if not faults:
        actions.set_strata(group=group, rows=rows, by=request.user.ref, at=request.at)
    return faults


def _rows(text: str, units: Sequence[Unit]) -> tuple[list[actions.StratumWritten], list[Fault]]:
    """Strata of lines; where no size is given, the ministry's formula at 5 %."""
    rows: list[actions.StratumWritten] = []
    faults: list[Fault] = []
    known = Units(units)
    for line_number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, label, population, quota = cells(line, 4)
        unit, size = known.named(name), whole(population.replace(".", ""))
        digits = quota.replace(".", "")
        if unit is None:
            words = gettext("không có đơn vị “%(name)s”") % {"name": name[:80]}
            faults.append(Fault(place(line_number), words))
        elif not size or (quota and not (digits.isascii() and digits.isdigit())):
            words = gettext("tổng thể và cỡ mẫu phải là số nguyên")
            faults.append(Fault(place(line_number), words))
        else:
            wanted = whole(digits) if quota else sample_size(size, FIVE_PERCENT)
            rows.append(actions.StratumWritten(unit, size, wanted, label))
    return rows, faults


def strata_file(request: Desk, *, slug: str, code: str, kind: str) -> HttpResponse:
    """The strata that stand as an .xlsx file, to be changed and sent back; a group without any gives its
    units to begin with. Raises Http404."""
    group = known_group(request, slug, code, run=True)
    if kind != "xlsx":
        raise Http404(kind)
    standing = list(group.strata.select_related("unit"))
    rows = [(s.unit.name_vi, s.label, s.population, s.quota) for s in standing]
    empty = [(u.name_vi, "", None, None) for u in units_of(group.survey, request)]
    return as_workbook(f"tang-mau-{slug}-{code}", COLUMNS, rows or empty)
