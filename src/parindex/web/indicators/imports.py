"""Values brought in from a table: a template, a dry run row by row, and a confirmation."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.planning import COLUMNS, plan_values
from parindex.apps.indicators.queries import all_indicators
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk
from parindex.web.parts.registers import Kind, table_page, table_template


def _kind() -> Kind:
    """Values of the territories that the person assists."""
    return Kind(
        code="so-lieu",
        back="account:start",
        act=Act.ROUND_ASSIST,
        whole=True,
        title=gettext("Nhập số liệu đo được từ tệp"),
        lead=gettext(
            "Mỗi giá trị một dòng. Số liệu mới thêm một bản mới, bản cũ vẫn giữ; dòng giống bản đang có "
            "không đổi gì."
        ),
        columns=COLUMNS,
        choices={"indicator": [i.code for i in all_indicators()] or [""]},
        plan=lambda desk, place, rows: plan_values(tree_of(place), rows, at=desk.at).rows,
        keep=lambda desk, place, rows, shown: record_values(
            territory=place, rows=rows, origin="file", shown=shown, by=desk.user.ref, at=desk.at
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def values(request: Desk) -> HttpResponse:
    """Values from a table."""
    return table_page(request, _kind())


def values_template(request: Desk) -> HttpResponse:
    """The empty table of values."""
    return table_template(request, _kind())
