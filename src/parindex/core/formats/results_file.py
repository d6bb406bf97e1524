"""Results as a table for people, as CSV, JSON and XLSX for machines; written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from parindex.core.formats.framework_file import framework_hash
from parindex.core.formats.problems import refuse
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import NodeOutcome, UnitOutcome
from parindex.core.kernel.framework import Node
from parindex.core.kernel.numbers import decimal_text, terminates
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.text import Text


Sentence = Callable[[Reason, Node], str]
SIGNED = re.compile(r"[+-]\d+([.,]\d+)?")  # a change as printed: a number, so no formula
ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's own clock knows no zone; the same rows, the same bytes
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_json(assessment: Assessment, sentence: Sentence) -> str:
    """The whole result. A terminating number is a decimal string; any other has 20 significant digits and
    stands exactly, as n/d, in the object's `exact`."""
    framework = assessment.framework
    nodes = Said(assessment, lambda node: _node(assessment, node, sentence))
    document = {
        "framework": {
            "id": framework.id,
            "version": framework.version,
            "title": {"vi": framework.title.vi, "en": framework.title.en},
            "hash": framework_hash(framework),
        },
        "units": [
            {**_unit(assessment.units[u]), "nodes": nodes.of(u)}
            for members in assessment.groups().values()
            for u in members
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class Said:
    """Every node of a unit as JSON values; what many units have alike is made once."""

    def __init__(self, assessment: Assessment, said: Callable[[NodeOutcome], dict[str, Any]]) -> None:
        self._assessment, self._said = assessment, said
        codes = (*assessment.framework.nodes, *assessment.framework.extras)
        self._nodes: list[tuple[str, Sequence[int] | None, dict[int, dict[str, Any]]]] = [
            (code, assessment.alike(code), {}) for code in codes
        ]

    def of(self, unit: int) -> dict[str, dict[str, Any]]:
        """By code, printed order, then bonus and penalty items."""
        found = {}
        for code, alike, made in self._nodes:
            at = -1 if alike is None else alike[unit]
            said = made.get(at)
            if said is None:
                said = self._said(self._assessment.node(unit, code))
                if alike is not None:
                    made[at] = said
            found[code] = said
        return found


def numbers(values: Mapping[str, Fraction | None]) -> dict[str, Any]:
    """Fractions as strings under their names, with `exact` for those that do not terminate."""
    said: dict[str, Any] = {}
    exact = {}
    for name, value in values.items():
        if value is None:
            said[name] = None
        else:
            said[name], endless = _written(value.as_integer_ratio())
            if endless:
                exact[name] = endless
    return {**said, "exact": exact} if exact else said


@lru_cache(maxsize=2**16)  # a round writes the same few points many times
def _written(ratio: tuple[int, int]) -> tuple[str, str]:
    """A number as decimal text, and exactly where that never ends; by its two integers, which are looked up
    faster than a fraction."""
    value = Fraction(*ratio)
    return decimal_text(value), "" if terminates(value) else str(value)


def _unit(outcome: UnitOutcome) -> dict[str, Any]:
    who = outcome.participant
    return {
        "unit": who.name,
        "group": who.group,
        "type": who.type,
        **numbers(
            {"points": outcome.points, "applicable_max": outcome.applicable_max, "index": outcome.index}
        ),
        "grade": outcome.grade.id if outcome.grade else None,
        "rank": outcome.rank,
        "remarks": [{"code": r.code, "data": plain_data(r.data)} for r in outcome.remarks],
    }


def _node(assessment: Assessment, node: NodeOutcome, sentence: Sentence) -> dict[str, Any]:
    said = numbers({"points": node.points, "max": node.max, "index": node.index})
    said["reason"] = None
    if node.reason is not None:
        leaf = assessment.framework.leaves[node.code]
        said["reason"] = {
            "code": node.reason.code,
            "data": plain_data(node.reason.data),
            "text": sentence(node.reason, leaf),
        }
    return said


def plain_data(data: Mapping[str, object]) -> dict[str, Any]:
    """A reason's data as JSON values: fractions as ``n/d`` text, dates as ISO text."""
    return {k: _plain(v) for k, v in data.items() if v is not None}


def _plain(value: object) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return {"vi": value.vi, "en": value.en}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def table_rows(assessment: Assessment) -> tuple[list[str], list[list[str | int | Fraction | None]]]:
    """A header and one row a unit in ranking order: exact values."""
    areas = assessment.framework.areas
    header = [
        "group",
        "unit",
        "type",
        "points",
        "applicable_max",
        "index",
        "grade",
        "rank",
        *(f"index:{a.code}" for a in areas),
    ]
    indexes = [assessment.node_indexes(a.code) for a in areas]
    order = [u for members in assessment.groups().values() for u in members]
    return header, [_head(assessment.units[u]) + [column[u] for column in indexes] for u in order]


def _head(outcome: UnitOutcome) -> list[str | int | Fraction | None]:
    who = outcome.participant
    grade = outcome.grade.id if outcome.grade else None
    return [
        who.group,
        who.name,
        who.type,
        outcome.points,
        outcome.applicable_max,
        outcome.index,
        grade,
        outcome.rank,
    ]


def as_csv(assessment: Assessment) -> str:
    """One row a unit; terminating numbers whole, others with 20 significant digits."""
    header, rows = table_rows(assessment)
    return rows_as_csv(header, rows)


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[str | float | Fraction | None]]) -> str:
    """Rows as CSV text that a spreadsheet will not run as formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in header])
    writer.writerows([csv_cell(v) for v in row] for row in rows)
    return stream.getvalue()


def csv_cell(value: str | float | Fraction | None) -> str:
    """A cell as it stands in CSV: a spreadsheet reads it as text or as a number, never as a formula."""
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and not SIGNED.fullmatch(value):
        return "'" + value
    return "" if value is None else str(value)


def rows_as_xlsx(
    header: list[str], rows: list[list[str | int | Fraction | None]], *, title: str = "parindex"
) -> bytes:
    """Rows as a workbook of one sheet; numbers as numbers, nothing as formula or link."""
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": ALWAYS})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "-", title)[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, header, bold)
    for k, row in enumerate(rows, start=1):
        sheet.write_row(k, 0, [float(v) if isinstance(v, Fraction) else v for v in row])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
    sheet.autofit()
    book.close()
    return stream.getvalue()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: the old one stays until the new one is complete. Raises FileRefused.

    A link stays a link. What is no file (a device, a pipe) is written to, never replaced by a file.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with path.open("wb") as stream:
                stream.write(content)
        else:
            _replace(target, content)
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", "") or ""
        raise refuse(str(path), "output_unwritable", detail=detail) from error


def _replace(target: Path, content: bytes) -> None:
    """A new file beside the target, then in its place."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".parindex-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
