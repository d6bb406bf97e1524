"""One criterion of one unit: the answer, why it gave these points, the rule, the way up to the index, the
others."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries import standing_ruling
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.framework import Node
from parindex.core.kernel.insights import median
from parindex.core.kernel.numbers import exact, exact_text, half_up, terminates
from parindex.core.wording.labels import METHOD, word
from parindex.core.wording.notation import number
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts import charts, files
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages
from parindex.web.public.views.documents import documents_of


LOWEST = Fraction(-(10**9))


def leaf_context(table: GroupTable, line: UnitLine, code: str) -> dict[str, Any]:
    """Everything the page of one leaf shows."""
    framework = table.framework
    node = framework.leaves[code]
    nodes = queries.unit_nodes(table, line.code)
    others = queries.node_of_units(table, code)
    ruling = standing_ruling(
        territory=table.territory, year=table.year, group=table.code, unit=line.code, leaf=code
    )
    here = pages.leaf_url(table, line.code, code)
    return {
        "year": table.year,
        "group": table,
        "round_title": table.round_title,
        "unit": line,
        "node": node,
        "row": _row(table, line, node, kept=nodes[code], ruling=ruling),
        "rule": rule_in_words(node.rule, language()) if node.rule else [],
        "method": word(METHOD, framework.method_of(code), language()),
        "path": _path(table, node, nodes),
        "publicity": table.publicity,
        "documents": documents_of(table, line, code=code),
        "percent": table.percent,
        "standing": _standing(line, _known(table, others)),
        "strip": _strip(table, line, others),
        "others": _others(table, line, code=code, others=others),
        **_beside(table, line, code),
        "year_url": pages.year_url(table.territory, table.year),
        "group_url": pages.group_url(table),
        "unit_url": pages.unit_url(table, line.code),
        "framework_url": pages.framework_url(table),
        "files": files.links(here),
    }


def _row(
    table: GroupTable, line: UnitLine, node: Node, *, kept: NodeLine, ruling: Ruling | None
) -> dict[str, Any]:
    """The leaf's points and what was answered."""
    silent = pages.silent(line, node)
    rounded = half_up(kept.points, table.framework.decimals) != kept.points
    extra = node.code in table.framework.extras
    why, sure = pages.why(table, node, kept.reason), pages.sure(node, ruling, kept) if ruling else ""
    return {
        "code": node.code,
        "name": node.name,
        "points": None if silent else kept.points,
        "maximum": kept.maximum,
        "lost": None if silent else max(-kept.points, Fraction(0)) if extra else kept.lost,
        "extra": extra,
        "why": why,
        "sure": sure,
        "answer": answer_facts(node, ruling.answer if ruling else "", language()),
        "exact": exact_text(kept.points) if rounded or not terminates(kept.points) else "",
        "se": points(exact(ruling.se)) if ruling and ruling.se else "",
        "n": number(exact(ruling.n), language()) if ruling and ruling.n else "",
        "note": ruling.note if ruling else "",
        "ground": ruling.reason if ruling else "",
    }


def _beside(table: GroupTable, line: UnitLine, code: str) -> dict[str, Any]:
    """The leaves before and after in the printed order."""
    codes = list(table.framework.leaves)
    at = codes.index(code)

    def leaf(k: int) -> dict[str, Any] | None:
        if not 0 <= k < len(codes):
            return None
        node = table.framework.leaves[codes[k]]
        return {"code": node.code, "name": node.name, "url": pages.leaf_url(table, line.code, node.code)}

    return {"before": leaf(at - 1), "after": leaf(at + 1)}


def _path(table: GroupTable, node: Node, nodes: dict[str, NodeLine]) -> list[dict[str, Any]]:
    """From the leaf up to its root."""
    steps, at = [], node
    while True:
        kept = nodes[at.code]
        steps.append(
            {
                "code": at.code,
                "name": at.name,
                "points": kept.points,
                "maximum": kept.maximum,
                "index": kept.index,
            }
        )
        parent = table.framework.parents.get(at.code)
        if parent is None:
            return steps
        at = parent


def _standing(line: UnitLine, known: Mapping[str, Fraction]) -> dict[str, Any] | None:
    """The unit's place on this leaf among those whose points are known, and the group's middle."""
    mine = known.get(line.code)
    if len(known) < 2 or mine is None:
        return None
    return {
        "place": 1 + sum(v > mine for v in known.values()),
        "size": len(known),
        "median": median(list(known.values())),
    }


def _strip(table: GroupTable, line: UnitLine, others: Mapping[str, NodeLine]) -> Any:
    """Where the unit stands among the group on this leaf."""
    known, names = _known(table, others), {o.code: said(o.name) for o in table.lines}
    if len(known) < 2 or min(known.values()) < 0:
        return ""
    high = max(kept.maximum for kept in others.values())
    low, most = points(min(known.values())), points(max(known.values()))
    title = f"{names[line.code]}: {points(known.get(line.code))}; {low}–{most}"
    values = [(names[unit], held) for unit, held in known.items()]
    return charts.dot_strip(values, names[line.code], title, high=high, median=median(list(known.values())))


def _known(table: GroupTable, others: Mapping[str, NodeLine]) -> dict[str, Fraction]:
    """Points of the units to which the leaf applies and that answered it, or whose silence counts 0."""
    return {unit: held for unit, kept in others.items() if (held := pages.held(table, kept)) is not None}


def _others(
    table: GroupTable, line: UnitLine, *, code: str, others: Mapping[str, NodeLine]
) -> list[dict[str, Any]]:
    """The group's points on this leaf, most first."""
    known, names = _known(table, others), {o.code: o.name for o in table.lines}
    rows: list[dict[str, Any]] = [
        {
            "name": names[unit],
            "points": known.get(unit),
            "maximum": kept.maximum,
            "here": unit == line.code,
            "url": pages.leaf_url(table, unit, code),
        }
        for unit, kept in others.items()
    ]
    return sorted(rows, key=lambda row: -(row["points"] if row["points"] is not None else LOWEST))
