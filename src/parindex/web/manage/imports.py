"""The tables that are brought in here: units, people, results of past years."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.actions import import_people, import_units
from parindex.apps.organisations.imports import (
    PEOPLE_COLUMNS,
    UNIT_COLUMNS,
    plan_people,
    plan_units,
)
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import check_account
from parindex.apps.organisations.queries import places_of_person, tree_of
from parindex.apps.organisations.roles import ROLES, Act
from parindex.apps.organisations.types import UNIT_TYPES
from parindex.apps.results.imports import FIGURE_COLUMNS, import_figures, plan_figures
from parindex.core.kernel.problems import Refused
from parindex.web.parts.doors import Desk
from parindex.web.parts.registers import Kind, table_page, table_template
from parindex.web.parts.templatetags.parts import said


def units_kind() -> Kind:
    """Units."""
    return Kind(
        code="don-vi",
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
        back="manage:past",
        act=Act.ROUND_RUN,
        whole=True,
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
