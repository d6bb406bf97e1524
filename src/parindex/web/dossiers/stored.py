"""For those who follow a territory: its dossiers, what was refused, Decision 766 by month, contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.indicators.counting import record_counts
from parindex.apps.indicators.dossiers import kept_dossiers, month_of_766
from parindex.apps.indicators.periods import months, said_period
from parindex.apps.indicators.queries import Apart, apart, standing_values
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.dossiers.manifest import Ingested
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.dossier_problems import ROWS
from parindex.core.wording.dossier_reports import signed
from parindex.core.wording.notation import answer_text
from parindex.core.wording.problems import sentence
from parindex.data.indicators import OWN_COUNT
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import Cell, table_file
from parindex.web.parts.finding import followed
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked
from parindex.web.parts.sent_tables import words_of
from parindex.web.parts.templatetags.parts import said


if TYPE_CHECKING:
    from parindex.core.dossiers.periods import Index766


SHOWN = 60
FILES = 20
HUNDRED = 100


def dossiers(request: Desk, *, territory: str) -> HttpResponse:
    """The store as it stands; one month of Decision 766; where our count parts from the sources."""
    place = followed(request, territory)
    tree = tree_of(place)
    try:
        kept = kept_dossiers(place)
        wrong = ""
    except DossiersRefused as refusal:
        kept, wrong = None, sentence(refusal.code, refusal.data, language())
    newest = list(reversed(kept.files)) if kept else []
    cut, page = page_asked(request, len(newest), FILES, key="tep", anchor="files")
    month, choices = _month(request, kept.until) if kept else (None, [])
    found = apart(standing_values(units=[u.pk for u in tree.walk()], every_source=True), OWN_COUNT)
    context = {
        "section": "start",
        "territory": place,
        **marks(place),
        "kept": kept,
        "wrong": wrong,
        "files": [_file(f) for f in newest[cut]],
        "page": page,
        "all_files": len(newest),
        "month": said_period(*month) if month else None,
        "months": choices,
        "month_key": f"{month[0]:%Y-%m}" if month else "",
        "rows": _rows(tree, month) if month else [],
        "apart": [_apart(one, tree) for one in found[:SHOWN]],
        "count": len(found),
        "rest": max(0, len(found) - SHOWN),
        "counts": request.rights.may(Act.ROUND_ASSIST, place.pk),
    }
    return render(request, "dossiers/stored.html", context)


def table_766(request: Desk, *, territory: str, kind: str) -> HttpResponse:
    """What dossiers say of Decision 766 in one month, with the counts behind every rate. Raises Http404."""
    place = followed(request, territory)
    try:
        kept = kept_dossiers(place)
        if kept is None:
            raise Http404(territory)
        month, _ = _month(request, kept.until)
        found = month_of_766(tree_of(place), *month)
    except DossiersRefused:
        raise Http404(territory) from None
    header = [
        gettext("Mã đơn vị"),
        gettext("Đơn vị"),
        *_names_766(),
        gettext("TTHC có phí"),
        gettext("TTHC có thanh toán trực tuyến"),
    ]
    rows: list[list[Cell]] = []
    for unit, one in found:
        rates: list[Cell] = [None if r is None else r * HUNDRED for r in _rates_766(one)]
        counted: list[Cell] = [one.procedures_with_fee, one.procedures_paid_online]
        rows.append([unit.code, said(unit.name), *rates, *counted])
    name = f"bo-chi-so-766-{place.code}-{month[0]:%Y-%m}"
    return table_file(kind, name, header=header, rows=rows)


@require_POST
def count(request: Desk, *, territory: str) -> HttpResponse:
    """Count now, and record what is new."""
    place = followed(request, territory)
    request.rights.check(Act.ROUND_ASSIST, place.pk)
    try:
        done = record_counts(territory=place, by=request.user.ref, at=request.at)
    except DossiersRefused as refusal:
        messages.error(request, sentence(refusal.code, refusal.data, language()))
    except Refused as refusal:
        messages.error(request, words_of(refusal))
    else:
        words = gettext("Đã đếm: %(recorded)s giá trị mới, %(same)s không đổi.")
        messages.success(request, words % {"recorded": done.recorded, "same": done.same})
        if done.strangers:
            names = ", ".join(done.strangers[:10])
            messages.warning(request, gettext("Không có trong địa bàn: %(names)s.") % {"names": names})
    return redirect("dossiers:stored", territory)


def _month(request: Desk, until: date) -> tuple[tuple[date, date], list[dict[str, Any]]]:
    """The month asked for, of the twelve up to the last that the dossiers tell of."""
    last = until.year * 12 + until.month - 1
    known = [(n // 12, n % 12 + 1) for n in range(last - 11, last + 1)]
    asked = request.GET.get("thang", "")
    here = next((m for m in known if f"{m[0]}-{m[1]:02}" == asked), known[-1])
    choices = [{"key": f"{y}-{m:02}", "name": f"{m}/{y}", "here": (y, m) == here} for y, m in known]
    return months(here[0], here[1], here[1]), choices


def _file(found: Ingested) -> dict[str, Any]:
    """One file that was read, and why rows of it were refused."""
    k = 0 if language() == "vi" else 1
    return {
        "file": found,
        "name": file_name(found),
        "day_first": ", ".join(found.day_first),
        "refused": sum(found.refused.values()),
        "reasons": [{"count": n, "words": ROWS[code][k]} for code, n in found.refused.items()],
        "number": found.refusals.rpartition("/")[2].removesuffix(".csv").lstrip("0"),
    }


def file_name(found: Ingested) -> str:
    """A file's name, without where it lay on the server."""
    return found.file.replace("\\", "/").rpartition("/")[2]


def _rows(tree: Tree, month: tuple[date, date]) -> list[dict[str, Any]]:
    """The territory first, then each unit that has dossiers, in the tree's order."""
    return [
        {
            "name": unit.name,
            "cells": [
                {"name": name, "rate": None if rate is None else rate * HUNDRED}
                for name, rate in zip(_names_766(), _rates_766(found), strict=True)
            ],
            "with_fee": found.procedures_with_fee,
            "paid": found.procedures_paid_online,
        }
        for unit, found in month_of_766(tree, *month)
    ]


def _names_766() -> tuple[str, ...]:
    """The groups of Decision 766 that dossiers say something of, in percent."""
    return (
        gettext("Tiến độ: đúng hạn"),
        gettext("Số hóa"),
        gettext("Nộp trực tuyến"),
        gettext("Thanh toán trực tuyến"),
    )


def _rates_766(found: Index766) -> tuple[Fraction | None, ...]:
    return found.progress, found.digitisation, found.online, found.payment


def _apart(found: Apart, tree: Tree) -> dict[str, Any]:
    """What the source says and what we count, and by how much they part."""
    official, own = found.official, found.own
    return {
        "unit": next((u.name for u in tree.walk() if u.pk == official.unit_id), Text("")),
        "indicator": official.indicator,
        "period": said_period(official.start, official.end),
        "source": official.source,
        "says": answer_text(official.written),
        "days": (official.as_of, own.as_of),
        "counted": answer_text(own.written),
        "parts": _differences(found),
    }


def _differences(found: Apart) -> list[str]:
    """By how much each of the counts differs, in words."""
    names: Sequence[tuple[str, str]] = [("numerator", gettext("tử số")), ("denominator", gettext("mẫu số"))]
    if found.official.denominator is None or found.own.denominator is None:
        more = (found.official.exact or 0) - (found.own.exact or 0)
        return [signed(int(more), language())]
    said = []
    for key, name in names:
        more = getattr(found.official, key) - getattr(found.own, key)
        if more:
            said.append(f"{name} {signed(more, language())}")
    return said
