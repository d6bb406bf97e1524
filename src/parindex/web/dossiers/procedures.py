"""The theme down to procedures, for everybody: what was counted of the dossiers of a territory or a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import procedures_of
from parindex.apps.indicators.periods import said_period
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import find_unit
from parindex.apps.search.folding import fold
from parindex.core.dossiers.procedures import Procedure, Procedures
from parindex.core.kernel.text import Text
from parindex.web.parts import files
from parindex.web.parts.files import Cell, table_file
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked


PAGE = 25
HUNDRED = 100


def procedures(request: HttpRequest, *, territory: str) -> HttpResponse:
    """A row for each procedure, the most frequent first, by field if one is chosen; over all units."""
    return _page(request, _found(territory), reverse("dossiers:procedures", args=[territory]))


def procedures_file(request: HttpRequest, *, territory: str, kind: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, _found(territory), kind)


def unit_procedures(request: HttpRequest, *, unit: str) -> HttpResponse:
    """The procedures of one unit, with all that stands below it."""
    return _page(request, _found(unit), reverse("dossiers:unit_procedures", args=[unit]))


def unit_procedures_file(request: HttpRequest, *, unit: str, kind: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, _found(unit), kind)


def _found(address: str) -> Unit:
    found = find_unit(address)
    if found is None:
        raise Http404(address)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was counted, and of it what the address asks for: a field, words."""

    kept: Procedures | None
    fields: Sequence[str]
    chosen: str
    words: str

    @property
    def rows(self) -> list[Procedure]:
        """Those asked for."""
        return [
            p
            for p in (self.kept.rows if self.kept else ())
            if self.chosen in ("", p.field) and fold(self.words) in fold(f"{p.code} {p.field}")
        ]

    @property
    def query(self) -> dict[str, str]:
        """How the address asks for them."""
        return {"linh-vuc": self.chosen, "tim": self.words}


def _asked(request: HttpRequest, place: Unit) -> _Asked:
    kept = procedures_of(place)
    fields = sorted({p.field for p in (kept.rows if kept else ())} - {""})
    chosen = next((f for f in fields if f == request.GET.get("linh-vuc")), "")
    return _Asked(kept, fields, chosen, request.GET.get("tim", "").strip()[:100])


def _page(request: HttpRequest, place: Unit, here: str) -> HttpResponse:
    asked, territory = _asked(request, place), way_up(place)[-1]
    kept, mine = asked.kept, asked.rows
    cut, page = page_asked(request, len(mine), PAGE, anchor="list", whole=True)
    context = {
        "section": "theme",
        "territory": territory,
        "unit": None if place.pk == territory.pk else place,
        **marks(territory),
        "kept": kept,
        "period": said_period(kept.first, kept.last) if kept else Text(""),
        "fields": asked.fields,
        "chosen": asked.chosen,
        "asked": asked.words,
        "any": bool(kept and kept.rows),
        "count": len(mine),
        "rows": [_row(p) for p in mine[cut]],
        "page": page,
        "files": files.links(here, urlencode({k: v for k, v in asked.query.items() if v})),
    }
    return render(request, "dossiers/procedures.html", context)


def _file(request: HttpRequest, place: Unit, kind: str) -> HttpResponse:
    """Counts of every procedure asked for, and what each rate is a share of."""
    asked = _asked(request, place)
    header = [
        gettext("Mã TTHC"),
        gettext("Lĩnh vực TTHC"),
        gettext("Tiếp nhận"),
        gettext("Đã giải quyết"),
        gettext("Trước hạn, đúng hạn"),
        gettext("Nộp trực tuyến"),
        gettext("Có phí, lệ phí"),
        gettext("Thanh toán trực tuyến"),
        gettext("Đúng hạn, phần trăm"),
        gettext("Trực tuyến, phần trăm"),
        gettext("Thanh toán trực tuyến, phần trăm"),
    ]
    rows: list[list[Cell]] = []
    for p in asked.rows:
        (in_time, handled), (online, came), (paid, with_fee) = _shares(p)
        rates = [_rate(in_time, handled), _rate(online, came), _rate(paid, with_fee)]
        rows.append([p.code, p.field, came, handled, in_time, online, with_fee, paid, *rates])
    told: dict[str, Any] = {}
    if kept := asked.kept:
        told = {"first": f"{kept.first}", "last": f"{kept.last}", "as_of": f"{kept.as_of}"}
    return table_file(kind, f"thu-tuc-{place.code}", header=header, rows=rows, unit=place.code, **told)


def _shares(found: Procedure) -> tuple[tuple[int, int], ...]:
    """In time of what was handled, online of what came, paid online of what costs something."""
    counts = found.counts
    return (
        (counts.early + counts.on_time, counts.handled),
        (counts.came_online, counts.came),
        (counts.paid_online, counts.with_fee),
    )


def _rate(part: int, whole: int) -> Fraction | None:
    return Fraction(HUNDRED * part, whole) if whole else None


def _row(found: Procedure) -> dict[str, Any]:
    names = (gettext("Trước hạn, đúng hạn"), gettext("Trực tuyến"), gettext("Thanh toán trực tuyến"))
    return {
        "code": found.code,
        "field": found.field,
        "came": found.counts.came,
        "handled": found.counts.handled,
        "shares": [
            {"name": name, "part": part, "whole": whole, "rate": _rate(part, whole)}
            for name, (part, whole) in zip(names, _shares(found), strict=True)
        ],
    }
