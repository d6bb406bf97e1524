"""Tables brought in: a template to fetch, a dry run row by row, and a confirmation that keeps it whole."""

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
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.actions import import_people, import_units
from parindex.apps.organisations.imports import (
    PEOPLE_COLUMNS,
    UNIT_COLUMNS,
    digest_of,
    plan_people,
    plan_units,
)
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import check_account
from parindex.apps.organisations.queries import places_of_person, tree_of
from parindex.apps.organisations.roles import ROLES, Act
from parindex.apps.organisations.types import UNIT_TYPES
from parindex.apps.results.imports import FIGURE_COLUMNS, import_figures, plan_figures
from parindex.core.formats.grids import grid_of
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.registers import Column, Outcome, Planned, RegisterRow, read_register
from parindex.core.kernel.problems import Refused
from parindex.core.wording.problems import sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.manage.blanks import template
from parindex.web.manage.frame import frame, managed
from parindex.web.manage.units import XLSX
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


LARGEST = 10_000_000
SHOWN = 200
SALT = "manage.import.confirmed"
AN_HOUR = 3600
Rows = Sequence[RegisterRow]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table.

    Attributes:
        code: as it is carried and named in files. `here`: the tab; `back`: where the list is.
        act: the right that it needs. `choices`: what may be chosen in a column.
        plan: what the rows would do. `keep`: does it, given the digest of what was shown.
    """

    code: str
    here: str
    back: str
    act: Act
    title: str
    lead: str
    columns: Sequence[Column]
    choices: Mapping[str, Sequence[str]]
    plan: Callable[[Desk, Unit, Rows], Sequence[Planned]]
    keep: Callable[[Desk, Unit, Rows, str], Sequence[Planned]]


def units_kind() -> Kind:
    """Units."""
    return Kind(
        code="don-vi",
        here="units",
        back="manage:units",
        act=Act.UNITS_MANAGE,
        title=gettext("Nhập đơn vị từ tệp"),
        lead=gettext(
            "Đơn vị có mã mới được thêm, mã đã có thì cập nhật; ô trống giữ nguyên. Không đơn vị nào bị xóa."
        ),
        columns=UNIT_COLUMNS,
        choices={"type": [said(name) for name in UNIT_TYPES.values()]},
        plan=lambda desk, place, rows: plan_units(tree_of(place), rows).rows,
        keep=lambda desk, place, rows, shown: import_units(
            territory=place, rows=rows, shown=shown, by=desk.user.ref, at=desk.at
        ),
    )


def people_kind() -> Kind:
    """People and their roles."""
    return Kind(
        code="nguoi-dung",
        here="people",
        back="manage:people",
        act=Act.PEOPLE_MANAGE,
        title=gettext("Nhập người dùng từ tệp"),
        lead=gettext(
            "Mỗi vai trò một dòng; người có nhiều vai trò ghi nhiều dòng. Tệp không thu hồi vai trò nào "
            "và không đặt mật khẩu."
        ),
        columns=PEOPLE_COLUMNS,
        choices={"role": [said(info.name) for info in ROLES.values()]},
        plan=lambda desk, place, rows: (
            plan_people(tree_of(place), rows, at=desk.at, may_change=_may_change(desk)).rows
        ),
        keep=lambda desk, place, rows, shown: import_people(
            territory=place,
            rows=rows,
            shown=shown,
            may_change=_may_change(desk),
            by=desk.user.ref,
            at=desk.at,
        ),
    )


def _may_change(desk: Desk) -> Callable[[Person], Refused | None]:
    """Why an account is not this person's to change."""

    def why(person: Person) -> Refused | None:
        try:
            check_account(desk.rights, person, places_of_person(person, desk.at))
        except Refused as refusal:
            return refusal
        return None

    return why


def past_kind() -> Kind:
    """Published results of past years."""
    return Kind(
        code="ket-qua",
        here="past",
        back="manage:past",
        act=Act.ROUND_RUN,
        title=gettext("Nhập kết quả các năm trước"),
        lead=gettext(
            "Kết quả đã công bố của đơn vị, mỗi dòng một đơn vị, một năm, một chỉ số, kèm văn bản nguồn."
        ),
        columns=FIGURE_COLUMNS,
        choices={},
        plan=lambda desk, place, rows: plan_figures(tree_of(place), rows, at=desk.at).rows,
        keep=lambda desk, place, rows, shown: import_figures(
            territory=place, rows=rows, shown=shown, by=desk.user.ref, at=desk.at
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def past(request: Desk) -> HttpResponse:
    """Past results from a table."""
    return table_page(request, past_kind())


def past_template(request: Desk) -> HttpResponse:
    """The empty table of past results."""
    return table_template(request, past_kind())


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: Desk) -> HttpResponse:
    """Units from a table."""
    return table_page(request, units_kind())


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Desk) -> HttpResponse:
    """People and roles from a table."""
    return table_page(request, people_kind())


def units_template(request: Desk) -> HttpResponse:
    """The empty table of units."""
    return table_template(request, units_kind())


def people_template(request: Desk) -> HttpResponse:
    """The empty table of people."""
    return table_template(request, people_kind())


def table_template(request: Desk, kind: Kind) -> HttpResponse:
    """The empty table of a kind."""
    managed(request, kind.act)
    answer = HttpResponse(template(kind.title, kind.columns, kind.choices), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="mau-{kind.code}.xlsx"'
    return answer


def table_page(request: Desk, kind: Kind) -> HttpResponse:
    """Fetch and bring back: first what each row would do, then, confirmed, it is done."""
    territory, territories = managed(request, kind.act)
    found: dict[str, Any] = {"groups": [], "wrong": [], "confirmed": "", "file": "", "counts": {}}
    if request.method == "POST" and "confirmed" in request.POST:
        done = _confirm(request, kind, territory)
        if done is not None:
            return done
    elif request.method == "POST":
        found |= _preview(request, kind, territory)
    context = {
        **frame(request, kind.here, territory),
        "kind": kind,
        "territories": territories,
        "columns": kind.columns,
        **found,
    }
    is_bad = request.method == "POST" and not found["confirmed"]
    return render(request, "manage/import.html", context, status=422 if is_bad else 200)


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
