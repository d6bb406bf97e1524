"""A table brought in: a template to fetch, a dry run row by row, and a confirmation that keeps it whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from parindex.apps.organisations.imports import digest_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.roles import Act
from parindex.core.formats.grids import grid_of
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.registers import Column, Outcome, Planned, RegisterRow, read_register
from parindex.core.kernel.problems import Refused
from parindex.core.wording.problems import sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.blanks import template
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.workbooks import XLSX


LARGEST = 10_000_000
SHOWN = 200
SALT = "register.confirmed"
AN_HOUR = 3600
Rows = Sequence[RegisterRow]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table.

    Attributes:
        code: as it is carried and named in files. `back`: where the list is.
        act: the right that it needs. `choices`: what may be chosen in a column.
        plan: what the rows would do. `keep`: does it, given the digest of what was shown.
        whole: for a whole territory only.
    """

    code: str
    back: str
    act: Act
    title: str
    lead: str
    columns: Sequence[Column]
    choices: Mapping[str, Sequence[str]]
    plan: Callable[[Desk, Unit, Rows], Sequence[Planned]]
    keep: Callable[[Desk, Unit, Rows, str], Sequence[Planned]]
    whole: bool = False


def table_template(request: Desk, kind: Kind) -> HttpResponse:
    """The empty table of a kind."""
    managed(request, kind.act, whole=kind.whole)
    answer = HttpResponse(template(kind.title, kind.columns, kind.choices), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="mau-{kind.code}.xlsx"'
    return answer


def table_page(request: Desk, kind: Kind) -> HttpResponse:
    """Fetch and bring back: first what each row would do, then, confirmed, it is done."""
    territory, territories = managed(request, kind.act, whole=kind.whole)
    found: dict[str, Any] = {"groups": [], "wrong": [], "confirmed": "", "file": "", "counts": {}}
    if request.method == "POST" and "confirmed" in request.POST:
        done = _confirm(request, kind, territory)
        if done is not None:
            return done
    elif request.method == "POST":
        found |= _preview(request, kind, territory)
    context = {
        "section": "start",
        "territory": territory,
        **marks(territory),
        "kind": kind,
        "territories": territories,
        "columns": kind.columns,
        **found,
    }
    is_bad = request.method == "POST" and not found["confirmed"]
    return render(request, "parts/register.html", context, status=422 if is_bad else 200)


def _preview(request: Desk, kind: Kind, territory: Unit) -> dict[str, Any]:
    """What the file would do; with one refused row nothing can be confirmed."""
    sent = request.FILES.get("file")
    name = (sent.name or "")[:200] if sent else ""
    try:
        if sent is None:
            raise Refused("file_missing")
        if sent.size is None or sent.size > LARGEST:
            raise Refused("file_too_big", limit=LARGEST // 1_000_000)
        rows = read_register(grid_of(sent.read(), name), kind.columns)
        planned = kind.plan(request, territory, rows)
    except FileRefused as refusal:
        told = [(p.line, sentence(p.code, p.data, language())) for p in refusal.problems[:50]]
        return {"file": name, "wrong": told}
    except Refused as refusal:
        return {"file": name, "wrong": [(0, refusal_sentence(refusal.code, refusal.data, language()))]}
    counts = {o.value: sum(p.outcome is o for p in planned) for o in Outcome}
    does = counts["added"] or counts["changed"]
    carried = [kind.code, territory.pk, request.user.pk, _packed(rows), digest_of(planned)]
    whole = not counts["refused"] and does
    return {
        "file": name,
        "counts": counts,
        "groups": [_group(kind, outcome, planned) for outcome in Outcome],
        "confirmed": signing.dumps(carried, salt=SALT, compress=True) if whole else "",
    }


def _group(kind: Kind, outcome: Outcome, planned: Sequence[Planned]) -> dict[str, Any]:
    """The rows of one outcome, the first of them in words."""
    mine = [p for p in planned if p.outcome is outcome]
    names = {c.key: c.name for c in kind.columns}
    return {
        "outcome": outcome.value,
        "count": len(mine),
        "more": max(0, len(mine) - SHOWN),
        "rows": [
            {
                "line": p.line,
                "key": p.key,
                "name": p.name,
                "cell": p.cell,
                "why": refusal_sentence(p.why.code, p.why.data, language()) if p.why else "",
                "changes": [(names[key], before, after) for key, before, after in p.changes],
            }
            for p in mine[:SHOWN]
        ],
    }


def _packed(rows: Rows) -> list[list[Any]]:
    return [[row.line, dict(row.cells), dict(row.letters) if k == 0 else {}] for k, row in enumerate(rows)]


def _unpacked(packed: Sequence[Sequence[Any]]) -> list[RegisterRow]:
    letters = packed[0][2] if packed else {}
    return [RegisterRow(line, cells, letters) for line, cells, _ in packed]


def _confirm(request: Desk, kind: Kind, territory: Unit) -> HttpResponse | None:
    """Do what was shown; everything is looked at again, all or nothing."""
    try:
        carried = signing.loads(request.POST["confirmed"], salt=SALT, max_age=AN_HOUR)
        code, place, who, packed, shown = carried
        if (code, place, who) != (kind.code, territory.pk, request.user.pk):
            raise Refused("upload_changed")
        done = kind.keep(request, territory, _unpacked(packed), shown)
    except (BadSignature, Refused) as refusal:
        why = refusal if isinstance(refusal, Refused) else Refused("upload_changed")
        messages.error(request, refusal_sentence(why.code, why.data, language()))
        return None
    words = gettext("Đã nhập: thêm %(added)s, thay đổi %(changed)s, giữ nguyên %(same)s dòng.")
    counts = {o.value: sum(p.outcome is o for p in done) for o in Outcome}
    messages.success(request, words % counts)
    return redirect(kind.back)
