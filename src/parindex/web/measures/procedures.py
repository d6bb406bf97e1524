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
from parindex.apps.search.folding import fold
from parindex.core.dossiers.procedures import Procedure
from parindex.core.kernel.text import Text
from parindex.web.measures.paging import pages_of
from parindex.web.parts.marks import marks


PAGE = 25
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
    asked = request.GET.get("tim", "").strip()[:100]
    mine = [p for p in rows if chosen in ("", p.field) and fold(asked) in fold(f"{p.code} {p.field}")]
    words = {"linh-vuc": chosen, "tim": asked}
    pages = pages_of(request, len(mine), PAGE, anchor="list", whole=True, **words)
    context = {
        "section": "theme",
        "territory": place,
        **marks(place),
        "kept": kept,
        "period": said_period(kept.first, kept.last) if kept else Text(""),
        "fields": fields,
        "chosen": chosen,
        "asked": asked,
        "any": bool(rows),
        "count": len(mine),
        "rows": [_row(p) for p in mine[pages.first : pages.last]],
        "pages": pages,
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
