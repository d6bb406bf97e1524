"""What dossiers say of Decision 766, unit by unit, of a week, a month or a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import index_of_766, kept_dossiers
from parindex.apps.indicators.periods import said_period
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.dossiers.problems import DossiersRefused
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import Cell, table_file
from parindex.web.parts.finding import followed
from parindex.web.parts.templatetags.parts import said


if TYPE_CHECKING:
    from parindex.core.dossiers.periods import Index766, Length


SHOWN = 12
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class _Kind:
    """Periods of one length: their key in the address, how each is written there, and on its link."""

    key: str
    length: Length
    years: int
    written: Callable[[date], str]
    named: Callable[[date, date], str]


KINDS = (
    _Kind("tuan", "week", 1, lambda d: f"{d:%G-W%V}", lambda d, e: f"{d:%d/%m}–{e:%d/%m}"),
    _Kind("thang", "month", 1, lambda d: f"{d:%Y-%m}", lambda d, e: f"{d.month}/{d.year}"),
    _Kind("nam", "year", 4, lambda d: f"{d.year:04}", lambda d, e: f"{d.year}"),
)
MONTH = KINDS[1]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The period asked for, and those that may be chosen instead."""

    kind: _Kind
    first: date
    last: date
    known: list[tuple[date, date]]

    @property
    def written(self) -> str:
        """As the address has it."""
        return self.kind.written(self.first)


def section(request: Desk, tree: Tree, until: date) -> dict[str, Any]:
    """The table of the period asked for, and the ways to others. Raises DossiersRefused."""
    asked = _asked(request, until)
    names = {"tuan": gettext("Tuần"), "thang": gettext("Tháng"), "nam": gettext("Năm")}
    return {
        "period": said_period(asked.first, asked.last),
        "query": f"{asked.kind.key}={asked.written}",
        "kinds": [{"key": k.key, "name": names[k.key], "here": k == asked.kind} for k in KINDS],
        "choices": [
            {
                "query": f"{asked.kind.key}={asked.kind.written(first)}",
                "name": asked.kind.named(first, last),
                "here": first == asked.first,
            }
            for first, last in asked.known
        ],
        "rows": [
            {
                "name": unit.name,
                "cells": [
                    {"name": name, "rate": None if rate is None else rate * HUNDRED}
                    for name, rate in zip(_names(), _rates(found), strict=True)
                ],
                "with_fee": found.procedures_with_fee,
                "paid": found.procedures_paid_online,
            }
            for unit, found in index_of_766(tree, asked.first, asked.last)
        ],
    }


def table_766(request: Desk, *, territory: str, kind: str) -> HttpResponse:
    """The table as a file, with the counts behind the procedures' rate. Raises Http404, NotAllowed."""
    place = followed(request, territory)
    try:
        kept = kept_dossiers(place)
        if kept is None:
            raise Http404(territory)
        asked = _asked(request, kept.until)
        found = index_of_766(tree_of(place), asked.first, asked.last)
    except DossiersRefused:
        raise Http404(territory) from None
    header = [
        gettext("Mã đơn vị"),
        gettext("Đơn vị"),
        *_names(),
        gettext("TTHC có phí"),
        gettext("TTHC có thanh toán trực tuyến"),
    ]
    rows: list[list[Cell]] = []
    for unit, one in found:
        rates: list[Cell] = [None if r is None else r * HUNDRED for r in _rates(one)]
        counted: list[Cell] = [one.procedures_with_fee, one.procedures_paid_online]
        rows.append([unit.code, said(unit.name), *rates, *counted])
    return table_file(kind, f"bo-chi-so-766-{place.code}-{asked.written}", header=header, rows=rows)


def _asked(request: Desk, until: date) -> _Asked:
    """The week, month or year asked for, of the last that the dossiers tell of; else the last month."""
    from parindex.core.dossiers.periods import periods

    kind = next((k for k in KINDS if k.key in request.GET), MONTH)
    begin = date(max(until.year - kind.years, date.min.year), until.month, 1)
    known = list(periods(kind.length, begin, until))[-SHOWN:]
    asked = request.GET.get(kind.key, "")
    first, last = next((p for p in known if kind.written(p[0]) == asked), known[-1])
    return _Asked(kind, first, last, known)


def _names() -> tuple[str, ...]:
    """The groups of Decision 766 that dossiers say something of, in percent."""
    return (
        gettext("Tiến độ: đúng hạn"),
        gettext("Số hóa"),
        gettext("Nộp trực tuyến"),
        gettext("Thanh toán trực tuyến"),
    )


def _rates(found: Index766) -> tuple[Fraction | None, ...]:
    return found.progress, found.digitisation, found.online, found.payment
