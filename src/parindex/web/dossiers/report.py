"""The one-stop system's report of a period: sent, looked at unit by unit, kept as values with their file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.evidence import waiting
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.indicators.dossiers import ReportRow, Told, compare, look, rows_of_report
from parindex.apps.indicators.periods import (
    is_month,
    month_after,
    month_before,
    read_period,
    recent_periods,
    said_period,
    typed_period,
)
from parindex.apps.indicators.planning import LONGEST_SOURCE
from parindex.apps.indicators.queries import all_indicators
from parindex.apps.indicators.reports import plan_report, record_report, reported_periods
from parindex.apps.indicators.rules import check_period
from parindex.apps.organisations.imports import digest_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.report import Report
from parindex.core.formats.days import read_day
from parindex.core.formats.registers import Outcome, Planned, letters
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.wording.dossier_reports import FIGURES, counted_text, doubt_sentence, signed
from parindex.core.wording.findings import finding_sentence
from parindex.core.wording.notation import answer_text
from parindex.core.wording.problems import sentence
from parindex.data.indicators import DOSSIER_SYSTEM, FROM_REPORT, INDICATORS
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.sent_tables import OLD, ZIP, Fault, carried, carry, sent_file, words_of


SALT = "dossiers.report.confirmed"
SHOWN = 200
TYPED = ("ky", "den-ngay", "nguon")


@dataclass(frozen=True, slots=True)
class Looked:
    """A report that was looked at, with what its values would do."""

    report: Report
    tree: Tree
    rows: Sequence[ReportRow]
    planned: Sequence[Planned]

    @property
    def whole(self) -> bool:
        """Whether it can be kept as it is, and there is something to keep."""
        outcomes = {p.outcome for p in self.planned}
        does = outcomes & {Outcome.ADDED, Outcome.CHANGED}
        return bool(does) and not self.report.faults and Outcome.REFUSED not in outcomes


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Desk) -> HttpResponse:
    """Send the report; what it says is shown first, then, confirmed, kept."""
    territory, territories = managed(request, Act.ROUND_ASSIST, whole=True)
    found: dict[str, Any] = {"looked": None, "wrong": [], "file": "", "confirmed": ""}
    if request.method == "POST" and "confirmed" in request.POST:
        done = _confirm(request, territory)
        if done is not None:
            return done
    elif request.method == "POST":
        found |= _preview(request, territory)
    bad = request.method == "POST" and not found["confirmed"]
    proposed, choices = _periods(territory, legal_date(request.at))
    context = {
        "section": "start",
        "territory": territory,
        **marks(territory),
        "territories": territories,
        "typed": {key.replace("-", "_"): request.POST.get(key, "")[:200] for key in TYPED},
        "proposed": proposed,
        "periods": choices,
        "system": DOSSIER_SYSTEM,
        "takes": [i.name for i in INDICATORS if i.code in {f.indicator for f in FROM_REPORT}],
        **found,
    }
    return render(request, "dossiers/report.html", context, status=422 if bad else 200)


def _periods(territory: Unit, today: date) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The period that is probably meant: the month after the last report's, else the month just ended; and
    the periods that may be chosen from, the newest first, with those that a report was kept of."""
    kept = reported_periods(territory)
    ended = month_before(today)
    last = max((p for p in kept if is_month(*p)), key=lambda p: p[1], default=None)
    after = month_after(last[1]) if last else ended
    choices = [
        {"text": typed_period(p), "name": said_period(*p), "kept": p in kept} for p in recent_periods(today)
    ]
    return {"text": typed_period(min(after, ended)), "last": said_period(*last) if last else None}, choices


def _told(request: Desk) -> Told:
    """Period, day and source as typed. Raises Refused."""
    start, end = read_period(request.POST.get("ky", ""))
    today = legal_date(request.at)
    typed = request.POST.get("den-ngay", "").strip()
    as_of = read_day(typed) if typed else min(end, today)
    check_period(start, end, as_of, today=today)
    source = " ".join(request.POST.get("nguon", "").split()) or DOSSIER_SYSTEM
    if len(source) > LONGEST_SOURCE:
        raise Refused("text_too_long", limit=LONGEST_SOURCE)
    return Told(start, end, as_of, source)


def _preview(request: Desk, territory: Unit) -> dict[str, Any]:
    """What the report says and would do; with a cell that cannot be used nothing can be confirmed."""
    owner, token, name = _owner(request), "", ""
    try:
        told = _told(request)
        sent, name = sent_file(request)
        token = waiting.begin(owner=owner, name=name, size=sent.size or 0).token
        waiting.add(owner=owner, token=token, offset=0, stream=sent)
        looked = _look(request, territory, told, token=token)
        shown = _shown(looked, told)
        shown["wrong"] += [Fault("", words) for words in _asked(owner, token)]
        if looked.whole and not shown["wrong"]:
            plain = [token, told.start.isoformat(), told.end.isoformat(), told.as_of.isoformat(), told.source]
            plain.append(digest_of(looked.planned))
            return {**shown, "file": name, "confirmed": carry(request, territory.pk, plain, salt=SALT)}
    except DossiersRefused as refusal:
        shown = {"wrong": [Fault(_line(refusal.line), sentence(refusal.code, refusal.data, language()))]}
    except Refused as refusal:
        shown = {"wrong": [Fault("", words_of(refusal))]}
    if token:
        waiting.give_up(owner=owner, token=token)
    return {**shown, "file": name}


def _look(request: Desk, territory: Unit, told: Told, *, token: str) -> Looked:
    """Read the file that waits. Raises Refused, DossiersRefused."""
    with waiting.open_waiting(owner=_owner(request), token=token) as file:
        head = file.read(4)
        path = Path(file.name)
    if head == OLD:
        raise Refused("old_or_locked_workbook")
    if head != ZIP:
        raise Refused("not_a_workbook")
    tree = tree_of(territory)
    found = look(path, tree)
    rows = rows_of_report(found, told)
    planned = plan_report(tree, [r.row for r in rows], by=request.user.ref, at=request.at)
    return Looked(found, tree, rows, planned)


def _asked(owner: str, token: str) -> list[str]:
    """Marks of secrecy and citizens' numbers: a report of totals has none, and none is kept."""
    name = waiting.look(owner=owner, token=token).name
    with (
        waiting.open_waiting(owner=owner, token=token) as file,
        inspect_upload(stream=file, name=name) as upload,
    ):
        return [
            finding_sentence(f.code, f.data, language()) for f in upload.findings if f.code in TO_BE_ASKED
        ]


def _owner(request: Desk) -> str:
    return f"person:{request.user.pk}"


def _line(line: int) -> str:
    return gettext("Dòng %(n)s") % {"n": line} if line else ""


def _shown(looked: Looked, told: Told) -> dict[str, Any]:
    """The page's view of it: faults by cell, doubts, a row for each unit, our own count beside it."""
    codes = [f.indicator for f in FROM_REPORT]
    official = {i.code: i.source for i in INDICATORS} | {i.code: i.source for i in all_indicators()}
    names = {i.code: i.name for i in INDICATORS} | {i.code: i.name for i in all_indicators()}
    outcomes = [p.outcome for p in looked.planned]
    return {
        "looked": looked,
        "wrong": [*_faults(looked)][:SHOWN],
        "doubts": [
            (_name(looked.tree, d.unit), d.row, doubt_sentence(d, language()))
            for d in looked.report.doubts[:SHOWN]
        ],
        "period": said_period(told.start, told.end),
        "named": _named(looked.report, told),
        "told": told,
        "indicators": [
            {"name": names[c], "official": official[c] == told.source, "source": official[c]} for c in codes
        ],
        "units": _units(looked, {c: names[c] for c in codes}),
        "counts": {o.value: outcomes.count(o) for o in Outcome},
        "compared": _compared(looked, told),
    }


def _named(report: Report, told: Told) -> Text | None:
    """The period that the report's title names, where it is another than the one chosen."""
    if report.period in (None, (told.start, told.end)) or report.period is None:
        return None
    return said_period(*report.period)


def _faults(looked: Looked) -> Iterator[Fault]:
    """Cells that cannot be used, then values that cannot be kept, at the first of their cells."""
    for one in looked.report.faults:
        yield Fault(f"{letters(one.column)}{one.row}", sentence(one.code, one.data, language()))
    for row, plan in zip(looked.rows, looked.planned, strict=True):
        if plan.why is not None:
            cell = f"{letters(looked.report.columns[row.keys[0]])}{row.line}"
            yield Fault(cell, f"{plan.name}: {words_of(plan.why)}")


def _units(looked: Looked, names: Mapping[str, Text]) -> list[dict[str, Any]]:
    """A row for each unit of the report, a cell for each indicator."""
    cells: dict[tuple[int, str], dict[str, Any]] = {}
    for row, plan in zip(looked.rows, looked.planned, strict=True):
        get = row.row.get
        text = get("value") or f"{get('numerator')}/{get('denominator')}"
        before = {key: was for key, was, _ in plan.changes if was and key != "as_of"}
        cells[row.line, get("indicator")] = {
            "text": answer_text(text),
            "outcome": plan.outcome.value,
            "before": "/".join(before.values()),
        }
    return [
        {
            "line": row.row,
            "name": _name(looked.tree, row.unit),
            "cells": [{"indicator": name, "value": cells.get((row.row, c))} for c, name in names.items()],
        }
        for row in looked.report.rows
    ]


def _name(tree: Tree, code: str) -> Text:
    """A unit's name by how dossiers name it; a line of totals by itself."""
    last = code.rpartition(".")[2]
    found = next((u for u in tree.walk() if u.code in (code, last)), None)
    return found.name if found else Text(code, code)


def _compared(looked: Looked, told: Told) -> dict[str, Any] | None:
    """Where it parts from our own count; None where there is none."""
    try:
        found = compare(looked.report, looked.tree, told)
    except DossiersRefused as refusal:
        return {"rows": [], "count": 0, "wrong": sentence(refusal.code, refusal.data, language())}
    if found is None:
        return None
    k = 0 if language() == "vi" else 1
    rows = [
        {
            "unit": _name(looked.tree, d.unit),
            "figure": FIGURES[d.key][k],
            "reported": d.reported,
            "counted": counted_text(d, language()),
            "more": signed(d.reported - d.counted, language()),
        }
        for d in found[:SHOWN]
    ]
    return {"rows": rows, "count": len(found), "rest": max(0, len(found) - SHOWN), "wrong": ""}


def _confirm(request: Desk, territory: Unit) -> HttpResponse | None:
    """Keep what was shown; everything is looked at again, all or nothing."""
    owner = _owner(request)
    try:
        token, *days, source, shown = carried(request, territory.pk, salt=SALT)
        start, end, as_of = map(date.fromisoformat, days)
        told = Told(start, end, as_of, source)
        looked = _look(request, territory, told, token=token)
        name = waiting.look(owner=owner, token=token).name
        with (
            waiting.open_waiting(owner=owner, token=token) as file,
            inspect_upload(stream=file, name=name) as upload,
        ):
            done = record_report(
                territory=territory,
                upload=upload,
                told=told,
                rows=[r.row for r in looked.rows],
                shown=shown,
                by=request.user.ref,
                at=request.at,
            )
    except DossiersRefused as refusal:
        messages.error(request, sentence(refusal.code, refusal.data, language()))
        return None
    except Refused as refusal:
        messages.error(request, words_of(refusal))
        return None
    waiting.give_up(owner=owner, token=token)
    count = sum(p.outcome in (Outcome.ADDED, Outcome.CHANGED) for p in done)
    words = ngettext(
        "Đã ghi %(n)s giá trị, kèm tệp báo cáo.", "Đã ghi %(n)s giá trị, kèm tệp báo cáo.", count
    )
    messages.success(request, words % {"n": count})
    return redirect("indicators:sources", territory.code)
