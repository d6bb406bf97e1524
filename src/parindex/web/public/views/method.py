"""How a result is computed, worked on one real unit of the newest ranking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable
from parindex.core.wording.labels import grade_scale, policy_sentences
from parindex.web.parts.languages import language
from parindex.web.public import pages


def method(request: HttpRequest) -> HttpResponse:
    """The method page."""
    example = _example()
    context: dict[str, Any] = {"section": "method", "example": example}
    if example:
        table = example["table"]
        context |= {
            **pages.frame(example["place"], table, section="method"),
            "territory": None,
            "framework_url": pages.framework_url(table),
            "policies": policy_sentences(table.framework, language()),
            "scale": grade_scale(table.framework, language()),
        }
    return render(request, "public/method.html", context)


def _example() -> dict[str, Any] | None:
    """A unit whose applicable maximum is lowered, if any, with its areas and its largest loss."""
    for place in queries.places():
        tables = [t for t in queries.group_tables(place.code, place.years[0]) if _teaches(t)]
        if tables:
            return {"place": place, **_worked(tables[0])}
    return None


def _teaches(table: GroupTable) -> bool:
    """Whether a unit of it can be followed from its answers to its index."""
    return table.percent and bool(table.lines) and table.publicity.shows_reasons


def _worked(table: GroupTable) -> dict[str, Any]:
    ranked = [line for line in table.lines if line.rank is not None] or list(table.lines)
    line = next((x for x in ranked if x.maximum != table.framework.max_for(x.type)), ranked[0])
    nodes = queries.unit_nodes(table, line.code)
    leaf = max(
        (n for n in table.framework.nodes.values() if n.is_leaf), key=lambda n: (nodes[n.code].lost, n.code)
    )
    kept = nodes[leaf.code]
    return {
        "table": table,
        "line": line,
        "full": table.framework.max_for(line.type),
        "roots": [{"node": n, "kept": nodes[n.code]} for n in table.framework.tree],
        "extras": [
            {"node": n, "kept": nodes[c]} for c, n in table.framework.extras.items() if nodes[c].points
        ],
        "leaf": leaf,
        "kept": kept,
        "why": pages.why(table, leaf, kept.reason),
        "url": pages.unit_url(table, line.code),
        "leaf_url": pages.leaf_url(table, line.code, leaf.code),
    }
