"""The workbook that a register is filled in with: headings in words, drop-downs, a sheet that explains."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from parindex.core.formats.registers import MOST_ROWS, Column
from parindex.web.parts.templatetags.parts import said


def template(title: str, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]) -> bytes:
    """An empty table, and a second sheet with what each column holds and what may be chosen.

    Args:
        choices: what may be chosen in a column, by its key.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        notes = book.add_worksheet(gettext("Hướng dẫn"))
        needed = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#FFF9E5"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        plain = book.add_format({"num_format": "@"})
        notes.write_row(0, 0, [gettext("Tên cột"), gettext("Bắt buộc"), gettext("Cách ghi")], head)
        for k, column in enumerate(columns):
            sheet.write_string(0, k, said(column.name), needed if column.required else head)
            sheet.set_column(k, k, 34 if k == 1 else 22, plain)
            notes.write_row(
                k + 1, 0, [said(column.name), gettext("có") if column.required else "", said(column.hint)]
            )
        for place, (key, words) in enumerate(choices.items(), start=4):
            at = next(k for k, column in enumerate(columns) if column.key == key)
            notes.write_string(0, place, said(columns[at].name), head)
            notes.write_column(1, place, words)
            letter = chr(65 + place)
            source = f"='{gettext('Hướng dẫn')}'!${letter}$2:${letter}${len(words) + 1}"
            sheet.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": source})
        notes.set_column(0, 12, 30)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
