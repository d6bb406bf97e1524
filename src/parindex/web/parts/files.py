"""A table as CSV, XLSX or JSON: exact numbers, and what readers must know of them in every row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from parindex.core.formats.results_file import numbers, rows_as_csv, rows_as_xlsx


Cell = str | int | Fraction | None
TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
BOM = "\ufeff"
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy that goes with a file that somebody uploaded: opened by mistake, it can do nothing."""


def links(folder: str, query: str = "") -> list[dict[str, str]]:
    """The three files of a table: `folder` is the address they lie under, with its slash."""
    asked = f"?{query}" if query else ""
    return [{"url": f"{folder}tai-ve.{kind}{asked}", "label": kind.upper()} for kind in TYPES]


def table_file(
    kind: str,
    name: str,
    /,
    *,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    note: str = "",
    **head: Any,
) -> HttpResponse:
    """Rows as a file of that kind; `head` is what a JSON file says before its rows. Raises Http404."""
    if kind == "json":
        said = [_cells(header, row) for row in rows]
        return json_file(name, {**head, "note": note, "rows": said})
    if note:
        header, rows = [*header, "note"], [[*row, note] for row in rows]
    if kind == "csv":
        # the mark makes spreadsheets read UTF-8
        return content_file(kind, name, (BOM + rows_as_csv(list(header), [list(r) for r in rows])).encode())
    if kind == "xlsx":
        return content_file(kind, name, rows_as_xlsx(list(header), [list(r) for r in rows], title=name))
    raise Http404(kind)


def _cells(header: Sequence[str], row: Sequence[Cell]) -> dict[str, Any]:
    """A row by column; numbers as decimal strings, with their exact value where that never ends."""
    cells = dict(zip(header, row, strict=True))
    return {**cells, **numbers({k: v for k, v in cells.items() if isinstance(v, Fraction)})}


def json_file(name: str, document: Mapping[str, Any]) -> HttpResponse:
    """A document as JSON."""
    return content_file("json", name, json.dumps(document, ensure_ascii=False, indent=1).encode())


def content_file(kind: str, name: str, content: bytes) -> HttpResponse:
    """Bytes to be kept under a name."""
    return HttpResponse(
        content,
        content_type=TYPES[kind],
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.{kind}")
        },
    )
