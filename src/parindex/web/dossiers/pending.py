"""A unit's dossiers that are late or soon will be, by division and officer; all of them as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.indicators.dossiers import pending_of
from parindex.apps.organisations.models import Unit
from parindex.core.dossiers.pending import MOST, Pending, PendingList
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.record import STATUSES
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.wording.notation import day as day_text
from parindex.core.wording.notation import instant
from parindex.core.wording.problems import sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import table_file
from parindex.web.parts.finding import seen_unit
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked


WITHIN = (1, 3, 5, 10)
USUAL, LONGEST = 3, 30
"""Working days that are looked ahead unless something else is asked for, and at most."""
PAGE = 40
FILE_MOST = 100_000
OLD = timedelta(days=3)
"""What the store knows is told to be old after so long."""
LATE, SOON = "qua-han", "sap-den-han"
STATES = {s.number: s for s in STATUSES}


def pending(request: Desk, *, unit: str) -> HttpResponse:
    """The list, with how many each division and officer has."""
    found = seen_unit(request, unit)
    within = _within(request)
    listed, wrong = _listed(found, within)
    rows = listed.rows if listed else ()
    asked = {
        "kind": _chosen(request, "loai", (LATE, SOON)),
        "division": _chosen(request, "phong", {r.division for r in rows}),
        "officer": _chosen(request, "can-bo", {r.officer for r in rows}),
    }
    wanted = _wanted(rows, asked)
    late = sum(r.overdue for r in rows)
    cut, page = page_asked(request, len(wanted), PAGE, anchor="list")
    context = {
        "section": "start",
        "unit": found,
        "address": unit,
        **marks(found),
        "listed": listed,
        "wrong": wrong,
        "as_of": instant(listed.as_of.replace(tzinfo=LEGAL_ZONE), language()) if listed else "",
        "old_days": _old_days(request, listed),
        "late": late,
        "soon": len(rows) - late,
        "within": within,
        "longest": LONGEST,
        "withins": [{"n": n, "here": n == within, "url": _query(n, asked)} for n in WITHIN],
        "kinds": _kinds(within, asked, late=late, soon=len(rows) - late),
        "asked": asked,
        "divisions": sorted({r.division for r in rows} - {""}),
        "officers": sorted({r.officer for r in rows if asked["division"] in ("", r.division)} - {""}),
        "groups": _groups(rows),
        "rows": [_row(r, found.code) for r in wanted[cut]],
        "count": len(wanted),
        "page": page,
        "most": MOST,
        "file_most": FILE_MOST,
        "query": _query(within, asked),
    }
    return render(request, "dossiers/pending.html", context)


def pending_file(request: Desk, *, unit: str, kind: str) -> HttpResponse:
    """Everything that the page would list, as a file. Raises Http404."""
    found = seen_unit(request, unit)
    within = _within(request)
    listed, _ = _listed(found, within, most=FILE_MOST)
    if listed is None:
        raise Http404(unit)
    asked = {
        "kind": _chosen(request, "loai", (LATE, SOON)),
        "division": _chosen(request, "phong", {r.division for r in listed.rows}),
        "officer": _chosen(request, "can-bo", {r.officer for r in listed.rows}),
    }
    header = [
        gettext("Mã hồ sơ"),
        gettext("Cơ quan giải quyết"),
        gettext("Phòng ban"),
        gettext("Mã cán bộ"),
        gettext("Mã TTHC"),
        gettext("Lĩnh vực TTHC"),
        gettext("Trạng thái"),
        gettext("Tiếp nhận lúc"),
        gettext("Hạn trả"),
        gettext("Tình trạng hạn"),
        gettext("Ngày làm việc"),
    ]
    cells = [_cells(r) for r in _wanted(listed.rows, asked)]
    return table_file(kind, f"ho-so-den-han-{found.code}", header=header, rows=cells)


def _listed(unit: Unit, within: int, *, most: int = MOST) -> tuple[PendingList | None, str]:
    """The list, or why it cannot be read; neither where no dossiers are kept."""
    try:
        return pending_of(unit, within=within, most=most), ""
    except DossiersRefused as refusal:
        return None, sentence(refusal.code, refusal.data, language())


def _within(request: Desk) -> int:
    """Within how many working days; what is no such number is the usual one."""
    asked = request.GET.get("trong", "")
    return int(asked) if asked in {str(n) for n in range(1, LONGEST + 1)} else USUAL


def _old_days(request: Desk, listed: PendingList | None) -> int:
    """How many days old what is known is, where that is to be told; else 0."""
    if listed is None:
        return 0
    age = request.at - listed.as_of.replace(tzinfo=LEGAL_ZONE)
    return age.days if age >= OLD else 0


def _chosen(request: Desk, key: str, known: Iterable[str]) -> str:
    """What was asked for, where there is such a thing."""
    asked = request.GET.get(key, "")
    return asked if asked in known else ""


def _wanted(rows: Sequence[Pending], asked: dict[str, str]) -> list[Pending]:
    return [
        r
        for r in rows
        if asked["kind"] in ("", LATE if r.overdue else SOON)
        and asked["division"] in ("", r.division)
        and asked["officer"] in ("", r.officer)
    ]


def _query(within: int, asked: dict[str, str], **other: str) -> str:
    return urlencode({k: v for k, v in _words(within, {**asked, **other}).items() if v})


def _words(within: int, asked: dict[str, str]) -> dict[str, str]:
    """What an address of the list says."""
    return {
        "trong": str(within),
        "loai": asked["kind"],
        "phong": asked["division"],
        "can-bo": asked["officer"],
    }


def _kinds(within: int, asked: dict[str, str], *, late: int, soon: int) -> list[dict[str, Any]]:
    names = (("", gettext("Tất cả"), late + soon), (LATE, gettext("Đã quá hạn"), late),
             (SOON, gettext("Sắp đến hạn"), soon))  # fmt: skip
    return [
        {"name": name, "count": n, "here": asked["kind"] == kind, "url": _query(within, asked, kind=kind)}
        for kind, name, n in names
    ]


def _groups(rows: Sequence[Pending]) -> list[dict[str, Any]]:
    """How many each division and officer has, the most overdue first; none where the system says neither."""
    late, soon = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for r in rows:
        (late if r.overdue else soon)[r.division, r.officer] += 1
    keys = sorted(late.keys() | soon.keys(), key=lambda k: (-late[k], -soon[k], k))
    if keys in ([], [("", "")]):
        return []
    return [{"division": d, "officer": o, "late": late[d, o], "soon": soon[d, o]} for d, o in keys]


def _row(found: Pending, own: str) -> dict[str, Any]:
    return {
        "dossier": found,
        "unit": "" if found.unit == own else found.unit,
        "status": _status(found),
        "received": day_text(found.received.date(), language()),
        "deadline": _moment(found),
    }


def _cells(found: Pending) -> list[str | int]:
    state = gettext("Đã quá hạn") if found.overdue else gettext("Sắp đến hạn")
    received = f"{found.received:%H:%M} {day_text(found.received.date(), language())}"
    texts = (found.code, found.unit, found.division, found.officer, found.procedure, found.field)
    return [*texts, _status(found), received, _moment(found), state, found.days]


def _status(found: Pending) -> str:
    state = STATES[found.status]
    return state.vi if language() == "vi" else state.en


def _moment(found: Pending) -> str:
    return f"{found.deadline:%H:%M} {day_text(found.deadline.date(), language())}"
