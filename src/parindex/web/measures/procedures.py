"""The theme down to procedures, for everybody: what was counted of the dossiers, added up over all units."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import procedures_of
from parindex.apps.indicators.periods import said_period
from parindex.apps.organisations.queries import find_unit
from parindex.core.dossiers.procedures import Procedure
from parindex.core.kernel.text import Text
from parindex.web.parts.marks import marks


PAGE = 100
HUNDRED = 100


def procedures(request: HttpRequest, *, territory: str) -> HttpResponse:
    """A row for each procedure, the most frequent first, by field if one is chosen."""
    place = find_unit(territory)
    if place is None:
        raise Http404(territory)
    kept = procedures_of(place)
    rows = kept.rows if kept else ()
    fields = sorted({p.field for p in rows} - {""})
    chosen = next((f for f in fields if f == request.GET.get("linh-vuc")), "")
    mine = [p for p in rows if chosen in ("", p.field)]
    pages = max(1, -(-len(mine) // PAGE))
    asked = request.GET.get("trang", "")
    here = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    context = {
        "section": "theme",
        "territory": place,
        **marks(place),
        "kept": kept,
        "period": said_period(kept.first, kept.last) if kept else Text(""),
        "fields": fields,
        "chosen": chosen,
        "count": len(mine),
        "rows": [_row(p) for p in mine[(here - 1) * PAGE : here * PAGE]],
        "pages": [{"number": n, "here": n == here} for n in range(1, pages + 1)],
    }
    return render(request, "measures/procedures.html", context)


def _row(found: Procedure) -> dict[str, Any]:
    counts = found.counts
    shares = (
        (gettext("Trước hạn, đúng hạn"), counts.early + counts.on_time, counts.handled),
        (gettext("Trực tuyến"), counts.came_online, counts.came),
        (gettext("Thanh toán trực tuyến"), counts.paid_online, counts.with_fee),
    )
    return {
        "code": found.code,
        "field": found.field,
        "came": counts.came,
        "handled": counts.handled,
        "shares": [
            {
                "name": name,
                "part": part,
                "whole": whole,
                "rate": Fraction(HUNDRED * part, whole) if whole else None,
            }
            for name, part, whole in shares
        ],
    }
