"""The matrix of a round as it was locked at opening, with the exceptions made since; read only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries import find_participant
from parindex.apps.assessments.queries.matrix import Matrix, UnitLine, matrix_of
from parindex.core.kernel.framework import Framework, Node
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.sent_tables import attached
from parindex.web.steer.matrix_book import matrix_book, reason_of
from parindex.web.steer.overview import frame


UNFOLDED = 40
"""Groups of more units than this are shown folded."""


def matrix(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Units × areas: how many criteria are assessed."""
    round_ = visible_round(request, round)
    context = {**frame(request, round_), **matrix_context(matrix_of(round_))}
    return render(request, "steer/matrix.html", context)


def matrix_context(found: Matrix, *, opening: bool = False) -> dict[str, Any]:
    """The matrix for its table: areas, and units by ranking group; while it is opened, with buttons."""
    groups: dict[str, dict[str, Any]] = {}
    for line in found.lines:
        group = line.participant.group
        groups.setdefault(group.code, {"group": group, "lines": []})["lines"].append(line)
    for row in groups.values():
        row["open"] = len(row["lines"]) <= UNFOLDED
        row["left_out"] = sum(len(line.left_out) for line in row["lines"])
    return {
        "matrix": found,
        "areas": found.framework.areas,
        "groups": list(groups.values()),
        "of": len(found.leaves),
        "opening": opening,
    }


def matrix_file(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The whole of it, criterion by criterion, as a workbook with the reasons."""
    round_ = visible_round(request, round)
    return attached(matrix_book(matrix_of(round_)), f"ma-tran-{round_.code}.xlsx")


def matrix_unit(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """One unit, criterion by criterion: what is assessed, what the set does not have, what is left out."""
    round_ = visible_round(request, round)
    participant = find_participant(round_, unit)
    if participant is None:
        raise Http404(unit)
    found = matrix_of(round_, participant)
    (line,) = found.lines
    context = {
        **frame(request, round_),
        "participant": participant,
        "line": line,
        "of": len(found.leaves),
        "by_area": areas_of(found, line),
    }
    return render(request, "steer/matrix_unit.html", context)


def areas_of(found: Matrix, line: UnitLine) -> list[dict[str, Any]]:
    """A unit's criteria by area, each with how it stands."""
    return [
        {
            "count": count,
            "rows": [_row(found.framework, line, leaf) for leaf in _inside(count.area.walk(), found)],
        }
        for count in line.areas
    ]


def _inside(nodes: Iterable[Node], found: Matrix) -> list[Node]:
    return [n for n in nodes if n.code in found.leaves]


def _row(framework: Framework, line: UnitLine, leaf: Node) -> dict[str, Any]:
    """One criterion of one unit."""
    why = line.left_out.get(leaf.code)
    return {
        "leaf": leaf,
        "if": leaf.not_applicable_if,
        "applies": leaf.code in line.applied,
        "exempt": _exemption(framework, line, leaf),
        "out": why is not None,
        "reason": reason_of(why) if why is not None else "",
        "ruling": why if isinstance(why, Ruling) else None,
        "locked": isinstance(why, Ruling) and why.at == line.participant.round.opened_at,
    }


def _exemption(framework: Framework, line: UnitLine, leaf: Node) -> Any:
    """The legal ground on which the set exempts the unit, where that is why it does not apply."""
    node: Node | None = leaf
    while node is not None and leaf.code not in line.applied:
        found = node.exemption(line.participant.name_vi, line.participant.type)
        if found is not None:
            return found.ground
        node = framework.parents.get(node.code)
    return None
