"""The report as an empty workbook, for whoever has no system that exports it; a report that was kept."""

from __future__ import annotations

import io

from django.http import HttpResponse
from django.utils.translation import gettext

from parindex.apps.organisations.queries import units_below
from parindex.apps.organisations.roles import Act
from parindex.core.dossiers.report import COLUMNS, FIRST_HEADINGS, GROUPS, TITLE
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.sent_tables import attached


HEAD, FIRST = 2, 4  # rows


def report_template(request: Desk) -> HttpResponse:
    """The report's headings with the territory's units, and nothing counted."""
    import xlsxwriter  # type: ignore[import-untyped]

    territory, _ = managed(request, Act.ROUND_ASSIST, whole=True)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(gettext("Tiến độ giải quyết"))
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        counted = book.add_format({"num_format": "#,##0", "bg_color": "#FFF9E5"})
        sheet.write_string(0, 0, TITLE, head)
        sheet.write_row(HEAD, 0, FIRST_HEADINGS, head)
        for column, group in GROUPS.items():
            sheet.write_string(HEAD, column, group, head)
        for column, (_, heading, _) in enumerate(COLUMNS, start=2):
            sheet.write_string(HEAD + 1, column, heading, head)
        for k, unit in enumerate(units_below(territory, legal_date(request.at))):
            sheet.write_number(FIRST + k, 0, k + 1)
            sheet.write_string(FIRST + k, 1, unit.name_vi)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, len(COLUMNS) + 1, 12, counted)
        sheet.freeze_panes(FIRST, 2)
    return attached(out.getvalue(), "mau-bao-cao-giai-quyet-ho-so.xlsx")
