"""A published result beside the same computed again: every figure that is not the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from parindex.core.formats import results_file
from parindex.core.formats.elements import units_in
from parindex.core.formats.grids import Grid, grid_of
from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import NodeOutcome, UnitOutcome


OF_A_UNIT = 5  # points, greatest points, index, grade, rank
OF_A_NODE = 3  # points, maximum, index


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be.

    Attributes:
        file: which file. `place`: where in it: a unit, criterion and field, or a line and column.
        code: see `parindex.core.wording.bundles`. `said`, `found`: what stands there, and what it should be.
        problem: why the file cannot be computed from.
    """

    file: str
    place: str
    code: str
    said: str = ""
    found: str = ""
    problem: FileProblem | None = None


def figures_of(assessment: Assessment) -> int:
    """How many figures a whole result has."""
    nodes = len(assessment.framework.nodes) + len(assessment.framework.extras)
    return (OF_A_UNIT + OF_A_NODE * nodes) * len(assessment.units)


def table_differences(name: str, content: bytes, assessment: Assessment) -> Iterator[Difference]:
    """A table (.csv, .xlsx) cell by cell: both are read back by the same reader."""
    header, rows = results_file.table_rows(assessment)
    if name.endswith(".csv"):
        again = results_file.rows_as_csv(header, rows).encode()
    else:
        again = results_file.rows_as_xlsx(header, rows)
    if content != again:  # the same rows are the same bytes, unless another version wrote them
        yield from lines_differ(name, content, again)


def lines_differ(name: str, content: bytes, again: bytes) -> Iterator[Difference]:
    """A table beside the same made again, cell by cell."""
    expected = _lines(grid_of(again, name))
    try:
        found = _lines(grid_of(content, name))
    except FileRefused as refusal:
        yield from (Difference(name, str(p.line), "not_computable", problem=p) for p in refusal.problems)
        return
    header = expected[0][1]
    unit = list(header).index("unit")
    for (line, cells), (_, due) in zip_longest(found, expected, fillvalue=(0, [])):
        who = cells[unit] if len(cells) > unit else ""
        for k, (cell, should) in enumerate(zip_longest(cells, due, fillvalue="")):
            if cell.strip() != should.strip():
                column = header[k] if k < len(header) else str(k + 1)
                yield Difference(name, f"{line}: {who} · {column}", "figure", cell, should)


def _lines(grid: Grid) -> list[tuple[int, Sequence[str]]]:
    """The header and every row, with their lines."""
    return [(grid.header_line, grid.header), *grid.rows]


def json_differences(name: str, content: bytes, assessment: Assessment) -> Iterator[Difference]:
    """Every unit and node of ``results.json``. How a reason is worded may change from version to version;
    its code and data may not."""
    due = {(o.participant.group, o.participant.name): k for k, o in enumerate(assessment.units)}
    said_nodes = results_file.Said(assessment, _node_said)
    met, count = set(), 0
    try:
        for unit in units_in(content):
            count += 1
            position = due.get((unit["group"], unit["unit"]))
            if position is None:
                continue
            met.add(position)
            fields = _unit_differences(unit, assessment.units[position], said_nodes.of(position))
            who = assessment.units[position].participant.name
            for place, said, found in fields:
                yield Difference(name, f"{who} · {place}", "figure", said, found)
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Difference(name, "", "unreadable")
        return
    if count != len(assessment.units):
        yield Difference(name, "units", "figure", str(count), str(len(assessment.units)))
    for position in sorted(set(due.values()) - met):
        yield Difference(name, assessment.units[position].participant.name, "unit_missing")


Field = tuple[str, str, str]  # where, what stands there, what it should be


def _unit_differences(
    unit: Mapping[str, Any], outcome: UnitOutcome, nodes: Mapping[str, Mapping[str, Any]]
) -> Iterator[Field]:
    yield from _compared(unit, _unit_said(outcome))
    published = unit.get("nodes")
    if not isinstance(published, dict) or set(published) != set(nodes):
        yield "nodes", "", ", ".join(nodes)
        return
    for code, node in nodes.items():
        given = published[code]
        if isinstance(given, dict):
            # most are the computed ones but for the words of the reason, and are not looked at any further
            reason = given.get("reason")
            if isinstance(reason, dict):
                reason.pop("text", None)
        if given != node:
            for field, said, found in _compared(given, node):
                yield f"{code} · {field}", said, found


def _unit_said(outcome: UnitOutcome) -> dict[str, Any]:
    numbers = results_file.numbers(
        {"points": outcome.points, "applicable_max": outcome.applicable_max, "index": outcome.index}
    )
    grade = outcome.grade.id if outcome.grade else None
    remarks = [{"code": r.code, "data": results_file.plain_data(r.data)} for r in outcome.remarks]
    return {
        **numbers,
        "type": outcome.participant.type,
        "grade": grade,
        "rank": outcome.rank,
        "remarks": remarks,
    }


def _node_said(node: NodeOutcome) -> dict[str, Any]:
    said = results_file.numbers({"points": node.points, "max": node.max, "index": node.index})
    reason = node.reason
    said["reason"] = (
        None if reason is None else {"code": reason.code, "data": results_file.plain_data(reason.data)}
    )
    return said


def _compared(said: object, found: Mapping[str, Any]) -> Iterator[Field]:
    """Each field that says something else: what stands there, and what it should be."""
    fields = said if isinstance(said, dict) else {}
    for field, value in found.items():
        given = fields.get(field)
        if field == "reason" and isinstance(given, dict):
            given = {k: v for k, v in given.items() if k != "text"}
        if given != value or field not in fields:
            yield field, _text(given), _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
